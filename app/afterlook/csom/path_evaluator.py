"""Object paths: what they lead to ([MS-CSOM] 3.1.4.1).

Owns that each is evaluated when it is first needed, and once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Generic, ParamSpec, TypeVar

from afterlook.csom import dependencies
from afterlook.csom import request_model as model
from afterlook.csom.arguments import ArgumentReader
from afterlook.csom.budget import STEPS_PER_CALL, STEPS_PER_OBJECT, Budget
from afterlook.csom.errors import (
    FieldOrPropertyNotFound,
    InvalidClientQuery,
    MethodNotFound,
    NullObject,
    QueryError,
)
from afterlook.csom.service import Service
from afterlook.csom.types import ClientType, Context, ObjectType, Registry, ServerObject
from afterlook.csom.values import read_literal

_STEPS_PER_TURN = 500
"""Steps from path to path after which other requests have their turn."""

Parameters = ParamSpec("Parameters")
T = TypeVar("T")


class ObjectPathEvaluator(Generic[Context]):
    """Evaluates the paths of one request, and keeps the objects that they lead to."""

    def __init__(
        self, paths: Mapping[int, model.Path], registry: Registry[Context], context: Context
    ) -> None:
        self._paths = paths
        self._service = Service(registry, context)
        self._objects: dict[int, ServerObject | None] = {}
        self._failed: dict[int, QueryError] = {}
        self._statics: dict[tuple[str, str], ServerObject | None] = {}
        self._arguments = ArgumentReader(registry, self._objects)
        self.budget = Budget()

    async def evaluate(self, number: int) -> ServerObject | None:
        """Return what a path leads to. Raises `QueryError`."""
        if number not in self._objects:
            await self._evaluate_after_needs(number)
        return self._objects[number]

    async def evaluate_owner(self, number: int, name: str) -> ServerObject:
        """Return the object whose member `name` is wanted. Raises `NullObject` for null."""
        await self.evaluate(number)
        return self._owner(number, name)

    async def prepare(self, walk: dependencies.Walk) -> None:
        """Evaluate the paths on a walk. Raises `QueryError`."""
        async for number in _walk_in_turns(walk):
            await self.evaluate(number)

    async def prepare_test(self, test: model.ExpressionOperation) -> None:
        """Evaluate what a test refers to. Raises `QueryError`."""
        await self.prepare(dependencies.of_expression(test))
        async for type_id, name in _walk_in_turns(dependencies.statics_of(test)):
            if (type_id, name) not in self._statics:
                self._statics[type_id, name] = await self._service.read_static(type_id, name)

    async def call(
        self, owner: ServerObject, name: str, arguments: model.Arguments
    ) -> tuple[object, ClientType]:
        """Call a method; return what it returns, and the type of that. Raises `QueryError`."""
        await self.prepare(dependencies.of_values(arguments))
        return await self._call(owner, name, arguments)

    async def set(self, number: int, name: str, value: model.Value) -> None:
        """Set a property of what a path leads to. Raises `QueryError`."""
        owner = await self.evaluate_owner(number, name)
        await self.prepare(dependencies.of_values((value,)))
        await _read_values((value,), self._arguments.set, owner, name, value)

    def value_of(self, value: model.Value) -> Any:
        """Return what a value stands for, whose paths have been evaluated. Raises `QueryError`."""
        match value:
            case model.Reference(path):
                return self._objects[path]
            case model.ScalarValue(type_, text):
                return read_literal(type_, text)
        raise InvalidClientQuery(reason="A value of this kind cannot stand here.")

    def static_value(self, type_id: str, name: str) -> Any:
        """Return a static property that has been read. Raises `InvalidClientQuery` for others."""
        if (type_id, name) not in self._statics:
            raise InvalidClientQuery(reason="A static property cannot stand here.")
        return self._statics[type_id, name]

    async def _evaluate_after_needs(self, number: int) -> None:
        """Evaluate a path after those that it needs.

        By a stack of its own: a request can hold longer ways than Python has frames.
        """
        underway = {number: dependencies.of_path(self._path(number))}
        for turn in count(1):
            if not underway:
                return
            if turn % _STEPS_PER_TURN == 0:
                await asyncio.sleep(0)
            current, needed = next(reversed(underway.items()))
            async for other in _walk_in_turns(needed):
                if other in underway:
                    raise InvalidClientQuery(reason=f"The object path {other} leads to itself.")
                if other not in self._objects:
                    underway[other] = dependencies.of_path(self._path(other))
                    break
            else:
                await self._keep(current)
                del underway[current]

    async def _keep(self, number: int) -> None:
        """Evaluate a path whose needs are met; one that failed has failed for good."""
        if number in self._failed:
            raise self._failed[number]
        try:
            self._objects[number] = await self._follow(self._path(number))
        except QueryError as error:
            self._failed[number] = error
            raise

    def _path(self, number: int) -> model.Path:
        path = self._paths.get(number)
        if path is None:
            raise InvalidClientQuery(reason=f"There is no object path with the id {number}.")
        return path

    async def _follow(self, path: model.Path) -> ServerObject | None:
        match path:
            case model.Construction(type_id, arguments):
                return self._arguments.construct(type_id, arguments)
            case model.MethodPath(parent, name, arguments):
                value, returns = await self._call(self._owner(parent, name), name, arguments)
                if not isinstance(returns, ObjectType):
                    raise InvalidClientQuery(reason=f'Method "{name}" returns no object.')
                return value if isinstance(value, ServerObject) else None
            case model.PropertyPath(parent, name):
                return _object_property(self._owner(parent, name), name)
            case model.StaticPropertyPath(type_id, name):
                return await self._service.read_static(type_id, name)
            case model.StaticMethodPath(type_id, name):
                self._service.registry.get_type(type_id)
                raise MethodNotFound(name=name)
            case model.IdentityPath(name):
                return await self._service.find_object(name)

    async def _call(
        self, owner: ServerObject, name: str, arguments: model.Arguments
    ) -> tuple[object, ClientType]:
        method = owner.type.find_method(name)
        if method is None:
            raise MethodNotFound(name=name)
        given = await _read_values(arguments, self._arguments.read, method, arguments)
        value = await self._service.call(owner, method, given)
        items = value.items if isinstance(value, ServerObject) else None
        self.budget.charge(STEPS_PER_CALL + STEPS_PER_OBJECT * len(items or ()))
        return value, method.returns

    def _owner(self, number: int, name: str) -> ServerObject:
        owner = self._objects[number]
        if owner is None:
            raise NullObject(name=name)
        return owner


async def _walk_in_turns(walk: Iterator[T | None]) -> AsyncIterator[T]:
    """Yield what a walk leads to; let other requests have their turn in between."""
    for turn, step in enumerate(walk, 1):
        if turn % _STEPS_PER_TURN == 0:
            await asyncio.sleep(0)
        if step is not None:
            yield step


async def _read_values(
    values: Sequence[model.Value],
    work: Callable[Parameters, T],
    *args: Parameters.args,
    **named: Parameters.kwargs,
) -> T:
    """Read values of a request: here if they are few, else on a thread."""
    if dependencies.is_long(values, _STEPS_PER_TURN):
        return await asyncio.to_thread(work, *args, **named)
    return work(*args, **named)


def _object_property(owner: ServerObject, name: str) -> ServerObject | None:
    part = owner.type.find_property(name)
    if part is None:
        raise FieldOrPropertyNotFound(name=name)
    if part.kind != "ObjectPath":
        raise InvalidClientQuery(reason=f'The property "{name}" is no object.')
    value = owner.values.get(name)
    return value if isinstance(value, ServerObject) else None

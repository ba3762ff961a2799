"""Object paths: what they lead to ([MS-CSOM] 3.1.4.1).

Owns that each is evaluated when it is first needed, and once. Must not know what is asked of the
objects.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Generic, ParamSpec, TypeVar

from afterlook.csom import dependencies
from afterlook.csom import request as asked
from afterlook.csom.arguments import Arguments
from afterlook.csom.budget import STEPS_PER_CALL, STEPS_PER_OBJECT, Budget
from afterlook.csom.errors import (
    InvalidClientQuery,
    MethodNotFound,
    NullObject,
    PropertyNotFound,
    QueryError,
)
from afterlook.csom.service import Service
from afterlook.csom.types import ClientType, Context, ObjectType, Registry, ServerObject
from afterlook.csom.values import plain

_AT_ONE_GO = 500
"""Steps from path to path after which other requests have their turn."""

Parameters = ParamSpec("Parameters")
T = TypeVar("T")


class Paths(Generic[Context]):
    """The paths of one request, and what those lead to that have been evaluated."""

    def __init__(
        self, paths: Mapping[int, asked.Path], registry: Registry[Context], context: Context
    ) -> None:
        self._paths = paths
        self._service = Service(registry, context)
        self._found: dict[int, ServerObject | None] = {}
        self._failed: dict[int, QueryError] = {}
        self._statics: dict[tuple[str, str], ServerObject | None] = {}
        self._arguments = Arguments(registry, self._found)
        self._budget = Budget()
        self.spend, self.briefly = self._budget.spend, self._budget.briefly

    @property
    def spent(self) -> int:
        """The steps that the request has cost."""
        return self._budget.spent

    async def at(self, number: int) -> ServerObject | None:
        """Return what a path leads to. Raises `QueryError`."""
        if number not in self._found:
            await self._evaluate(number)
        return self._found[number]

    async def owner(self, number: int, name: str) -> ServerObject:
        """Return what a path leads to, of which `name` is asked. Raises `NullObject` for null."""
        await self.at(number)
        return self._owner(number, name)

    async def prepare(self, walk: dependencies.Walk) -> None:
        """Evaluate the paths on a walk. Raises `QueryError`."""
        async for number in _at_leisure(walk):
            await self.at(number)

    async def prepare_test(self, test: asked.Operation) -> None:
        """Evaluate what a test refers to. Raises `QueryError`."""
        await self.prepare(dependencies.of_expression(test))
        async for type_id, name in _at_leisure(dependencies.statics_of(test)):
            if (type_id, name) not in self._statics:
                self._statics[type_id, name] = await self._service.static(type_id, name)

    async def call(
        self, owner: ServerObject, name: str, arguments: asked.Arguments
    ) -> tuple[object, ClientType]:
        """Call a method; return what it returns, and the type of that. Raises `QueryError`."""
        await self.prepare(dependencies.of_values(arguments))
        return await self._call(owner, name, arguments)

    async def set(self, number: int, name: str, value: asked.Value) -> None:
        """Set a property of what a path leads to. Raises `QueryError`."""
        owner = await self.owner(number, name)
        await self.prepare(dependencies.of_values((value,)))
        await _near((value,), self._arguments.set, owner, name, value)

    def look(self, value: asked.Value) -> Any:
        """Return what a value stands for, whose paths have been evaluated. Raises `QueryError`."""
        match value:
            case asked.Reference(path):
                return self._found[path]
            case asked.Literal(type_, text):
                return plain(type_, text)
        raise InvalidClientQuery(reason="A value of this kind cannot stand here.")

    def static(self, type_id: str, name: str) -> Any:
        """Return a static property that has been read. Raises `InvalidClientQuery` for others."""
        if (type_id, name) not in self._statics:
            raise InvalidClientQuery(reason="A static property cannot stand here.")
        return self._statics[type_id, name]

    def refuse_static(self, type_id: str, name: str, action: object) -> None:
        """Refuse a static method, or setting a static property: no type declares one."""
        self._service.registry.of(type_id)
        is_method = isinstance(action, asked.CallStaticMethod)
        raise MethodNotFound(name=name) if is_method else PropertyNotFound(name=name)

    async def _evaluate(self, number: int) -> None:
        """Evaluate a path after those that it needs.

        By a stack of its own: a request can hold longer ways than Python has frames.
        """
        underway = {number: dependencies.of_path(self._path(number))}
        for turn in count(1):
            if not underway:
                return
            if turn % _AT_ONE_GO == 0:
                await asyncio.sleep(0)
            current, needed = next(reversed(underway.items()))
            async for other in _at_leisure(needed):
                if other in underway:
                    raise InvalidClientQuery(reason=f"The object path {other} leads to itself.")
                if other not in self._found:
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
            self._found[number] = await self._evaluated(self._path(number))
        except QueryError as error:
            self._failed[number] = error
            raise

    def _path(self, number: int) -> asked.Path:
        path = self._paths.get(number)
        if path is None:
            raise InvalidClientQuery(reason=f"There is no object path with the id {number}.")
        return path

    async def _evaluated(self, path: asked.Path) -> ServerObject | None:
        match path:
            case asked.Construction(type_id, arguments):
                return self._arguments.construct(type_id, arguments)
            case asked.MethodPath(parent, name, arguments):
                value, returns = await self._call(self._owner(parent, name), name, arguments)
                if not isinstance(returns, ObjectType):
                    raise InvalidClientQuery(reason=f'Method "{name}" returns no object.')
                return value if isinstance(value, ServerObject) else None
            case asked.PropertyPath(parent, name):
                return _property(self._owner(parent, name), name)
            case asked.StaticPropertyPath(type_id, name):
                return await self._service.static(type_id, name)
            case asked.StaticMethodPath(type_id, name):
                self._service.registry.of(type_id)
                raise MethodNotFound(name=name)
            case asked.IdentityPath(name):
                return await self._service.identified(name)

    async def _call(
        self, owner: ServerObject, name: str, arguments: asked.Arguments
    ) -> tuple[object, ClientType]:
        method = owner.type.find_method(name)
        if method is None:
            raise MethodNotFound(name=name)
        given = await _near(arguments, self._arguments.of, method, arguments)
        value = await self._service.call(owner, method, given)
        items = value.items if isinstance(value, ServerObject) else None
        self.spend(STEPS_PER_CALL + STEPS_PER_OBJECT * len(items or ()))
        return value, method.returns

    def _owner(self, number: int, name: str) -> ServerObject:
        found = self._found[number]
        if found is None:
            raise NullObject(name=name)
        return found


async def _at_leisure(walk: Iterator[T | None]) -> AsyncIterator[T]:
    """Go on with a walk to what it leads to, with turns of others in between."""
    for turn, met in enumerate(walk, 1):
        if turn % _AT_ONE_GO == 0:
            await asyncio.sleep(0)
        if met is not None:
            yield met


async def _near(
    values: Sequence[asked.Value],
    work: Callable[Parameters, T],
    *args: Parameters.args,
    **named: Parameters.kwargs,
) -> T:
    """Read values of a request: here if they are few, else on a thread."""
    if dependencies.is_long(values, _AT_ONE_GO):
        return await asyncio.to_thread(work, *args, **named)
    return work(*args, **named)


def _property(owner: ServerObject, name: str) -> ServerObject | None:
    part = owner.type.find_property(name)
    if part is None:
        raise PropertyNotFound(name=name)
    if part.kind != "ObjectPath":
        raise InvalidClientQuery(reason=f'The property "{name}" is no object.')
    value = owner.values.get(name)
    return value if isinstance(value, ServerObject) else None

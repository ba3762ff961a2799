"""Object paths: what they lead to ([MS-CSOM] 3.1.4.1).

Owns that each is evaluated when it is first needed, and once. Must not know what is asked of the
objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic

from afterlook.csom import request as asked
from afterlook.csom.errors import (
    InvalidClientQuery,
    MethodNotFound,
    NullObject,
    PropertyNotFound,
    WrongFormat,
)
from afterlook.csom.types import ClientType, Context, Method, ObjectType, Registry, ServerObject
from afterlook.csom.values import converted, plain

_LONGEST = 100
"""The longest way of paths, each of which leads on from the one before."""


class Paths(Generic[Context]):
    """The paths of one request, and what those lead to that have been evaluated."""

    def __init__(
        self, paths: Mapping[int, asked.Path], registry: Registry[Context], context: Context
    ) -> None:
        self._paths = paths
        self._registry = registry
        self._context = context
        self._found: dict[int, ServerObject | None] = {}
        self._underway: set[int] = set()

    async def at(self, number: int) -> ServerObject | None:
        """Return what a path leads to. Raises `QueryError`."""
        if number in self._found:
            return self._found[number]
        path = self._paths.get(number)
        if path is None:
            raise InvalidClientQuery(reason=f"There is no object path with the id {number}.")
        if number in self._underway or len(self._underway) >= _LONGEST:
            raise InvalidClientQuery(reason=f"The object path with the id {number} has no end.")
        self._underway.add(number)
        try:
            found = self._found[number] = await self._evaluated(path)
        finally:
            self._underway.discard(number)
        return found

    async def owner(self, number: int, name: str) -> ServerObject:
        """Return what a path leads to, of which `name` is asked. Raises `NullObject` for null."""
        found = await self.at(number)
        if found is None:
            raise NullObject(name=name)
        return found

    async def call(
        self, owner: ServerObject, name: str, arguments: asked.Arguments
    ) -> tuple[object, ClientType]:
        """Call a method; return what it returns, and the type of that. Raises `QueryError`."""
        method = owner.type.find_method(name)
        if method is None:
            raise MethodNotFound(name=name)
        given = await self._arguments(method, arguments)
        return await method.handler(self._context, owner, **given), method.returns

    async def set(self, number: int, name: str, value: asked.Value) -> None:
        """Set a property of what a path leads to. Raises `QueryError`."""
        owner = await self.owner(number, name)
        # The document's own example has a space before a name (contract §4, trap 4).
        part = owner.type.find_property(name.strip())
        if part is None:
            raise PropertyNotFound(name=name)
        if not part.writable:
            raise InvalidClientQuery(reason=f'The property "{part.name}" cannot be set.')
        owner.values[part.name] = await self._value(value, part.type)

    def look(self, value: asked.Value) -> Any:
        """Return what a value stands for, whose paths have been evaluated. Raises `QueryError`."""
        match value:
            case asked.Reference(path):
                return self._found.get(path)
            case asked.Literal(type_, text):
                return plain(type_, text)
        raise InvalidClientQuery(reason="A value of this kind cannot stand here.")

    async def evaluate_all(self, operation: asked.Operation) -> None:
        """Evaluate the paths that an expression refers to. Raises `QueryError`."""
        if isinstance(operation.constant, asked.Reference):
            await self.at(operation.constant.path)
        for operand in operation.operands:
            await self.evaluate_all(operand)

    def identity(self, value: ServerObject | None) -> object:
        """Return the name by which an object can be found again; these types have none."""
        return None if value is None else value.values.get("_ObjectIdentity_")

    def refuse_static(self, type_id: str, name: str, action: object) -> None:
        """Refuse a static method, or setting a static property: no type declares one."""
        self._registry.of(type_id)
        is_method = isinstance(action, asked.CallStaticMethod)
        raise MethodNotFound(name=name) if is_method else PropertyNotFound(name=name)

    async def _evaluated(self, path: asked.Path) -> ServerObject | None:
        match path:
            case asked.Construction(type_id, arguments):
                return await self._constructed(self._registry.of(type_id), arguments)
            case asked.MethodPath(parent, name, arguments):
                owner = await self.owner(parent, name)
                value, returns = await self.call(owner, name, arguments)
                if not isinstance(returns, ObjectType):
                    raise InvalidClientQuery(reason=f'Method "{name}" returns no object.')
                return value if isinstance(value, ServerObject) else None
            case asked.PropertyPath(parent, name):
                return await self._property(await self.owner(parent, name), name)
            case asked.StaticPropertyPath(type_id, name):
                reader = self._registry.of(type_id).static_properties.get(name)
                if reader is None:
                    raise PropertyNotFound(name=name)
                return await reader(self._context)
            case asked.StaticMethodPath(type_id, name):
                self._registry.of(type_id)
                raise MethodNotFound(name=name)
        raise InvalidClientQuery(reason="There is no object of this identity.")

    async def _constructed(
        self, type_: ObjectType[Context], arguments: asked.Arguments
    ) -> ServerObject:
        if not type_.constructible:
            raise InvalidClientQuery(reason=f"An object of '{type_.name}' cannot be made.")
        if arguments:
            raise WrongFormat(reason=f"'{type_.name}' is made without parameters.")
        return type_.new()

    async def _property(self, owner: ServerObject, name: str) -> ServerObject | None:
        part = owner.type.find_property(name)
        if part is None:
            raise PropertyNotFound(name=name)
        if part.kind != "ObjectPath":
            raise InvalidClientQuery(reason=f'The property "{name}" is no object.')
        value = owner.values.get(name)
        return value if isinstance(value, ServerObject) else None

    async def _arguments(self, method: Method, arguments: asked.Arguments) -> dict[str, object]:
        declared = {parameter.name: parameter for parameter in method.parameters}
        rows = (tuple(declared), *method.shorter)
        names = next((row for row in rows if len(row) == len(arguments)), None)
        if names is None:
            reason = f'Method "{method.name}" does not take {len(arguments)} parameters.'
            raise InvalidClientQuery(reason=reason)
        return dict.fromkeys(declared) | {
            name: await self._value(value, declared[name].type)
            for name, value in zip(names, arguments, strict=True)
        }

    async def _value(self, value: asked.Value, type_: ClientType) -> object:
        """Return a value as one of a declared type. Raises `QueryError`."""
        read = await self._read(value)
        if not isinstance(type_, ObjectType):
            return converted(read, type_)
        if read is None or (isinstance(read, ServerObject) and read.type.is_a(type_)):
            return read
        raise WrongFormat(reason=f"The value is no '{type_.name}'.")

    async def _read(self, value: asked.Value) -> object:
        match value:
            case asked.Reference(path):
                return await self.at(path)
            case asked.Array(items):
                return [await self._read(item) for item in items]
            case asked.Dictionary(entries):
                return {name: await self._read(item) for name, item in entries.items()}
            case asked.ValueObject(type_id, properties):
                made = await self._constructed(self._registry.of(type_id), ())
                for name, item in properties.items():
                    part = made.type.find_property(name)
                    if part is None:
                        raise PropertyNotFound(name=name)
                    made.values[part.name] = await self._value(item, part.type)
                return made
        return plain(*value)

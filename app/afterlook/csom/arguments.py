"""Arguments of methods and values of properties, of the types that are declared.

The object paths that they refer to have been evaluated before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

from afterlook.csom import request_model as model
from afterlook.csom.errors import FieldOrPropertyNotFound, InvalidClientQuery, WrongFormat
from afterlook.csom.types import Context, Method, Registry, ServerObject
from afterlook.csom.values import convert, convert_argument, read_literal


class ArgumentReader(Generic[Context]):
    """Makes values of those of a request; `objects` are what its paths lead to."""

    def __init__(
        self, registry: Registry[Context], objects: Mapping[int, ServerObject | None]
    ) -> None:
        self._registry = registry
        self._objects = objects

    def read(self, method: Method, arguments: model.Arguments) -> dict[str, object]:
        """Return a method's arguments by their names. Raises `QueryError`."""
        declared = {parameter.name: parameter for parameter in method.parameters}
        rows = (tuple(declared), *method.overloads)
        names = next((row for row in rows if len(row) == len(arguments)), None)
        if names is None:
            reason = f'Method "{method.name}" does not take {len(arguments)} parameters.'
            raise InvalidClientQuery(reason=reason)
        given = dict(zip(names, map(self._read, arguments), strict=True))
        return {name: convert_argument(given.get(name), part) for name, part in declared.items()}

    def construct(self, type_id: str, arguments: model.Arguments) -> ServerObject:
        """Make an object. Raises `QueryError`."""
        type_ = self._registry.get_type(type_id)
        if not type_.constructible:
            raise InvalidClientQuery(reason=f"An object of '{type_.name}' cannot be made.")
        if arguments:
            raise WrongFormat(reason=f"'{type_.name}' is made without parameters.")
        return type_.new()

    def set(self, owner: ServerObject, name: str, value: model.Value) -> None:
        """Set a property of an object. Raises `QueryError`."""
        # The document's own example has a space before a name (docs/reference/csom.md §3.1, no. 4).
        part = owner.type.find_property(name.strip())
        if part is None:
            raise FieldOrPropertyNotFound(name=name)
        if not part.writable:
            raise InvalidClientQuery(reason=f'The property "{part.name}" cannot be set.')
        owner.values[part.name] = convert(self._read(value), part.type)

    def _read(self, value: model.Value) -> object:
        match value:
            case model.Reference(path):
                return self._objects[path]
            case model.Array(items):
                return [self._read(item) for item in items]
            case model.Dictionary(entries):
                return {name: self._read(item) for name, item in entries.items()}
            case model.ValueObject(type_id, properties):
                made = self.construct(type_id, ())
                for name, item in properties.items():
                    self.set(made, name, item)
                return made
        return read_literal(*value)

"""What methods are handed, and properties set to: values of the types that are declared.

Must not know how an object path is evaluated: those that values refer to have been.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

from afterlook.csom import request as asked
from afterlook.csom.errors import InvalidClientQuery, PropertyNotFound, WrongFormat
from afterlook.csom.types import Context, Method, Registry, ServerObject
from afterlook.csom.values import argument, converted, plain


class Arguments(Generic[Context]):
    """Makes values of those of a request; `found` is what its paths lead to."""

    def __init__(
        self, registry: Registry[Context], found: Mapping[int, ServerObject | None]
    ) -> None:
        self._registry = registry
        self._found = found

    def of(self, method: Method, arguments: asked.Arguments) -> dict[str, object]:
        """Return a method's arguments by their names. Raises `QueryError`."""
        declared = {parameter.name: parameter for parameter in method.parameters}
        rows = (tuple(declared), *method.shorter)
        names = next((row for row in rows if len(row) == len(arguments)), None)
        if names is None:
            reason = f'Method "{method.name}" does not take {len(arguments)} parameters.'
            raise InvalidClientQuery(reason=reason)
        given = dict(zip(names, map(self._read, arguments), strict=True))
        return {name: argument(given.get(name), part) for name, part in declared.items()}

    def construct(self, type_id: str, arguments: asked.Arguments) -> ServerObject:
        """Make an object. Raises `QueryError`."""
        type_ = self._registry.of(type_id)
        if not type_.constructible:
            raise InvalidClientQuery(reason=f"An object of '{type_.name}' cannot be made.")
        if arguments:
            raise WrongFormat(reason=f"'{type_.name}' is made without parameters.")
        return type_.new()

    def set(self, owner: ServerObject, name: str, value: asked.Value) -> None:
        """Set a property of an object. Raises `QueryError`."""
        # The document's own example has a space before a name (contract §4, trap 4).
        part = owner.type.find_property(name.strip())
        if part is None:
            raise PropertyNotFound(name=name)
        if not part.writable:
            raise InvalidClientQuery(reason=f'The property "{part.name}" cannot be set.')
        owner.values[part.name] = converted(self._read(value), part.type)

    def _read(self, value: asked.Value) -> object:
        match value:
            case asked.Reference(path):
                return self._found[path]
            case asked.Array(items):
                return [self._read(item) for item in items]
            case asked.Dictionary(entries):
                return {name: self._read(item) for name, item in entries.items()}
            case asked.ValueObject(type_id, properties):
                made = self.construct(type_id, ())
                for name, item in properties.items():
                    self.set(made, name, item)
                return made
        return plain(*value)

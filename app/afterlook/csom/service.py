"""Asking a service: its methods, static properties, and objects by their identities.

Owns that whatever goes wrong there is a refusal. Must not know what a request is made of.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Generic, TypeVar

from afterlook.csom.errors import InvalidClientQuery, PropertyNotFound, as_query_error
from afterlook.csom.types import Context, Method, Registry, ServerObject

T = TypeVar("T")


class Service(Generic[Context]):
    """A service as one caller meets it, whom the `context` is about."""

    def __init__(self, registry: Registry[Context], context: Context) -> None:
        self.registry = registry
        self._context = context

    async def call(
        self, owner: ServerObject, method: Method, arguments: Mapping[str, object]
    ) -> object:
        """Call a method. Raises `QueryError`."""
        return await _guarded(method.handler(self._context, owner, **arguments))

    async def static(self, type_id: str, name: str) -> ServerObject | None:
        """Return a static property. Raises `QueryError`."""
        reader = self.registry.of(type_id).static_properties.get(name)
        if reader is None:
            raise PropertyNotFound(name=name)
        return await _guarded(reader(self._context))

    async def identified(self, identity: str) -> ServerObject:
        """Return the object of an identity. Raises `QueryError`."""
        find = self.registry.find
        found = None if find is None else await _guarded(find(self._context, identity))
        if found is None:
            raise InvalidClientQuery(reason="There is no object of this identity.")
        return found


async def _guarded(work: Awaitable[T]) -> T:
    try:
        return await work
    except Exception as error:
        raise as_query_error(error) from error

"""Calls to a service: its methods, static properties, and objects by their identities.

Owns that whatever goes wrong there becomes a `QueryError`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Generic, TypeVar

from afterlook.csom.errors import FieldOrPropertyNotFound, InvalidClientQuery, as_query_error
from afterlook.csom.types import Context, Method, Registry, ServerObject

T = TypeVar("T")


class Service(Generic[Context]):
    """A service as one caller meets it; the `context` says who that is."""

    def __init__(self, registry: Registry[Context], context: Context) -> None:
        self.registry = registry
        self._context = context

    async def call(
        self, owner: ServerObject, method: Method, arguments: Mapping[str, object]
    ) -> object:
        """Call a method. Raises `QueryError`."""
        return await _run_guarded(method.handler(self._context, owner, **arguments))

    async def read_static(self, type_id: str, name: str) -> ServerObject | None:
        """Return a static property. Raises `QueryError`."""
        reader = self.registry.get_type(type_id).static_properties.get(name)
        if reader is None:
            raise FieldOrPropertyNotFound(name=name)
        return await _run_guarded(reader(self._context))

    async def find_object(self, identity: str) -> ServerObject:
        """Return the object of an identity. Raises `QueryError`."""
        find = self.registry.find
        object_ = None if find is None else await _run_guarded(find(self._context, identity))
        if object_ is None:
            raise InvalidClientQuery(reason="There is no object of this identity.")
        return object_


async def _run_guarded(work: Awaitable[T]) -> T:
    try:
        return await work
    except Exception as error:
        raise as_query_error(error) from error

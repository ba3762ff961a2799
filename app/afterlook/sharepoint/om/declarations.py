"""How the types of this namespace are declared, and what their handlers have in common.

Owns the namespace, the way from the wire's names to Python's, and the date that stands for none.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from pydantic.alias_generators import to_snake

from afterlook.csom.types import (
    NONE,
    ClientProperty,
    ClientType,
    ObjectType,
    Parameter,
    ServerObject,
    members,
)
from afterlook.runtime.instants import FIRST_INSTANT, Instant, from_datetime, to_datetime
from afterlook.sharepoint.request_context import RequestContext
from afterlook.store.workmanagement.rows import NaiveTicks
from afterlook.workmanagement.dates import to_naive_ticks
from afterlook.workmanagement.records import truncate_to_second

NAMESPACE = "SP.WorkManagement.OM"

NO_DATE = datetime(1, 1, 1)  # noqa: DTZ001
"""What stands for no date, in no zone: .NET's `DateTime.MinValue`."""


def class_(
    name: str,
    type_id: str,
    *properties: ClientProperty,
    base: ObjectType[RequestContext] | None = None,
    items: ObjectType[RequestContext] | None = None,
    constructible: bool = False,
) -> ObjectType[RequestContext]:
    """Declare a class."""
    return ObjectType(
        f"{NAMESPACE}.{name}",
        type_id,
        base=base,
        properties=members(*properties),
        items=items,
        constructible=constructible,
    )


def method(
    owner: ObjectType[RequestContext],
    name: str,
    *parameters: Parameter,
    returns: ClientType = NONE,
    overloads: tuple[tuple[str, ...], ...] = (),
) -> Callable[[Callable[..., Awaitable[object]]], Callable[..., Awaitable[object]]]:
    """Declare a method; its handler takes the parameters by their names in snake case."""
    snake_names = {parameter.name: to_snake(parameter.name) for parameter in parameters}

    def declare(handler: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def call(context: RequestContext, object_: ServerObject, **given: Any) -> object:
            named = {snake_names[parameter]: value for parameter, value in given.items()}
            return await handler(context, object_, **named)

        owner.method(name, *parameters, returns=returns, overloads=overloads)(call)
        return handler

    return declare


def collection(type_: ObjectType[RequestContext], items: list[ServerObject]) -> ServerObject:
    """Return a collection of objects."""
    return ServerObject(type_, {}, items)


def render_instant(instant: Instant | None) -> datetime:
    """Return an instant as whole seconds of UTC; none is the first of all dates."""
    return NO_DATE if instant is None else to_datetime(truncate_to_second(instant))


def read_instant(moment: datetime | None) -> Instant | None:
    """Return a moment as an instant; one of no zone is UTC, and the first of all dates is none.

    At either end it may lie outside the years 1 to 9999.
    """
    if moment is None or _is_none(moment):
        return None
    return from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def read_wall(moment: datetime | None) -> NaiveTicks | None:
    """Return a moment by the clock that it was written by; the first of all is none."""
    if moment is None or _is_none(moment):
        return None
    return to_naive_ticks(moment.replace(tzinfo=None))


def _is_none(moment: datetime) -> bool:
    """Tell whether a moment is the first of all, by its own clock or as an instant."""
    if moment.replace(tzinfo=None) == NO_DATE:
        return True
    return moment.tzinfo is not None and from_datetime(moment) == FIRST_INSTANT

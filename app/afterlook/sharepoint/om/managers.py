"""The managers by which a client comes to a session ([MS-WMCSOM] 3.1.5.32, .42)."""

from __future__ import annotations

from afterlook.csom.types import ObjectType, ServerObject
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.om.declaring import class_, method
from afterlook.sharepoint.om.sessions import (
    LOCATION_ORIENTED_SORTABLE_SESSION,
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
    SORTABLE_SESSION,
    USER_ORDERED_SESSION,
)

SORTABLE_SESSION_MANAGER = class_(
    "SortableSessionManager", "{924b1779-998e-4c60-a291-78edebc3c202}", constructible=True
)

USER_ORDERED_SESSION_MANAGER = class_(
    "UserOrderedSessionManager", "{d82117fb-e4aa-4ab8-b590-cb2be4b2f078}", constructible=True
)

TYPES = (SORTABLE_SESSION_MANAGER, USER_ORDERED_SESSION_MANAGER)


def _creates(owner: ObjectType[Caller], name: str, session: ObjectType[Caller]) -> None:
    """Declare a method that makes a session."""

    async def create(_: Caller, __: ServerObject) -> ServerObject:
        return session.new()

    method(owner, name, returns=session)(create)


_creates(SORTABLE_SESSION_MANAGER, "CreateSession", SORTABLE_SESSION)
_creates(
    SORTABLE_SESSION_MANAGER, "CreateLocationOrientedSession", LOCATION_ORIENTED_SORTABLE_SESSION
)
_creates(USER_ORDERED_SESSION_MANAGER, "CreateSession", USER_ORDERED_SESSION)
_creates(
    USER_ORDERED_SESSION_MANAGER,
    "CreateLocationOrientedSession",
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
)

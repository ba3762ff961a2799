"""From an HTTP request to a `GraphRequest`, and the kind of route that hands it over."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import Depends, Request

from afterlook.errors import DelegationRequired, ResourceNotFound
from afterlook.graph.request import GraphRequest
from afterlook.mailbox.identities import find_named
from afterlook.outlook.dependencies import (
    OutlookRoute,
    RouteHandler,
    expect_own,
    read_request_as,
    read_user_key,
)

if TYPE_CHECKING:
    from afterlook.auth.mailboxes import Caller, MailboxResolver
    from afterlook.store.rows import MailboxRow

_MAX_SHOWN = 320
_ME = frozenset({"me", "me-token-to-replace"})
"""Users that stand for the caller; an SDK writes the second (docs/reference/graph.md §1)."""


async def read_request(http: Request) -> GraphRequest:
    """Read what is in the address and the headers of a request; see `read_request_as`."""
    return await read_request_as(GraphRequest, http, name_user, admit)


async def admit(http: Request, authorization: str | None) -> Caller:
    """Return who calls, an app on its own for the mailbox that the address names.

    Raises `Unauthorized`, `AccessDenied`, `DelegationRequired`, `ResourceNotFound`.
    """
    caller: Caller = await http.app.state.mailboxes.admit(authorization)
    user = http.scope["path_params"].get("user")
    if not caller.is_app or user is None:
        return caller
    return await address_app(http, caller, authorization, user)


async def address_app(
    http: Request, caller: Caller, authorization: str | None, user: str
) -> Caller:
    """Return an app on its own as the caller of a user's mailbox.

    Raises `DelegationRequired`, `SegmentNotFound`, `ResourceNotFound`.
    """
    state = http.app.state
    key = user if user == "me" else read_user_key(user)
    if key.lower() in _ME:
        raise DelegationRequired
    # Users of other tenants are not this app's.
    tid = state.mailboxes.claimed_identity(authorization).tid
    find = partial(find_named, tid=tid, name=key.lower())
    mailbox: MailboxRow | None = await state.store.read_by_key(find)
    if mailbox is None:
        raise ResourceNotFound(path=key[:_MAX_SHOWN])
    return caller._replace(mailbox=mailbox)


def name_user(
    user: str, mailbox: MailboxRow, mailboxes: MailboxResolver, authorization: str | None
) -> str:
    """Return how context URLs name a user, who must be the caller.

    Raises `SegmentNotFound`, `AccessDenied`.
    """
    if user != "me":
        key = read_user_key(user)
        if key.lower() not in _ME:
            names = (mailbox.upn, mailbox.oid, f"{mailbox.oid}@{mailbox.tid}")
            expect_own(key, names, mailboxes, authorization)
    return _context_user(mailbox.upn)


@lru_cache(1024)
def _context_user(upn: str) -> str:
    return f"users('{quote(upn, safe='')}')"


RequestDep = Annotated[GraphRequest, Depends(read_request)]


class GraphRoute(OutlookRoute):
    """A route of this wire: what it needs is its `GraphRequest` and the keys in its address."""

    def get_route_handler(self) -> RouteHandler:
        """Return what answers a request."""
        return self.make_handler(read_request)

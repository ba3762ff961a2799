"""From an HTTP request to a `GraphRequest`, and the kind of route that hands it over."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Response

from afterlook.graph.request import GraphRequest
from afterlook.outlook.dependencies import (
    OutlookRoute,
    expect_own,
    read_request_as,
    read_user_key,
)

if TYPE_CHECKING:
    from afterlook.auth.mailboxes import MailboxResolver
    from afterlook.store.rows import MailboxRow

_ME = frozenset({"me", "me-token-to-replace"})
"""Users that stand for the caller; an SDK writes the second (docs/reference/graph.md §1)."""


async def read_request(http: Request) -> GraphRequest:
    """Read what is in the address and the headers of a request; see `read_request_as`."""
    return await read_request_as(GraphRequest, http, _name_user)


def _name_user(
    user: str, mailbox: MailboxRow, mailboxes: MailboxResolver, authorization: str | None
) -> str:
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

    def get_route_handler(self) -> Callable[[Request], Coroutine[object, object, Response]]:
        """Return what answers a request."""
        endpoint, keys = self.endpoint, tuple(self.param_convertors)

        async def answer(http: Request) -> Response:
            request = await read_request(http)
            arguments = {key: http.path_params[key] for key in keys}
            response: Response = await endpoint(request=request, **arguments)
            return response

        return answer

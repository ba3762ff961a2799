"""From a request to its `Caller`.

Owns whose culture counts: the one that the client ranks highest, else that of all webs. Must not
know what is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.http.addresses import origin
from afterlook.http.clients import disconnect_waiter
from afterlook.http.limits import limits_of
from afterlook.runtime.cultures import ranked_first
from afterlook.sharepoint.addresses import web_of
from afterlook.sharepoint.context import Caller

if TYPE_CHECKING:
    from starlette.requests import Request


async def understand(request: Request) -> Caller:
    """Tell who calls, and which web. Raises `Unauthorized`."""
    state, headers = request.app.state, request.headers
    web_culture = limits_of(request).culture
    mailbox = await state.mailboxes.resolve(headers.get("authorization"))
    return Caller(
        store=state.store.for_client(mailbox.id, disconnect_waiter(request)),
        mailbox=mailbox,
        origin=origin(request.scope, headers.get("host")),
        web=web_of(request),
        culture=ranked_first(headers.get("accept-language", "")) or web_culture,
        web_culture=web_culture,
    )

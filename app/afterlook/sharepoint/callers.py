"""From a request to its `Caller`.

Owns whose culture counts: the program's, where it asks for one, else that of all webs. Must not
know what is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afterlook.http.addresses import origin
from afterlook.http.clients import waiting_gone
from afterlook.runtime.cultures import CULTURE
from afterlook.sharepoint.addresses import web_of
from afterlook.sharepoint.context import Caller

if TYPE_CHECKING:
    from starlette.requests import Request

_CULTURE = re.compile(CULTURE)


async def understand(request: Request) -> Caller:
    """Tell who calls, and which web. Raises `Unauthorized`."""
    state, headers = request.app.state, request.headers
    mailbox = await state.callers.mailbox(headers.get("authorization"))
    return Caller(
        store=state.store.for_client(mailbox.id, waiting_gone(request)),
        mailbox=mailbox,
        origin=origin(request.scope, headers.get("host")),
        web=web_of(request),
        culture=_chosen(headers.get("accept-language", "")) or state.settings.culture,
    )


def _chosen(languages: str) -> str | None:
    """Return the culture that a program asks for, which names that one and nothing else.

    Browsers send a list of what their user reads: it says nothing about how a page writes dates.
    """
    language = languages.strip()
    return language if _CULTURE.fullmatch(language) else None

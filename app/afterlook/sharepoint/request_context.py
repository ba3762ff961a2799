"""The context of a request to this wire: whose mailbox, at which web, in which culture.

Owns whose culture counts: the one that the client ranks highest, else that of all webs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from afterlook.auth.choices import choice_of
from afterlook.auth.mailboxes import CALLED
from afterlook.csom.errors import RequestTooBig
from afterlook.csom.xml import MAX_BYTES
from afterlook.errors import MessageSizeExceeded
from afterlook.http import bodies
from afterlook.http.addresses import origin
from afterlook.http.clients import disconnect_waiter
from afterlook.http.limits import limits_of
from afterlook.http.webs import web_of
from afterlook.runtime.cultures import preferred_culture
from afterlook.sharepoint.text_budget import TextBudget

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.store.rows import MailboxRow
    from afterlook.store.transactions import StoreAccess

_MANAGED = frozenset({"personal", "sites", "teams"})
"""The segments below which site collections are."""


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One request, as every face of this wire needs it: who calls, and which web.

    `origin` is scheme and host, `web` the server-relative address of the web: `/`, or
    `/personal/user_x` without a slash at the end. `culture` reads dates that people write,
    `web_culture` is that of all webs; `text_budget` bounds the texts of the answer.
    """

    store: StoreAccess
    mailbox: MailboxRow
    origin: str
    web: str = "/"
    culture: str = "en-US"
    web_culture: str = "en-US"
    text_budget: TextBudget = field(default_factory=TextBudget, compare=False)

    @classmethod
    async def from_http(cls, request: Request) -> RequestContext:
        """Tell who calls, and which web. Raises `Unauthorized`, `AccessDenied`."""
        state, headers = request.app.state, request.headers
        limits = limits_of(request)
        caller = await state.mailboxes.admit(headers.get("authorization"), choice_of(request))
        request.scope[CALLED] = caller.mailbox
        return cls(
            store=state.store.for_client(
                caller.mailbox, disconnect_waiter(request), may_write=caller.may_write
            ),
            mailbox=caller.mailbox,
            origin=origin(request.scope, headers.get("host")),
            web=web_of(request),
            culture=preferred_culture(headers.get("accept-language", "")) or limits.culture,
            web_culture=limits.culture,
        )

    @property
    def web_url(self) -> str:
        """The address of the web."""
        return self._url(self.web)

    @property
    def site_url(self) -> str:
        """The address of the site collection that the web is in."""
        return self._url(self.site)

    @property
    def site(self) -> str:
        """The server-relative address of the site collection: `/`, `/sites/a`, `/personal/x`."""
        segments = self.web.split("/")[1:3]
        return f"/{'/'.join(segments)}" if segments[0].lower() in _MANAGED else "/"

    def absolute(self, address: str) -> str:
        """Return an address as the caller can follow it: none that is kept names a host.

        What begins at the root of the host gets the host that the request was sent to; what is
        relative to a page, or leads elsewhere, stays.
        """
        return f"{self.origin}{address}" if address.startswith("/") else address

    def url_of(self, path: str) -> str:
        """Return the address of a web by its path, which is not encoded."""
        return self._url(path) if path.startswith("/") else path

    def _url(self, path: str) -> str:
        return f"{self.origin}{quote(path)}".rstrip("/")


async def read_body(request: Request) -> bytes:
    """Read the body of a request. Raises `RequestTooBig`."""
    try:
        return await bodies.read_allowed(request, MAX_BYTES)
    except MessageSizeExceeded as error:
        raise RequestTooBig from error

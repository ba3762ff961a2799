"""What a request to this wire is about: whose mailbox, at which web.

Must not know a type of the object model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from afterlook.sharepoint.room import Room

if TYPE_CHECKING:
    from afterlook.store.atoms import Seam
    from afterlook.store.rows import MailboxRow

_MANAGED = frozenset({"personal", "sites", "teams"})
"""The segments below which site collections are."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller of one request.

    `origin` is scheme and host, `web` the server-relative address of the web: `/`, or
    `/personal/user_x` without a slash at the end. `culture` reads dates that people write,
    `web_culture` is that of all webs; `room` is for what the answer gathers.
    """

    store: Seam
    mailbox: MailboxRow
    origin: str
    web: str = "/"
    culture: str = "en-US"
    web_culture: str = "en-US"
    room: Room = field(default_factory=Room, compare=False)

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

    def whole(self, address: str) -> str:
        """Return an address as the caller can follow it: none that is kept names a host.

        What begins at the root of the host is told with the host that was asked; what is relative
        to a page, or leads elsewhere, stays.
        """
        return f"{self.origin}{address}" if address.startswith("/") else address

    def url_of(self, path: str) -> str:
        """Return the address of a web by its path, which is not encoded."""
        return self._url(path) if path.startswith("/") else path

    def _url(self, path: str) -> str:
        return f"{self.origin}{quote(path)}".rstrip("/")

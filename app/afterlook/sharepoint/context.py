"""What a request to this wire is about: whose mailbox, at which web.

Must not know a type of the object model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterlook.store.atoms import Seam
    from afterlook.store.rows import MailboxRow


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller of one request.

    `origin` is scheme and host, `web` the server-relative address of the web: `/`, or
    `/personal/user_x` without a slash at the end. `culture` reads dates that people write.
    """

    store: Seam
    mailbox: MailboxRow
    origin: str
    web: str = "/"
    culture: str = "en-US"

    @property
    def web_url(self) -> str:
        """The address of the web."""
        return f"{self.origin}{self.web}".rstrip("/")

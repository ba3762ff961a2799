"""Which mailbox a browser has chosen: the one that the path names, where a cookie says so.

Owns the cookie. It is signed with the mailbox's own key, bound to the name in the path, and good
for thirty days; nothing is kept of it, so that any process can check it. Its name holds a part of
the mailbox's id, so that two servers on one machine don't overwrite each other's: a browser's
cookies know no ports.

    afterlook_ | 8 hexadecimal digits | = | when it was written | . | signature, 64 of them
"""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING, NamedTuple

from afterlook.auth.signing import sign
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.rows import MailboxRow

if TYPE_CHECKING:
    from starlette.requests import Request

LIFETIME = 30 * TICKS_PER_DAY
"""How long a choice is good for, by the server's clock."""

MAX_COOKIES = 16 * 1024
"""Characters of cookies that are looked at: all of localhost's servers share a browser's."""

_PERSONAL = re.compile(r"/personal/(?P<slug>[a-z0-9._-]{1,80})/", re.ASCII)
_VALUE = re.compile(r"(?P<written>[0-9]{1,19})\.(?P<signature>[0-9a-f]{64})", re.ASCII)
_KEPT = "afterlook.choice"


class Choice(NamedTuple):
    """What a request below `/personal/{slug}/` has to say for itself, but for its token."""

    slug: str
    cookies: str = ""
    is_browser: bool = False
    is_secure: bool = False


def choice_of(request: Request) -> Choice | None:
    """Return the choice that a request may carry; the requests of a batch carry that of the batch.

    In lower case alone, which a browser's cookie is bound to.
    """
    kept: Choice | None = request.scope.get(_KEPT)
    if kept is None and (match := _PERSONAL.match(request.scope["path"])):
        headers = request.headers
        cookies = "; ".join(headers.getlist("cookie"))
        kept = Choice(match["slug"], cookies, "sec-fetch-site" in headers, is_secure(request))
        request.scope[_KEPT] = kept
    return kept


def is_secure(request: Request) -> bool:
    """Tell whether a request came by HTTPS."""
    return bool(request.scope["scheme"] == "https")


def cookie_name(mailbox: MailboxRow, *, secure: bool) -> str:
    """Return the name of a mailbox's cookie.

    One name for each scheme: browsers keep cookies of all ports and both schemes together, and let
    no page of HTTP replace one that came by HTTPS.
    """
    return f"{'__Secure-' if secure else ''}afterlook_{mailbox.guid[:8]}"


def write_cookie(mailbox: MailboxRow, slug: str, now: Instant) -> str:
    """Return the value of the cookie by which a browser chooses a mailbox."""
    return f"{now}.{_signature(mailbox, slug, str(now))}"


def is_chosen(choice: Choice, mailbox: MailboxRow, now: Instant) -> bool:
    """Tell whether a request has chosen the mailbox that its path names."""
    match = _VALUE.fullmatch(_find(choice.cookies, cookie_name(mailbox, secure=choice.is_secure)))
    if match is None:
        return False
    signature = _signature(mailbox, choice.slug, match["written"])
    # One from the future is of a clock that was set back since.
    is_current = abs(now - int(match["written"])) <= LIFETIME
    return hmac.compare_digest(match["signature"], signature) and is_current


def _find(cookies: str, name: str) -> str:
    """Return the value of a cookie, or nothing. Two of one name are none."""
    found = [
        value.strip()
        for pair in cookies[:MAX_COOKIES].split(";")
        for key, _, value in [pair.partition("=")]
        if key.strip() == name
    ]
    return found[0] if len(found) == 1 else ""


def _signature(mailbox: MailboxRow, slug: str, written: str) -> str:
    return sign(mailbox, b"mailbox cookie", f"{slug} {written}", "sha256")

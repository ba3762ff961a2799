"""The guards before any route: how large, under which id, and what a browser may do with a refusal.

Owns refusing what no wire should see, and the ids that go out with every answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from afterlook.errors import HeadersTooLarge, UriTooLong

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.http.sender import Sender
    from afterlook.runtime.ids import Ids

Headers = Sequence[tuple[bytes, bytes]]

MAX_URI = 16 * 1024
"""Bytes of path and query together."""

MAX_HEADERS = 64 * 1024
"""Bytes of all header names and values together."""

MAX_FIELD = 8 * 1024
"""Bytes of one header, all lines of its name together: lists are made of it."""

MAX_LINES = 100
"""Header lines of a request."""

_LONG_FIELDS = frozenset({b"authorization", b"cookie", "authorization", "cookie"})
"""Headers that are no lists, and may be as long as all together."""

MAX_ID = 1024
"""Bytes of an id that a client gives a request, for it to be sent back."""

SAFE = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
"""What keeps a browser from doing anything with a page but show its text."""

FIRST_REFUSAL = 400
"""The lowest status of a response to which the headers of `SAFE` are added, where it lacks them."""


def answer_ids(ids: Ids, headers: Headers) -> list[tuple[bytes, bytes]]:
    """Return a new `request-id` for an answer, and the client's own id, if it is short."""
    added = [(b"request-id", str(ids.guid()).encode("ascii"))]
    given = [pair for pair in headers if pair[0] == b"client-request-id"]
    if len(given) == 1 and len(given[0][1]) <= MAX_ID:
        added += given
    return added


def expect_bounded_head(scope: Scope, _: Sender | None = None) -> None:
    """Refuse an address or headers larger than anything a client of ours would send.

    Raises `UriTooLong`, `HeadersTooLarge`.
    """
    length = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
    if length > MAX_URI:
        raise UriTooLong
    if has_large_head(scope["headers"]):
        raise HeadersTooLarge


def has_large_head(headers: Sequence[tuple[bytes, bytes]] | Sequence[tuple[str, str]]) -> bool:
    """Tell whether headers are more, or longer, than any client of ours would send."""
    if len(headers) > MAX_LINES:
        return True
    size = sum(len(name) + len(value) for name, value in headers)
    if size <= MAX_FIELD:
        return False
    sizes: dict[bytes | str, int] = {}
    for name, value in headers:
        if name not in _LONG_FIELDS:
            sizes[name] = sizes.get(name, 0) + len(value)
    return size > MAX_HEADERS or max(sizes.values(), default=0) > MAX_FIELD


def missing_safe(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Return what `SAFE` has and the headers of an answer have not."""
    given = {name.lower() for name, _ in headers}
    return [pair for pair in SAFE if pair[0] not in given]

"""Answers that quote contents: sent part by part, so that none is ever held whole.

Owns the mark that stands for a content until it is sent, and sending. Must not know what a
content belongs to, nor where it is kept.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import quote

from afterlook.odata.formats import Level
from afterlook.outlook.responses import NOT_SNIFFED, Reply

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from afterlook.store.rows import AttachmentRow

Form = Literal["base64", "json"]
Fetch = Callable[[int, int], Awaitable[bytes]]
"""Returns a part of a content by the number of the content and that of the part."""

_ENOUGH = 64 * 1024
"""Bytes that are worth sending by themselves."""

# No text of a client holds a NUL, and so none looks like a mark once it is JSON.
_MARK = re.compile(rb'"\\u0000(base64|json) (\d+) (\d+)"')
_WORD = r"[A-Za-z0-9!#$&^_.+-]+"
_QUOTED = r'"[\x20-\x21\x23-\x5b\x5d-\x7e]*"'
# Blanks and no line breaks: a client's text goes into a header.
_MEDIA_TYPE = re.compile(rf"{_WORD}/{_WORD}([ \t]*;[ \t]*{_WORD}=({_WORD}|{_QUOTED}))*")
_LONGEST_MEDIA_TYPE = 1024


class Quote(NamedTuple):
    """A content within an answer: its number, its length in bytes, and how it is written."""

    number: int
    length: int
    form: Form

    @property
    def written(self) -> int:
        """Bytes that it takes in the answer."""
        return (self.length + 2) // 3 * 4 + 2 if self.form == "base64" else self.length


def mark(number: int, length: int, form: Form) -> str:
    """Return what stands for a content in a document until it is sent."""
    return f"\0{form} {number} {length}"


class Quoting(Reply):
    """An answer with marks in it, which are replaced by contents while it is sent."""

    def __init__(
        self,
        content: object,
        fetch: Fetch,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        level: Level = Level.MINIMAL,
    ) -> None:
        super().__init__(content, status_code, headers, level)
        self._pieces = list(_pieces(bytes(self.body)))
        self._fetch = fetch
        size = sum(len(one) if isinstance(one, bytes) else one.written for one in self._pieces)
        self.raw_headers = [
            (name, str(size).encode("ascii") if name == b"content-length" else value)
            for name, value in self.raw_headers
        ]

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        """Send the answer. What is missing at the start is an error of its own, later a break."""
        await send_parts(self.status_code, self.raw_headers, self._parts(), send)

    async def _parts(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            elif piece.form == "json":
                async for part in parts(piece.number, piece.length, self._fetch):
                    yield part
            else:
                yield b'"'
                async for part in parts(piece.number, piece.length, self._fetch):
                    yield b64encode(part)
                yield b'"'


class Content(Reply):
    """A file itself. No browser may show it: it is somebody else's word on this server's name."""

    def __init__(self, file: AttachmentRow, fetch: Fetch, headers: Mapping[str, str]) -> None:
        self.status_code = 200
        self.background = None
        self._parts = parts(file.content, file.length, fetch)
        media_type = file.content_type or ""
        if len(media_type) > _LONGEST_MEDIA_TYPE or not _MEDIA_TYPE.fullmatch(media_type):
            media_type = "application/octet-stream"
        name = quote(file.name, safe="")
        self.raw_headers = [
            *NOT_SNIFFED,
            (b"content-type", media_type.encode("ascii")),
            (b"content-length", str(file.length).encode("ascii")),
            (b"content-disposition", f"attachment; filename*=UTF-8''{name}".encode("ascii")),
            (b"content-security-policy", b"sandbox"),
        ]
        self._add(headers)

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        """Send the file."""
        await send_parts(self.status_code, self.raw_headers, self._parts, send)


async def parts(number: int, length: int, fetch: Fetch) -> AsyncIterator[bytes]:
    """Return a content part by part."""
    place = 0
    while length > 0:
        part = await fetch(number, place)
        yield part
        length -= len(part)
        place += 1


async def send_parts(
    status: int,
    headers: list[tuple[bytes, bytes]],
    body: AsyncIterator[bytes],
    send: Send,
) -> None:
    """Send an answer whose body comes in parts, the small ones together.

    It begins when there is something to send: what fails before that can still be answered.
    """
    begun, waiting, size = False, [], 0
    async for part in body:
        waiting.append(part)
        size += len(part)
        if size >= _ENOUGH:
            if not begun:
                await send({"type": "http.response.start", "status": status, "headers": headers})
            begun = True
            await send({"type": "http.response.body", "body": b"".join(waiting), "more_body": True})
            waiting, size = [], 0
    if not begun:
        await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"".join(waiting)})


def _pieces(raw: bytes) -> list[bytes | Quote]:
    pieces: list[bytes | Quote] = []
    end = 0
    for match in _MARK.finditer(raw):
        form: Form = "base64" if match[1] == b"base64" else "json"
        pieces += [raw[end : match.start()], Quote(int(match[2]), int(match[3]), form)]
        end = match.end()
    return [*pieces, raw[end:]]

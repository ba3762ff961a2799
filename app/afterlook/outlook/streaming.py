"""Responses with contents of attachments in them, sent part by part: none is ever held whole.

Owns the placeholder that stands for a content in the JSON until it is sent, and the sending.
"""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import quote

from afterlook.odata.formats import Level
from afterlook.outlook.responses import NOT_SNIFFED, ODataResponse

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from afterlook.store.rows import AttachmentRow

Form = Literal["base64", "json"]
ReadPart = Callable[[int, int], Awaitable[bytes]]
"""Returns a part of a content by the number of the content and that of the part."""

_MIN_CHUNK = 64 * 1024
"""Bytes that are worth a message of their own."""

# No text of a client holds a NUL, and so none looks like a placeholder once it is JSON.
_PLACEHOLDER = re.compile(rb'"\\u0000(base64|json) (\d+) (\d+)"')
_WORD = r"[A-Za-z0-9!#$&^_.+-]+"
_QUOTED = r'"[\x20-\x21\x23-\x5b\x5d-\x7e]*"'
# Blanks and no line breaks: a client's text goes into a header.
_MEDIA_TYPE = re.compile(rf"{_WORD}/{_WORD}([ \t]*;[ \t]*{_WORD}=({_WORD}|{_QUOTED}))*")
_MAX_MEDIA_TYPE = 1024


class ContentPlaceholder(NamedTuple):
    """A content within a response: its number, its length in bytes, and how it is written."""

    number: int
    length: int
    form: Form

    @property
    def encoded_length(self) -> int:
        """Bytes that it takes in the response."""
        return (self.length + 2) // 3 * 4 + 2 if self.form == "base64" else self.length


def make_placeholder(number: int, length: int, form: Form) -> str:
    """Return what stands for a content in a document until it is sent."""
    return f"\0{form} {number} {length}"


class StreamingJSONResponse(ODataResponse):
    """JSON with placeholders in it, which are replaced by contents while it is sent.

    `convert` makes of JSON that is kept what is sent of it; it is held whole for that.
    """

    def __init__(
        self,
        content: object,
        read_part: ReadPart,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        level: Level = Level.MINIMAL,
        convert: Callable[[bytes], bytes] | None = None,
    ) -> None:
        super().__init__(content, status_code, headers, level)
        self._convert = convert
        self._pieces = list(_split(bytes(self.body)))
        self._read_part = read_part
        size = sum(
            len(one) if isinstance(one, bytes) else one.encoded_length for one in self._pieces
        )
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
            elif piece.form == "json" and self._convert is not None:
                yield await self._convert_item(piece, self._convert)
            elif piece.form == "json":
                async for part in read_parts(piece.number, piece.length, self._read_part):
                    yield part
            else:
                yield b'"'
                async for part in read_parts(piece.number, piece.length, self._read_part):
                    yield b64encode(part)
                yield b'"'

    async def _convert_item(
        self, piece: ContentPlaceholder, convert: Callable[[bytes], bytes]
    ) -> bytes:
        """Return JSON as it is wanted, and blanks up to the length that was announced."""
        read = read_parts(piece.number, piece.length, self._read_part)
        raw = b"".join([part async for part in read])
        return (await asyncio.to_thread(convert, raw)).ljust(piece.length)


class ContentResponse(ODataResponse):
    """A file itself. No browser may show it: it is somebody else's word on this server's name."""

    def __init__(
        self, file: AttachmentRow, read_part: ReadPart, headers: Mapping[str, str]
    ) -> None:
        self.status_code = 200
        self.background = None
        self._parts = read_parts(file.content, file.length, read_part)
        media_type = file.content_type or ""
        if len(media_type) > _MAX_MEDIA_TYPE or not _MEDIA_TYPE.fullmatch(media_type):
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


async def read_parts(number: int, length: int, read_part: ReadPart) -> AsyncIterator[bytes]:
    """Return a content part by part."""
    index = 0
    while length > 0:
        part = await read_part(number, index)
        yield part
        length -= len(part)
        index += 1


async def send_parts(
    status: int,
    headers: list[tuple[bytes, bytes]],
    body: AsyncIterator[bytes],
    send: Send,
) -> None:
    """Send an answer whose body comes in parts, the small ones together.

    It begins when there is something to send: what fails before that can still be answered.
    """
    has_begun, waiting, size = False, [], 0
    async for part in body:
        waiting.append(part)
        size += len(part)
        if size >= _MIN_CHUNK:
            if not has_begun:
                await send({"type": "http.response.start", "status": status, "headers": headers})
            has_begun = True
            await send({"type": "http.response.body", "body": b"".join(waiting), "more_body": True})
            waiting, size = [], 0
    if not has_begun:
        await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"".join(waiting)})


def _split(raw: bytes) -> list[bytes | ContentPlaceholder]:
    pieces: list[bytes | ContentPlaceholder] = []
    end = 0
    for match in _PLACEHOLDER.finditer(raw):
        form: Form = "base64" if match[1] == b"base64" else "json"
        pieces += [raw[end : match.start()], ContentPlaceholder(int(match[2]), int(match[3]), form)]
        end = match.end()
    return [*pieces, raw[end:]]

"""Reading request bodies, never more of them than the limit, compressed or not."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from afterlook.errors import (
    BodyNotReadable,
    BodyTooLarge,
    CodingNotSupported,
    MessageSizeExceeded,
)
from afterlook.http.clients import BODY_READ
from afterlook.http.limits import limits_of

if TYPE_CHECKING:
    from starlette.requests import Request

_MAX_DIGITS = 18
_GZIP = 16 + zlib.MAX_WBITS
_CODINGS = frozenset({"gzip", "x-gzip"})
_PIECE = 256 * 1024
"""Bytes that are decoded at a time: others are answered in between."""

_MAX_SHOWN = 64


async def read(request: Request, limit: int) -> bytes:
    """Return the body, decoded.

    Raises `MessageSizeExceeded` once it is known to pass `limit` bytes, compressed or not,
    `CodingNotSupported`, and `BodyNotReadable` where it is no gzip or the client is gone before
    its end.
    """
    announced = coding = ""
    for name, value in request.scope["headers"]:
        if name == b"content-length":
            announced = value.decode("latin-1")
        elif name == b"content-encoding":
            # Lines of one name are one list.
            coding = f"{coding},{value.decode('latin-1')}" if coding else value.decode("latin-1")
    # In a batch, no HTTP parser has checked this header: it may hold digits of any script, and so
    # many of them that making a number of all would take long.
    if announced.isascii() and announced.isdigit() and int(announced[:_MAX_DIGITS]) > limit:
        raise MessageSizeExceeded
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return await _gather(_read_chunks(request), limit)
    if coding not in _CODINGS:
        headers = {"Accept-Encoding": "gzip"}
        raise CodingNotSupported(given=coding[:_MAX_SHOWN], headers=headers)
    return await _gather(_decode(_read_chunks(request), limit), limit)


async def read_allowed(request: Request, limit: int) -> bytes:
    """Return the body, of `limit` bytes and no more than the settings allow.

    Raises as `read` does; `BodyTooLarge` where it is the settings that do not allow it.
    """
    allowed = limits_of(request).max_body
    if allowed >= limit:
        return await read(request, limit)
    try:
        return await read(request, allowed)
    except MessageSizeExceeded as error:
        raise BodyTooLarge(most=allowed) from error


async def _gather(pieces: AsyncIterator[bytes], limit: int) -> bytes:
    gathered = []
    size = 0
    async for piece in pieces:
        size += len(piece)
        if size > limit:
            raise MessageSizeExceeded
        gathered.append(piece)
    return b"".join(gathered)


async def _read_chunks(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect as error:
        # Nobody is there to hear it; it is no defect of ours either.
        raise BodyNotReadable(reason="it ended early") from error
    request.scope[BODY_READ] = True


async def _decode(chunks: AsyncIterator[bytes], limit: int) -> AsyncIterator[bytes]:
    """Decode one gzip member; several, of which there could be a great many, are refused."""
    decoder = zlib.decompressobj(_GZIP)
    left = limit
    async for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise MessageSizeExceeded
        rest = chunk
        while rest and not decoder.eof:
            try:
                piece = decoder.decompress(rest, _PIECE)
            except zlib.error as error:
                raise BodyNotReadable(reason="it is no gzip") from error
            rest = decoder.unconsumed_tail
            yield piece
            if rest:
                await asyncio.sleep(0)
        if rest or decoder.unused_data:
            raise BodyNotReadable(reason="something follows its gzip")
    if not decoder.eof:
        raise BodyNotReadable(reason="its gzip ends early")

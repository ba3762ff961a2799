"""Answers that are compressed for whoever asks for it (RFC 9110 §12.5.3).

Owns which answers are worth it, and what their headers say then. What comes in parts is passed on
as it comes: it may be of any length.
"""

from __future__ import annotations

import asyncio
import gzip
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MIN_LENGTH = 2048
"""Bytes below which an answer gets no faster: it goes in a packet or two as it is."""

_SHORT = 32 * 1024
"""Bytes that are compressed faster than handed over to a thread."""

_LEVEL = 4
_VARY = (b"vary", b"Accept-Encoding")
_COMPRESSIBLE = (b"json", b"xml", b"javascript", b"multipart/mixed")

Headers = list[tuple[bytes, bytes]]


class Compression:
    """Compresses answers with gzip.

    One with a strong ETag stays as it is: compressed it would be another representation, and have
    to have another tag (RFC 9110 §8.8.3.3).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def send_compressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                # Whether the answer is whole shows with its first part.
                start = message
                return
            if start is not None:
                first, start = start, None
                body = message.get("body", b"")
                if (
                    len(body) >= MIN_LENGTH
                    and not message.get("more_body")
                    and _is_worth_it(first["headers"])
                ):
                    first["headers"] = [*first["headers"], _VARY]
                    if _wants_gzip(scope["headers"]):
                        message = {**message, "body": await _compress(body)}
                        first["headers"] = _relabel(first["headers"], len(message["body"]))
                await send(first)
            await send(message)

        await self._app(scope, receive, send_compressed)


async def _compress(body: bytes) -> bytes:
    if len(body) <= _SHORT:
        return gzip.compress(body, _LEVEL, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)


def _relabel(headers: Headers, length: int) -> Headers:
    kept = [pair for pair in headers if pair[0] != b"content-length"]
    size = (b"content-length", str(length).encode("ascii"))
    return [*kept, (b"content-encoding", b"gzip"), size]


def _is_worth_it(headers: Headers) -> bool:
    is_text = False
    for name, value in headers:
        if name == b"content-encoding" or (name == b"etag" and not value.startswith(b"W/")):
            return False
        if name == b"content-type":
            is_text = value.startswith(b"text/") or any(word in value for word in _COMPRESSIBLE)
    return is_text


def _wants_gzip(headers: Headers) -> bool:
    given = [value for name, value in headers if name == b"accept-encoding"]
    return bool(given) and _accepts_gzip(b",".join(given))


@lru_cache(64)
def _accepts_gzip(accepted: bytes) -> bool:
    """Tell whether gzip has a weight of more than nothing, by its name or by `*`."""
    weights: dict[str, float] = {}
    for each in accepted.decode("latin-1").lower().split(","):
        coding, *parameters = (part.strip() for part in each.split(";"))
        weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            weights[coding] = float(weight)
        except ValueError:
            weights[coding] = 0
    return any(weights[name] > 0 for name in ("gzip", "x-gzip") if name in weights) or (
        "gzip" not in weights and weights.get("*", 0) > 0
    )

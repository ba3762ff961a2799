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
    from starlette.types import Message

    from afterlook.http.guards import Headers

MIN_LENGTH = 2048
"""Bytes below which an answer gets no faster: it goes in a packet or two as it is."""

_MAX_BYTES_ON_EVENT_LOOP = 32 * 1024
"""Bytes that are compressed faster than handed over to a thread."""

_LEVEL = 4
_VARY = (b"vary", b"Accept-Encoding")
_COMPRESSIBLE = (b"json", b"xml", b"javascript", b"multipart/mixed")


def is_worth_it(headers: Headers, message: Message) -> bool:
    """Tell whether an answer with this first body message may be compressed.

    One with a strong ETag may not: compressed it would be another representation, and have to have
    another tag (RFC 9110 §8.8.3.3).
    """
    is_long = len(message.get("body", b"")) >= MIN_LENGTH
    return is_long and not message.get("more_body") and _is_compressible(headers)


async def apply(headers: Headers, message: Message, request: Headers) -> tuple[Headers, Message]:
    """Return headers and body message of an answer that is worth it, compressed if asked for."""
    headers = [*headers, _VARY]
    if not _wants_gzip(request):
        return headers, message
    body = await _compress(message["body"])
    return _relabel(headers, len(body)), {**message, "body": body}


async def _compress(body: bytes) -> bytes:
    if len(body) <= _MAX_BYTES_ON_EVENT_LOOP:
        return gzip.compress(body, _LEVEL, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)


def _relabel(headers: Headers, length: int) -> Headers:
    kept = [pair for pair in headers if pair[0] != b"content-length"]
    size = (b"content-length", str(length).encode("ascii"))
    return [*kept, (b"content-encoding", b"gzip"), size]


def _is_compressible(headers: Headers) -> bool:
    is_text = False
    for name, value in headers:
        if name == b"content-encoding" or (name == b"etag" and not value.startswith(b"W/")):
            return False
        if name == b"content-type":
            is_text = value.startswith(b"text/") or any(word in value for word in _COMPRESSIBLE)
    return is_text


def _wants_gzip(headers: Headers) -> bool:
    given = [value for name, value in headers if name == b"accept-encoding"]
    return bool(given) and accepts_gzip(b",".join(given))


@lru_cache(64)
def accepts_gzip(accepted: bytes) -> bool:
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

"""Reading request bodies, never more of them than the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.errors import MessageSizeExceeded

if TYPE_CHECKING:
    from starlette.requests import Request


async def read(request: Request, limit: int) -> bytes:
    """Return the body. Raises `MessageSizeExceeded` once it is known to pass `limit` bytes."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise MessageSizeExceeded
    chunks = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise MessageSizeExceeded
        chunks.append(chunk)
    return b"".join(chunks)

"""Reading request bodies, never more of them than the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from afterlook.errors import BodyNotReadable, MessageSizeExceeded
from afterlook.http.clients import READ

if TYPE_CHECKING:
    from starlette.requests import Request

_DIGITS = 18


async def read(request: Request, limit: int) -> bytes:
    """Return the body.

    Raises `MessageSizeExceeded` once it is known to pass `limit` bytes, and `BodyNotReadable`
    where the client is gone before its end.
    """
    announced = request.headers.get("content-length", "")
    # Within a batch no server has read it before: any sign may be a digit, and any number long.
    if announced.isascii() and announced.isdigit() and int(announced[:_DIGITS]) > limit:
        raise MessageSizeExceeded
    chunks = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise MessageSizeExceeded
            chunks.append(chunk)
    except ClientDisconnect as error:
        # Nobody is there to hear it; it is no defect of ours either.
        raise BodyNotReadable(reason="it ended early") from error
    request.scope[READ] = True
    return b"".join(chunks)

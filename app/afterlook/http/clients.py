"""Whether the client of a request is still there.

Owns how ASGI tells so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

BODY_READ = "afterlook.read"
"""The key in the ASGI scope of a request whose body has been read to its end."""

_WITHOUT_BODY = frozenset({"GET", "HEAD"})


def disconnect_waiter(request: Request) -> Callable[[], Coroutine[object, object, None]]:
    """Return what waits until the client is gone."""
    return partial(_wait_for_disconnect, request)


async def _wait_for_disconnect(request: Request) -> None:
    """Return when the client is gone.

    What has yet to be read of a body belongs to somebody else: such a request is not watched.
    """
    if request.method in _WITHOUT_BODY or BODY_READ in request.scope:
        # The first message may be a body of no bytes; more of that come to a request in a batch.
        for _ in range(2):
            message = await request.receive()
            if message["type"] == "http.disconnect":
                return
    await asyncio.Event().wait()

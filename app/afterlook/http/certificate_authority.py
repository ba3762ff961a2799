"""The certificate that clients have to trust, for them to take: `/_emulator/ca.pem`.

It is no secret, so that anybody may have it; its key is, and no route knows that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

FILE = "ca.pem"
PATH = f"/_emulator/{FILE}"

_HEADERS = {
    "content-disposition": 'attachment; filename="afterlook-ca.pem"',
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
}
_NONE = "This server has no authority of its own: it has one when started with --tls.\n"


async def _download(request: Request) -> Response:
    file: Path | None = request.app.state.authority
    try:
        content = await run_in_threadpool(file.read_bytes) if file is not None else None
    except OSError:
        content = None
    if content is None:
        return PlainTextResponse(_NONE, 404)
    return Response(content, media_type="application/x-x509-ca-cert", headers=_HEADERS)


ROUTES = [Route(PATH, _download)]

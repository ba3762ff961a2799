"""What a request must bring to be carried out: a form digest, or a token; a body of bounded length.

Must not know what is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.auth.identity import has_token
from afterlook.csom.errors import RequestTooBig
from afterlook.csom.xml import MAX_BYTES
from afterlook.errors import MessageSizeExceeded
from afterlook.http import bodies
from afterlook.http.limits import limits_of
from afterlook.sharepoint import digests

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.sharepoint.context import Caller


def expect_digest(request: Request, caller: Caller) -> None:
    """Refuse whoever has neither token nor digest. Raises `SecurityValidation`."""
    if not has_token(request.headers.get("authorization")):
        digest = request.headers.get("x-requestdigest")
        digests.check(digest, caller.mailbox, caller.store.now())


async def raw_body(request: Request) -> bytes:
    """Read a body. Raises `RequestTooBig`."""
    try:
        return await bodies.read(request, min(MAX_BYTES, limits_of(request).max_body))
    except MessageSizeExceeded as error:
        raise RequestTooBig from error

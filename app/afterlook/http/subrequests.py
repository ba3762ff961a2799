"""Subrequests (requests within a batch), for whatever records or disturbs requests.

Owns how a wire lets it: a batch whose scope has a `SubrequestHook` asks it for each response.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from afterlook.errors import ServiceError
from afterlook.odata.batch import Subrequest, Subresponse

if TYPE_CHECKING:
    from starlette.types import Scope

HOOK = "afterlook.subrequest_hook"
"""The key of a `SubrequestHook` in the ASGI scope of a batch."""

GetResponse = Callable[[], Awaitable[Subresponse]]
Refuse = Callable[[ServiceError], Subresponse]

SubrequestHook = Callable[[Subrequest, str, GetResponse, Refuse], Awaitable[Subresponse]]
"""Returns the response to a subrequest, given the UPN of whose mailbox it is for.

It awaits `GetResponse`, or calls `Refuse` for a refusal in the words of the wire; perhaps on
another thread than the batch, but never for two subrequests of one batch at once.
"""


async def answer_subrequest(
    scope: Scope, subrequest: Subrequest, upn: str, respond: GetResponse, refuse: Refuse
) -> Subresponse:
    """Answer a subrequest of a batch whose own scope is given."""
    hook: SubrequestHook | None = scope.get(HOOK)
    return await (respond() if hook is None else hook(subrequest, upn, respond, refuse))

"""Who may call this wire.

Owns what the service refused of tokens that were good: an app on its own, for whom there were no
tasks, and a write by who may only read (docs/reference/outlook.md §2.6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.errors import AccessDenied

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Scope

    from afterlook.auth.mailboxes import Caller

_BATCH = "/$batch"


async def admit(request: Request, authorization: str | None) -> Caller:
    """Return who calls. Raises `Unauthorized`, `AccessDenied`."""
    caller: Caller = await request.app.state.mailboxes.admit(authorization)
    if caller.is_app:
        raise AccessDenied
    return caller


def expect_permitted(caller: Caller, scope: Scope) -> None:
    """Refuse a write by who may only read, whatever it says. Raises `AccessDenied`.

    A batch is none; what is in it comes by here as well.
    """
    if not caller.may_write and scope["method"] != "GET" and not scope["path"].endswith(_BATCH):
        raise AccessDenied

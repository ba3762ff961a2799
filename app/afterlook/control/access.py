"""Who may use the control surface.

It can do anything to every mailbox, and a browser on the same machine reaches it, with whatever
page it shows. So no request that a page of another site makes is answered, not even a read; and a
body must be said to be JSON, which no form can say.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from afterlook.control.errors import AccessRefused, ContentTypeNotJson, TokenRequired
from afterlook.http.same_origin import OWN_PAGES

if TYPE_CHECKING:
    from starlette.requests import Request


class Access:
    """Lets a request pass, or refuses it; `admin_token` must be named where there is one."""

    def __init__(self, admin_token: str | None) -> None:
        self._admin_token = admin_token

    def check(self, request: Request) -> None:
        """Raise `AccessRefused`, `TokenRequired`, `ContentTypeNotJson`."""
        foreign = OWN_PAGES.find_foreign(request.scope)
        if foreign is not None:
            message = f"the control surface does not answer pages of other sites ({foreign})"
            raise AccessRefused(message)
        self._check_token(request)
        if request.method == "POST" and not _is_json(request):
            message = "send the parameters as JSON, with Content-Type: application/json"
            raise ContentTypeNotJson(message)

    def _check_token(self, request: Request) -> None:
        if self._admin_token is None:
            return
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        given = token.strip().encode("utf-8", "surrogatepass")
        is_known = compare_digest(given, self._admin_token.encode("utf-8"))
        if scheme.lower() != "bearer" or not is_known:
            message = "send the admin token (AFTERLOOK_ADMIN_TOKEN) as Authorization: Bearer"
            raise TokenRequired(message)


def _is_json(request: Request) -> bool:
    given = request.headers.get("content-type", "").partition(";")[0]
    return given.strip().lower() == "application/json"

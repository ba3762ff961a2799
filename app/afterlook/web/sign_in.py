"""Signing in to the page where tokens are verified: by this server's own sign-in, as any app does.

Owns the way there and back. The code is bound to the browser that began: only it has the secret
behind its challenge (RFC 7636), in a cookie that goes nowhere else.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from afterlook.auth.codes import challenge_of
from afterlook.auth.issuer import OWN_CLIENT
from afterlook.auth.refusals import GrantInvalid
from afterlook.http.addresses import origin
from afterlook.mailbox import identities
from afterlook.mailbox.identities import Identity

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.store.rows import MailboxRow

BACK = "/mytasks/signed-in"
"""Where the sign-in leads back to."""

_SIGN_IN = "/common/oauth2/v2.0/authorize"
_COOKIE = "afterlook_sign_in"
_MAX_AGE_SECONDS = 600
_MAX_PAGE = 600


def begin_sign_in(request: Request, page: str = "") -> Response:
    """Send a browser to sign in, and then to a page of whoever did."""
    verifier = f"{request.app.state.ids.guid().hex}{request.app.state.ids.guid().hex}"
    asked = {
        "client_id": OWN_CLIENT,
        "response_type": "code",
        "redirect_uri": _address_back(request),
        "scope": "openid",
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        "state": page if len(page) <= _MAX_PAGE else "",
    }
    answer = RedirectResponse(f"{_SIGN_IN}?{urlencode(asked)}", 302)
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(
        _COOKIE,
        verifier,
        max_age=_MAX_AGE_SECONDS,
        path=BACK,
        secure=request.url.scheme == "https",
        httponly=True,
        # Strict would not come along from a page that had led to the sign-in.
        samesite="lax",
    )
    return answer


async def finish_sign_in(request: Request) -> MailboxRow:
    """Return the mailbox of whoever signed in with this browser. Raises `GrantInvalid`."""
    state = request.app.state
    content = await state.sign_in_codes.redeem(
        request.query_params.get("code", ""),
        client_id=OWN_CLIENT,
        redirect_uri=_address_back(request),
        verifier=request.cookies.get(_COOKIE, ""),
    )
    identity = Identity(content["upn"], content["name"], content["oid"], content["tid"])
    mailbox: MailboxRow | None = await state.store.read_by_key(
        partial(identities.find, identity=identity)
    )
    if mailbox is None:
        raise GrantInvalid
    return mailbox


def _address_back(request: Request) -> str:
    return f"{origin(request.scope, request.headers.get('host'))}{BACK}"

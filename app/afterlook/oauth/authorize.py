"""Signing in: a page that asks who somebody is, and the code that their app gets (RFC 6749 §4.1).

Owns what an app may ask for, and that a code leaves only after a click. What is wrong with the
client or its redirect URI is told here; anything else at that address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from afterlook.auth.codes import CHALLENGE
from afterlook.auth.issuer import subject_of
from afterlook.auth.permissions import ScopeMalformed, read_scope
from afterlook.auth.refusals import (
    InteractionRequired,
    RequestMalformed,
    ResponseUnsupported,
    ScopeRefused,
    SignInDeclined,
    UserUnknown,
)
from afterlook.errors import ServiceError
from afterlook.http.paths import raw_path
from afterlook.oauth.parameters import Parameters, read_client, read_form, read_query, require
from afterlook.oauth.redirects import OUT_OF_BAND, Redirect, lead_to, read_redirect
from afterlook.oauth.rendering import notice, refusal, render
from afterlook.oauth.responses import describe, error_name
from afterlook.oauth.tenants import guid_of, tenant_of
from afterlook.oauth.texts import TEXTS, say
from afterlook.oauth.users import is_own_form, list_users

if TYPE_CHECKING:
    from starlette.requests import Request

_MAX_NONCE = 512
_MODES = frozenset({"query", "fragment", "form_post"})


@dataclass(frozen=True, slots=True)
class SignIn:
    """A request for a sign-in whose client and redirect URI are good."""

    request: Request
    tenant: str
    parameters: Parameters
    client: str
    redirect: Redirect

    @property
    def mode(self) -> str:
        """How the answer goes to the client."""
        given = self.parameters.get("response_mode", "query")
        return given if given in _MODES else "query"

    def content(self) -> Mapping[str, str]:
        """Return what a code of it stands for, but for who has signed in.

        Raises `ResponseUnsupported`, `RequestMalformed`, `ScopeRefused`.
        """
        given = self.parameters
        response_type = given.get("response_type", "")
        if response_type != "code":
            raise ResponseUnsupported(given=response_type[:64])
        if given.get("response_mode", "query") not in _MODES:
            raise RequestMalformed(reason="The 'response_mode' is not supported.")
        challenge = given.get("code_challenge", "")
        method = given.get("code_challenge_method", "")
        if (challenge or method) and (method != "S256" or not CHALLENGE.fullmatch(challenge)):
            raise RequestMalformed(reason="The 'code_challenge' must be made by 'S256'.")
        if len(given.get("nonce", "")) > _MAX_NONCE:
            raise RequestMalformed(reason="The 'nonce' is too long.")
        asked, resource = given.get("scope", ""), given.get("resource", "")
        try:
            read_scope(asked, resource)
        except ScopeMalformed as error:
            raise ScopeRefused(reason=str(error)) from error
        return {
            "client_id": self.client,
            "redirect_uri": self.redirect.uri,
            "challenge": challenge,
            "asked": asked,
            "resource": resource,
            "nonce": given.get("nonce", ""),
        }


async def authorize(request: Request) -> Response:
    """Ask who somebody is, or sign in whom a form names."""
    try:
        sign_in = _read(request)
    except ServiceError as error:
        return refusal(request, error)
    try:
        content = sign_in.content()
        if request.method != "POST":
            if "none" in sign_in.parameters.get("prompt", "").split():
                raise InteractionRequired
            return await _ask(sign_in)
        if not is_own_form(request):
            return notice(request, TEXTS["elsewhere"], TEXTS["elsewhere_help"], 403)
        form = await read_form(request)
        if "cancel" in form:
            return _tell(sign_in, SignInDeclined(), is_clicked=True)
        return await _grant(sign_in, content, require(form, "user"))
    except UserUnknown as error:
        return refusal(request, error)
    except ServiceError as error:
        return _tell(sign_in, error, is_clicked=request.method == "POST")


def _read(request: Request) -> SignIn:
    tenant = tenant_of(request)
    given = read_query(request)
    client = read_client(require(given, "client_id"))
    redirect = read_redirect(request, require(given, "redirect_uri"))
    return SignIn(request, tenant, given, client, redirect)


async def _ask(sign_in: SignIn) -> Response:
    hint = sign_in.parameters.get("login_hint", "")[:320]
    query = sign_in.request.scope["query_string"].decode("ascii")
    values = {
        "users": await list_users(sign_in.request, hint),
        "hint": hint,
        "action": f"{raw_path(sign_in.request.scope)}?{query}",
        "hidden": {},
        "purpose": say("for_client", client=sign_in.client, place=sign_in.redirect.shown),
    }
    return render(sign_in.request, "sign_in.html", values, leads_to=sign_in.redirect.source)


async def _grant(sign_in: SignIn, content: Mapping[str, str], name: str) -> Response:
    state = sign_in.request.app.state
    mailbox = await state.tokens.find_user(name, guid_of(sign_in.tenant))
    subject = subject_of(mailbox)
    user = {"oid": subject.oid, "tid": subject.tid, "upn": subject.upn, "name": subject.name}
    code = await state.sign_in_codes.grant({**content, **user})
    if sign_in.redirect.uri.startswith(OUT_OF_BAND):
        return notice(sign_in.request, f"{TEXTS['code_shown']}: {code}", TEXTS["code_shown_help"])
    return _lead(sign_in, {"code": code, "state": sign_in.parameters.get("state", "")})


def _tell(sign_in: SignIn, error: ServiceError, *, is_clicked: bool) -> Response:
    """Tell a client what went wrong; where somebody else may be behind it, after a click."""
    if sign_in.redirect.uri.startswith(OUT_OF_BAND):
        return refusal(sign_in.request, error)
    told = {
        "error": error_name(error),
        "error_description": describe(error),
        "state": sign_in.parameters.get("state", ""),
    }
    if is_clicked or sign_in.redirect.is_trusted:
        return _lead(sign_in, told)
    return notice(
        sign_in.request,
        TEXTS["cannot"],
        describe(error),
        400,
        link=lead_to(sign_in.redirect, sign_in.mode, told),
        link_text=say("go_back", place=sign_in.redirect.shown),
    )


def _lead(sign_in: SignIn, told: Mapping[str, str]) -> Response:
    if sign_in.mode == "form_post":
        values = {
            "action": sign_in.redirect.uri,
            "fields": {name: value for name, value in told.items() if value},
            "place": sign_in.redirect.shown,
        }
        return render(sign_in.request, "post.html", values, leads_to=sign_in.redirect.source)
    address = lead_to(sign_in.redirect, sign_in.mode, told)
    # Starlette would encode it anew, and a fragment's separators with it.
    headers = {"Location": address, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response(status_code=302, headers=headers)

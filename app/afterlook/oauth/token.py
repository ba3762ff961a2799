"""The token endpoint: what each grant takes, and what it gives (RFC 6749 §4 to §6, RFC 8628 §3.4).

Owns the answer, in the shapes of version 1 and version 2.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from afterlook.auth import tokens
from afterlook.auth.issuer import app_subject, subject_of
from afterlook.auth.permissions import (
    APP_WRITES,
    Scope,
    ScopeMalformed,
    is_for_all,
    read_scope,
)
from afterlook.auth.refusals import (
    GrantExpired,
    GrantTypeUnsupported,
    ScopeRefused,
    SecretMissing,
)
from afterlook.auth.tokens import Subject
from afterlook.oauth.parameters import Parameters, client_of, read_form, require
from afterlook.oauth.responses import json_response
from afterlook.oauth.tenants import guid_of, issuer, own_origin, tenant_of
from afterlook.runtime.instants import Instant

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass(frozen=True, slots=True)
class Ask:
    """A request for tokens, read; `is_v2` where it is of version 2."""

    request: Request
    tenant: str
    form: Parameters
    client: str
    secret: str
    is_v2: bool


@dataclass(frozen=True, slots=True)
class Granted:
    """Whom the tokens are for, and what was asked for; `nonce` is for the ID token."""

    subject: Subject
    asked: str
    resource: str
    nonce: str = ""


async def issue_v2(request: Request) -> Response:
    """Answer a request for tokens by version 2."""
    return await _issue(request, is_v2=True)


async def issue_v1(request: Request) -> Response:
    """Answer a request for tokens by version 1."""
    return await _issue(request, is_v2=False)


async def _issue(request: Request, *, is_v2: bool) -> Response:
    tenant = tenant_of(request)
    form = await read_form(request)
    grant_type = require(form, "grant_type")
    client, secret = client_of(request, form)
    ask = Ask(request, tenant, form, client, secret, is_v2)
    if grant_type == "client_credentials":
        return await _answer_app(ask)
    grant = _GRANTS.get(grant_type)
    if grant is None:
        raise GrantTypeUnsupported(given=grant_type[:64])
    return await _answer_user(ask, await grant(ask))


async def _by_password(ask: Ask) -> Granted:
    name = require(ask.form, "username")
    require(ask.form, "password")
    mailbox = await ask.request.app.state.tokens.find_user(name, guid_of(ask.tenant))
    return Granted(subject_of(mailbox), _asked(ask), ask.form.get("resource", ""))


async def _by_code(ask: Ask) -> Granted:
    content = await ask.request.app.state.sign_in_codes.redeem(
        require(ask.form, "code"),
        client_id=ask.client,
        redirect_uri=require(ask.form, "redirect_uri"),
        verifier=ask.form.get("code_verifier", ""),
    )
    return _granted(ask, content)


async def _by_device(ask: Ask) -> Granted:
    # Version 1 called it a code, as all others.
    name = "code" if "code" in ask.form and "device_code" not in ask.form else "device_code"
    content = await ask.request.app.state.sign_in_codes.redeem_device(
        require(ask.form, name), client_id=ask.client
    )
    return _granted(ask, content)


async def _by_refresh(ask: Ask) -> Granted:
    key = await ask.request.app.state.signing_keys.get_current()
    now = ask.request.app.state.store.now()
    content = tokens.read_refresh_token(key, require(ask.form, "refresh_token"), now)
    if content is None or content["appid"] != ask.client:
        raise GrantExpired
    return _granted(ask, content)


_GRANTS: Mapping[str, Callable[[Ask], Awaitable[Granted]]] = {
    "password": _by_password,
    "authorization_code": _by_code,
    "refresh_token": _by_refresh,
    DEVICE_GRANT: _by_device,
    "device_code": _by_device,
}


def _asked(ask: Ask) -> str:
    return ask.form.get("scope", "")


def _granted(ask: Ask, content: Mapping[str, str]) -> Granted:
    """Return what was granted when somebody signed in; a client may now ask for other things."""
    subject = Subject(content["oid"], content["tid"], content["upn"], content["name"])
    return Granted(
        subject,
        _asked(ask) or content["asked"],
        ask.form.get("resource", "") or content["resource"],
        content.get("nonce", ""),
    )


def _scope(asked: str, resource: str) -> Scope:
    try:
        return read_scope(asked, resource)
    except ScopeMalformed as error:
        raise ScopeRefused(reason=str(error)) from error


async def _answer_user(ask: Ask, granted: Granted) -> Response:
    state = ask.request.app.state
    key, now = await state.signing_keys.get_current(), state.store.now()
    scope, subject = _scope(granted.asked, granted.resource), granted.subject
    content = _shape(ask, scope, scope.write_granted(), now)
    content["access_token"] = tokens.write_access_token(
        key, subject, scope, origin=own_origin(ask.request), client_id=ask.client, now=now
    )
    # Version 1 had no scopes to ask for one by.
    if "offline_access" in scope.of_sign_in or not ask.is_v2:
        content["refresh_token"] = tokens.write_refresh_token(
            key,
            subject,
            asked=granted.asked,
            resource=granted.resource,
            client_id=ask.client,
            now=now,
        )
    if "openid" in scope.of_sign_in or not ask.is_v2:
        issued_by = issuer(ask.request, ask.tenant, subject.tid)
        content["id_token"] = tokens.write_id_token(
            key,
            subject,
            issuer=issued_by if ask.is_v2 else issued_by.removesuffix("v2.0"),
            client_id=ask.client,
            now=now,
            nonce=granted.nonce,
            is_new=ask.is_v2,
        )
    if ask.form.get("client_info") == "1":
        whose = orjson.dumps({"uid": subject.oid, "utid": subject.tid})
        content["client_info"] = base64.urlsafe_b64encode(whose).decode("ascii").rstrip("=")
    return json_response(content)


async def _answer_app(ask: Ask) -> Response:
    """Answer an app that asks on its own: for all that it was given, of one resource."""
    if not ask.secret:
        raise SecretMissing
    state = ask.request.app.state
    if ask.is_v2 and not is_for_all(require(ask.form, "scope")):
        reason = "Client credentials must ask for a resource's '/.default'."
        raise ScopeRefused(reason=reason)
    subject = app_subject(ask.client, guid_of(ask.tenant))
    asked = _scope(_asked(ask), ask.form.get("resource", ""))
    scope = Scope(asked.audience, (APP_WRITES,))
    now = state.store.now()
    content = _shape(ask, scope, "", now)
    content["access_token"] = tokens.write_access_token(
        await state.signing_keys.get_current(),
        subject,
        scope,
        origin=own_origin(ask.request),
        client_id=ask.client,
        now=now,
    )
    return json_response({name: value for name, value in content.items() if value != ""})


def _shape(ask: Ask, scope: Scope, granted: str, now: Instant) -> dict[str, object]:
    """Return what an answer begins with; version 1 wrote its numbers as texts."""
    content: dict[str, object] = {"token_type": "Bearer", "scope": granted}
    if ask.is_v2:
        return content | {"expires_in": tokens.LIFETIME, "ext_expires_in": tokens.LIFETIME}
    issued = tokens.to_unix_seconds(now)
    return content | {
        "expires_in": str(tokens.LIFETIME),
        "ext_expires_in": str(tokens.LIFETIME),
        "expires_on": str(issued + tokens.LIFETIME),
        "not_before": str(issued),
        "resource": scope.audience,
    }

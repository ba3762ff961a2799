"""Signing in on another device: its codes, and the page where one is typed (RFC 8628).

Owns that page, which takes two forms: the code, then who signs in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.auth.codes import DEVICE_LIFETIME, content_of
from afterlook.auth.issuer import subject_of
from afterlook.auth.permissions import ScopeMalformed, read_scope
from afterlook.auth.refusals import ScopeRefused
from afterlook.errors import ServiceError
from afterlook.oauth.parameters import client_of, read_form, read_query
from afterlook.oauth.rendering import notice, refusal, render
from afterlook.oauth.responses import json_response
from afterlook.oauth.tenants import own_origin, tenant_of
from afterlook.oauth.texts import TEXTS, say
from afterlook.oauth.users import is_own_form, list_users

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from afterlook.oauth.parameters import Parameters

PAGE = "/common/oauth2/deviceauth"
"""Where the code of a device is typed."""

_INTERVAL = 5
"""Seconds after which a device should ask again; one that asks sooner is answered all the same."""


async def begin_device(request: Request) -> Response:
    """Answer a device with the code that it shows, and the one that it asks with."""
    tenant_of(request)
    form = await read_form(request)
    client, _ = client_of(request, form)
    asked, resource = form.get("scope", ""), form.get("resource", "")
    try:
        read_scope(asked, resource)
    except ScopeMalformed as error:
        raise ScopeRefused(reason=str(error)) from error
    content = {"client_id": client, "asked": asked, "resource": resource}
    device = await request.app.state.sign_in_codes.begin_device(content)
    page = f"{own_origin(request)}{PAGE}"
    answer = {
        "user_code": device.user_code,
        "device_code": device.device_code,
        "verification_uri": page,
        # As version 1 called it.
        "verification_url": page,
        "expires_in": DEVICE_LIFETIME,
        "interval": _INTERVAL,
        "message": (
            f"To sign in, use a web browser to open the page {page} "
            f"and enter the code {device.user_code} to authenticate."
        ),
    }
    return json_response(answer)


async def show_device_page(request: Request) -> Response:
    """Ask for the code of a device, then who signs in; then sign them in."""
    try:
        tenant_of(request)
        if request.method != "POST":
            return _ask_code(request, read_query(request).get("user_code", ""))
        if not is_own_form(request):
            return notice(request, TEXTS["elsewhere"], TEXTS["elsewhere_help"], 403)
        return await _go_on(request, await read_form(request))
    except ServiceError as error:
        return refusal(request, error)


async def _go_on(request: Request, form: Parameters) -> Response:
    state = request.app.state
    typed = form.get("user_code", "")[:64]
    row = await state.sign_in_codes.find_device(typed)
    if row is None:
        return _ask_code(request, typed, TEXTS["device_unknown"])
    if "cancel" in form:
        await state.sign_in_codes.answer_device(row, None)
        return notice(request, TEXTS["device_declined"], TEXTS["device_done_help"])
    if "user" not in form:
        values = {
            "users": await list_users(request),
            "hint": "",
            "action": PAGE,
            "hidden": {"user_code": typed},
            "purpose": say("for_device", client=content_of(row)["client_id"]),
        }
        return render(request, "sign_in.html", values)
    subject = subject_of(await state.tokens.find_user(form["user"]))
    user = {"oid": subject.oid, "tid": subject.tid, "upn": subject.upn, "name": subject.name}
    if not await state.sign_in_codes.answer_device(row, user):
        return _ask_code(request, typed, TEXTS["device_unknown"])
    return notice(request, TEXTS["device_done"], TEXTS["device_done_help"])


def _ask_code(request: Request, typed: str, problem: str = "") -> Response:
    values = {"typed": typed[:64], "problem": problem, "action": PAGE}
    return render(request, "device.html", values, status=400 if problem else 200)

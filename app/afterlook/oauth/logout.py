"""Signing out, and the page that apps without one of their own lead to.

Owns that nobody is led elsewhere from here without a click (OpenID Connect RP-Initiated Logout
1.0 §3). There is no session to end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from afterlook.errors import ServiceError
from afterlook.oauth.parameters import read_query
from afterlook.oauth.redirects import OUT_OF_BAND, lead_to, read_redirect
from afterlook.oauth.rendering import notice, refusal
from afterlook.oauth.tenants import tenant_of
from afterlook.oauth.texts import TEXTS, say

if TYPE_CHECKING:
    from starlette.requests import Request


async def log_out(request: Request) -> Response:
    """Say that somebody is signed out, and lead back to their app."""
    try:
        tenant_of(request)
        given = read_query(request)
        uri = given.get("post_logout_redirect_uri", "")
        if not uri or uri.startswith(OUT_OF_BAND):
            return notice(request, TEXTS["signed_out"], TEXTS["signed_out_help"])
        redirect = read_redirect(request, uri)
    except ServiceError as error:
        return refusal(request, error)
    state = given.get("state", "")
    address = lead_to(redirect, "query", {"state": state}) if state else redirect.uri
    if redirect.is_trusted:
        headers = {"Location": address, "Cache-Control": "no-store"}
        return Response(status_code=302, headers=headers)
    return notice(
        request,
        TEXTS["signed_out"],
        TEXTS["signed_out_help"],
        link=address,
        link_text=say("go_back", place=redirect.shown),
    )


async def show_nothing(request: Request) -> Response:
    """Show an empty page, whose address an app reads."""
    return notice(request, TEXTS["nothing_here"])

"""The pages of a sign-in, and what a browser may do with them.

Owns that a form may lead on to the one place that its page names, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afterlook.assets.files import Files
from afterlook.assets.pages import SHARED, Pages
from afterlook.oauth.responses import describe
from afterlook.oauth.texts import TEXTS, say

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from afterlook.errors import ServiceError

_HERE = Path(__file__).parent

FILES = Files("/_sign-in", _HERE / "static", {"sign_in.css": SHARED.text("base.css")})
"""The styles of these pages."""

_PAGES = Pages(_HERE / "templates", t=TEXTS, say=say, file=FILES.url, stylesheet="sign_in.css")
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "form-action 'self'{further}; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    # An app that opens this page in a window waits for that window to come back.
    "Cross-Origin-Opener-Policy": "unsafe-none",
    # A code in an address must not go on to whoever is linked from there.
    "Referrer-Policy": "same-origin",
}


def render(
    request: Request,
    template: str,
    values: Mapping[str, Any],
    *,
    status: int = 200,
    leads_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a page; `leads_to` is where its forms may lead beside this server."""
    nonce = str(request.app.state.ids.guid().hex)
    further = f" {leads_to}" if leads_to else ""
    policy = {"Content-Security-Policy": _POLICY.format(nonce=nonce, further=further)}
    every = {**_HEADERS, **policy, **(headers or {})}
    return _PAGES.render(template, values, nonce=nonce, status=status, headers=every)


def notice(
    request: Request,
    title: str,
    text: str = "",
    status: int = 200,
    *,
    link: str = "",
    link_text: str = "",
) -> Response:
    """Return a page that says one thing, and may lead somewhere."""
    values = {"title": title, "text": text, "link": link, "link_text": link_text}
    return render(request, "notice.html", values, status=status)


def refusal(request: Request, error: ServiceError) -> Response:
    """Return a page that says why there is nothing to sign in to."""
    values = {"title": TEXTS["cannot"], "text": describe(error), "link": "", "link_text": ""}
    return render(request, "notice.html", values, status=error.status, headers=error.headers)

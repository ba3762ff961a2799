"""The page at the root: what this is, what is where, and a first call to copy.

`curl` and other programs that do not ask for HTML get it as plain text.
"""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import PlainTextResponse, Response

from afterlook import __version__
from afterlook.control.console.rendering import HEADERS, PAGES
from afterlook.control.operation import API, CONTROL_ROOT
from afterlook.http.addresses import origin

if TYPE_CHECKING:
    from starlette.requests import Request


class Link(NamedTuple):
    """Something that is at an address; what only programs ask for `is_call`."""

    name: str
    path: str
    text: str
    is_call: bool = False


_WIRES = (
    Link(
        "Outlook Task REST API",
        "/api/v2.0/me/tasks",
        "Tasks, folders, groups, attachments, sync and batches; also /api/beta.",
        is_call=True,
    ),
    Link(
        "Microsoft Graph To Do",
        "/v1.0/me/todo/lists",
        "The same tasks as their successor shows them; also /beta.",
        is_call=True,
    ),
    Link(
        "Work Management by CSOM",
        "/_vti_bin/client.svc/ProcessQuery",
        "SharePoint's SP.WorkManagement, below any web.",
        is_call=True,
    ),
    Link(
        "Work Management by REST",
        "/_api/web",
        "The same objects, and the lists that tasks come from.",
        is_call=True,
    ),
)
_PAGES = (
    Link("My Tasks", "/mytasks", "All tasks of a mailbox on one page."),
    Link("Script library", "/_layouts/15/sp.js", "JSOM for programs in browsers."),
    Link("Contract", "/docs", "Each route of the Outlook wire, to try."),
    Link("Readiness", "/readyz", "Whether the store answers."),
)
_CONTROL = (
    Link("Console", f"{CONTROL_ROOT}/", "Requests, mailboxes, clock, faults, snapshots, tokens."),
    Link("Control API", f"{API}/openapi.json", "The same for programs, as OpenAPI."),
)
_TRY = "/api/v2.0/me/tasks"


async def show_welcome(request: Request) -> Response:
    """Say what this server is."""
    base = origin(request.scope, request.headers.get("host"))
    has_control = hasattr(request.app.state, "emulator")
    links = (*_WIRES, *_PAGES, *(_CONTROL if has_control else ()))
    bring = _bring_token(request.app.state.mailboxes.mode, base, has_control=has_control)
    curl = f"curl {quote(base + _TRY)}{bring}"
    if not _wants_html(request):
        return PlainTextResponse(_as_text(base, links, curl), headers={"Vary": "Accept"})
    values = {
        "base": base,
        "links": links,
        "curl": curl,
        "needs_token": bool(bring),
        "has_control": has_control,
    }
    nonce = request.app.state.ids.guid().hex
    headers = HEADERS | {"Vary": "Accept"}
    return PAGES.render("welcome.html", values, nonce=nonce, headers=headers)


def _wants_html(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "").lower()


def _as_text(base: str, links: tuple[Link, ...], curl: str) -> str:
    width = max(len(link.name) for link in links)
    lines = [f"{link.name:{width}}  {base}{link.path}" for link in links]
    return "\n".join(
        [
            f"Afterlook {__version__} answers the Outlook Task REST API and SharePoint Work",
            "Management as they were, and Microsoft Graph To Do as it is. It is an emulator for",
            "tests, not Microsoft's service.",
            "",
            *lines,
            "",
            "Try:",
            f"  {curl}",
            "",
        ]
    )


def _bring_token(mode: str, base: str, *, has_control: bool) -> str:
    """Return what a first call says who it is by, where the server asks."""
    match mode:
        case "open":
            return ""
        case "any":
            who = "alice"
        case _ if has_control:
            who = f"$(afterlook token --user alice --url {quote(base)})"
        case _:
            who = "$TOKEN"
    return f' -H "Authorization: Bearer {who}"'

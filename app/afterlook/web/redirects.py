"""Addresses that lead to the page: a mailbox's root, and SharePoint's own detours.

The detours' address names no user, so they lead to the choice of a mailbox, unless they are below
one's web.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from afterlook.web.texts import TEXTS
from afterlook.web.views import landing_view
from afterlook.web.visits import PICKER, Visit, notice
from afterlook.workmanagement.settings import get_persisted

if TYPE_CHECKING:
    from starlette.requests import Request


async def show_landing_page(visit: Visit) -> Response:
    """Lead to the view that the user left the page with."""
    persisted = await visit.store.read_by_key(get_persisted)
    return RedirectResponse(f"{visit.web}/{landing_view(persisted).page}", 302)


async def close_root(request: Request) -> Response:
    """Lead from a web without a slash at its end to that with one, to which cookies are bound."""
    return RedirectResponse(f"/personal/{quote(request.path_params['user'].lower())}/", 302)


async def leave_detour(request: Request) -> Response:
    """Lead from MySite.aspx to the tasks, if it is asked for them."""
    query = {name.lower(): value for name, value in request.query_params.multi_items()}
    if "task" not in query.get("mysiteredirect", "").lower():
        return notice(request, TEXTS["page_not_found"])
    user = request.path_params.get("user")
    return RedirectResponse(f"/personal/{quote(user.lower())}/" if user else PICKER, 302)

"""Addresses that are no page: they lead to one, or say that there is none.

SharePoint's own detours name no user, so they lead to the choice of a mailbox, unless they are
below one's web.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from afterlook.web.addresses import read_text
from afterlook.web.texts import TEXTS, say
from afterlook.web.views import landing_view
from afterlook.web.visits import PICKER, Visit, notice
from afterlook.workmanagement.settings import get_persisted

if TYPE_CHECKING:
    from starlette.requests import Request


async def redirect_to_landing_page(visit: Visit) -> Response:
    """Lead to the view that the user left the page with."""
    persisted = await visit.store.read_by_key(get_persisted)
    return RedirectResponse(f"{visit.web}/{landing_view(persisted).page}", 302)


async def add_slash(request: Request) -> Response:
    """Lead from a web without a slash at its end to that with one, to which cookies are bound."""
    return RedirectResponse(f"/personal/{quote(request.path_params['slug'].lower())}/", 302)


async def redirect_to_picker(request: Request) -> Response:  # noqa: ARG001
    """Lead from the address above all users' webs to the choice of one."""
    return RedirectResponse(PICKER, 302)


async def report_missing_page(request: Request) -> Response:
    """Say that there is no such page below a user's web."""
    slug = str(request.path_params["slug"]).lower()
    return notice(request, TEXTS["page_not_found"], back=f"/personal/{quote(slug)}/")


async def report_missing_site_page(request: Request) -> Response:
    """Say that sites have no pages here, where a task of a list's is edited in SharePoint."""
    web = request.path_params["web"]
    text = say("site_page_not_found_help", address=f"{web}/_api/web/lists")
    return notice(request, TEXTS["site_page_not_found"], text)


async def redirect_my_site(request: Request) -> Response:
    """Lead from MySite.aspx to the tasks, if it is asked for them."""
    if "task" not in read_text(request, "mysiteredirect").lower():
        return notice(request, TEXTS["page_not_found"])
    slug = request.path_params.get("slug")
    return RedirectResponse(f"/personal/{quote(slug.lower())}/" if slug else PICKER, 302)

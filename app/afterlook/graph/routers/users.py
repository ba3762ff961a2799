"""Routes of the user: who it is (docs/reference/graph.md §1)."""

from __future__ import annotations

from fastapi import APIRouter

from afterlook.graph import responses
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.render import render_user
from afterlook.outlook.responses import ODataResponse

router = APIRouter(route_class=GraphRoute, tags=["users"])


@router.get("")
async def get_user(request: RequestDep) -> ODataResponse:
    """Get the user whose mailbox it is."""
    options = request.options("select")
    user = render_user(request.mailbox)
    if options.select and "*" not in options.select:
        wanted = {name.lower() for name in options.select} | {"id"}
        user = {name: value for name, value in user.items() if name.lower() in wanted}
    content = {"@odata.context": f"{request.root}/$metadata#users/$entity", **user}
    return responses.answer(request, content)

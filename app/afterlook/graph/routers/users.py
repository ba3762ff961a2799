"""Routes of the user: who it is (docs/reference/graph.md §1)."""

from __future__ import annotations

from fastapi import APIRouter

from afterlook.graph import responses
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.model import USER
from afterlook.graph.render import render_user
from afterlook.outlook.responses import ODataResponse

router = APIRouter(route_class=GraphRoute, tags=["users"])


@router.get("")
async def get_user(request: RequestDep) -> ODataResponse:
    """Get the user whose mailbox it is."""
    user = render_user(request.mailbox)
    selected = USER.select(request.read_options("select").select)
    shown = {name: value for name, value in user.items() if not selected or name in selected}
    names = f"({','.join(selected)})" if selected else ""
    content = {"@odata.context": f"{request.root}/$metadata#users{names}/$entity", **shown}
    return responses.answer_content(request, content)

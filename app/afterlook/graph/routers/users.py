"""Routes of the user: who it is (docs/reference/graph.md §1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter

from afterlook.errors import PropertyNotFound
from afterlook.graph import responses
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.edm import NAMESPACE
from afterlook.graph.render import render_user
from afterlook.outlook.responses import ODataResponse

router = APIRouter(route_class=GraphRoute, tags=["users"])


@router.get("")
async def get_user(request: RequestDep) -> ODataResponse:
    """Get the user whose mailbox it is."""
    user = render_user(request.mailbox)
    selected = _selected(request.options("select").select, user)
    shown = {name: value for name, value in user.items() if not selected or name in selected}
    names = f"({','.join(selected)})" if selected else ""
    content = {"@odata.context": f"{request.root}/$metadata#users{names}/$entity", **shown}
    return responses.answer(request, content)


def _selected(names: Sequence[str], user: Mapping[str, object]) -> tuple[str, ...]:
    """Return the members that `$select` names; none is all. Raises `PropertyNotFound`."""
    if "*" in names:
        return ()
    known = {member.lower(): member for member in user}
    for name in names:
        if name.lower() not in known:
            raise PropertyNotFound(name=name, type=f"{NAMESPACE}.user")
    return tuple(dict.fromkeys(known[name.lower()] for name in names))

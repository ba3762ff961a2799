"""Routes of what the service says of itself: `$metadata`, the service document, and its user.

Owns that the first two are anybody's: they need no token, for they tell nothing of anyone. Must
not know what the model holds.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request

from afterlook.http.addresses import origin
from afterlook.odata import csdl, csdl_json, formats, levels
from afterlook.odata import options as odata_options
from afterlook.odata.formats import JSON, XML, Level
from afterlook.outlook import entity_responses, render
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.model import MODEL, USER
from afterlook.outlook.openapi import fragments
from afterlook.outlook.openapi.fragments import responses_of
from afterlook.outlook.response_models import ServiceDocument, User
from afterlook.outlook.responses import ODataResponse, TextResponse

service = APIRouter(tags=["service"])
"""Routes that are anybody's."""

user = APIRouter(route_class=OutlookRoute, tags=["service"])
"""The route that is the caller's."""


def _format(request: Request) -> str | None:
    """Read the one query option there is. Raises `InvalidUrlQuery` for another."""
    query = request.scope["query_string"].decode("latin-1")
    return odata_options.parse(query, frozenset({"format"})).format


FormatDep = Annotated[str | None, Depends(_format)]


@service.get("/", responses=responses_of(ServiceDocument), openapi_extra=fragments.FORMATTED)
async def get_service_document(request: Request, format_: FormatDep) -> ODataResponse:
    """Get the service document: what there is below the address."""
    accepted = formats.accepted_level(request.headers.get("accept", ""))
    level = accepted if format_ is None else formats.named_level(format_)
    root = (
        f"{origin(request.scope, request.headers.get('host'))}/api/{request.path_params['version']}"
    )
    sets = [{"name": name, "kind": "EntitySet", "url": name} for name, _ in MODEL.entity_sets]
    singletons = [{"name": name, "kind": "Singleton", "url": name} for name, _ in MODEL.singletons]
    content: dict[str, object] = {
        "@odata.context": f"{root}/$metadata",
        "value": [*singletons, *sets],
    }
    return ODataResponse(
        levels.strip_metadata(content) if level is Level.NONE else content, level=level
    )


@service.get(
    "/$metadata",
    responses=fragments.METADATA,
    response_model=None,
    openapi_extra=fragments.FORMATTED,
)
async def get_metadata(request: Request, format_: FormatDep) -> ODataResponse:
    """Get the entity model, as CSDL XML or, to those who ask for it, as CSDL JSON."""
    if formats.is_json_wanted(format_, request.headers.get("accept", "*/*")):
        return TextResponse(_as_json(), media_type=JSON)
    return TextResponse(_as_xml(), media_type=XML)


@cache
def _as_xml() -> str:
    return csdl.write_model(MODEL)


@cache
def _as_json() -> str:
    return orjson.dumps(csdl_json.write_model(MODEL)).decode("utf-8")


@user.get("", responses=responses_of(User), openapi_extra=fragments.READ)
async def get_user(request: RequestDep) -> ODataResponse:
    """Get the user whose mailbox it is."""
    view = request.view(USER, request.read_options("select"))
    return entity_responses.answer_singleton(
        request, render.render_user(request.mailbox, view), view
    )

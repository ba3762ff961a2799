"""Routes of what the service says of itself: `$metadata` and the service document.

They are anybody's: they need no token, for they tell nothing of anyone.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import cache

import orjson
from fastapi import APIRouter, Request, Response

from afterlook.graph.model import MODEL
from afterlook.graph.outlook.model import BETA_MODEL
from afterlook.http.addresses import origin
from afterlook.odata import csdl, csdl_json, formats, levels
from afterlook.odata import options as odata_options
from afterlook.odata.formats import JSON, XML, Level
from afterlook.outlook.dependencies import OutlookRoute
from afterlook.outlook.responses import ODataResponse, TextResponse


class OpenRoute(OutlookRoute):
    """A route that asks nobody who they are."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[object, object, Response]]:
        """Return what answers a request."""
        endpoint = self.endpoint

        async def answer(http: Request) -> Response:
            response: Response = await endpoint(http)
            return response

        return answer


router = APIRouter(route_class=OpenRoute, tags=["service"])


@router.get("/")
async def get_service_document(http: Request) -> ODataResponse:
    """Get the service document: what there is below the address."""
    format_ = _format(http)
    accepted = formats.accepted_level(http.headers.get("accept", ""))
    level = accepted if format_ is None else formats.named_level(format_)
    root = f"{origin(http.scope, http.headers.get('host'))}/{http.path_params['version']}"
    sets = [{"name": name, "kind": "EntitySet", "url": name} for name, _ in MODEL.entity_sets]
    singletons = [{"name": name, "kind": "Singleton", "url": name} for name, _ in MODEL.singletons]
    content: dict[str, object] = {
        "@odata.context": f"{root}/$metadata",
        "value": [*singletons, *sets],
    }
    shown = levels.strip_metadata(content) if level is Level.NONE else content
    return ODataResponse(shown, level=level)


@router.get("/$metadata")
async def get_metadata(http: Request) -> ODataResponse:
    """Get the entity model, as CSDL XML or, to those who ask for it, as CSDL JSON."""
    if formats.is_json_wanted(_format(http), http.headers.get("accept", "*/*")):
        return TextResponse(_as_json(http.path_params["version"]), media_type=JSON)
    return TextResponse(_as_xml(http.path_params["version"]), media_type=XML)


def _format(http: Request) -> str | None:
    """Read the one query option there is. Raises `InvalidUrlQuery` for another."""
    query = http.scope["query_string"].decode("latin-1")
    return odata_options.parse(query, frozenset({"format"})).format


_MODELS = {"v1.0": MODEL, "beta": BETA_MODEL}


@cache
def _as_xml(version: str) -> str:
    return csdl.write_model(_MODELS[version])


@cache
def _as_json(version: str) -> str:
    return orjson.dumps(csdl_json.write_model(_MODELS[version])).decode("utf-8")

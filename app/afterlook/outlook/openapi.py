"""The published contract: what OpenAPI says of this wire's routes.

Owns the fragments that routes are declared with, the form of the document, and the page that
shows it.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from starlette.responses import HTMLResponse, Response

from afterlook.http.addresses import VERSIONS
from afterlook.http.guards import SAFE
from afterlook.odata.options import MAX_PAGE_SIZE
from afterlook.outlook import examples
from afterlook.outlook.bodies import attachments, folders, tasks
from afterlook.outlook.entity_sets import DEFAULT_PAGE_SIZE
from afterlook.outlook.response_models import Error

if TYPE_CHECKING:
    from fastapi import FastAPI
    from pydantic import BaseModel

Fragment = dict[str, Any]

_SUMMARY = (
    "The Outlook Task REST API. Addresses are shown in one spelling; `tasks/{id}` is as good as "
    "`tasks('{id}')`, and segments may be in any case."
)
_REFERENCE = "#/components/schemas/{model}"
_BODIES: tuple[type[BaseModel], ...] = (
    tasks.TaskBody,
    folders.NewTaskFolder,
    folders.TaskFolderChanges,
    folders.NewTaskGroup,
    folders.TaskGroupChanges,
    *attachments.BODIES,
)
_ASSETS = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}


def responses_of(model: type[BaseModel], status: int = 200) -> dict[int | str, Fragment]:
    """Return the responses of a route that answers with `model`."""
    return {status: {"model": model, "description": "As documented."}, "4XX": _REFUSED}


_REFUSED: Fragment = {"model": Error, "description": "A refusal; nothing was changed."}
NO_CONTENT: dict[int | str, Fragment] = {
    204: {"description": "Done; there is no body."},
    "4XX": _REFUSED,
}

METADATA: dict[int | str, Fragment] = {
    200: {
        "description": "CSDL of the namespace Microsoft.OutlookServices.",
        "content": {
            "application/xml": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "object"}},
        },
    },
    "4XX": _REFUSED,
}

_NULL: dict[int | str, Fragment] = {204: {"description": "The property is null."}, "4XX": _REFUSED}
PROPERTY: dict[int | str, Fragment] = {
    200: {
        "description": "The property as `value`; of a complex one its parts.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    },
    **_NULL,
}
BARE: dict[int | str, Fragment] = {
    200: {
        "description": "The bare property.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    },
    **_NULL,
}


def _parameter(name: str, where: str, description: str, type_: str = "string") -> Fragment:
    return {
        "name": name,
        "in": where,
        "required": False,
        "description": description,
        "schema": {"type": type_},
    }


_PREFER = _parameter(
    "Prefer",
    "header",
    '`outlook.timezone="…"` shows dates in a zone; `return=minimal` asks for no body back.',
)
_IF_MATCH = _parameter("If-Match", "header", "The `@odata.etag` that the entity must still have.")
_SELECT = _parameter("$select", "query", "Properties to show, comma-separated; Id always comes.")

_FORMAT = _parameter(
    "$format", "query", "`json`, or a media type: `application/json;odata.metadata=full`."
)

FORMATTED: Fragment = {"parameters": [_FORMAT]}
READ: Fragment = {"parameters": [_PREFER, _FORMAT, _SELECT]}
ZONED: Fragment = {"parameters": [_PREFER, _FORMAT]}
_FILTER = _parameter("$filter", "query", "The condition that entities are shown by.")

COUNT: Fragment = {"parameters": [_PREFER, _FILTER]}
NUMBER: dict[int | str, Fragment] = {
    200: {
        "description": "The bare number.",
        "content": {"text/plain": {"schema": {"type": "integer"}}},
    },
    "4XX": _REFUSED,
}
LIST: Fragment = {
    "parameters": [
        _PREFER,
        _FORMAT,
        _SELECT,
        _FILTER,
        _parameter(
            "$count", "query", "Whether `@odata.count` tells how many there are.", "boolean"
        ),
        _parameter(
            "$top",
            "query",
            f"Entities on a page, {MAX_PAGE_SIZE} at most; {DEFAULT_PAGE_SIZE} by default.",
            "integer",
        ),
        _parameter("$skip", "query", "Entities to pass over.", "integer"),
        _parameter("$orderby", "query", "Properties to sort by, each with `asc` or `desc`."),
    ]
}
_EXPAND = _parameter(
    "$expand",
    "query",
    "What to show within: of tasks and folders "
    "`SingleValueExtendedProperties($filter=PropertyId eq '…')`, of tasks `Attachments` too, of "
    "attachments `Microsoft.OutlookServices.ItemAttachment/Item`.",
)
EXPANDED_READ: Fragment = {"parameters": [*READ["parameters"], _EXPAND]}
EXPANDED_LIST: Fragment = {"parameters": [*LIST["parameters"], _EXPAND]}
SYNC: Fragment = {
    "parameters": [
        _parameter(
            "Prefer",
            "header",
            "`odata.track-changes` makes it a synchronisation, which only `$select`, `$expand` and "
            "`$format` go with; `odata.maxpagesize=…` bounds its pages.",
        ),
        *(one for one in EXPANDED_LIST["parameters"] if one is not _PREFER),
        _parameter("$deltatoken", "query", "The token of the deltaLink to go on from."),
        _parameter("$skiptoken", "query", "The token of the nextLink to go on from."),
    ]
}
CHANGE: Fragment = {"parameters": [_PREFER, _IF_MATCH]}


def _batched(array: str, item: Fragment, example: Fragment | None = None) -> Fragment:
    """Return the two forms of a batch, or of its answer."""
    items = {"type": "array", "items": {"type": "object", **item}}
    schema = {"type": "object", "required": [array], "properties": {array: items}}
    multipart = {"schema": {"type": "string", "format": "binary"}}
    json: Fragment = {"schema": schema}
    if example is not None:
        json["example"] = example
    return {"content": {"application/json": json, "multipart/mixed": multipart}}


_TEXT = {"type": "string"}
_TEXTS = {"type": "object", "additionalProperties": _TEXT}
BATCH: Fragment = {
    "parameters": [
        _parameter("Prefer", "header", "`odata.continue-on-error` goes on after a request failed.")
    ],
    "requestBody": {
        "required": True,
        **_batched(
            "requests",
            {
                "required": ["id", "method", "url"],
                "properties": {
                    **dict.fromkeys(("id", "method", "url", "atomicityGroup"), _TEXT),
                    "headers": _TEXTS,
                    "body": {},
                    "dependsOn": {"type": "array", "items": _TEXT},
                },
            },
            examples.BATCH,
        ),
    },
}
BATCHED: dict[int | str, Fragment] = {
    200: {
        "description": "The answers; each has a status of its own.",
        **_batched(
            "responses",
            {
                "required": ["id", "status"],
                "properties": {
                    "id": _TEXT,
                    "status": {"type": "integer"},
                    "headers": _TEXTS,
                    "body": {},
                },
            },
        ),
    },
    "4XX": _REFUSED,
}


def body(model: type[BaseModel], *, change: bool = False) -> Fragment:
    """Return what OpenAPI says of a route that takes a JSON body."""
    schema = {"$ref": _REFERENCE.format(model=model.__name__)}
    content = {"application/json": {"schema": schema, "example": examples.BODIES[model.__name__]}}
    parameters = [_PREFER, _IF_MATCH] if change else [_PREFER]
    return {"parameters": parameters, "requestBody": {"required": True, "content": content}}


ATTACHMENT_BODY: Fragment = {
    "parameters": [_PREFER],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "oneOf": [
                        {"$ref": _REFERENCE.format(model=model.__name__)}
                        for model in attachments.BODIES
                    ]
                },
                "examples": {kind: {"value": one} for kind, one in examples.ATTACHMENTS.items()},
            }
        },
    },
}
CONTENT: dict[int | str, Fragment] = {
    200: {
        "description": "The bytes of the file, with its own content type.",
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
    },
    "4XX": _REFUSED,
}


def install(app: FastAPI) -> None:
    """Publish the contract at `/openapi.json` and a page at `/docs` that needs no internet."""
    cached: Fragment = {}

    def document() -> Fragment:
        if not cached:
            cached.update(_document(app))
        return cached

    app.openapi = document  # type: ignore[method-assign]

    html = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title=app.title,
        swagger_js_url="/docs/swagger-ui-bundle.js",
        swagger_css_url="/docs/swagger-ui.css",
        swagger_favicon_url="data:,",
    )
    html.raw_headers += _only_own(bytes(html.body))

    @app.get("/docs", include_in_schema=False)
    async def page() -> HTMLResponse:
        return html

    for name, media_type in _ASSETS.items():
        app.add_route(f"/docs/{name}", _asset(name, media_type), include_in_schema=False)


def _only_own(page: bytes) -> list[tuple[bytes, bytes]]:
    """Return headers by which a page runs this server's scripts and the one within itself alone.

    Swagger UI sets styles of its own, and has its images in its style sheet.
    """
    hashes = " ".join(
        f"'sha256-{b64encode(sha256(script).digest()).decode('ascii')}'"
        for script in (part.partition(b"</script>")[0] for part in page.split(b"<script>")[1:])
    )
    policy = (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    others = [pair for pair in SAFE if pair[0] != b"content-security-policy"]
    return [(b"content-security-policy", policy.encode("ascii")), *others]


def _asset(name: str, media_type: str) -> Any:
    async def serve(_: object) -> Response:
        file = resources.files("fastapi_swagger.resources").joinpath(name)
        headers = {"X-Content-Type-Options": "nosniff"}
        return Response(file.read_bytes(), media_type=media_type, headers=headers)

    return serve


def _document(app: FastAPI) -> Fragment:
    document = get_openapi(
        title=app.title, version=app.version, description=_SUMMARY, routes=app.routes
    )
    document["paths"] = {
        address: _addressed(item, address)
        for path, item in document["paths"].items()
        for address in _addresses(path)
    }
    components = document["components"]["schemas"]
    for model in _BODIES:
        schema = model.model_json_schema(ref_template=_REFERENCE)
        for name, part in schema.pop("$defs", {}).items():
            components.setdefault(name, part)
        components[model.__name__] = schema
    for schema in components.values():
        for part in schema.get("properties", {}).values():
            # Pydantic's own words: a name once more, and numbers behind enumeration members.
            part.pop("title", None)
            part.pop("default", None)
    document["components"]["schemas"] = dict(sorted(components.items()))
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{}, {"token": []}]
    return document


def _addresses(path: str) -> list[str]:
    if "{user}" not in path:
        return [path]
    return [path.replace("{user}", user) for user in ("me", "users('{user_id}')")]


def _addressed(item: Fragment, address: str) -> Fragment:
    """Return a path item for one of its addresses: its own parameters and operation ids."""
    if "{version}" not in address:
        return item
    parameters = [
        {
            "name": "version",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "enum": list(VERSIONS)},
        }
    ]
    suffix = ""
    if "{user_id}" in address:
        suffix = "_of_user"
        parameters.append(
            {
                "name": "user_id",
                "in": "path",
                "required": True,
                "description": "The caller's own principal name or `oid@tid`.",
                "schema": {"type": "string"},
            }
        )
    operations = {
        method: {**operation, "operationId": operation["operationId"] + suffix}
        for method, operation in item.items()
    }
    return {"parameters": parameters, **operations}

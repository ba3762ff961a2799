"""The published contract: the OpenAPI document, and the page that shows it."""

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
from afterlook.outlook.bodies import attachments, folders, tasks
from afterlook.outlook.openapi.fragments import REFERENCE, Fragment

if TYPE_CHECKING:
    from fastapi import FastAPI
    from pydantic import BaseModel

_SUMMARY = (
    "The Outlook Task REST API. Addresses are shown in one spelling; `tasks/{id}` is as good as "
    "`tasks('{id}')`, and segments may be in any case."
)
_BODIES: tuple[type[BaseModel], ...] = (
    tasks.TaskBody,
    folders.NewTaskFolder,
    folders.TaskFolderChanges,
    folders.NewTaskGroup,
    folders.TaskGroupChanges,
    *attachments.BODIES,
)
_ASSETS = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}


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
    html.raw_headers += _allow_own_scripts(bytes(html.body))

    @app.get("/docs", include_in_schema=False)
    async def page() -> HTMLResponse:
        return html

    for name, media_type in _ASSETS.items():
        app.add_route(f"/docs/{name}", _asset(name, media_type), include_in_schema=False)


def _allow_own_scripts(page: bytes) -> list[tuple[bytes, bytes]]:
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
        address: _adapt_item(item, address)
        for path, item in document["paths"].items()
        for address in _addresses(path)
    }
    components = document["components"]["schemas"]
    for model in _BODIES:
        schema = model.model_json_schema(ref_template=REFERENCE)
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


def _adapt_item(item: Fragment, address: str) -> Fragment:
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

"""The OpenAPI document of this wire, made from its routes and its entity model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from fastapi.routing import APIRoute

from afterlook import __version__
from afterlook.graph.edm import (
    ATTACHMENT_SESSION,
    CHECKLIST_ITEM,
    LINKED_RESOURCE,
    OPEN_EXTENSION,
    TASK_FILE_ATTACHMENT,
    TODO_TASK,
    TODO_TASK_LIST,
)
from afterlook.graph.model import MODEL, USER
from afterlook.graph.routes import MOUNTED
from afterlook.http.addresses import GRAPH_VERSIONS
from afterlook.odata.edm import (
    BINARY,
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    INT32,
    INT64,
    CollectionType,
    EdmType,
    EntityType,
    EnumType,
    StructuredType,
)

Fragment = dict[str, Any]

_SETS: dict[str, EntityType] = {
    "lists": TODO_TASK_LIST,
    "tasks": TODO_TASK,
    "checklistitems": CHECKLIST_ITEM,
    "linkedresources": LINKED_RESOURCE,
    "attachments": TASK_FILE_ATTACHMENT,
    "attachmentsessions": ATTACHMENT_SESSION,
    "extensions": OPEN_EXTENSION,
    "{user}": USER,
}
_SPELT = {
    name.lower(): name
    for name in ("checklistItems", "linkedResources", "attachmentSessions", "taskFolders")
}
_PRIMITIVES: dict[EdmType, Fragment] = {
    BOOLEAN: {"type": "boolean"},
    INT32: {"type": "integer", "format": "int32"},
    INT64: {"type": "integer", "format": "int64"},
    DATE: {"type": "string", "format": "date"},
    DATE_TIME_OFFSET: {"type": "string", "format": "date-time"},
    BINARY: {"type": "string", "format": "byte"},
}
_KEY = re.compile(r"\('\{(\w+)\}'\)")
_PARAMETER = re.compile(r"\{(\w+)\}")
_ERROR = "#/components/schemas/error"
_ERROR_SCHEMA: Fragment = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "innerError"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "innerError": {"type": "object"},
            },
        }
    },
}
_OPTIONS = {
    "collection": ("$top", "$skip", "$filter", "$orderby", "$select", "$expand", "$count"),
    "entity": ("$select", "$expand"),
    "count": ("$filter",),
    "delta": ("$select", "$expand", "$top", "$deltatoken", "$skiptoken"),
}


@cache
def document() -> Fragment:
    """Return the document."""
    paths: Fragment = {}
    for address, route in _routes():
        path = _readable(address)
        item = paths.setdefault(path, {"parameters": _parameters(path)})
        for method in sorted(route.methods or ()):
            item[method.lower()] = _describe_operation(address, route, method)
    types = [*MODEL.enumerations, *MODEL.complex_types, *MODEL.entity_types]
    schemas = {one.short_name: _schema(one) for one in types} | {"error": _ERROR_SCHEMA}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Afterlook: Microsoft Graph To Do",
            "version": __version__,
            "description": "`me` may be `users/{id}`; segments may be in any case.",
        },
        "security": [{}, {"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _routes() -> Iterator[tuple[str, APIRoute]]:
    for prefix, router in MOUNTED:
        for route in router.routes:
            if isinstance(route, APIRoute):
                yield (prefix + route.path).rstrip("/"), route


def _readable(address: str) -> str:
    """Return an address as the documents spell it: keys are segments."""
    segments = _KEY.sub(r"/{\1}", address.replace("{user}", "me")).split("/")
    return "/".join(_SPELT.get(segment, segment) for segment in segments)


def _parameters(path: str) -> list[Fragment]:
    versions = {"type": "string", "enum": sorted(GRAPH_VERSIONS, reverse=True)}
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": versions if name == "version" else {"type": "string"},
        }
        for name in _PARAMETER.findall(path)
    ]


def _describe_operation(address: str, route: APIRoute, method: str) -> Fragment:
    form, entity_type = _form(address)
    options = _list_options(form, entity_type) if method == "GET" else ()
    status = str(route.status_code or 200)
    response: Fragment = {"description": "As documented."}
    if status != "204" and entity_type is not None:
        response["content"] = {
            "application/json": {"schema": _response_schema(form, entity_type, method)}
        }
    elif form == "count":
        response["content"] = {"text/plain": {"schema": {"type": "integer"}}}
    summary = (route.endpoint.__doc__ or "").partition("\n")[0]
    operation: Fragment = {
        "summary": summary,
        "tags": list(route.tags),
        "operationId": f"{route.endpoint.__name__}_{method.lower()}",
        "parameters": [
            {"name": name, "in": "query", "schema": {"type": "string"}} for name in options
        ],
        "responses": {status: response, "4XX": _error_response()},
    }
    if method in ("POST", "PATCH") and entity_type is not None:
        reference = {"$ref": f"#/components/schemas/{entity_type.short_name}"}
        operation["requestBody"] = {"content": {"application/json": {"schema": reference}}}
    return operation


def _list_options(form: str, entity_type: EntityType | None) -> Sequence[str]:
    if entity_type is ATTACHMENT_SESSION:
        return ()
    is_expandable = bool(entity_type and entity_type.navigations) and entity_type is not USER
    if form == "delta" and entity_type is TODO_TASK_LIST:
        is_expandable = False
    return [name for name in _OPTIONS.get(form, ()) if is_expandable or name != "$expand"]


def _form(address: str) -> tuple[str, EntityType | None]:
    """Tell what is at an address, and of which type, where it has one."""
    *before, last = address.split("/")
    if last in ("$count", "delta"):
        form = "count" if last == "$count" else "delta"
        return form, _SETS.get(before[-1]) if form == "delta" else None
    entity_type = _SETS.get(last.partition("(")[0])
    if entity_type is None:
        return "other", None
    return "entity" if "(" in last or last == "{user}" else "collection", entity_type


def _error_response() -> Fragment:
    content = {"application/json": {"schema": {"$ref": _ERROR}}}
    return {"description": "A refusal; nothing was changed.", "content": content}


def _response_schema(form: str, entity_type: EntityType, method: str) -> Fragment:
    reference = {"$ref": f"#/components/schemas/{entity_type.short_name}"}
    if form == "entity" or method == "POST":
        return reference
    links = {"@odata.nextLink": {"type": "string"}, "@odata.deltaLink": {"type": "string"}}
    values = {"value": {"type": "array", "items": reference}}
    return {"type": "object", "required": ["value"], "properties": {**values, **links}}


def _schema(type_: EdmType) -> Fragment:
    if isinstance(type_, EnumType):
        return {"type": "string", "enum": list(type_.members)}
    assert isinstance(type_, StructuredType)  # noqa: S101
    properties = {
        part.name: _type_schema(part.type) | ({} if part.writable else {"readOnly": True})
        for part in type_
    }
    if not isinstance(type_, EntityType):
        properties = {part.name: _type_schema(part.type) for part in type_}
    return {"type": "object", "properties": properties}


def _type_schema(type_: EdmType) -> Fragment:
    if isinstance(type_, CollectionType):
        return {"type": "array", "items": _type_schema(type_.item)}
    if isinstance(type_, EnumType | StructuredType):
        return {"$ref": f"#/components/schemas/{type_.short_name}"}
    return dict(_PRIMITIVES.get(type_, {"type": "string"}))

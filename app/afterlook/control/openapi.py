"""The OpenAPI document of the control surface, made from the operations."""

from __future__ import annotations

from functools import cache
from typing import Any

from afterlook import __version__
from afterlook.control.operation import Operation
from afterlook.control.operations import OPERATIONS

_ERROR: dict[str, Any] = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            "required": ["code", "message"],
        }
    },
    "required": ["error"],
}


@cache
def document() -> dict[str, Any]:
    """Return the document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Afterlook control surface",
            "version": __version__,
            "description": "What testers do to the server. docs/control.md says how.",
        },
        "paths": {
            operation.path: {operation.method.lower(): _describe(operation)}
            for operation in OPERATIONS
        },
        "components": {"schemas": {"Error": _ERROR}},
    }


def _describe(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name.replace(" ", "_"),
        "summary": operation.summary,
        "tags": [operation.noun],
        "responses": {
            "200": {
                "description": "Done.",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            "default": {
                "description": "Not done, and why.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
            },
        },
    }
    schema = operation.parameters.model_json_schema()
    if operation.is_view:
        required = schema.get("required", [])
        described["parameters"] = [
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "description": member.get("description", ""),
                "schema": {key: member[key] for key in member if key != "description"},
            }
            for name, member in schema["properties"].items()
        ]
    else:
        described["requestBody"] = {"content": {"application/json": {"schema": schema}}}
    return described

"""What OpenAPI says of routes: the fragments that they are declared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from afterlook.odata.options import MAX_PAGE_SIZE
from afterlook.outlook import examples
from afterlook.outlook.bodies import attachments
from afterlook.outlook.entity_sets import DEFAULT_PAGE_SIZE
from afterlook.outlook.response_models import Error

if TYPE_CHECKING:
    from pydantic import BaseModel

Fragment = dict[str, Any]

REFERENCE = "#/components/schemas/{model}"


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


def _describe_batch(array: str, item: Fragment, example: Fragment | None = None) -> Fragment:
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
        **_describe_batch(
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
        **_describe_batch(
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


def describe_body(model: type[BaseModel], *, change: bool = False) -> Fragment:
    """Return what OpenAPI says of a route that takes a JSON body."""
    schema = {"$ref": REFERENCE.format(model=model.__name__)}
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
                        {"$ref": REFERENCE.format(model=model.__name__)}
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

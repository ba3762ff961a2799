"""The operations as the console's scripts and its help read them."""

from __future__ import annotations

from functools import cache
from shlex import quote
from typing import Any, NamedTuple

import orjson

from afterlook.control.console.sections import Section
from afterlook.control.operation import Operation
from afterlook.control.operations import OPERATIONS


class Spelling(NamedTuple):
    """How an operation is done from a terminal."""

    summary: str
    command: str
    curl: str


@cache
def describe_operations() -> list[dict[str, Any]]:
    """Return what forms are made of: each operation with the JSON schema of its parameters."""
    return [
        {
            "name": operation.name,
            "path": operation.path,
            "method": operation.method,
            "summary": operation.summary,
            "isSaved": operation.is_saved,
            "schema": operation.parameters.model_json_schema(),
        }
        for operation in OPERATIONS
    ]


def spell(section: Section, base: str) -> list[Spelling]:
    """Return how a page's operations are done without it."""
    return [
        Spelling(operation.summary, _as_command(operation), _as_curl(operation, base))
        for operation in OPERATIONS
        if operation.noun in section.nouns
    ]


def _as_command(operation: Operation) -> str:
    arguments = [name.upper().replace("_", "-") for name in operation.arguments]
    saved = ["FILE"] if operation.is_saved else []
    return " ".join(["afterlook", operation.name, *arguments, *saved])


def _as_curl(operation: Operation, base: str) -> str:
    url = quote(f"{base}{operation.path}")
    if operation.is_view:
        return f"curl {url}"
    schema = operation.parameters.model_json_schema()
    body = dict.fromkeys(schema.get("required", []), "…")
    sent = quote(orjson.dumps(body).decode())
    return f"curl {url} -H 'Content-Type: application/json' -d {sent}"

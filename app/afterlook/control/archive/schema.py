"""The JSON schema of what `export` writes, as it is published; made from the entities."""

from __future__ import annotations

from typing import Any

from afterlook.control.archive.documents import FORMAT, VERSION
from afterlook.control.archive.entities import MAILBOX, Entity

Schema = dict[str, Any]


def document() -> Schema:
    """Return the schema."""
    definitions: Schema = {}
    mailbox = _describe(MAILBOX, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mailboxes of Afterlook",
        "description": "Written by `afterlook export`, read by `afterlook import`.",
        "type": "object",
        "properties": {
            "Format": {"const": FORMAT},
            "Version": {"const": VERSION},
            "Mailboxes": {"type": "array", "items": mailbox},
        },
        "required": ["Format", "Version", "Mailboxes"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _describe(entity: Entity, definitions: Schema) -> Schema:
    members = {name: value.schema for name, (_, value) in entity.members.items()}
    lists = {
        name: {"type": "array", "items": _describe(inner, definitions)}
        for name, inner, _ in entity.within
    }
    definitions[entity.table] = {
        "type": "object",
        "properties": {**members, **lists},
        "required": [name for name in (*members, *lists) if name not in entity.later],
        "additionalProperties": False,
    }
    return {"$ref": f"#/$defs/{entity.table}"}

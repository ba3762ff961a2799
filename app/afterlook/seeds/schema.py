"""The JSON schema of seeds, as it is published.

Owns nothing but its form: what a seed may say, the parts of seeds and the bodies of requests say.
"""

from __future__ import annotations

from typing import Any, cast

from afterlook.outlook.bodies.attachments import BODIES
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.edm import NAMESPACE
from afterlook.seeds.files import Seed
from afterlook.seeds.taskparts import SeedParts
from afterlook.sharepoint.rest.item_bodies import FIELDS

Schema = dict[str, Any]


def document() -> Schema:
    """Return the schema."""
    schema = Seed.model_json_schema()
    definitions: Schema = schema.pop("$defs")
    schema["properties"].pop("Origin", None)
    task = _move_definitions(TaskBody.model_json_schema(), definitions)
    kinds = [_move_definitions(body.model_json_schema(), definitions) for body in BODIES]
    for kind in kinds:
        names = {"const": f"#{NAMESPACE}.{kind['title'].removesuffix('Body')}"}
        kind["properties"] = {"@odata.type": names, **kind["properties"]}
        kind["required"] = ["@odata.type", *kind.get("required", [])]
        definitions[kind["title"]] = kind
    attachments = {"oneOf": [{"$ref": f"#/$defs/{kind['title']}"} for kind in kinds]}
    task["properties"]["Attachments"] = {"type": "array", "items": attachments}
    task["properties"] |= _move_definitions(SeedParts.model_json_schema(), definitions)[
        "properties"
    ]
    definitions["Task"] = task
    definitions["SeedFolder"]["properties"]["Tasks"]["items"] = {"$ref": "#/$defs/Task"}
    items: Schema = {"type": "object", "properties": {name: {} for name in sorted(FIELDS)}}
    definitions["SeedList"]["properties"]["Items"]["items"] = items | {"required": ["Title"]}
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A seed of Afterlook",
        "description": "docs/seeds.md says what each member is.",
    }
    del schema["description"]
    # Editors look for this member in the file that they check.
    schema["properties"] = {"$schema": {"type": "string"}, **schema["properties"]}
    del schema["title"], schema["additionalProperties"]
    closed = {**head, **schema, "additionalProperties": False, "$defs": definitions}
    return cast("Schema", _untitled(closed))


def _untitled(schema: object) -> object:
    """Return a schema without titles, which say again what a member is called."""
    match schema:
        case dict():
            return {
                name: _untitled(part)
                for name, part in schema.items()
                if name != "title" or not isinstance(part, str) or "$schema" in schema
            }
        case list():
            return [_untitled(part) for part in schema]
    return schema


def _move_definitions(schema: Schema, definitions: Schema) -> Schema:
    """Hand over the definitions of a schema; return the rest."""
    definitions.update(schema.pop("$defs", {}))
    return schema

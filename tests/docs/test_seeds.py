"""`docs/seeds.md` names every member of a seed; the published schema knows what the demo has."""

import json
import re
from pathlib import Path
from typing import Any

from afterlook.seeds import files, schema

_SECTIONS = {
    "Mailboxes": "SeedMailbox",
    "TaskGroups": "SeedGroup",
    "TaskFolders": "SeedFolder",
    "Tasks": "Task",
    "Sites": "SeedSite",
    "Lists": "SeedList",
    "MyTasks": "SeedTask",
}
_SECTION = re.compile(r"^### (?P<name>\w+)\n(?P<text>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| `(?P<member>\w+)` \|", re.MULTILINE)


def _unknown(value: Any, of: dict[str, Any], all_: dict[str, Any], path: str) -> list[str]:
    """Return where a document has what its schema does not know, or lacks what that requires."""
    if "$ref" in of:
        of = all_["$defs"][of["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        within = of.get("items", {})
        parts = (_unknown(each, within, all_, f"{path}[]") for each in value)
        return [place for part in parts for place in part]
    if not isinstance(value, dict) or "properties" not in of:
        return []
    known = of["properties"]
    found = [f"{path}.{name}" for name in value if name not in known]
    found += [f"{path}.{name}" for name in of.get("required", []) if name not in value]
    for name in value.keys() & known.keys():
        found += _unknown(value[name], known[name], all_, f"{path}.{name}")
    return found


def test_every_member_is_in_its_table() -> None:
    definitions = schema.document()["$defs"]
    text = Path("docs/seeds.md").read_text("utf-8")
    shown = {match["name"]: _ROW.findall(match["text"]) for match in _SECTION.finditer(text)}
    assert shown.keys() == _SECTIONS.keys()
    for section, definition in _SECTIONS.items():
        assert sorted(shown[section]) == sorted(definitions[definition]["properties"]), section


def test_the_schema_knows_the_demo_and_the_example() -> None:
    published = json.loads(Path("openapi/seed.schema.json").read_text("utf-8"))
    assert published == schema.document()
    demo = json.loads(Path("seed/demo.json").read_text("utf-8"))
    assert _unknown(demo, published, published, "") == []
    text = Path("docs/seeds.md").read_text("utf-8")
    match = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert match is not None
    example = json.loads(match[1])
    assert _unknown(example, published, published, "") == []
    assert len(files.read_given(example).mailboxes) == 1
    broken = {"Mailboxes": [{"Colour": 1, "TaskGroups": [{"TaskFolders": [{"Name": "a"}]}]}]}
    assert _unknown(broken, published, published, "") == [
        ".Mailboxes[].Colour",
        ".Mailboxes[].TaskGroups[].Name",
    ]

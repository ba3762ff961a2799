"""What Graph's beta says of the retired API: docs/reference/graph.md §2."""

from xml.etree import ElementTree as ET

import pytest

from afterlook.odata.csdl import EDM
from tests.graph.outlook.faces import made
from tests.support.wire import Mailbox

ENTITIES = {
    "tasks": ("outlookTask", {"subject": "x"}),
    "taskFolders": ("outlookTaskFolder", {"name": "x"}),
    "taskGroups": ("outlookTaskGroup", {"name": "x"}),
}


@pytest.mark.spec("graph-outlook.metadata")
@pytest.mark.once
def test_types(me: Mailbox) -> None:
    """Each member that is shown is declared, by its type or a base of it."""
    found = ET.fromstring(me.get("/beta/$metadata").text).find(f".//{{{EDM}}}Schema")
    assert found is not None
    types = {each.get("Name", ""): each for each in found.findall(f"{{{EDM}}}EntityType")}
    for address, (name, body) in ENTITIES.items():
        declared: set[str | None] = set()
        above: str = name
        while above:
            type_ = types[above]
            declared |= {part.get("Name") for part in type_.findall(f"{{{EDM}}}Property")}
            above = type_.get("BaseType", "").removeprefix("microsoft.graph.")
        shown = {member for member in made(me, address, body) if "@" not in member}
        assert shown == declared
    named = {each.get("Name") for each in found.findall(f"{{{EDM}}}Action")}
    assert {"complete", "permanentDelete"} <= named
    assert "outlookTask" not in me.get("/v1.0/$metadata").text

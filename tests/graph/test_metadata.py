"""What Graph says of itself."""

from xml.etree import ElementTree as ET

import pytest

from afterlook.odata.csdl import EDM
from tests.support.todo import Todo


@pytest.mark.spec("graph.metadata")
@pytest.mark.once
@pytest.mark.parametrize("version", ["v1.0", "beta", "V1.0"])
def test_metadata(todo: Todo, version: str) -> None:
    response = todo.get(f"/{version}/$metadata")

    schema = ET.fromstring(response.text).find(f".//{{{EDM}}}Schema")
    assert schema is not None
    assert (schema.get("Namespace"), schema.get("Alias")) == ("microsoft.graph", "graph")
    named = {child.get("Name") for child in schema}
    assert {"todoTask", "todoTaskList", "checklistItem", "delta", "createUploadSession"} <= named


@pytest.mark.spec("graph.metadata")
@pytest.mark.once
@pytest.mark.parametrize("address", ["/v1.0", "/v1.0/", "/beta"])
def test_service_document(todo: Todo, address: str) -> None:
    content = todo.get(address).json()

    assert [entry["name"] for entry in content["value"]] == ["me", "users"]


@pytest.mark.spec("graph.metadata")
@pytest.mark.once
def test_as_json(todo: Todo) -> None:
    model = todo.get("/v1.0/$metadata", Accept="application/json").json()

    assert model["microsoft.graph"]["$Alias"] == "graph"
    assert model["microsoft.graph"]["todoTask"]["$BaseType"] == "microsoft.graph.entity"

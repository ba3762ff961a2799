"""No option is taken and ignored: what an address does not know is refused, on each of them."""

import re
from collections.abc import Mapping

import pytest

from afterlook.graph.openapi import document
from tests.graph.todo import expect_refusal
from tests.support.todo import LISTS, Entity, Todo, error_of

PARSE_URI = "RequestBroker--ParseUri"
HARMLESS = {
    "$top": "1",
    "$skip": "0",
    "$filter": "id eq 'x'",
    "$orderby": "id",
    "$select": "id",
    "$expand": "extensions",
    "$count": "true",
}
FILE = {"@odata.type": "#microsoft.graph.taskFileAttachment", "name": "a", "contentBytes": "AA=="}
UPLOAD = {"attachmentInfo": {"attachmentType": "file", "name": "a", "size": 1}}


@pytest.fixture
def ids(todo: Todo) -> Mapping[str, str]:
    """Return an id for each parameter of an address; a part's is that of a checklist item."""
    task = todo.new_task(checklistItems=[{"displayName": "a"}])
    at = todo.address(task)
    extension: Entity = {"extensionName": "com.a", "aisle": 3}
    for owner in (at, at.rpartition("/tasks/")[0]):
        todo.create(f"{owner}/extensions", extension)
    session = todo.post(f"{at}/attachments/createUploadSession", UPLOAD).json()["uploadUrl"]
    return {
        "version": "v1.0",
        "list_id": str(todo.default_list()["id"]),
        "task_id": task["id"],
        "part_id": task["checklistItems"][0]["id"],
        "attachment_id": todo.create(f"{at}/attachments", FILE)["id"],
        "extension_id": "com.a",
        "session_id": session.rpartition("/")[2],
    }


def operations() -> dict[str, list[str]]:
    """Return the options of each GET of the contract, by its address."""
    return {
        path: [one["name"] for one in item["get"]["parameters"] if one["in"] == "query"]
        for path, item in document()["paths"].items()
        if "get" in item
    }


@pytest.mark.inferred("graph.options-refused")
@pytest.mark.in_process
@pytest.mark.parametrize("path", operations())
def test_as_the_contract_has_it(todo: Todo, ids: Mapping[str, str], path: str) -> None:
    """Each option is taken where the contract has it, and refused elsewhere."""
    if "linkedResources/{part_id}" in path:
        made = todo.create(f"{LISTS}/{ids['list_id']}/tasks/{ids['task_id']}/linkedResources", {})
        ids = {**ids, "part_id": str(made["id"])}
    address = re.sub(r"\{(\w+)\}", lambda match: ids[match[1]], "/" + path.lstrip("/"))
    declared = operations()[path]
    assert todo.get(address).status_code == 200
    for option, value in HARMLESS.items():
        if option not in declared:
            error_of(todo.get(f"{address}?{option}={value}"), 400)
        elif option != "$filter":
            given = "checklistItems" if path.endswith("delta") and option == "$expand" else value
            answer = todo.get(f"{address}?{option}={given}")
            assert answer.status_code == 200, answer.text
    for option in ("$expand", "$select", "$orderby"):
        error_of(todo.get(f"{address}?{option}=nonsense"), 400)


@pytest.mark.inferred("graph.options-refused")
@pytest.mark.once
def test_nothing_to_expand(todo: Todo, ids: Mapping[str, str]) -> None:
    """What hangs on a task leads nowhere: any $expand is refused as a bad one of the task is."""
    at = f"{LISTS}/{ids['list_id']}/tasks/{ids['task_id']}"
    for address in (
        f"{at}/checklistItems",
        f"{at}/checklistItems/{ids['part_id']}",
        f"{at}/linkedResources",
        f"{at}/attachments",
        f"{at}/attachments/{ids['attachment_id']}",
        f"{at}/extensions",
        f"{at}/extensions/com.a",
        f"{LISTS}/{ids['list_id']}/extensions/com.a",
    ):
        for value in ("nonsense", "extensions", "*", ""):
            answer = todo.get(f"{address}?$expand={value}")
            expect_refusal(answer, 400, "invalidRequest", PARSE_URI)


@pytest.mark.inferred("graph.extensions-select")
@pytest.mark.in_process
def test_select_of_extensions(todo: Todo) -> None:
    """Declared members in any case, and open ones that one of them has."""
    extensions = [
        {"extensionName": "com.a", "aisle": 3, "shelf": 1},
        {"extensionName": "com.b", "b é": 2},
    ]
    every = f"{todo.address(todo.new_task(extensions=extensions))}/extensions"
    always = {"@odata.type", "id"}

    one = todo.get(f"{every}/com.a?$select=aisle").json()
    assert one.keys() == {"@odata.context", *always, "aisle"}
    assert one["@odata.context"].endswith("/extensions(aisle)/$entity")
    named = todo.get(f"{every}/com.a?$select=EXTENSIONNAME,aisle").json()
    assert named.keys() == {"@odata.context", *always, "aisle", "extensionName"}
    assert todo.get(f"{every}/com.a?$select=*").json()["shelf"] == 1
    listed = todo.get(f"{every}?$select=aisle,b é&$top=1").json()
    assert listed["@odata.context"].endswith("/extensions(aisle,b%20%C3%A9)")
    pages = [*listed["value"], *todo.get(listed["@odata.nextLink"]).json()["value"]]
    assert [each.keys() - always for each in pages] == [{"aisle"}, {"b é"}]
    for address in (
        f"{every}/com.a?$select=nonsense",
        f"{every}/com.a?$select=Aisle",
        f"{every}/com.a?$select=b é",
        f"{every}?$select=nonsense",
        f"{every}?$select=aisle,nonsense",
    ):
        expect_refusal(todo.get(address), 400, "invalidRequest", PARSE_URI)


@pytest.mark.inferred("graph.options-refused")
@pytest.mark.once
def test_format_of_the_service_document(todo: Todo) -> None:
    """It heeds $format and Accept as everything else does."""
    assert todo.get("/v1.0/?$format=nonsense").status_code == 415
    bare = todo.get("/v1.0/?$format=application/json;odata.metadata=none")
    assert list(bare.json()) == ["value"]

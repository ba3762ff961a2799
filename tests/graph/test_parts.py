"""Checklist items and linked resources."""

import pytest

from tests.support.todo import DEFAULT, LISTS, Entity, Todo, error_of


def etag(todo: Todo, task: Entity) -> str:
    return str(todo.get(todo.address(task)).json()["@odata.etag"])


@pytest.mark.spec("graph.checklist-items")
@pytest.mark.in_process
def test_way_of_an_item(todo: Todo) -> None:
    task = todo.new_task()
    every = f"{todo.address(task)}/checklistItems"

    item = todo.create(every, {"displayName": "Whole milk"})
    one = f"{every}/{item['id']}"
    assert list(item) == ["@odata.context", "displayName", "createdDateTime", "isChecked", "id"]
    ticked = todo.patch(one, {"isChecked": True}).json()
    assert ticked["checkedDateTime"] >= ticked["createdDateTime"]
    assert todo.get(todo.address(task)).json()["status"] == "notStarted"
    assert "checkedDateTime" not in todo.patch(one, {"isChecked": False}).json()
    assert todo.get(every).json()["value"][0]["displayName"] == "Whole milk"
    assert todo.get(f"{every}/$count", Accept="text/plain").text == "1"
    assert todo.delete(one).status_code == 204
    error_of(todo.get(one), 404)
    assert todo.get(every).json()["value"] == []


@pytest.mark.spec("graph.linked-resources")
@pytest.mark.in_process
def test_way_of_a_resource(todo: Todo) -> None:
    task = todo.new_task()
    every = f"{todo.address(task)}/linkedResources"
    given = {"webUrl": "https://shop.example", "applicationName": "Shop", "displayName": "Order"}

    resource = todo.create(every, {**given, "externalId": "7"})
    todo.create(every, {"displayName": "Another"})
    one = f"{every}/{resource['id']}"
    assert list(resource)[1:] == [*given, "externalId", "id"]
    assert todo.patch(one, {"externalId": None}).json()["displayName"] == "Order"
    assert "externalId" not in todo.get(one).json()
    assert len(todo.get(every).json()["value"]) == 2
    assert todo.delete(one).status_code == 204
    error_of(todo.get(one), 404)


@pytest.mark.observed("graph.one-linked-resource")
@pytest.mark.in_process
def test_deep_insert(todo: Todo) -> None:
    one = {"displayName": "Order"}
    task = todo.new_task(
        linkedResources=[one], checklistItems=[{"displayName": "a"}, {"displayName": "b"}]
    )

    assert [each["displayName"] for each in task["checklistItems"]] == ["a", "b"]
    assert task["linkedResources"][0]["displayName"] == "Order"
    refused = todo.post(f"{DEFAULT}/tasks", {"title": "x", "linkedResources": [one, one]})
    error = error_of(refused, 400)
    assert error["innerError"]["code"] == "InvalidModel"
    assert "Only one item in linkedResources is allowed" in error["message"]
    assert len(todo.get(f"{DEFAULT}/tasks").json()["value"]) == 1


@pytest.mark.observed("graph.inline")
@pytest.mark.in_process
def test_inline(todo: Todo) -> None:
    bare = todo.new_task()
    task = todo.new_task(checklistItems=[{"displayName": "a"}])

    shown = todo.get(todo.address(task)).json()
    assert shown["checklistItems@odata.context"].endswith(
        f"/tasks('{task['id'][:-1]}%3D')/checklistItems"
    )
    listed = {each["id"]: each for each in todo.get(f"{DEFAULT}/tasks").json()["value"]}
    assert listed[task["id"]]["checklistItems"] == shown["checklistItems"]
    assert "checklistItems" not in listed[bare["id"]]
    expanded = todo.get(f"{DEFAULT}/tasks?$expand=checklistItems,linkedResources").json()["value"]
    by_id = {each["id"]: each for each in expanded}
    assert by_id[bare["id"]]["checklistItems"] == by_id[bare["id"]]["linkedResources"] == []
    assert todo.get(f"{DEFAULT}/tasks?$expand=attachments").status_code == 400


@pytest.mark.inferred("graph.parts-touch")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("checklistItems", {"displayName": "a"}),
        ("linkedResources", {"displayName": "a"}),
        ("extensions", {"extensionName": "com.example.a", "x": 1}),
    ],
)
def test_touches_the_task(todo: Todo, name: str, body: Entity) -> None:
    task = todo.new_task()
    every = f"{todo.address(task)}/{name}"
    tags = [etag(todo, task)]

    part = todo.create(every, body)
    tags.append(etag(todo, task))
    todo.patch(f"{every}/{part['id']}", {**body, "displayName": "b"})
    tags.append(etag(todo, task))
    stale = todo.delete(f"{every}/{part['id']}", If_Match=tags[0])
    assert error_of(stale, 412)["code"] == "ErrorIrresolvableConflict"
    todo.delete(f"{every}/{part['id']}", If_Match=tags[-1])
    assert len({*tags, etag(todo, task)}) == 4


@pytest.mark.inferred("graph.parts-kept")
@pytest.mark.in_process
def test_kept_by_the_old_faces(todo: Todo) -> None:
    due = {"dateTime": "2026-06-01T00:00:00", "timeZone": "UTC"}
    pattern = {"pattern": {"type": "daily", "interval": 1}}
    task = todo.new_task(checklistItems=[{"displayName": "a"}], dueDateTime=due, recurrence=pattern)

    old = todo.patch(f"tasks('{task['id']}')", {"Subject": "Bread"}).json()
    assert not any("hecklist" in name for name in old)
    done, following = todo.post(f"tasks('{task['id']}')/complete").json()["value"]
    at = f"{LISTS}/{todo.default_list()['id']}/tasks"
    items = [todo.get(f"{at}/{one['Id']}").json()["checklistItems"] for one in (done, following)]
    assert [each[0]["displayName"] for each in items] == ["a", "a"]
    assert items[0][0]["id"] != items[1][0]["id"]


@pytest.mark.inferred("graph.wrong-parent")
@pytest.mark.in_process
def test_wrong_parents(todo: Todo) -> None:
    task, other = todo.new_task(checklistItems=[{"displayName": "a"}]), todo.new_task()
    elsewhere = todo.new_list()
    item = task["checklistItems"][0]["id"]

    for address in (
        f"{elsewhere}/tasks/{task['id']}",
        f"{elsewhere}/tasks/{task['id']}/checklistItems",
        f"{elsewhere}/tasks/{task['id']}/checklistItems/{item}",
        f"{elsewhere}/tasks/{task['id']}/attachments",
        f"{todo.address(other)}/checklistItems/{item}",
        f"{todo.address(task)}/checklistItems/nothing",
        f"{todo.address(task)}/linkedResources/{item}",
    ):
        assert error_of(todo.get(address), 404)["code"] == "ErrorItemNotFound"
    assert todo.delete(f"{elsewhere}/tasks/{task['id']}").status_code == 404


@pytest.mark.inferred("graph.errors")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("checklistItems", {}),
        ("checklistItems", {"displayName": 5}),
        ("checklistItems", {"displayName": "a", "isChecked": "yes"}),
        ("checklistItems", {"displayName": "a", "createdDateTime": "soon"}),
        ("checklistItems", {"displayName": "a" * 5000}),
        ("linkedResources", {"webUrl": 5}),
        ("extensions", {}),
        ("extensions", {"extensionName": " "}),
        ("extensions", {"extensionName": "a", "x": {"y": 1}}),
        ("extensions", {"extensionName": "a", "x": [[1]]}),
        ("attachments", {"name": "a"}),
        ("attachments", {"name": "a", "contentBytes": "?"}),
        ("attachments", {"@odata.type": "#microsoft.graph.itemAttachment", "name": "a"}),
        ("attachments/createUploadSession", {}),
        ("attachments/createUploadSession", {"attachmentInfo": {"name": "a", "size": -1}}),
        ("attachments/createUploadSession", {"attachmentInfo": {"name": "a", "size": "1"}}),
        (
            "attachments/createUploadSession",
            {"attachmentInfo": {"attachmentType": "item", "name": "a", "size": 1}},
        ),
    ],
)
def test_bad_bodies(todo: Todo, name: str, body: Entity) -> None:
    task = todo.new_task()

    error = error_of(todo.post(f"{todo.address(task)}/{name}", body), 400)

    assert error["code"] == "invalidRequest"
    assert todo.get(todo.address(task)).json()["@odata.etag"] == task["@odata.etag"]

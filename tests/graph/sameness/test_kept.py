"""What one face has and another has not: it is kept, and where it can be seen, it is the same."""

from base64 import b64decode, b64encode

import pytest

from tests.graph.sameness import mapping
from tests.graph.sameness.faces import BETA, OUTLOOK
from tests.support.attachments import EVENT, NOTICE, PICTURE
from tests.support.extended import COLOR, properties, read_properties
from tests.support.todo import DEFAULT, LISTS, Entity, Todo

HTML = {"ContentType": "HTML", "Content": "<p>one</p><p><b>two</b></p>"}
ONLY_OLD = {"Sensitivity": "Private", "Body": HTML, **properties({COLOR: "Green"})}
EXTENSION = {"extensionName": "com.example", "aisle": 3}
WRITES = {
    "title": lambda todo, at: todo.patch(at, {"title": "Bread"}),
    "status": lambda todo, at: todo.patch(at, {"status": "completed"}),
    "whole": lambda todo, at: todo.patch(at, {**todo.get(at).json(), "body": None}),
    "checklistItem": lambda todo, at: todo.post(f"{at}/checklistItems", {"displayName": "a"}),
    "linkedResource": lambda todo, at: todo.post(f"{at}/linkedResources", {"displayName": "a"}),
    "extension": lambda todo, at: todo.post(f"{at}/extensions", EXTENSION),
}
FILE = {
    "@odata.type": "#microsoft.graph.taskFileAttachment",
    "name": "menu.txt",
    "contentType": "text/plain",
    "contentBytes": b64encode(b"milk").decode(),
}


@pytest.mark.inferred("graph.same-kept")
@pytest.mark.in_process
@pytest.mark.parametrize("write", WRITES)
def test_what_to_do_has_not(todo: Todo, write: str) -> None:
    """Whatever To Do writes, it leaves alone what it cannot show."""
    task = {"id": todo.create("tasks", {"Subject": "Milk", **ONLY_OLD})["Id"]}
    todo.create(f"tasks('{task['id']}')/attachments", EVENT)
    before = todo.outlook(task)
    at = todo.address(task)
    assert todo.get(at).json()["body"] == {"content": "one\ntwo", "contentType": "text"}

    assert WRITES[write](todo, at).status_code in (200, 201)

    after = todo.outlook(task)
    kept = ("Sensitivity", "Owner", "AssignedTo", "ParentFolderId", "HasAttachments")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    assert (after["Body"] == HTML) == (write != "whole")
    assert after["ChangeKey"] != before["ChangeKey"]
    assert read_properties(todo, f"tasks('{task['id']}')", COLOR) == {COLOR: "Green"}


@pytest.mark.inferred("graph.same-kept")
@pytest.mark.in_process
@pytest.mark.parametrize("face", [OUTLOOK, BETA], ids=lambda face: face.name)
def test_what_to_do_alone_has(todo: Todo, face: object) -> None:
    """Parts outlive what the old faces write, and go with the task."""
    task = todo.new_task(checklistItems=[{"displayName": "a"}], linkedResources=[{"webUrl": "b"}])
    at = todo.address(task)
    todo.create(f"{at}/extensions", EXTENSION)
    parts = _parts(todo, at)
    one = (BETA if face is BETA else OUTLOOK).one.format("", task["id"])

    name = "subject" if face is BETA else "Subject"
    assert todo.patch(one, {name: "Bread"}).status_code == 200

    assert _parts(todo, at) == parts
    assert todo.delete(one).status_code == 204
    assert [todo.get(f"{at}{part}").status_code for part in ("", "/checklistItems")] == [404, 404]


def _parts(todo: Todo, at: str) -> list[object]:
    shown = todo.get(f"{at}?$expand=extensions").json()
    assert all(shown[name] for name in mapping.PARTS)
    return [shown[name] for name in mapping.PARTS]


@pytest.mark.inferred("graph.same-attachments")
@pytest.mark.in_process
@pytest.mark.parametrize("writer", ["outlook", "beta", "todo"])
def test_files(todo: Todo, writer: str) -> None:
    """A file of any face is one of every face, with the same bytes and id; until one deletes it."""
    task = todo.new_task()
    at = {
        "outlook": f"tasks('{task['id']}')/attachments",
        "beta": f"/beta/me/outlook/tasks/{task['id']}/attachments",
        "todo": f"{todo.address(task)}/attachments",
    }
    beta = {**FILE, "@odata.type": "#microsoft.graph.fileAttachment"}
    bodies = {"outlook": NOTICE, "beta": beta, "todo": FILE}

    made = todo.create(at[writer], bodies[writer])
    key = made.get("id") or made["Id"]

    shown = {name: todo.get(f"{each}/{key}").json() for name, each in at.items()}
    old, new = shown["outlook"], shown["todo"]
    content = str(bodies[writer].get("contentBytes") or NOTICE["ContentBytes"])
    assert {one.get("contentBytes") or one["ContentBytes"] for one in shown.values()} == {content}
    assert new["size"] == len(b64decode(content))  # the old faces count the name too
    for name in ("Id", "Name", "ContentType", "LastModifiedDateTime"):
        assert new.get(mapping.camel(name)) == old[name] == shown["beta"][mapping.camel(name)]
    _expect_attachments(todo, task, old=True, new=True)
    for name, each in at.items():
        assert len(todo.get(each).json()["value"]) == 1, name
    assert todo.delete(f"{at[writer]}/{key}").status_code == 204
    _expect_attachments(todo, task, old=False, new=False)


@pytest.mark.inferred("graph.same-attachments")
@pytest.mark.in_process
@pytest.mark.parametrize("body", [EVENT, PICTURE], ids=["item", "reference"])
def test_other_attachments(todo: Todo, body: Entity) -> None:
    """To Do has files alone: it neither shows others, nor says that there are any."""
    task = todo.new_task()
    made = todo.create(f"tasks('{task['id']}')/attachments", body)
    at = f"{todo.address(task)}/attachments"

    _expect_attachments(todo, task, old=True, new=False)
    assert todo.get(at).json()["value"] == []
    assert todo.get(f"{at}/{made['Id']}").status_code == 404
    assert todo.delete(f"{at}/{made['Id']}").status_code == 404
    todo.create(at, FILE)
    _expect_attachments(todo, task, old=True, new=True)


def _expect_attachments(todo: Todo, task: Entity, *, old: bool, new: bool) -> None:
    assert todo.outlook(task)["HasAttachments"] is old
    assert todo.get(f"/beta/me/outlook/tasks/{task['id']}").json()["hasAttachments"] is old
    (listed,) = todo.get(f"{DEFAULT}/tasks").json()["value"]
    (tracked,) = todo.get(f"{DEFAULT}/tasks/delta").json()["value"]
    alone = todo.get(todo.address(task)).json()
    assert {one["hasAttachments"] for one in (listed, tracked, alone)} == {new}


@pytest.mark.inferred("graph.same-lists")
@pytest.mark.in_process
@pytest.mark.parametrize("writer", ["outlook", "beta", "todo"])
def test_lists(todo: Todo, writer: str) -> None:
    """A list of any face is a folder of every other, whatever its group, and goes as one."""
    group = todo.create("taskgroups", {"Name": "Group"})
    at, name = {
        "outlook": ("taskfolders", "Name"),
        "beta": (f"/beta/me/outlook/taskGroups/{group['Id']}/taskFolders", "name"),
        "todo": (LISTS, "displayName"),
    }[writer]
    made = todo.create(at, {name: "One"})
    key = made.get("id") or made["Id"]
    one = {"beta": f"/beta/me/outlook/taskFolders/{key}"}.get(writer, f"{at}('{key}')")

    for title in ("One", "Two"):
        assert todo.patch(one, {name: title}).status_code == 200
        folder = todo.get(f"taskfolders('{key}')").json()
        assert folder["Name"] == title
        assert mapping.own(todo.get(f"{LISTS}/{key}").json()) == mapping.to_list(folder)
        beta = todo.get(f"/beta/me/outlook/taskFolders/{key}").json()
        del beta["@odata.context"], beta["@odata.etag"]
        assert beta == mapping.to_beta(folder)
    assert todo.delete(one).status_code == 204
    for address, left in (("taskfolders", 1), ("/beta/me/outlook/taskFolders", 1), (LISTS, 2)):
        assert len(todo.get(address).json()["value"]) == left

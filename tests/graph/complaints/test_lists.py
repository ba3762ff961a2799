"""Lists that keep their names, and names that do not mean what they seem to."""

import pytest

from tests.support.todo import DEFAULT, LISTS, Todo, error_of


@pytest.mark.observed("graph.complaint.10")
@pytest.mark.once
def test_10_default_list_cannot_be_renamed(todo: Todo) -> None:
    address = f"{LISTS}/{todo.default_list()['id']}"
    error = error_of(todo.patch(address, {"displayName": "Mine"}), 400)
    assert (error["code"], error["message"]) == ("invalidRequest", "Invalid request")
    assert error["innerError"]["code"] == "ErrorInvalidRequest"
    assert error["innerError"]["message"] == (
        "Your request can't be completed. A default task folder can't be renamed."
    )


@pytest.mark.observed("graph.complaint.11")
@pytest.mark.once
def test_11_alias_works_for_some_calls_only(todo: Todo) -> None:
    """The default list's name stands for its id, but where one task or extensions are read."""
    task = todo.new_task(at=DEFAULT)
    assert [one["id"] for one in todo.get(f"{DEFAULT}/tasks").json()["value"]] == [task["id"]]
    error = error_of(todo.get(f"{DEFAULT}/tasks/{task['id']}"), 400)
    assert error["code"] == "invalidRequest"
    assert error["message"] == "Parent folder specified does not contain a Task with given Id"
    error = error_of(todo.get(f"{DEFAULT}/extensions"), 400)
    assert "Id is malformed" in error["message"]


@pytest.mark.observed("graph.complaint.23")
@pytest.mark.once
def test_23_unknown_list_deleted_and_names_numbered(todo: Todo) -> None:
    """A name that is taken gets a number. What is not there is not found: the 204 was of 2020."""
    address = todo.new_list("House")
    made = todo.create(LISTS, {"displayName": "House"})
    assert made["displayName"] == "House (1)"
    assert todo.delete(address).status_code == 204
    assert error_of(todo.delete(address), 404)["code"] == "ErrorItemNotFound"


@pytest.mark.observed("graph.complaint.18")
@pytest.mark.once
def test_18_no_move_no_groups_no_order(todo: Todo) -> None:
    """Lists of all groups lie flat; nothing says where a task stands, or moves it."""
    group = todo.create("taskgroups", {"Name": "House"})
    folder = todo.create(f"taskgroups('{group['Id']}')/taskfolders", {"Name": "Moving"})
    lists = {one["displayName"]: one for one in todo.get(LISTS).json()["value"]}
    assert lists["Moving"]["id"] == folder["Id"]
    assert "parentGroupKey" not in lists["Moving"]

    task = todo.new_task()
    address = todo.address(task)
    assert not {"parentFolderId", "orderHint", "isInMyDay"} & set(task)
    for action in ("move", "copy"):
        error_of(todo.post(f"{address}/{action}", {"destinationId": folder["Id"]}), 400)
    for collection in ("groups", "tasks"):
        error_of(todo.get(f"/v1.0/me/todo/{collection}"), 400)
    todo.patch(address, {"parentFolderId": folder["Id"]})
    assert todo.get(address).status_code == 200
    assert todo.get(f"{LISTS}/{folder['Id']}/tasks").json()["value"] == []

"""Outlook Task REST, "Delete tasks"."""

import pytest

from tests.support.outlook import expect_refusal, ids, key
from tests.support.wire import Mailbox


@pytest.mark.spec("delete.answer", "delete.gone")
@pytest.mark.parametrize("by_entity_id", [False, True])
def test_sample(me: Mailbox, by_entity_id: bool) -> None:
    """The task is gone from everywhere, its neighbours stay."""
    before, task, after = (me.create("tasks", {"Subject": name}) for name in "abc")
    address = str(task["@odata.id"]) if by_entity_id else f"tasks('{key(task)}')"

    response = me.delete(address)

    assert (response.status_code, response.content) == (204, b"")
    assert me.get(address).status_code == 404
    for collection in ("tasks", "taskfolders('tasks')/tasks"):
        assert ids(me.get(collection)) == [before["Id"], after["Id"]]
    assert me.get(f"tasks('{key(after)}')").json() == after


@pytest.mark.spec("delete.gone")
def test_a_task_of_a_folder(me: Mailbox) -> None:
    """The folder stays, without the task."""
    folder = key(me.create("taskfolders", {"Name": "Cooking"}))
    task = me.create(f"taskfolders('{folder}')/tasks", {"Subject": "Shop for dinner"})

    assert me.delete(f"tasks('{key(task)}')").status_code == 204

    assert ids(me.get(f"taskfolders('{folder}')/tasks")) == []
    assert ids(me.get("tasks")) == []


@pytest.mark.inferred("house.id-absent")
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "tasks('{task}')"),
        ("PATCH", "tasks('{task}')"),
        ("DELETE", "tasks('{task}')"),
        ("POST", "tasks('{task}')/complete"),
        ("GET", "taskfolders('tasks')/tasks('{task}')"),
    ],
)
def test_a_deleted_task_is_not_found(me: Mailbox, method: str, address: str) -> None:
    """Whatever is asked of it, it is gone and stays gone."""
    task = key(me.create("tasks", {"Subject": "Shop for dinner"}))
    me.delete(f"tasks('{task}')")
    body = {"Subject": "Shop"} if method == "PATCH" else None

    expect_refusal(me.send(method, address.format(task=task), body), 404, "ErrorItemNotFound")
    assert ids(me.get("tasks")) == []

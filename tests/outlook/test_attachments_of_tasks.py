"""What attaching does to the task: its key, its stamp, its place in synchronisation."""

from datetime import datetime
from uuid import uuid4

import pytest

from tests.outlook.attaching import at, attach, attached, listed, new_task
from tests.support.attachments import ALL, NOTICE, file
from tests.support.mailboxes import Filled
from tests.support.outlook import Json, expect_refusal, key, values
from tests.support.wire import Mailbox

KINDS = ["file", "item", "reference"]
TRACK = "odata.track-changes"


def read(me: Mailbox, address: str) -> Json:
    """Get one entity."""
    response = me.get(address)
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.mark.inferred("attached.change")
@pytest.mark.parametrize("body", ALL, ids=KINDS)
def test_keys_and_stamps(me: Mailbox, body: Json) -> None:
    """Both moves change them, and nothing else of the task."""
    task = new_task(me, Subject="x", Importance="High")
    states = [read(me, task)]
    added = attach(me, task, body)
    states.append(read(me, task))
    me.delete(at(task, added))
    states.append(read(me, task))

    assert [state["HasAttachments"] for state in states] == [False, True, False]
    assert len({state["ChangeKey"] for state in states}) == 3
    assert len({state["@odata.etag"] for state in states}) == 3
    # Trailing zeros are cut, and so the stamps are of any length.
    stamps = [datetime.fromisoformat(state["LastModifiedDateTime"]) for state in states]
    assert stamps == sorted(stamps)
    moved = {"ChangeKey", "@odata.etag", "LastModifiedDateTime", "HasAttachments"}
    for state in states[1:]:
        assert {name for name in state if state[name] != states[0][name]} <= moved


@pytest.mark.inferred("attached.change")
def test_synchronisation(me: Mailbox) -> None:
    """Each move brings the task in the next round, and only that task."""
    task = new_task(me, Subject="x")
    new_task(me, Subject="y")
    link = me.get("taskfolders('tasks')/tasks", Prefer=TRACK).json()["@odata.deltaLink"]

    def changed() -> list[tuple[str, bool]]:
        nonlocal link
        found = []
        while True:
            answer = me.get(link, Prefer=TRACK).json()
            found += [(each["Subject"], each["HasAttachments"]) for each in answer["value"]]
            link = answer.get("@odata.nextLink") or answer["@odata.deltaLink"]
            if "@odata.deltaLink" in answer:
                return found

    changed()

    added = attach(me, task, NOTICE)
    assert changed() == [("x", True)]
    assert changed() == []
    second = attach(me, task, file())
    assert changed() == [("x", True)]
    me.delete(at(task, added))
    assert changed() == [("x", True)]
    me.delete(at(task, second))
    assert changed() == [("x", False)]
    assert me.delete(at(task, second)).status_code == 404
    me.post(f"{task}/attachments", {**NOTICE, "ContentBytes": "x"})
    assert changed() == []


@pytest.mark.inferred("attached.change")
def test_if_match(me: Mailbox) -> None:
    """What a client knew of the task is stale after either move."""
    task = new_task(me, Subject="x")
    stale = me.get(task).headers["ETag"]
    address = attached(me, task, NOTICE)
    after = me.get(task).headers["ETag"]

    expect_refusal(
        me.patch(task, {"Subject": "y"}, If_Match=stale), 412, "ErrorIrresolvableConflict"
    )
    expect_refusal(me.delete(task, If_Match=stale), 412, "ErrorIrresolvableConflict")
    me.delete(address)
    expect_refusal(
        me.patch(task, {"Subject": "y"}, If_Match=after), 412, "ErrorIrresolvableConflict"
    )
    fresh = me.get(task).headers["ETag"]
    assert me.patch(task, {"Subject": "y"}, If_Match=fresh).status_code == 200


@pytest.mark.inferred("attached.change")
def test_has_attachments_is_filtered_by(me: Mailbox) -> None:
    """The listing knows at once; a client cannot say so itself."""
    task = new_task(me, Subject="x", HasAttachments=True)
    query = "tasks?$filter=HasAttachments eq true"

    assert values(me.get(query)) == []
    address = attached(me, task, NOTICE)
    assert [each["Subject"] for each in values(me.get(query))] == ["x"]
    me.patch(task, {"HasAttachments": False})
    assert read(me, task)["HasAttachments"] is True
    me.delete(address)
    assert values(me.get(query)) == []


@pytest.mark.inferred("attached.change")
def test_other_writes_keep_them(me: Mailbox) -> None:
    """PATCH and complete of the task leave what is attached."""
    task = new_task(me, Subject="x")
    attach(me, task, NOTICE)
    before = listed(me, task)
    me.patch(task, {"Subject": "y"})
    completed = me.post(f"{task}/complete").json()["value"]

    assert [each["HasAttachments"] for each in completed] == [True]
    assert listed(me, task) == before


@pytest.mark.inferred("attached.gone")
def test_task_gone(me: Mailbox) -> None:
    """With its task everything that was attached is gone."""
    task = new_task(me)
    address = attached(me, task, NOTICE)
    me.delete(task)

    for response in (
        me.post(f"{task}/attachments", NOTICE),
        me.get(f"{task}/attachments"),
        me.get(f"{task}/attachments/$count"),
        me.get(address),
        me.get(f"{address}/$value"),
        me.delete(address),
    ):
        expect_refusal(response, 404, "ErrorItemNotFound")


@pytest.mark.inferred("attached.gone")
def test_folder_gone(filled: Filled) -> None:
    """With a folder go its tasks, and what is attached to them."""
    task = filled.at("tasks('{task}')")
    address = attached(filled.me, task, NOTICE)
    kept = new_task(filled.me)
    attach(filled.me, kept, NOTICE)

    assert filled.me.delete(filled.at("taskfolders('{folder}')")).status_code == 204
    expect_refusal(filled.me.get(address), 404, "ErrorItemNotFound")
    assert len(listed(filled.me, kept)) == 1


@pytest.mark.inferred("attached.no-update", "error.unchanged")
@pytest.mark.once
@pytest.mark.parametrize("body", ALL, ids=KINDS)
@pytest.mark.parametrize("method", ["PATCH", "PUT", "POST"])
def test_no_update(me: Mailbox, body: Json, method: str) -> None:
    """What can be done with an attachment is said."""
    task = new_task(me)
    address = attached(me, task, body)
    before = read(me, task), listed(me, task)
    response = me.send(method, address, {"Name": "y"})

    expect_refusal(response, 405, "ErrorMethodNotAllowed", f"'{method}'")
    assert response.headers["allow"] == "DELETE, GET, HEAD"
    assert (read(me, task), listed(me, task)) == before


@pytest.mark.inferred("attached.no-update")
@pytest.mark.once
@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_no_update_of_all(me: Mailbox, method: str) -> None:
    """Nor with all of them at once."""
    task = new_task(me)
    attach(me, task, NOTICE)
    response = me.send(method, f"{task}/attachments", {})

    expect_refusal(response, 405, "ErrorMethodNotAllowed")
    assert response.headers["allow"] == "GET, HEAD, POST"
    assert len(listed(me, task)) == 1


@pytest.mark.inferred("attached.addresses")
def test_addresses(me: Mailbox) -> None:
    """Below the user by name, with keys as segments, in any case, in both versions."""
    task = new_task(me)
    added = attach(me, task, NOTICE)
    task_id, user = task[7:-2], key(dict(me.get("/api/beta/me").json()))
    inner = f"attachments('{key(added)}')"

    for address in (
        f"tasks/{task_id}/attachments/{key(added)}",
        f"TASKS('{task_id}')/ATTACHMENTS/{key(added)}/",
        f"/api/v2.0/me/tasks('{task_id}')/{inner}",
        f"/api/beta/users('{user}')/tasks('{task_id}')/{inner}",
        f"/api/beta/Users/{user}/tasks/{task_id}/{inner}",
    ):
        assert me.get(address).json()["Id"] == added["Id"], address
        assert me.get(f"{address}/$value").text == "mac and cheese"
    other = f"/api/beta/users('{uuid4()}@{uuid4()}')/tasks('{task_id}')/{inner}"
    expect_refusal(me.get(other), 403, "ErrorAccessDenied")
    assert me.delete(f"tasks/{task_id}/attachments/{key(added)}").status_code == 204

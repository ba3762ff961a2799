"""Synchronising the tasks of a folder: what changed, each once, as it is now."""

from typing import Any

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import key
from tests.support.replicas import Replica, content, delta_link, is_tombstone, track
from tests.support.wire import Mailbox

TASKS = "taskfolders('tasks')/tasks"


@pytest.fixture
def replica(me: Mailbox) -> Replica:
    """Return a replica of the default folder, which holds five tasks."""
    for number in range(5):
        me.create("tasks", {"Subject": str(number)})
    replica = Replica(me, TASKS)
    replica.sync()
    return replica


def shown(me: Mailbox, address: str = TASKS) -> dict[str, Any]:
    """Return what a plain list shows, by Id."""
    return {one["Id"]: one for one in content(me.get(f"{address}?$top=1000"))["value"]}


@pytest.mark.spec("synced.latest", "sync.body")
def test_a_first_enumeration(me: Mailbox, replica: Replica) -> None:
    """It is the list, newest change first, each task in every detail."""
    assert replica.held == shown(me)
    assert [one["Subject"] for one in replica.held.values()] == ["4", "3", "2", "1", "0"]


@pytest.mark.inferred("house.sync-order", "synced.latest")
def test_order(me: Mailbox, replica: Replica) -> None:
    """By latest change: newest first at first, oldest first afterwards."""
    four, three, two, one, zero = replica.held
    for id_ in (one, four, one):
        assert me.patch(f"tasks('{id_}')", {"Importance": "High"}).status_code == 200
    afresh = Replica(me, TASKS)
    afresh.sync()
    assert list(afresh.held) == [one, four, three, two, zero]

    assert me.delete(f"tasks('{two}')").status_code == 204
    new = key(me.create("tasks", {"Subject": "new"}))
    assert replica.news() == [four, one, two, new]


@pytest.mark.inferred("synced.latest")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "change",
    [
        {"Subject": "other"},
        {"Status": "Completed"},
        {"Body": {"ContentType": "HTML", "Content": "<p>x</p>"}},
        {"DueDateTime": {"DateTime": "2016-04-26T00:00:00", "TimeZone": "UTC"}},
        {"Categories": ["Red"]},
        {"SingleValueExtendedProperties": [{"PropertyId": "String 0x4001", "Value": "x"}]},
        {"MultiValueExtendedProperties": [{"PropertyId": "StringArray 0x5001", "Value": ["x"]}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_of_anything(me: Mailbox, replica: Replica, change: dict[str, object]) -> None:
    """It is told once, however often it was made, and not again."""
    changed = list(replica.held)[2]
    for subject in ("before", "after"):
        assert me.patch(f"tasks('{changed}')", {"Subject": subject}).status_code == 200
        assert me.patch(f"tasks('{changed}')", change).status_code == 200

    assert replica.news() == [changed]
    assert replica.held == shown(me)
    assert replica.news() == []


@pytest.mark.inferred("synced.latest")
def test_completing(me: Mailbox, replica: Replica) -> None:
    """`complete` is a change like any other; reading, and a PATCH of nothing, is none."""
    task = next(iter(replica.held))
    me.get(f"tasks('{task}')")
    me.patch(f"tasks('{task}')", {})
    assert replica.news() == []
    assert me.post(f"tasks('{task}')/complete").status_code == 200
    assert replica.news() == [task]
    assert replica.held[task]["Status"] == "Completed"


@pytest.mark.inferred("synced.deleted", "house.sync-deleted")
def test_deleted(me: Mailbox, replica: Replica) -> None:
    """A tombstone names the task and says nothing else of it; it is the same with `$select`."""
    task = next(iter(replica.held))
    narrow = delta_link(me.get(f"{TASKS}?$select=Subject", Prefer=track()))
    assert me.delete(f"tasks('{task}')").status_code == 204

    assert replica.link
    for link in (replica.link, narrow):
        page = content(me.get(link, Prefer=track()))
        context = f"{me.wire.url}/api/beta/$metadata#me/TaskFolders('tasks')/Tasks/$deletedEntity"
        assert page["value"] == [
            {"@odata.context": context, "id": f"Tasks('{task}')", "reason": "deleted"}
        ]
    assert replica.news() == [task]
    assert task not in replica.held
    assert replica.held == shown(me)


@pytest.mark.inferred("synced.deleted")
def test_made_and_deleted_between_rounds(me: Mailbox, replica: Replica) -> None:
    """Never shown as living; a replica that begins afterwards hears nothing of it."""
    gone = key(me.create("tasks", {"Subject": "short-lived"}))
    me.patch(f"tasks('{gone}')", {"Subject": "still there"})
    me.delete(f"tasks('{gone}')")

    entities = [one for page in replica.sync() for one in page["value"]]
    assert all(map(is_tombstone, entities))
    assert gone not in Replica(me, TASKS).news()
    assert replica.held == shown(me)


@pytest.mark.inferred("synced.latest")
def test_an_empty_folder(me: Mailbox) -> None:
    """It has a round too, from which the next one goes on."""
    replica = Replica(me, TASKS)
    assert [page["value"] for page in replica.sync()] == [[], []]
    task = key(me.create("tasks", {"Subject": "x"}))
    assert replica.news() == [task]


@pytest.mark.inferred("synced.latest")
def test_other_folders(filled: Filled, replica: Replica) -> None:
    """What happens there is no news here."""
    me = filled.me
    assert me is replica.me
    me.create(filled.at("taskfolders('{folder}')/tasks"), {"Subject": "there"})
    me.patch(filled.at("tasks('{task}')"), {"Subject": "there"})
    me.patch(filled.at("taskfolders('{folder}')"), {"Name": "Eating"})
    me.delete(filled.at("tasks('{task}')"))

    assert replica.news() == []

"""Synchronising the task folders of a mailbox, and what goes or moves with another entity."""

from typing import Any

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import expect_refusal, key
from tests.support.replicas import Replica, content, delta_link, sized, track
from tests.support.wire import Mailbox

DEFAULT_GROUP_KEY = "0006f0b7-0000-0000-c000-000000000046"
COLOR = "String {00020329-0000-0000-c000-000000000046} Name color"


def shown(me: Mailbox) -> dict[str, Any]:
    """Return what a plain list shows, by Id."""
    return {one["Id"]: one for one in content(me.get("taskfolders?$top=1000"))["value"]}


@pytest.mark.inferred("house.sync-order")
@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_default_folder_comes_first(me: Mailbox, size: int) -> None:
    """Whatever was changed after it, and before whatever: then newest change first."""
    made = [key(me.create("taskfolders", {"Name": name})) for name in "abc"]
    default = key(me.get("taskfolders('tasks')").json())
    me.patch(f"taskfolders('{made[0]}')", {"Name": "d"})
    extended = {"SingleValueExtendedProperties": [{"PropertyId": COLOR, "Value": "Green"}]}
    assert me.patch("taskfolders('tasks')", extended).status_code == 200
    me.create("tasks", {"Subject": "no change of its folder"})
    replica = Replica(me, "taskfolders", size)

    replica.sync()
    assert list(replica.held) == [default, made[0], made[2], made[1]]
    assert replica.held == shown(me)


@pytest.mark.inferred("synced.latest", "synced.deleted", "house.sync-deleted", "house.sync-order")
def test_made_renamed_deleted(filled: Filled) -> None:
    """Each change is told, in its order; the tombstone names the folder."""
    me, replica = filled.me, Replica(filled.me, "taskfolders")
    replica.sync()
    new = key(me.create("taskfolders", {"Name": "Volunteer"}))
    assert replica.news() == [new]
    me.patch(filled.at("taskfolders('{folder}')"), {"Name": "Eating"})
    me.delete(f"taskfolders('{new}')")

    [page] = replica.sync()
    renamed, deleted = page["value"]
    assert (renamed["Id"], renamed["Name"]) == (filled.folder, "Eating")
    assert deleted == {
        "@odata.context": f"{me.wire.url}/api/beta/$metadata#me/TaskFolders/$deletedEntity",
        "id": f"TaskFolders('{new}')",
        "reason": "deleted",
    }
    assert replica.held == shown(me)


@pytest.mark.inferred("synced.latest")
def test_extended_properties(filled: Filled) -> None:
    """Writing one is a change of the folder; writing nothing is none."""
    me, replica = filled.me, Replica(filled.me, "taskfolders")
    replica.sync()
    address = filled.at("taskfolders('{folder}')")
    assert me.patch(address, {}).status_code == 200
    assert replica.news() == []
    extended = {"SingleValueExtendedProperties": [{"PropertyId": COLOR, "Value": "Green"}]}
    assert me.patch(address, extended).status_code == 200
    assert replica.news() == [filled.folder]
    assert replica.held == shown(me)


@pytest.mark.inferred("synced.cascades", "house.group-with-folders-logged")
def test_moved_by_the_deletion_of_their_group(filled: Filled) -> None:
    """Every folder of the group comes, with the default group's key; the others do not."""
    me, replica = filled.me, Replica(filled.me, "taskfolders", 1)
    second = key(me.create(filled.at("taskgroups('{group}')/taskfolders"), {"Name": "Second"}))
    me.create("taskfolders", {"Name": "Elsewhere"})
    replica.sync()
    me.patch(filled.at("taskgroups('{group}')"), {"Name": "Renamed"})
    assert replica.news() == []

    assert me.delete(filled.at("taskgroups('{group}')")).status_code == 204
    assert sorted(replica.news()) == sorted([filled.folder, second])
    moved = replica.held[filled.folder], replica.held[second]
    assert {one["ParentGroupKey"] for one in moved} == {DEFAULT_GROUP_KEY}
    assert replica.held == shown(me)


@pytest.mark.inferred("synced.cascades", "synced.folder-gone")
def test_a_folder_that_goes(filled: Filled) -> None:
    """It is a tombstone among the folders; its own tokens are 404, at any stage of a round."""
    me, address = filled.me, filled.at("taskfolders('{folder}')/tasks")
    for number in range(3):
        me.create(address, {"Subject": str(number)})
    first = me.get(address, Prefer=sized(1))
    second = me.get(delta_link(first), Prefer=sized(1))
    links = [delta_link(first), second.json()["@odata.nextLink"]]
    inside, folders = Replica(me, address), Replica(me, "taskfolders")
    inside.sync()
    folders.sync()
    assert inside.link
    links.append(inside.link)
    tasks = list(inside.held)

    assert me.delete(filled.at("taskfolders('{folder}')")).status_code == 204

    assert folders.news() == [filled.folder]
    for link in (*links, address):
        expect_refusal(me.get(link, Prefer=track()), 404, "ErrorItemNotFound")
    assert all(me.get(f"tasks('{task}')").status_code == 404 for task in tasks)
    # A new one of the same name is another folder.
    me.create("taskfolders", {"Name": "Cooking"})
    for link in links:
        expect_refusal(me.get(link, Prefer=track()), 404, "ErrorItemNotFound")

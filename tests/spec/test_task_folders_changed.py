"""Outlook Task REST, "Update task folders" and "Delete task folders"."""

import pytest

from tests.spec.exchanges import DEFAULT_GROUP_KEY, context, folder, unchanged
from tests.support.outlook import expect_refusal, ids, key, values
from tests.support.samples import same
from tests.support.wire import Mailbox

every_default = pytest.mark.parametrize("by_name", [False, True], ids=["by id", "by name"])


def default_folder(me: Mailbox, by_name: bool) -> str:
    """Return the address of the default folder."""
    (only,) = values(me.get("taskfolders"))
    return f"taskfolders('{'tasks' if by_name else only['Id']}')"


@pytest.mark.spec("folders.update", "folders.id-unique", "folders.members")
def test_sample_update(me: Mailbox) -> None:
    """Volunteer becomes Charity work; its id stays, its ChangeKey doesn't."""
    created = me.create("taskfolders", {"Name": "Volunteer"})
    address = f"taskfolders('{key(created)}')"

    response = me.patch(address, {"Name": "Charity work"})

    assert response.status_code == 200
    sample = folder(
        context(me, "TaskFolders/$entity"),
        Id=key(created),
        Name="Charity work",
        ParentGroupKey=DEFAULT_GROUP_KEY,
    )
    assert same(response.json(), sample)
    assert response.json()["ChangeKey"] != created["ChangeKey"]
    assert me.get(address).json() == response.json()


@pytest.mark.spec("folders.update", "folders.group-key")
def test_renaming_keeps_tasks_and_group(me: Mailbox) -> None:
    """What lies in the folder stays there, and the folder in its group."""
    group = me.create("taskgroups", {"Name": "Leisure tasks"})
    cooking = key(me.create(f"taskgroups('{key(group)}')/taskfolders", {"Name": "Cooking"}))
    task = me.create(f"taskfolders('{cooking}')/tasks", {"Subject": "Shop for dinner"})

    renamed = me.patch(f"taskfolders('{cooking}')", {"Name": "Baking"}).json()

    assert renamed["ParentGroupKey"] == group["GroupKey"]
    assert ids(me.get(f"taskfolders('{cooking}')/tasks")) == [task["Id"]]


READ_ONLY = {
    "Id": "AAMkADIyAAAhrbPWAAA=",
    "ChangeKey": "hmM7Eb/jgEec8l3+gkJEawAAIbAKfQ==",
    "IsDefaultFolder": True,
    "ParentGroupKey": "63d640cf-946f-4734-9c29-60dda7b76acb",
}


@pytest.mark.spec("folders.update")
@pytest.mark.parametrize("name", READ_ONLY)
def test_read_only_properties_stay(me: Mailbox, name: str) -> None:
    """Alone they change nothing at all; beside a new name they change nothing either."""
    created = me.create("taskfolders", {"Name": "Volunteer", name: READ_ONLY[name]})
    address = f"taskfolders('{key(created)}')"
    assert created[name] != READ_ONLY[name]

    unchanged(me, address, lambda: me.patch(address, {name: READ_ONLY[name]}))
    renamed = me.patch(address, {"Name": "Charity work", name: READ_ONLY[name]}).json()

    assert {**renamed, "ChangeKey": 0} == {**created, "ChangeKey": 0, "Name": "Charity work"}
    assert renamed["ChangeKey"] != READ_ONLY["ChangeKey"]


@pytest.mark.spec("folders.default-name")
@every_default
def test_the_default_folder_keeps_its_name(me: Mailbox, by_name: bool) -> None:
    """A new name is refused."""
    address = default_folder(me, by_name)

    response = unchanged(me, address, lambda: me.patch(address, {"Name": "Charity work"}))

    assert response.status_code == 400


@pytest.mark.spec("folders.delete")
def test_sample_delete(me: Mailbox) -> None:
    """The folder is gone, the others stay."""
    gone, stays = (me.create("taskfolders", {"Name": name}) for name in ("Cooking", "Hiking"))
    address = f"taskfolders('{key(gone)}')"

    response = me.delete(address)

    assert (response.status_code, response.content) == (204, b"")
    expect_refusal(me.get(address), 404, "ErrorItemNotFound")
    assert [one["Name"] for one in values(me.get("taskfolders"))] == ["Hiking", "Tasks"]
    assert me.get(f"taskfolders('{key(stays)}')").json() == stays


@pytest.mark.spec("folders.default-stays")
@every_default
def test_the_default_folder_stays(me: Mailbox, by_name: bool) -> None:
    """Its deletion is a 400, and its tasks stay too."""
    task = me.create("tasks", {"Subject": "Shop for dinner"})
    address = default_folder(me, by_name)

    response = unchanged(me, address, lambda: me.delete(address))

    assert response.status_code == 400
    assert ids(me.get("tasks")) == [task["Id"]]

"""Outlook Task REST, "Create task groups" to "Delete task groups"."""

from uuid import UUID

import pytest

from tests.spec.exchanges import DEFAULT_GROUP_KEY, context, group, unchanged
from tests.support.outlook import ids, key, values
from tests.support.samples import same
from tests.support.wire import Mailbox


@pytest.mark.spec("groups.create", "groups.members")
def test_sample_create(me: Mailbox) -> None:
    """Leisure tasks, with a key of its own, which is a GUID."""
    response = me.post("taskgroups", {"Name": "Leisure tasks"})

    assert response.status_code == 201
    assert same(response.json(), group(context(me, "TaskGroups/$entity"), Name="Leisure tasks"))
    group_key = response.json()["GroupKey"]
    assert str(UUID(group_key)) == group_key != DEFAULT_GROUP_KEY


@pytest.mark.spec("groups.list", "groups.list-default", "groups.default-key", "groups.members")
def test_sample_list(me: Mailbox) -> None:
    """The default group and then the other one."""
    created = me.create("taskgroups", {"Name": "Leisure Tasks"})

    response = me.get("taskgroups")

    assert response.status_code == 200
    sample = {
        "@odata.context": context(me, "TaskGroups"),
        "value": [
            group(IsDefaultGroup=True, Name="My Tasks", GroupKey=DEFAULT_GROUP_KEY),
            group(Id=key(created), Name="Leisure Tasks", GroupKey=created["GroupKey"]),
        ],
    }
    assert same(response.json(), sample)


@pytest.mark.spec("groups.list", "groups.list-default")
def test_the_default_group_is_always_listed(me: Mailbox) -> None:
    """Before others were made, beside them, and after they are gone."""
    assert [one["Name"] for one in values(me.get("taskgroups"))] == ["My Tasks"]

    made = [key(me.create("taskgroups", {"Name": name})) for name in ("Aside", "Zoo")]
    listed = values(me.get("taskgroups"))
    assert listed[0]["IsDefaultGroup"] is True
    assert [one["Name"] for one in listed] == ["My Tasks", "Aside", "Zoo"]

    for one in made:
        me.delete(f"taskgroups('{one}')")
    assert [one["Name"] for one in values(me.get("taskgroups"))] == ["My Tasks"]


@pytest.mark.spec("groups.update", "groups.members")
def test_sample_update(me: Mailbox) -> None:
    """Leisure tasks becomes Personal Tasks: the id and the key stay, the ChangeKey doesn't."""
    created = me.create("taskgroups", {"Name": "Leisure tasks"})
    address = f"taskgroups('{key(created)}')"

    response = me.patch(address, {"Name": "Personal Tasks"})

    assert response.status_code == 200
    sample = group(
        context(me, "TaskGroups/$entity"),
        Id=key(created),
        Name="Personal Tasks",
        GroupKey=created["GroupKey"],
    )
    assert same(response.json(), sample)
    assert response.json()["ChangeKey"] != created["ChangeKey"]
    assert me.get(address).json() == response.json()


READ_ONLY = {
    "Id": "AAMkADIyAAAhrbe-AAA=",
    "ChangeKey": "hmM7Eb/jgEec8l3+gkJEawAAIbAGjw==",
    "IsDefaultGroup": True,
    "GroupKey": "63d640cf-946f-4734-9c29-60dda7b76acb",
}


@pytest.mark.spec("groups.update")
@pytest.mark.parametrize("name", READ_ONLY)
def test_read_only_properties_stay(me: Mailbox, name: str) -> None:
    """Alone they change nothing at all; beside a new name they change nothing either."""
    created = me.create("taskgroups", {"Name": "Leisure tasks", name: READ_ONLY[name]})
    address = f"taskgroups('{key(created)}')"
    assert created[name] != READ_ONLY[name]

    unchanged(me, address, lambda: me.patch(address, {name: READ_ONLY[name]}))
    renamed = me.patch(address, {"Name": "Personal Tasks", name: READ_ONLY[name]}).json()

    assert {**renamed, "ChangeKey": 0} == {**created, "ChangeKey": 0, "Name": "Personal Tasks"}
    assert renamed["ChangeKey"] != READ_ONLY["ChangeKey"]


@pytest.mark.spec("groups.default-name")
def test_the_default_group_keeps_its_name(me: Mailbox) -> None:
    """A new name is refused."""
    (default,) = ids(me.get("taskgroups"))
    address = f"taskgroups('{default}')"

    response = unchanged(me, address, lambda: me.patch(address, {"Name": "Personal Tasks"}))

    assert response.status_code == 400


@pytest.mark.spec("groups.delete")
def test_sample_delete(me: Mailbox) -> None:
    """The group is gone, the others stay."""
    gone, stays = (me.create("taskgroups", {"Name": name}) for name in ("Leisure", "Work"))
    address = f"taskgroups('{key(gone)}')"

    response = me.delete(address)

    assert (response.status_code, response.content) == (204, b"")
    assert me.get(address).status_code == 404
    assert [one["Name"] for one in values(me.get("taskgroups"))] == ["My Tasks", "Work"]
    assert me.get(f"taskgroups('{key(stays)}')").json() == stays


@pytest.mark.spec("groups.default-stays")
def test_the_default_group_stays(me: Mailbox) -> None:
    """Its deletion is a 400, and its folder stays too."""
    (default,) = ids(me.get("taskgroups"))
    address = f"taskgroups('{default}')"

    response = unchanged(me, address, lambda: me.delete(address))

    assert response.status_code == 400
    assert [one["Name"] for one in values(me.get("taskfolders"))] == ["Tasks"]

"""Outlook Task REST, "Create task folders" and "Get task folders"."""

import pytest

from tests.spec.exchanges import DEFAULT_GROUP_KEY, context, folder
from tests.support.outlook import key, values
from tests.support.samples import same
from tests.support.wire import Mailbox


@pytest.mark.spec("folders.create", "folders.members", "folders.group-key")
def test_sample_create(me: Mailbox) -> None:
    """Volunteer, in the default group."""
    response = me.post("taskfolders", {"Name": "Volunteer"})

    assert response.status_code == 201
    sample = folder(
        context(me, "TaskFolders/$entity"), Name="Volunteer", ParentGroupKey=DEFAULT_GROUP_KEY
    )
    assert same(response.json(), sample)


@pytest.mark.spec("folders.create-in-group", "folders.members", "folders.group-key")
@pytest.mark.parametrize("padded", [True, False])
def test_sample_create_in_a_group(me: Mailbox, padded: bool) -> None:
    """Cooking, in a group whose id the sample writes without its padding."""
    group = me.create("taskgroups", {"Name": "Leisure tasks"})
    asked = key(group) if padded else key(group).rstrip("=")

    response = me.post(f"taskgroups('{asked}')/taskfolders", {"Name": "Cooking"})

    assert response.status_code == 201
    sample = folder(
        context(me, f"TaskGroups('{key(group)}')/TaskFolders/$entity"),
        Name="Cooking",
        ParentGroupKey=group["GroupKey"],
    )
    assert same(response.json(), sample)


@pytest.mark.spec("folders.list", "folders.list-order", "folders.members")
def test_sample_list(me: Mailbox) -> None:
    """Monthly tasks before the default folder."""
    me.create("taskfolders", {"Name": "Monthly tasks"})

    response = me.get("taskfolders")

    assert response.status_code == 200
    monthly = folder(Name="Monthly tasks", ParentGroupKey=DEFAULT_GROUP_KEY)
    default = folder(Name="Tasks", IsDefaultFolder=True, ParentGroupKey=DEFAULT_GROUP_KEY)
    sample = {"@odata.context": context(me, "TaskFolders"), "value": [monthly, default]}
    assert same(response.json(), sample)


@pytest.mark.spec("folders.list-in-group", "folders.list", "folders.members")
def test_sample_list_in_a_group(me: Mailbox) -> None:
    """Cooking alone is in the group; the mailbox lists it too."""
    group = me.create("taskgroups", {"Name": "Leisure tasks"})
    cooking = me.create(f"taskgroups('{key(group)}')/taskfolders", {"Name": "Cooking"})
    me.create("taskfolders", {"Name": "Volunteer"})

    response = me.get(f"taskgroups('{key(group)}')/taskfolders")

    assert response.status_code == 200
    sample = {
        "@odata.context": context(me, f"TaskGroups('{key(group)}')/TaskFolders"),
        "value": [folder(Id=key(cooking), Name="Cooking", ParentGroupKey=group["GroupKey"])],
    }
    assert same(response.json(), sample)
    assert [one["Name"] for one in values(me.get("taskfolders"))] == [
        "Cooking",
        "Tasks",
        "Volunteer",
    ]

"""Outlook Task REST, "URL parameters"."""

import pytest

from tests.spec.exchanges import NAMED, every_kind, named
from tests.support.outlook import ids, key, values
from tests.support.wire import Mailbox


@pytest.mark.spec("url.task-id", "url.folder-id", "url.group-id")
def test_ids_are_unique_strings(me: Mailbox) -> None:
    """No two things in a mailbox share an id, of whatever kind, deleted ones included."""
    found = [me.create(kind, named(kind, "Leisure"))["Id"] for kind in NAMED]
    for kind, gone in zip(NAMED, list(found), strict=True):
        assert me.delete(f"{kind}('{gone}')").status_code == 204
    found += [me.create(kind, named(kind, "Leisure"))["Id"] for kind in NAMED]
    found += [
        key(entity) for kind in ("taskfolders", "taskgroups") for entity in values(me.get(kind))
    ]

    assert all(isinstance(one, str) for one in found)
    assert len(set(found)) == 3 + 3 + 2, found


@pytest.mark.spec("url.task-id", "url.folder-id", "url.group-id", "url.entity-id")
@every_kind
def test_ids_and_entity_ids_name_the_thing(me: Mailbox, collection: str) -> None:
    """The short address and the one in @odata.id, below the user, lead to the same entity."""
    created = me.create(collection, named(collection, "Leisure"))
    me.create(collection, named(collection, "Work"))
    shown = {name: value for name, value in created.items() if name != "@odata.context"}
    user = str(created["@odata.id"]).rpartition("/")[0]

    for address in (f"{collection}('{key(created)}')", str(created["@odata.id"])):
        answer = me.get(address).json()
        assert {name: value for name, value in answer.items() if name != "@odata.context"} == shown
    assert values(me.get(f"{user}/{collection}")) == values(me.get(collection))


@pytest.mark.spec("url.folder-well-known")
@pytest.mark.parametrize("name", ["tasks", "Tasks"])
def test_the_default_folder_by_its_well_known_name(me: Mailbox, name: str) -> None:
    """It is read, listed and written to as by its id."""
    default = values(me.get("taskfolders"))[0]

    assert me.get(f"taskfolders('{name}')").json()["Id"] == default["Id"]
    task = me.create(f"taskfolders('{name}')/tasks", {"Subject": "Shop for dinner"})
    assert task["ParentFolderId"] == default["Id"]
    assert ids(me.get(f"taskfolders('{name}')/tasks")) == [task["Id"]]

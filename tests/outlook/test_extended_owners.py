"""Extended properties as part of one entity: its change key, its mailbox, its end."""

from uuid import uuid4

import pytest

from tests.support.extended import (
    COLOR,
    MULTI,
    SINGLE,
    SIZE,
    both,
    create_entity,
    entity,
    expansion,
    properties,
    query,
    read_properties,
)
from tests.support.outlook import expect_refusal, subjects, values
from tests.support.wire import Mailbox


@pytest.mark.inferred("extended.change")
@both
def test_a_write_moves_the_change_key(me: Mailbox, kind: str) -> None:
    """Taking away does too, asking for nothing does not."""
    address = create_entity(me, kind, "x", {COLOR: "Green"})
    keys = [entity(me, address)["ChangeKey"]]
    for value in ("Red", "Red", None):
        changed = me.patch(address, properties({COLOR: value})).json()
        keys.append(changed["ChangeKey"])
    unchanged = me.patch(address, {SINGLE: [], MULTI: []}).json()

    assert len(set(keys)) == 4
    assert unchanged["ChangeKey"] == keys[-1] == entity(me, address)["ChangeKey"]


@pytest.mark.inferred("extended.change")
@both
def test_if_match(me: Mailbox, kind: str) -> None:
    """A stale one keeps the properties as they are, the present one lets them be written."""
    address = create_entity(me, kind, "x", {COLOR: "Green"})
    stale = me.get(address).headers["ETag"]
    fresh = me.patch(address, properties({COLOR: "Red"}), If_Match=stale).headers["ETag"]
    body = properties({COLOR: "Blue"})

    expect_refusal(me.patch(address, body, If_Match=stale), 412, "ErrorIrresolvableConflict")
    assert read_properties(me, address, COLOR) == {COLOR: "Red"}
    assert me.patch(address, body, If_Match=fresh).status_code == 200
    assert read_properties(me, address, COLOR) == {COLOR: "Blue"}


@pytest.mark.inferred("extended.own")
@both
def test_other_mailboxes_do_not_see_them(me: Mailbox, kind: str) -> None:
    """Though their entities have the same numbers in the store."""
    other = Mailbox(me.wire, uuid4().hex)
    mine = create_entity(me, kind, "x", {COLOR: "Green"})
    theirs = create_entity(other, kind, "x", {SIZE: "1"})
    condition = f"{SINGLE}/any(ep:ep/PropertyId eq '{COLOR}')"

    assert other.get(mine).status_code == 404
    assert SINGLE not in entity(other, theirs, expand=expansion(COLOR))
    assert values(other.get(query(kind, filter=condition))) == []
    other.patch(theirs, properties({COLOR: None, SIZE: None}))
    other.delete(theirs)
    assert read_properties(me, mine, COLOR) == {COLOR: "Green"}


@pytest.mark.inferred("extended.own")
def test_tasks_and_folders_do_not_share_them(me: Mailbox) -> None:
    """Nor does a folder find by those of its tasks; what is deleted is not found."""
    folder = create_entity(me, "taskfolders", "x", {SIZE: "1"})
    me.create(f"{folder}/tasks", {"Subject": "y", **properties({COLOR: "Green"})})
    condition = f"{SINGLE}/any(ep:ep/PropertyId eq '{COLOR}')"

    assert read_properties(me, folder, COLOR) == {}
    assert values(me.get(query("taskfolders", filter=condition))) == []
    assert subjects(me.get(query("tasks", filter=condition))) == ["y"]
    me.delete(folder)
    assert subjects(me.get(query("tasks", filter=condition))) == []

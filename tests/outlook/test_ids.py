"""Ids and change keys: what they are made of, and what becomes of wrong ones."""

import re
from base64 import b64decode, urlsafe_b64decode
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import everything, key, values
from tests.support.wire import Mailbox, Wire


@pytest.mark.observed("id.alphabet", "id.length")
def test_anatomy(filled: Filled) -> None:
    for _ in range(3):
        filled.me.create("tasks", {})
    for collection, length in (("tasks", 152), ("taskfolders", 120)):
        for entity in values(filled.me.get(collection)):
            assert re.fullmatch(r"AAMk[A-Za-z0-9_-]+=", entity["Id"])
            assert len(entity["Id"]) == length
            assert entity["Id"].endswith("AAA=")
            raw = urlsafe_b64decode(entity["Id"])
            assert raw[:4] == bytes([0, 3, 36, 0])
            assert str(UUID(raw[4:40].decode())) == raw[4:40].decode()


@pytest.mark.inferred("id.group")
def test_anatomy_of_groups(filled: Filled) -> None:
    for entity in values(filled.me.get("taskgroups")):
        assert re.fullmatch(r"AAMk[A-Za-z0-9_-]{144}AAA=", entity["Id"])


@pytest.mark.observed("id.default-folder")
def test_default_folder_ends_alike_everywhere(wire: Wire) -> None:
    ids = [key(Mailbox(wire, uuid4().hex).get("taskfolders('tasks')").json()) for _ in range(2)]

    assert ids[0] != ids[1]
    assert all(entity_id.endswith("AAAAAAESAAA=") for entity_id in ids)


@pytest.mark.inferred("id.parent", "id.unique")
def test_ids_are_the_same_everywhere(filled: Filled) -> None:
    task = filled.me.get(filled.at("tasks('{task}')")).json()
    folders = {key(folder) for folder in values(filled.me.get("taskfolders"))}

    assert task["ParentFolderId"] == filled.folder
    assert {each["ParentFolderId"] for each in values(filled.me.get("tasks"))} <= folders
    again = filled.me.patch(filled.at("tasks('{task}')"), {"Subject": "x"}).json()
    assert (again["Id"], again["ParentFolderId"]) == (filled.task, filled.folder)
    ids = [key(entity) for part in everything(filled.me) for entity in part]
    assert len(set(ids)) == len(ids)


@pytest.mark.observed("id.change-key")
def test_change_keys(filled: Filled) -> None:
    keys = [entity["ChangeKey"] for part in everything(filled.me) for entity in part]

    assert all(re.fullmatch(r"[A-Za-z0-9+/]{30}==", each) for each in keys)
    assert len({b64decode(each)[:16] for each in keys}) == 1
    assert all(len(b64decode(each)) == 22 for each in keys)


@pytest.mark.observed("id.counter")
def test_the_counter_only_grows(filled: Filled) -> None:
    """One counter for tasks, folders and groups, creation, change and completion."""
    me, numbers = filled.me, []

    for method, address, body in [
        ("POST", "tasks", {}),
        ("POST", "taskfolders", {"Name": "a"}),
        ("POST", "taskgroups", {"Name": "b"}),
        ("PATCH", "tasks('{task}')", {"Subject": "c"}),
        ("PATCH", "taskfolders('{folder}')", {"Name": "d"}),
        ("PATCH", "taskgroups('{group}')", {"Name": "e"}),
        ("POST", "tasks('{task}')/complete", {}),
        ("POST", "tasks", {}),
    ]:
        answer = me.send(method, filled.at(address), body).json()
        change_key = answer.get("value", [answer])[0]["ChangeKey"]
        numbers.append(int.from_bytes(b64decode(change_key)[16:], "big"))

    assert all(earlier < later for earlier, later in pairwise(numbers))

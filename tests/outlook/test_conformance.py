"""Every answer against the published shapes."""

from typing import Any

import pytest
from pydantic import BaseModel

from afterlook.outlook import documents
from tests.support.mailboxes import Filled
from tests.support.outlook import FULL, prefer

Call = tuple[str, str, dict[str, Any] | None, type[BaseModel]]
CALLS: list[Call] = [
    ("GET", "tasks", None, documents.TaskCollection),
    ("GET", "tasks?$top=1", None, documents.TaskCollection),
    ("GET", "tasks('{task}')", None, documents.Task),
    ("GET", "taskfolders('{folder}')/tasks", None, documents.TaskCollection),
    ("GET", "taskfolders('{folder}')/tasks('{task}')", None, documents.Task),
    ("GET", "taskgroups('{group}')/taskfolders('{folder}')/tasks", None, documents.TaskCollection),
    ("POST", "tasks", {}, documents.Task),
    ("POST", "tasks", FULL, documents.Task),
    ("POST", "taskfolders('{folder}')/tasks", FULL, documents.Task),
    ("PATCH", "tasks('{task}')", FULL, documents.Task),
    ("PATCH", "tasks('{task}')", {"Subject": None, "DueDateTime": None}, documents.Task),
    ("POST", "tasks('{task}')/complete", None, documents.TaskCollection),
    ("GET", "taskfolders", None, documents.TaskFolderCollection),
    ("GET", "taskfolders?$top=1", None, documents.TaskFolderCollection),
    ("GET", "taskfolders('{folder}')", None, documents.TaskFolder),
    ("GET", "taskgroups('{group}')/taskfolders", None, documents.TaskFolderCollection),
    ("GET", "taskgroups('{group}')/taskfolders('{folder}')", None, documents.TaskFolder),
    ("POST", "taskfolders", {"Name": "A"}, documents.TaskFolder),
    ("POST", "taskgroups('{group}')/taskfolders", {"Name": "B"}, documents.TaskFolder),
    ("PATCH", "taskfolders('{folder}')", {"Name": "C"}, documents.TaskFolder),
    ("GET", "taskgroups", None, documents.TaskGroupCollection),
    ("GET", "taskgroups?$top=1", None, documents.TaskGroupCollection),
    ("GET", "taskgroups('{group}')", None, documents.TaskGroup),
    ("POST", "taskgroups", {"Name": "D"}, documents.TaskGroup),
    ("PATCH", "taskgroups('{group}')", {"Name": "E"}, documents.TaskGroup),
    ("GET", "contacts", None, documents.Error),
    ("GET", "tasks('x')", None, documents.Error),
    ("POST", "tasks", {"x": 1}, documents.Error),
    ("PUT", "tasks", {}, documents.Error),
]


@pytest.mark.observed("entity.conforms", "entity.members", "entity.folder", "entity.group")
def test_answers(filled: Filled) -> None:
    """Whatever the zone, and with entities in them that have everything or nothing."""
    for headers in ({}, {"Prefer": prefer("Nepal Standard Time")}):
        for method, address, body, model in CALLS:
            named = (
                {**body, "Name": f"{body['Name']}{len(headers)}"}
                if body and "Name" in body
                else body
            )
            response = filled.me.send(method, filled.at(address), named, **headers)
            assert response.status_code < 500
            document = model.model_validate(response.json())
            again = document.model_dump(by_alias=True, exclude_unset=True)
            assert again == response.json(), address


@pytest.mark.observed("entity.conforms", "entity.members")
def test_order_of_members(filled: Filled) -> None:
    """The members come in the order that the published shape has."""
    order = [field.alias for field in documents.Task.model_fields.values()]
    for body in ({}, FULL):
        assert list(filled.me.created("tasks", body)) == order


@pytest.mark.observed("entity.owner")
def test_owner(filled: Filled) -> None:
    assert filled.me.get(filled.at("tasks('{task}')")).json()["Owner"] == "Administrator"

"""Every answer against the published shapes."""

from typing import Any

import pytest
from pydantic import BaseModel

from afterlook.outlook import response_models
from tests.support.mailboxes import Filled
from tests.support.outlook import FULL, prefer

Call = tuple[str, str, dict[str, Any] | None, type[BaseModel]]
CALLS: list[Call] = [
    ("GET", "tasks", None, response_models.TaskCollection),
    ("GET", "tasks?$top=1", None, response_models.TaskCollection),
    ("GET", "tasks('{task}')", None, response_models.Task),
    ("GET", "taskfolders('{folder}')/tasks", None, response_models.TaskCollection),
    ("GET", "taskfolders('{folder}')/tasks('{task}')", None, response_models.Task),
    (
        "GET",
        "taskgroups('{group}')/taskfolders('{folder}')/tasks",
        None,
        response_models.TaskCollection,
    ),
    ("POST", "tasks", {}, response_models.Task),
    ("POST", "tasks", FULL, response_models.Task),
    ("POST", "taskfolders('{folder}')/tasks", FULL, response_models.Task),
    ("PATCH", "tasks('{task}')", FULL, response_models.Task),
    ("PATCH", "tasks('{task}')", {"Subject": None, "DueDateTime": None}, response_models.Task),
    ("POST", "tasks('{task}')/complete", None, response_models.TaskCollection),
    ("GET", "taskfolders", None, response_models.TaskFolderCollection),
    ("GET", "taskfolders?$top=1", None, response_models.TaskFolderCollection),
    ("GET", "taskfolders('{folder}')", None, response_models.TaskFolder),
    ("GET", "taskgroups('{group}')/taskfolders", None, response_models.TaskFolderCollection),
    ("GET", "taskgroups('{group}')/taskfolders('{folder}')", None, response_models.TaskFolder),
    ("POST", "taskfolders", {"Name": "A"}, response_models.TaskFolder),
    ("POST", "taskgroups('{group}')/taskfolders", {"Name": "B"}, response_models.TaskFolder),
    ("PATCH", "taskfolders('{folder}')", {"Name": "C"}, response_models.TaskFolder),
    ("GET", "taskgroups", None, response_models.TaskGroupCollection),
    ("GET", "taskgroups?$top=1", None, response_models.TaskGroupCollection),
    ("GET", "taskgroups('{group}')", None, response_models.TaskGroup),
    ("POST", "taskgroups", {"Name": "D"}, response_models.TaskGroup),
    ("PATCH", "taskgroups('{group}')", {"Name": "E"}, response_models.TaskGroup),
    ("GET", "contacts", None, response_models.Error),
    ("GET", "tasks('x')", None, response_models.Error),
    ("POST", "tasks", {"x": 1}, response_models.Error),
    ("PUT", "tasks", {}, response_models.Error),
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
    order = [field.alias for field in response_models.Task.model_fields.values()]
    for body in ({}, FULL):
        assert list(filled.me.create("tasks", body)) == order


@pytest.mark.observed("entity.owner")
def test_owner(filled: Filled) -> None:
    assert filled.me.get(filled.at("tasks('{task}')")).json()["Owner"] == "Administrator"

"""Properties that are not written: read-only ones, unknown ones, annotations; and names."""

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import Json, everything, expect_refusal
from tests.support.wire import Mailbox

RUBBISH: list[object] = ["rubbish", None, 17, True, [], {"Id": {}}, "\u2028", -1.5, "AAMkADIy="]
READ_ONLY = {
    "tasks('{task}')": [
        "Id",
        "ChangeKey",
        "CreatedDateTime",
        "LastModifiedDateTime",
        "AssignedTo",
        "HasAttachments",
        "Owner",
        "ParentFolderId",
    ],
    "taskfolders('{folder}')": ["Id", "ChangeKey", "IsDefaultFolder", "ParentGroupKey"],
    "taskgroups('{group}')": ["Id", "ChangeKey", "IsDefaultGroup", "GroupKey"],
}
# Address, body, the property that is refused, and the type that lacks it.
UNKNOWN: list[tuple[str, Json, str, str]] = [
    ("tasks", {"Subjekt": "x"}, "Subjekt", "Task"),
    ("tasks", {"subject": "x"}, "subject", "Task"),
    ("tasks", {"SUBJECT": "x"}, "SUBJECT", "Task"),
    ("tasks", {"id": "x"}, "id", "Task"),
    ("tasks", {"Subject ": "x"}, "Subject ", "Task"),
    ("tasks", {"": "x"}, "", "Task"),
    ("tasks", {"Name": "x"}, "Name", "Task"),
    ("tasks", {"Flag": None}, "Flag", "Task"),
    ("tasks", {"PercentComplete": 50}, "PercentComplete", "Task"),
    ("tasks", {"Body": {"Contents": "x"}}, "Contents", "ItemBody"),
    ("tasks", {"Body": {"content": "x"}}, "content", "ItemBody"),
    ("tasks", {"DueDateTime": {"Date": "2016-01-01"}}, "Date", "DateTimeTimeZone"),
    ("tasks", {"ReminderDateTime": {"dateTime": "x"}}, "dateTime", "DateTimeTimeZone"),
    ("taskfolders('{folder}')/tasks", {"due": "x"}, "due", "Task"),
    ("taskfolders", {"Name": "x", "Subject": "x"}, "Subject", "TaskFolder"),
    ("taskfolders", {"Name": "x", "name": "y"}, "name", "TaskFolder"),
    ("taskfolders", {"name": "x"}, "name", "TaskFolder"),
    ("taskfolders", {"Name": "x", "GroupKey": "y"}, "GroupKey", "TaskFolder"),
    ("taskgroups", {"Name": "x", "Colour": "y"}, "Colour", "TaskGroup"),
    ("taskgroups", {"Name": "x", "ParentGroupKey": "y"}, "ParentGroupKey", "TaskGroup"),
]


@pytest.mark.observed("entity.read-only")
@pytest.mark.once
@pytest.mark.parametrize(("address", "names"), READ_ONLY.items())
def test_read_only_on_patch(filled: Filled, address: str, names: list[str]) -> None:
    """Whatever it says, the body asks for nothing, and nothing happens."""
    before = filled.me.get(filled.at(address)).json()

    for name in names:
        for value in RUBBISH:
            response = filled.me.patch(filled.at(address), {name: value})
            assert response.status_code == 200, (name, value, response.text)
            assert response.json() == before


@pytest.mark.observed("entity.read-only")
@pytest.mark.once
@pytest.mark.parametrize(
    ("address", "own"),
    [("tasks", {"Subject": "x"}), ("taskfolders", {"Name": "x"}), ("taskgroups", {"Name": "x"})],
)
def test_read_only_on_post(filled: Filled, address: str, own: Json) -> None:
    """An entity read can be posted back whole: it makes another like it."""
    plain = filled.me.create(address, own)
    name = next(iter(own))
    again = filled.me.create(address, {**plain, name: "y"})

    assert again[name] == "y"
    assert again["Id"] != plain["Id"]
    assert again["ChangeKey"] != plain["ChangeKey"]
    for rubbish in RUBBISH:
        read_only = next(names for one, names in READ_ONLY.items() if one.startswith(f"{address}("))
        body = {**own, name: repr(rubbish), **dict.fromkeys(read_only, rubbish)}
        made = filled.me.create(address, body)
        assert set(made) == set(plain)
        assert made["Id"] not in (rubbish, plain["Id"])


@pytest.mark.observed("entity.read-only")
def test_parent_folder_does_not_move_a_task(filled: Filled) -> None:
    default = filled.me.get("taskfolders('tasks')").json()["Id"]

    made = filled.me.create("tasks", {"ParentFolderId": filled.folder})
    assert made["ParentFolderId"] == default
    task = filled.at("tasks('{task}')")
    assert (
        filled.me.patch(task, {"ParentFolderId": default}).json()["ParentFolderId"] == filled.folder
    )


@pytest.mark.observed("error.body-property", "error.unchanged")
@pytest.mark.once
@pytest.mark.parametrize(("address", "body", "name", "type_"), UNKNOWN)
def test_unknown_property(filled: Filled, address: str, body: Json, name: str, type_: str) -> None:
    before = everything(filled.me)
    words = (f"The property '{name}'", f"'Microsoft.OutlookServices.{type_}'")
    one = {"tasks": "{task}", "taskfolders": "{folder}", "taskgroups": "{group}"}.get(address)

    expect_refusal(filled.me.post(filled.at(address), body), 400, "RequestBodyRead", *words)
    if one is not None:
        response = filled.me.patch(filled.at(f"{address}('{one}')"), body)
        expect_refusal(response, 400, "RequestBodyRead", *words)

    assert everything(filled.me) == before


@pytest.mark.observed("entity.annotations")
def test_annotations_are_passed_over(me: Mailbox) -> None:
    body = {
        "@odata.type": "#Microsoft.OutlookServices.Task",
        "@odata.context": 7,
        "@odata.etag": None,
        "Subject@odata.type": "#String",
        "Subject": "kept",
        "Body": {"@odata.type": "#Microsoft.OutlookServices.ItemBody", "Content": "x"},
        "DueDateTime": {"@odata.type": "x", "DateTime": "2016-04-26", "TimeZone": "UTC"},
    }
    assert me.create("tasks", body)["Subject"] == "kept"
    assert me.create("taskfolders", {"@odata.type": "x", "Name": "kept"})["Name"] == "kept"

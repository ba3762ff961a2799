"""`$orderby` on every scalar property."""

from collections.abc import Iterable
from uuid import uuid4

import pytest

from tests.support.outlook import Json, expect_refusal, values
from tests.support.samples import utc
from tests.support.wire import Mailbox, Wire

IMPORTANCE = ["Low", "Normal", "High"]
SENSITIVITY = ["Normal", "Personal", "Private", "Confidential"]
STATUS = ["NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred"]
BODIES: list[Json] = [
    {
        "Subject": "pear",
        "Importance": "High",
        "Status": "Deferred",
        "DueDateTime": utc("2021-01-02"),
    },
    {"Subject": "Apple", "Importance": "Low", "Sensitivity": "Private", "IsReminderOn": True},
    {"Subject": None, "Status": "WaitingOnOthers", "DueDateTime": utc("2020-12-31")},
    {"Subject": "apple", "Importance": "Normal", "ReminderDateTime": utc("2021-01-01T09:00")},
    {"Subject": "Zebra", "Status": "Completed", "CompletedDateTime": utc("2021-02-01")},
    {"Subject": "10", "Sensitivity": "Personal", "StartDateTime": utc("2021-03-01")},
    {"Subject": "9", "Status": "InProgress", "Body": {"ContentType": "HTML", "Content": "<p/>"}},
    {"Subject": "éclair", "Sensitivity": "Confidential", "Body": {"Content": "b"}},
]


@pytest.fixture(scope="module")
def various(wire: Wire) -> Mailbox:
    """Return a mailbox with tasks that differ in everything; only to be read."""
    me = Mailbox(wire, uuid4().hex)
    for body in BODIES:
        me.create("tasks", body)
    return me


def ordered(me: Mailbox, by: str) -> list[Json]:
    """Return the tasks in an order."""
    return values(me.get(f"tasks?$top=100&$orderby={by}"))


def nones_first(keys: Iterable[object]) -> list[object]:
    """Sort with None before everything else."""
    return sorted(keys, key=lambda value: (value is not None, value or 0))


@pytest.mark.observed("option.orderby")
@pytest.mark.in_process
@pytest.mark.parametrize("name", ["CreatedDateTime", "LastModifiedDateTime", "IsReminderOn", "Id"])
def test_plain_scalars(various: Mailbox, name: str) -> None:
    for by, reverse in ((name, False), (f"{name} asc", False), (f"{name} desc", True)):
        found = [task[name] for task in ordered(various, by)]
        assert found == sorted(found, reverse=reverse)


@pytest.mark.observed("option.orderby-enum")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("name", "members"),
    [("Importance", IMPORTANCE), ("Sensitivity", SENSITIVITY), ("Status", STATUS)],
)
def test_enumerations_by_number(various: Mailbox, name: str, members: list[str]) -> None:
    found = [members.index(task[name]) for task in ordered(various, name)]
    assert found == sorted(found)
    found = [members.index(task[name]) for task in ordered(various, f"{name} DESC")]
    assert found == sorted(found, reverse=True)


@pytest.mark.observed("option.orderby-path")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "name", ["DueDateTime", "StartDateTime", "ReminderDateTime", "CompletedDateTime"]
)
@pytest.mark.parametrize("path", ["", "/DateTime"])
def test_dates(various: Mailbox, name: str, path: str) -> None:
    found = [(task[name] or {}).get("DateTime") for task in ordered(various, f"{name}{path}")]
    assert found == nones_first(found)
    backwards = ordered(various, f"{name}{path} desc")
    found = [(task[name] or {}).get("DateTime") for task in backwards]
    assert found == nones_first(found)[::-1]


@pytest.mark.inferred("option.orderby-nulls", "option.orderby-text")
def test_text_without_case_nulls_first(various: Mailbox) -> None:
    ascending = [task["Subject"] for task in ordered(various, "Subject")]
    assert ascending == [None, "10", "9", "Apple", "apple", "pear", "Zebra", "éclair"]
    descending = [task["Subject"] for task in ordered(various, "Subject desc")]
    assert descending == ["éclair", "Zebra", "pear", "Apple", "apple", "9", "10", None]


@pytest.mark.observed("option.orderby", "option.case")
@pytest.mark.in_process
@pytest.mark.parametrize("by", ["Status,Subject", "status asc, subject", "STATUS , SUBJECT asc "])
def test_several_keys(various: Mailbox, by: str) -> None:
    found = [STATUS.index(task["Status"]) for task in ordered(various, by)]
    assert found == sorted(found)
    assert [task["Subject"] for task in ordered(various, by)][:2] == ["10", "Apple"]


@pytest.mark.observed("option.orderby")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "name", ["ChangeKey", "AssignedTo", "HasAttachments", "Owner", "ParentFolderId", "Body/Content"]
)
def test_every_other_scalar(various: Mailbox, name: str) -> None:
    assert len(ordered(various, name)) == len(BODIES)
    assert len(ordered(various, f"{name} desc,Subject")) == len(BODIES)


@pytest.mark.observed("option.orderby")
@pytest.mark.parametrize(
    ("collection", "names"),
    [
        ("taskfolders", ["Id", "ChangeKey", "IsDefaultFolder", "Name", "ParentGroupKey"]),
        ("taskgroups", ["Id", "ChangeKey", "IsDefaultGroup", "Name", "GroupKey"]),
    ],
)
def test_folders_and_groups(me: Mailbox, collection: str, names: list[str]) -> None:
    for name in ("b", "A", "c"):
        me.create(collection, {"Name": name})
    for name in names:
        found = [each[name] for each in values(me.get(f"{collection}?$orderby={name} desc"))]
        expected = sorted(found, key=lambda each: str(each).lower(), reverse=True)
        # Change keys are opaque: they go by the numbers within them.
        assert name == "ChangeKey" or found == expected, name


@pytest.mark.observed("option.unsortable")
@pytest.mark.once
@pytest.mark.parametrize("name", ["Categories", "Body", "Recurrence", "DueDateTime/TimeZone"])
def test_what_does_not_sort(various: Mailbox, name: str) -> None:
    expect_refusal(various.get(f"tasks?$orderby={name}"), 400, "ErrorInvalidUrlQuery")


@pytest.mark.inferred("error.never-5xx")
@pytest.mark.once
@pytest.mark.parametrize("count", [100, 5000])
def test_very_many_keys(various: Mailbox, count: int) -> None:
    """More than SQLite sorts by at once: served or refused, never a failure of the store."""
    response = various.get(f"tasks?$orderby={','.join(['Id'] * count)}")

    assert response.status_code in (200, 400), response.text

"""What every session can do to a task, and what it says where it cannot."""

from datetime import UTC, datetime
from typing import Any

import pytest

from afterlook.csom.errors import InvalidClientQuery, WrongFormat
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from tests.sharepoint.om import rows
from tests.sharepoint.om.client import SESSIONS, Client, Request

NO_VALUE, NOT_FOUND, INVALID, DELETED = 0, 1, 2, 3
TITLE, DUE, START, DESCRIPTION, EDIT_URL, COMPLETED = 21, 5, 28, 4, 6, 13
LONG = "x" * 64_000

FAILURES: list[tuple[int, str | None, int]] = [
    (TITLE, None, 12),
    (TITLE, "", 12),
    (TITLE, " \t", 12),
    (TITLE, "x" * 256, 12),
    (1, "", 12),
    (DUE, "tomorrow", 8),
    (DUE, "13/13/2011", 8),
    (DUE, "2011-02-30", 8),
    (DUE, "1/1/1899", 8),
    (START, "23.11.2011 25:00", 9),
    (DESCRIPTION, LONG, 10),
    (COMPLETED, "yes", 11),
    (EDIT_URL, "javascript:alert(1)", 13),
    (EDIT_URL, " JavaScript:alert(1)", 13),
    (EDIT_URL, "java\tscript:alert(1)", 13),
    (EDIT_URL, "data:text/html,x", 13),
    (EDIT_URL, "x" * 2049, 13),
    *(
        (EDIT_URL, text, 13)
        for text in (
            *("http:", "http://", "https:///x", "http:host/x", "https:?x", "//", "///x"),
            *("http://[", "http://[::1", "http://host:port/", "http://host:99999/", "http://:80"),
            *("ftp://host/x", "mailto:a@b", "file:///x", "vbscript:x", "1:2", "://host", "a b"),
            *("not a url", "<x>", 'x"', "x\\y", "\\\\host\\x", "x%zz", "x%2", "%", "{x}", "x|y"),
            *("x\x7f", "x\ny", "^", "`"),
        )
    ),
    (0, "x", INVALID),
    (99, "x", INVALID),
]

CHANGES: list[tuple[int, str | None, str, Any]] = [
    (TITLE, "Remember the chocolate", "Name", "Remember the chocolate"),
    (1, "By its older number", "Name", "By its older number"),
    (TITLE, "x" * 255, "Name", "x" * 255),
    (DUE, "11/23/2011", "DueDate", "2011-11-23"),
    (DUE, "11/23/11 1:30 PM", "DueDate", "2011-11-23T13:30"),
    (DUE, "2011-11-23T23:30:00-02:00", "DueDate", "2011-11-23T23:30"),
    (DUE, None, "DueDate", "0001-01-01"),
    (DUE, "", "DueDate", "0001-01-01"),
    (START, "1/2/2012", "StartDate", "2012-01-02"),
    (START, None, "StartDate", "0001-01-01"),
    (DESCRIPTION, "Dark\nif possible", "Description", "Dark\nif possible"),
    (DESCRIPTION, "", "Description", None),
    (COMPLETED, "1", "IsCompleted", True),
    (COMPLETED, "True", "IsCompleted", True),
    (COMPLETED, "0", "IsCompleted", False),
    (COMPLETED, None, "IsCompleted", False),
    (EDIT_URL, "https://host/x?y#z", "EditUrl", "https://host/x?y#z"),
    (EDIT_URL, "HTTPS://host/x", "EditUrl", "HTTPS://host/x"),
    (EDIT_URL, "x" * 2048, "EditUrl", "x" * 2048),
    *(
        (EDIT_URL, text, "EditUrl", text)
        for text in (
            *("http://host", "https://host:8443/a%20b", "//host/x", "/sites/a/b.aspx", "?x=a:b"),
            *("#x", "../x", "http://[::1]:80/x", "https://exämple.org/ä", "a/b:c", "x?u=http://h"),
        )
    ),
    (EDIT_URL, "Other.aspx?a=1:2", "EditUrl", "Other.aspx?a=1:2"),
    (EDIT_URL, None, "EditUrl", "EditTask.aspx?taskId=1"),
]


def test_create_with_everything(client: Client) -> None:
    project = rows.location(client, "Site: List")
    result = client.create_whole(
        "All",
        description="Described",
        start="1/2/2012",
        due="1/3/2012",
        completed=True,
        pinned=True,
        location=project,
        url="https://host/edit",
    )

    assert (result.error, result.message) == (0, None)
    assert result.task is not None
    assert result.task["Description"] == "Described"
    assert result.task["StartDate"] == datetime.fromisoformat("2012-01-02")
    assert result.task["DueDate"] == datetime.fromisoformat("2012-01-03")
    assert result.task["IsCompleted"] is True
    assert result.task["PinAge"] == 1
    assert result.task["LocationId"] == project
    assert result.task["IsPersonal"] is True
    assert result.task["EditUrl"] == "https://host/edit"
    assert client.read() == [result.task]


def test_create_with_seven_arguments(client: Client) -> None:
    result = client.write("CreateTask", "Seven", None, "1/2/2012", "1/3/2012", False, False, -1)

    assert result.task is not None
    assert result.task["StartDate"] == datetime.fromisoformat("2012-01-02")


@pytest.mark.parametrize("count", [0, 5, 9])
def test_create_with_another_number_of_arguments(client: Client, count: int) -> None:
    with pytest.raises(InvalidClientQuery):
        client.write("CreateTask", *["x"] * count)


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": ""}, 12),
        ({"name": None}, 12),
        ({"due": "soon"}, 8),
        ({"start": "soon"}, 9),
        ({"description": LONG}, 10),
        ({"url": "javascript:alert(1)"}, 13),
        ({"location": 7}, 6),
    ],
)
def test_create_what_cannot_be(client: Client, given: dict[str, Any], error: int) -> None:
    result = client.create_whole(**({"name": "Task"} | given))

    assert result.error == error
    assert result.message
    assert result.task is None
    assert client.read() == []


@pytest.mark.parametrize(("field", "value", "name", "expected"), CHANGES)
def test_update(client: Client, field: int, value: str | None, name: str, expected: Any) -> None:
    """Every field, and clearing it."""
    key = client.create("Task", description="Old", start="1/1/2011", due="1/1/2011", url="Old.aspx")
    result = client.write("UpdateTaskWithLocalizedValue", key, field, value)

    assert (result.error, result.message) == (0, None)
    assert result.task is not None
    if name.endswith("Date"):
        expected = datetime.fromisoformat(expected)
    assert result.task[name] == expected
    assert client.read() == [result.task]


@pytest.mark.once
@pytest.mark.parametrize(("field", "value", "error"), FAILURES)
def test_update_that_fails(client: Client, field: int, value: str | None, error: int) -> None:
    """The failure is in the result, and the task stays as it was."""
    key = client.create("Task", due="1/1/2011")
    before = client.read()
    result = client.write("UpdateTaskWithLocalizedValue", key, field, value)

    assert result.error == error
    assert result.message
    assert result.task is None
    assert client.read() == before


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("UpdateTaskWithLocalizedValue", [TITLE, "x"]),
        ("DeleteTask", []),
        ("PinTask", []),
        ("RemovePinOnTask", []),
        ("AddAttributeToTask", ["x"]),
        ("RemoveAttributeFromTask", ["x"]),
        ("PromotePersonalTaskToProviderTaskInLocation", [1]),
    ],
)
def test_tasks_that_are_not_there(client: Client, name: str, values: list[Any]) -> None:
    """One that is gone is told from one that never was: ids are not given out again."""
    key = client.create("Task")
    client.write("DeleteTask", key)
    other = client.create("Other")

    assert other == key + 1
    assert client.write(name, key, *values).error == DELETED
    assert client.write(name, other + 1, *values).error == NOT_FOUND
    assert client.write(name, 0, *values).error == NOT_FOUND
    assert client.write(name, -1, *values).error == NOT_FOUND


def test_read_only_tasks(client: Client) -> None:
    """Their own fields are not the user's to write; a pin, a mark and the place in the list are."""
    moment = datetime(2011, 1, 1, tzinfo=UTC)
    key = rows.project_task(client, "Task", 2, moment, None, read_only=True)

    assert client.write("UpdateTaskWithLocalizedValue", key, TITLE, "x").error == 14
    assert client.write("DeleteTask", key).error == 14
    assert client.write("PinTask", key).error == 0
    assert client.write("AddAttributeToTask", key, "x").error == 0
    assert client.read()[0]["IsReadOnly"] is True


def test_pins_age(client: Client, clock: FrozenClock) -> None:
    """Fresh, and stale after as many days as the settings say."""
    key = client.create("Task", pinned=True)
    clock.instant = Instant(clock.instant + 30 * TICKS_PER_DAY)
    assert client.read()[0]["PinAge"] == 1

    clock.instant = Instant(clock.instant + 1)
    assert client.read()[0]["PinAge"] == 2
    refreshed = client.write("PinTask", key).task
    assert refreshed is not None
    assert refreshed["PinAge"] == 1

    unpinned = client.write("RemovePinOnTask", key).task
    assert unpinned is not None
    assert unpinned["PinAge"] == 0


def test_attributes(client: Client) -> None:
    """Each is there once, in the order in which they came."""
    key = client.create("Task")
    for name in ("b", 'a "quoted"\n', "b"):
        client.write("AddAttributeToTask", key, name)
    result = client.write("AddAttributeToTask", key, "ä")
    assert result.task is not None
    assert result.task["CustomAttributes"] == ["b", 'a "quoted"\n', "ä"]

    result = client.write("RemoveAttributeFromTask", key, "b")
    assert result.task is not None
    assert result.task["CustomAttributes"] == ['a "quoted"\n', "ä"]
    assert client.write("RemoveAttributeFromTask", key, "never there").error == 0


def test_what_changes_nothing(client: Client, clock: FrozenClock) -> None:
    """A task that is as somebody wants it was not modified."""
    key = client.create("Task")
    client.write("AddAttributeToTask", key, "mark")
    before = client.read()
    clock.instant = Instant(clock.instant + TICKS_PER_DAY)
    client.write("AddAttributeToTask", key, "mark")
    client.write("RemoveAttributeFromTask", key, "other")
    client.write("RemovePinOnTask", key)
    assert client.read() == before

    client.write("RemoveAttributeFromTask", key, "mark")
    assert client.read()[0]["LastModified"] > before[0]["LastModified"]


def test_too_many_attributes(client: Client) -> None:
    key = client.create("Task")
    assert client.write("AddAttributeToTask", key, "").error == INVALID
    assert client.write("AddAttributeToTask", key, None).error == INVALID
    assert client.write("AddAttributeToTask", key, "x" * 256).error == INVALID
    for number in range(100):
        assert client.write("AddAttributeToTask", key, f"{number}").error == 0
    assert client.write("AddAttributeToTask", key, "one more").error == 5


def test_promoting(client: Client) -> None:
    """Where no list takes it, it stays the user's own, and the result shows it."""
    project = rows.location(client, "Site: List")
    key = client.create("Task")
    name = "PromotePersonalTaskToProviderTaskInLocation"
    for location, error in ((-1, 6), (project + 1, 6), (project, 16)):
        result = client.write(name, key, location)
        assert result.error == error
        assert result.task is not None
        assert result.task["IsPersonal"] is True

    other = rows.project_task(client, "Theirs", 2, datetime(2011, 1, 1, tzinfo=UTC), None)
    assert client.write(name, other, project).error == 15


def test_create_and_promote(client: Client) -> None:
    """What was created before the promotion failed is there."""
    project = rows.location(client, "Site: List")
    name = "CreatePersonalTaskAndPromoteToProviderTask"
    result = client.write(name, "Task", "Text", None, "1/2/2012", False, True, project)
    assert result.error == 16
    assert result.task is not None
    assert (result.task["LocationId"], result.task["PinAge"]) == (-1, 1)

    assert client.write(name, "", None, None, None, False, False, project).error == 12
    assert client.write(name, "Lost", None, None, None, False, False, 99).error == 6
    assert client.names() == ["Lost", "Task"]


def test_create_and_promote_to_no_location(client: Client) -> None:
    """The document: "-1 for personal tasks". Scripts send null for what they leave out."""
    name = "CreatePersonalTaskAndPromoteToProviderTask"
    for location in (-1, None):
        result = client.write(name, "Task", None, None, None, False, False, location)
        assert (result.error, result.task) == (0, client.read()[0])
        assert client.read()[0]["IsPersonal"] is True


def test_culture_of_the_request(client: Client) -> None:
    client.culture = "de-DE"
    result = client.create_whole("Aufgabe", due="23.11.2011")

    assert result.task is not None
    assert result.task["DueDate"] == datetime.fromisoformat("2011-11-23")


@pytest.mark.parametrize("session", SESSIONS)
def test_written_in_every_session(client: Client, session: str) -> None:
    """All of them see one list."""
    written = client.write(
        "CreateTask", "Task", None, None, None, False, False, -1, None, session=session
    )

    assert written.task is not None
    assert [client.names(kind) for kind in SESSIONS] == [["Task"]] * 4


def test_null_for_whatever_is_left_out(client: Client) -> None:
    """Scripts send it for an argument that is undefined."""
    result = client.write("CreateTask", "Task", *[None] * 7)

    assert result.task is not None
    rendered = result.task
    assert (rendered["IsCompleted"], rendered["PinAge"], rendered["LocationId"]) == (False, 0, -1)


def test_wrong_types_of_arguments(client: Client) -> None:
    with pytest.raises(WrongFormat):
        client.write("DeleteTask", "one")
    with pytest.raises(WrongFormat):
        client.write("DeleteTask", 2**31)


def test_one_request_is_many_writes(client: Client) -> None:
    """Each method is carried out once, however often its result is asked for, and in order."""
    request = Request()
    session = request.session("UserOrderedSession")
    made = [
        request.method(session, "CreateTask", name, None, None, None, False, False, -1, None)
        for name in ("One", "Two")
    ]
    for _ in range(2):
        for written in made:
            request.query(written)
    client.send(request.xml())

    assert client.names() == ["Two", "One"]

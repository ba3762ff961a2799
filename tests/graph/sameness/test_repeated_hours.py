"""Dates that are shown at an hour that clocks show twice, and are sent back as they were shown."""

from typing import Any

import pytest

from tests.graph.sameness.faces import BETA, FACES, OUTLOOK, TODO, Face
from tests.support.todo import DEFAULT, Entity, Todo
from tests.support.wire import Mailbox

BERLIN = "W. Europe Standard Time"
SECOND, FIRST = "2024-10-27T01:30:00", "2024-10-27T00:30:00"
"""Both are 02:30 in Berlin."""
PREFER = {"Prefer": f'outlook.timezone="{BERLIN}"'}
STAMPS = ("odata.", "changekey", "lastmodified")


def spelt(face: Face, name: str) -> str:
    """Return a name as a face spells it."""
    return name if face in (OUTLOOK, FACES[0]) else name[:1].lower() + name[1:]


def date_of(face: Face, date_time: str, zone: str) -> Entity:
    """Return a date as a face spells it."""
    return {spelt(face, "DateTime"): date_time, spelt(face, "TimeZone"): zone}


def reminded(me: Mailbox, face: Face, at: str = SECOND) -> str:
    """Make a task with a reminder; return its address."""
    home = str(me.get("taskfolders('tasks')").json()["Id"])
    title = "title" if face.is_todo else spelt(face, "Subject")
    body = {title: "Milk", spelt(face, "ReminderDateTime"): date_of(face, at, "UTC")}
    made = me.create(face.every.format(home), body)
    return face.one.format(home, made.get("id") or made["Id"])


def reminder(me: Mailbox, face: Face, at: str, **headers: str) -> Any:
    """Return the time of a task's reminder, in UTC unless headers say otherwise."""
    shown = me.get(at, **headers).json()[spelt(face, "ReminderDateTime")]
    return shown[spelt(face, "DateTime")]


@pytest.mark.inferred("graph.echo-in-an-overlap")
@pytest.mark.in_process
@pytest.mark.parametrize("instant", [FIRST, SECOND])
@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_whole_objects(me: Mailbox, face: Face, instant: str) -> None:
    """Read in a zone where the hour comes twice and written back, nothing has changed."""
    at = reminded(me, face, instant)
    whole = me.get(at, **PREFER).json()
    assert reminder(me, face, at, **PREFER) == "2024-10-27T02:30:00.0000000"

    for headers in (PREFER, {}):
        changed = me.patch(at, whole, **headers)
        assert changed.status_code == 200, changed.text
        assert reminder(me, face, at) == f"{instant}.0000000"
    left = me.get(at, **PREFER).json()
    assert {n: v for n, v in left.items() if not any(s in n.lower() for s in STAMPS)} == {
        n: v for n, v in whole.items() if not any(s in n.lower() for s in STAMPS)
    }


@pytest.mark.inferred("graph.echo-in-an-overlap")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2024-10-27T02:30:00", BERLIN, SECOND),
        ("2024-10-27T02:30", "Europe/Vienna", SECOND),
        ("2024-10-27T02:30:00", None, SECOND),
        (None, BERLIN, SECOND),
        ("2024-10-27T02:30:00+01:00", BERLIN, SECOND),
        ("2024-10-27T02:30:00+02:00", BERLIN, FIRST),
        ("2024-10-27T00:30:00Z", BERLIN, FIRST),
        ("2024-10-27T02:31:00", BERLIN, "2024-10-27T00:31:00"),
        ("2024-10-27T03:30:00", BERLIN, "2024-10-27T02:30:00"),
        ("2024-10-27T02:30:00", "UTC", "2024-10-27T02:30:00"),
    ],
)
@pytest.mark.parametrize("face", [OUTLOOK, BETA, TODO], ids=lambda face: face.name)
def test_a_reminder_alone(
    me: Mailbox, face: Face, text: str | None, zone: str | None, instant: str
) -> None:
    """What was not shown is a wish, and so is an offset: it says which of the two is meant."""
    at = reminded(me, face)
    date = date_of(face, text or "", zone or "")
    given = {name: value for name, value in date.items() if value}

    changed = me.patch(at, {spelt(face, "ReminderDateTime"): given}, **PREFER)

    assert changed.status_code == 200, changed.text
    assert reminder(me, face, at) == f"{instant}.0000000"


@pytest.mark.inferred("graph.echo-in-an-overlap")
@pytest.mark.in_process
@pytest.mark.parametrize("name", ["startDateTime", "dueDateTime", "completedDateTime"])
@pytest.mark.parametrize(
    ("own", "day", "reader", "shown"),
    [
        ("Cape Verde Standard Time", "2024-10-27", "Europe/Berlin", "2024-10-27T02:00:00"),
        ("Eastern Standard Time", "2024-11-03", "America/Havana", "2024-11-03T00:00:00"),
        ("SA Pacific Standard Time", "2024-11-03", "America/Havana", "2024-11-03T00:00:00"),
    ],
)
def test_days_of_to_do(todo: Todo, name: str, own: str, day: str, reader: str, shown: str) -> None:
    """The midnight of one zone is the second of two hours in another: the day stays."""
    date: Entity = {name: {"dateTime": f"{day}T00:00:00", "timeZone": own}}
    status = "completed" if name == "completedDateTime" else "notStarted"
    task = todo.new_task(status=status, **date)
    at, prefer = todo.address(task), {"Prefer": f'outlook.timezone="{reader}"'}
    whole = todo.get(at, **prefer).json()
    assert whole[name]["dateTime"] == f"{shown}.0000000"

    for body in (whole, {name: whole[name]}):
        assert todo.patch(at, body, **prefer).status_code == 200

    (left,) = todo.get(f"{DEFAULT}/tasks").json()["value"]
    assert left[name] == task[name]


@pytest.mark.inferred("graph.echo-in-an-overlap")
@pytest.mark.in_process
def test_a_series_that_leaves_the_reminder_where_it_is(todo: Todo) -> None:
    """Start goes on to the day that is due; Due and its reminder go on by no day at all."""
    start, due = (
        {"dateTime": f"2024-10-{day}T00:00:00", "timeZone": "Europe/Berlin"} for day in (26, 27)
    )
    reminds = {"dateTime": SECOND, "timeZone": "UTC"}
    task = todo.new_task(startDateTime=start, dueDateTime=due, reminderDateTime=reminds)
    pattern = {"type": "weekly", "interval": 1}
    zoned = {"recurrenceTimeZone": "Europe/Berlin"}

    recurring = todo.patch(
        todo.address(task), {"recurrence": {"pattern": pattern, "range": zoned}}
    ).json()

    assert recurring["startDateTime"] == recurring["dueDateTime"] == task["dueDateTime"]
    assert recurring["reminderDateTime"] == task["reminderDateTime"]

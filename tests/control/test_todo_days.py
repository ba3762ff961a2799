"""Days in lists of To Do: told as midnights of any zone, in UTC, they come back as they are."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.control import attempt, look, perform
from tests.support.todo import DEFAULT, Entity, Todo
from tests.support.wire import Wire

ZONES = (
    *("UTC", "Europe/Berlin", "Europe/London", "Africa/Cairo", "America/New_York"),
    *("America/Sao_Paulo", "America/St_Johns", "Pacific/Honolulu", "Pacific/Pago_Pago"),
    *("Pacific/Kiritimati", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia"),
    *("Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Atlantic/Azores"),
)
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
INDEXES = ("first", "second", "third", "fourth", "last")
GIVEN_ANEW = ("id", "@odata.etag", "lastModifiedDateTime")

zones = st.sampled_from(ZONES)
days = st.dates(date(2011, 12, 25), date(2012, 1, 5)) | st.dates(
    date(2024, 1, 1), date(2026, 12, 31)
)
patterns = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ("daily", "weekly", "absoluteMonthly", "relativeMonthly", "absoluteYearly")
        ),
        "interval": st.integers(1, 3),
        "month": st.integers(1, 12),
        "dayOfMonth": st.integers(1, 31),
        "daysOfWeek": st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True),
        "firstDayOfWeek": st.sampled_from(DAYS),
        "index": st.sampled_from(INDEXES),
    }
)


@st.composite
def tasks(draw: st.DrawFn, *, one_zone: bool) -> Entity:
    """Return a task of a series, whose dates and days may be of several zones."""
    zone, day = draw(zones), draw(days)
    kind = draw(st.sampled_from(("noEnd", "numbered", "endDate")))
    range_: dict[str, object] = {
        "type": kind,
        "startDate": (day - timedelta(draw(st.integers(0, 40)))).isoformat(),
        "numberOfOccurrences": draw(st.integers(1, 40)),
        "endDate": (day + timedelta(draw(st.integers(0, 60)))).isoformat(),
    }
    if not one_zone:
        range_["recurrenceTimeZone"] = draw(zones)
    task: Entity = {
        "title": "Water",
        "dueDateTime": {"dateTime": f"{day}T00:00:00", "timeZone": zone},
        "recurrence": {"pattern": draw(patterns), "range": range_},
    }
    if draw(st.booleans()):
        start = day - timedelta(draw(st.integers(0, 9)))
        begins = zone if one_zone else draw(zones)
        if begins == zone or start < day - timedelta(1):
            task["startDateTime"] = {"dateTime": f"{start}T00:00:00", "timeZone": begins}
    if draw(st.booleans()):
        task["reminderDateTime"] = {"dateTime": f"{day}T08:30:00", "timeZone": zone}
        task["isReminderOn"] = True
    return task


several = st.lists(st.tuples(tasks(one_zone=True), st.integers(0, 3)), min_size=1, max_size=4)
mixed = st.lists(st.tuples(tasks(one_zone=False), st.integers(0, 3)), min_size=1, max_size=4)
examples = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _open(turned: Wire) -> tuple[str, Todo]:
    name = f"u{uuid4().hex[:12]}"
    return name, Todo(turned, perform(turned, "token", user=name)["access_token"])


def _complete_once(todo: Todo) -> None:
    for task in todo.get(f"{DEFAULT}/tasks?$top=100").json()["value"]:
        if task["status"] != "completed":
            todo.patch(todo.address(task), {"status": "completed"})


def _fill(todo: Todo, given_tasks: list[tuple[Entity, int]]) -> None:
    for task, done in given_tasks:
        made = todo.new_task(**task)
        for _ in range(done):
            todo.patch(todo.address(made), {"status": "completed"})


def _shown(turned: Wire, name: str) -> list[Entity]:
    (only,) = look(turned, "export", mailbox=name, format="graph")["value"]
    return [
        {member: value for member, value in task.items() if member not in GIVEN_ANEW}
        for task in only["tasks"]
    ]


def _load(turned: Wire, name: str) -> tuple[str, Todo]:
    document = look(turned, "export", mailbox=name, format="graph")
    other, todo = _open(turned)
    perform(turned, "import", document=document, mailbox=other)
    return other, todo


@pytest.mark.inferred("graph.file-days")
@given(given_tasks=several)
@examples
def test_a_series_comes_back_and_goes_on_as_it_was(
    turned: Wire, given_tasks: list[tuple[Entity, int]]
) -> None:
    first, mine = _open(turned)
    _fill(mine, given_tasks)

    second, copy = _load(turned, first)

    assert _shown(turned, second) == _shown(turned, first)
    for _ in range(2):
        _complete_once(mine)
        _complete_once(copy)
        assert _days(_shown(turned, second)) == _days(_shown(turned, first))


@pytest.mark.inferred("graph.file-days")
@given(given_tasks=mixed)
@examples
def test_days_come_back_whatever_zone_the_series_names(
    turned: Wire, given_tasks: list[tuple[Entity, int]]
) -> None:
    first, mine = _open(turned)
    _fill(mine, given_tasks)

    second, _ = _load(turned, first)

    assert _shown(turned, second) == _shown(turned, first)


def _days(shown: list[Entity]) -> list[Any]:
    names = ("title", "status", "startDateTime", "dueDateTime", "reminderDateTime")
    return sorted([[str(task.get(name)) for name in names] for task in shown])


@pytest.mark.inferred("graph.file-days")
def test_three_are_done_in_berlin(turned: Wire) -> None:
    first, mine = _open(turned)
    due = {"dateTime": "2026-01-31T00:00:00", "timeZone": "Europe/Berlin"}
    daily = {"pattern": {"type": "daily", "interval": 1}}
    _fill(mine, [({"dueDateTime": due, "recurrence": daily}, 3)])

    second, _ = _load(turned, first)

    (left,) = [task for task in _shown(turned, second) if task["status"] != "completed"]
    assert left["dueDateTime"]["dateTime"] == "2026-02-02T23:00:00.0000000"
    assert _shown(turned, second) == _shown(turned, first)


@pytest.mark.inferred("graph.file-days")
@pytest.mark.parametrize(
    ("told", "kept", "then"),
    [
        ("2026-02-02T23:00:00", "2026-02-02T23:00:00", "2026-02-09T23:00:00"),
        ("2026-02-02T18:30:00", "2026-02-02T18:30:00", "2026-02-09T18:30:00"),
        ("2026-02-03T10:00:00", "2026-02-03T10:00:00", "2026-02-10T10:00:00"),
        ("2026-02-02T10:00:00", "2026-02-02T10:00:00", "2026-02-09T10:00:00"),
        # No zone has its midnight then, or a Tuesday: it is read as a client's.
        ("2026-02-02T23:07:00", "2026-02-03T00:00:00", "2026-02-10T00:00:00"),
        ("2026-02-04T23:00:00", "2026-02-10T00:00:00", "2026-02-17T00:00:00"),
    ],
)
def test_a_file_of_the_service_names_no_zone(turned: Wire, told: str, kept: str, then: str) -> None:
    """The service says UTC of each series: that a day is a Tuesday tells where it was one."""
    range_ = {"type": "noEnd", "startDate": "2026-01-06", "recurrenceTimeZone": "UTC"}
    weekly = {"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"]}
    task = {
        "title": "Water",
        "dueDateTime": {"dateTime": told, "timeZone": "UTC"},
        "recurrence": {"pattern": weekly, "range": range_},
    }
    name, todo = _open(turned)
    perform(
        turned,
        "import",
        mailbox=name,
        document={
            "value": [{"displayName": "T", "wellknownListName": "defaultList", "tasks": [task]}]
        },
    )

    assert _shown(turned, name)[0]["dueDateTime"]["dateTime"] == f"{kept}.0000000"
    _complete_once(todo)
    left = [one for one in _shown(turned, name) if one["status"] != "completed"]
    assert [one["dueDateTime"]["dateTime"] for one in left] == [f"{then}.0000000"]


@pytest.mark.inferred("graph.file-days")
@pytest.mark.once
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize(
    "told",
    [
        *("0001-01-01T00:00:00", "0001-01-01T10:00:00", "0001-01-01T14:00:00"),
        *("9999-12-31T00:00:00", "9999-12-31T10:00:00", "9999-12-31T23:45:00"),
    ],
)
def test_the_ends_of_the_calendar(turned: Wire, told: str, zone: str) -> None:
    range_ = {"type": "noEnd", "startDate": "0001-01-01", "recurrenceTimeZone": zone}
    task = {
        "dueDateTime": {"dateTime": told, "timeZone": "UTC"},
        "startDateTime": {"dateTime": told, "timeZone": "UTC"},
        "recurrence": {"pattern": {"type": "daily", "interval": 1}, "range": range_},
    }
    name, _ = _open(turned)
    document = {"value": [{"displayName": "T", "tasks": [task]}]}

    answer = attempt(turned, "import", mailbox=name, document=document)

    assert answer.status_code in (200, 400, 409), answer.text


@pytest.mark.inferred("graph.file-days")
def test_a_task_without_a_title_stays_without(turned: Wire) -> None:
    first, mine = _open(turned)
    mine.create("tasks", {"Body": {"ContentType": "Text", "Content": "rain"}})

    second, _ = _load(turned, first)

    assert "title" not in _shown(turned, first)[0]
    assert _shown(turned, second) == _shown(turned, first)

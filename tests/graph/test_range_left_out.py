"""A recurrence without a range, or without its start: it begins on the day that is due."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterlook.graph.bodies.recurrences import fill_in_range
from afterlook.mailbox import walls
from afterlook.mailbox.timezones import find_zone
from afterlook.mailbox.values import WallTime
from afterlook.runtime.instants import from_datetime
from tests.support.rows import BLANK_TASK
from tests.support.todo import DEFAULT, Entity, Todo, error_of

BERLIN = "Europe/Berlin"
DUE = {"dateTime": "2024-01-31T00:00:00", "timeZone": BERLIN}
WEEKLY = {"type": "weekly", "interval": 1}
DAILY = {"type": "daily", "interval": 2}
ZONES = [BERLIN, "America/Denver", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata"]
ZONES += ["Australia/Lord_Howe", "America/Havana", "Etc/UTC"]
TIMES = ["", "T00:00:00", "T16:00:00.1234567", "T00:00:00Z", "T03:00:00Z", "T23:30:00-08:00"]
WAYS = ["post", "patch", "patch with Prefer", "whole", "whole with Prefer"]


def written_day(text: str, zone: str) -> date:
    """Return the day that a client means, by the standard library."""
    if text.endswith("T00:00:00Z"):
        return date.fromisoformat(text[:10])
    moment = datetime.fromisoformat(text)
    return moment.date() if moment.tzinfo is None else moment.astimezone(ZoneInfo(zone)).date()


def patterns(day: date) -> list[Entity]:
    """Return patterns that a day fits."""
    return [
        WEEKLY,
        {"type": "weekly", "interval": 3, "firstDayOfWeek": "monday"},
        {"type": "daily", "interval": 1},
        DAILY,
        {"type": "absoluteMonthly", "interval": 1, "dayOfMonth": day.day},
        {"type": "absoluteYearly", "interval": 1, "month": day.month, "dayOfMonth": day.day},
    ]


def recur(todo: Todo, way: str, due: Entity, pattern: Entity) -> tuple[Entity, Entity]:
    """Make a task that is due recur, in one of several ways; return it as it was and as it is."""
    alone = todo.new_task(dueDateTime=due)
    if way == "post":
        return alone, todo.new_task(dueDateTime=due, recurrence={"pattern": pattern})
    prefer = {"Prefer": 'outlook.timezone="Asia/Tokyo"'} if "Prefer" in way else {}
    at = todo.address(alone)
    whole = todo.get(at, **prefer).json() if "whole" in way else {}
    changed = todo.patch(at, {**whole, "recurrence": {"pattern": pattern}}, **prefer)
    assert changed.status_code == 200, changed.text
    assert changed.json()["id"] == alone["id"]
    return alone, todo.get(at).json()


@pytest.mark.inferred("graph.range-left-out")
@pytest.mark.in_process
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    way=st.sampled_from(WAYS),
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    time=st.sampled_from(TIMES),
    pattern=st.integers(0, 5),
)
def test_from_the_day_that_is_due(
    todo: Todo, way: str, zone: str, day: date, time: str, pattern: int
) -> None:
    """Whatever the zone of the due date, and whichever the client reads in: no date moves."""
    text = f"{day}{time}"
    meant = written_day(text, zone)

    alone, task = recur(todo, way, {"dateTime": text, "timeZone": zone}, patterns(meant)[pattern])

    range_ = task["recurrence"]["range"]
    assert task["dueDateTime"] == alone["dueDateTime"]
    assert (range_["type"], range_["startDate"]) == ("noEnd", str(meant))
    if pattern < 2:
        assert task["recurrence"]["pattern"]["daysOfWeek"] == [f"{meant:%A}".lower()]
    assert (
        range_["recurrenceTimeZone"]
        == recur(todo, "post", DUE | {"timeZone": zone}, WEEKLY)[1]["recurrence"]["range"][
            "recurrenceTimeZone"
        ]
    )


@pytest.mark.inferred("graph.range-left-out")
@pytest.mark.in_process
def test_the_next_occurrence(todo: Todo) -> None:
    """A series that a PATCH begins goes on as one that a POST began."""
    found = [recur(todo, way, DUE, WEEKLY)[1] for way in ("post", "patch", "whole")]
    after = [todo.patch(todo.address(one), {"status": "completed"}).json() for one in found]

    told = {"dateTime": "2024-02-06T23:00:00.0000000", "timeZone": "UTC"}
    assert [one["dueDateTime"] for one in after] == [told] * 3
    assert after[0]["recurrence"] == after[1]["recurrence"] == after[2]["recurrence"]


@pytest.mark.inferred("graph.range-left-out")
@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"startDateTime": DUE | {"dateTime": "2024-02-02T00:00:00"}}, "2024-02-02"),
        ({"startDateTime": DUE | {"dateTime": "2024-01-29T00:00:00"}}, "2024-01-31"),
        ({"dueDateTime": DUE | {"dateTime": "2024-02-05T22:00:00"}}, "2024-02-05"),
        ({"dueDateTime": {"dateTime": "2024-02-05T00:00:00"}}, "2024-02-05"),
    ],
)
def test_beside_other_dates(todo: Todo, changes: Entity, start: str) -> None:
    """By the day that the task will be due once all that the body says is done."""
    at = todo.address(todo.new_task(dueDateTime=DUE))

    changed = todo.patch(at, {**changes, "recurrence": {"pattern": WEEKLY}})

    assert changed.status_code == 200, changed.text
    assert changed.json()["recurrence"]["range"]["startDate"] == start


@pytest.mark.inferred("graph.range-left-out")
@pytest.mark.once
@pytest.mark.parametrize("range_", [{"startDate": None}, {"type": None}, {"type": "noEnd"}, {}])
def test_null_is_left_out(todo: Todo, range_: Entity) -> None:
    """Members that the server fills in; and a zone that is named is kept."""
    zone = "Tokyo Standard Time"
    given = {"pattern": WEEKLY, "range": {**range_, "recurrenceTimeZone": zone}}
    at = todo.address(todo.new_task(dueDateTime=DUE))

    for task in (
        todo.patch(at, {"recurrence": given}).json(),
        todo.new_task(dueDateTime=DUE, recurrence=given),
    ):
        found = task["recurrence"]["range"]
        assert (found["type"], found["startDate"]) == ("noEnd", "2024-01-31")
        assert found["recurrenceTimeZone"] == zone
        assert task["dueDateTime"]["dateTime"] == "2024-01-30T23:00:00.0000000"


@pytest.mark.inferred("graph.range-left-out")
@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"dueDateTime": None}, "startDate"),
        ({"dueDateTime": {}}, "startDate"),
        ({"dueDateTime": DUE | {"dateTime": "soon"}}, "soon"),
        ({"dueDateTime": DUE | {"timeZone": "Middle Earth"}}, "Middle Earth"),
        ({"dueDateTime": {"dateTime": 5}}, "5"),
        ({"recurrence": {"pattern": WEEKLY, "range": {"recurrenceTimeZone": ""}}}, ""),
        ({"recurrence": {"pattern": WEEKLY, "range": {"recurrenceTimeZone": 5}}}, "5"),
        ({"recurrence": {"pattern": WEEKLY, "range": {"startDate": "soon"}}}, "soon"),
    ],
)
def test_no_day_to_begin_on(todo: Todo, body: Entity, word: str) -> None:
    """What is wrong is named as it was sent, by POST and PATCH, and changes nothing."""
    task = todo.new_task(dueDateTime=DUE)
    whole = {"title": "Milk", "dueDateTime": DUE, "recurrence": {"pattern": WEEKLY}, **body}

    for response in (
        todo.post(f"{DEFAULT}/tasks", whole),
        todo.patch(todo.address(task), whole),
    ):
        error = error_of(response, 400)
        assert error["code"] == "invalidRequest"
        assert word in str(error["innerError"].get("message", error["message"]))
    (left,) = todo.get(f"{DEFAULT}/tasks").json()["value"]
    assert left["dueDateTime"] == task["dueDateTime"]
    assert "recurrence" not in left


@pytest.mark.inferred("graph.range-left-out")
@pytest.mark.once
def test_start_alone(todo: Todo) -> None:
    """A task that starts on a day is due on it, and so recurs from it."""
    task = todo.new_task(startDateTime=DUE, recurrence={"pattern": WEEKLY})

    assert task["recurrence"]["range"]["startDate"] == "2024-01-31"
    assert task["dueDateTime"] == task["startDateTime"]


@pytest.mark.parametrize(
    ("kept", "start", "zone"),
    [
        (None, "2024-01-31", "W. Europe Standard Time"),
        (walls.NO_ZONE, "2024-01-30", None),
        ("Asia/Tokyo", "2024-01-30", "Tokyo Standard Time"),
    ],
)
def test_how_the_day_was_kept(kept: str | None, start: str, zone: str | None) -> None:
    """Where it was not, the day is that of the zone in which the caller reads."""
    due = from_datetime(datetime.fromisoformat("2024-01-30T23:00:00+00:00"))
    midnight = from_datetime(datetime.fromisoformat("2024-01-30T00:00:00+00:00"))
    wall = {} if kept is None else {"due": WallTime(midnight, kept)}
    row = BLANK_TASK._replace(due=due, walls=walls.write(wall))

    filled = fill_in_range({"Pattern": {}}, {}, find_zone(BERLIN), row)["Range"]

    assert isinstance(filled, dict)
    assert (filled["StartDate"], filled.get("RecurrenceTimeZone")) == (start, zone)

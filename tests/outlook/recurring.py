"""Recurring tasks as tests write and read them."""

import httpx2

from tests.support.outlook import Json, key
from tests.support.samples import utc
from tests.support.wire import Mailbox

MONDAY, TUESDAY = "2016-04-25", "2016-04-26"
PATTERN: Json = {
    "Type": "Daily",
    "Interval": 1,
    "Month": 0,
    "DayOfMonth": 0,
    "DaysOfWeek": [],
    "FirstDayOfWeek": "Sunday",
    "Index": "First",
}
RANGE: Json = {
    "Type": "NoEnd",
    "StartDate": MONDAY,
    "EndDate": "0001-01-01",
    "RecurrenceTimeZone": "UTC",
    "NumberOfOccurrences": 0,
}


def recurrence(pattern: Json | None = None, range_: Json | None = None) -> Json:
    """Return a recurrence with all of its members: daily without an end, unless they differ."""
    return {"Pattern": PATTERN | (pattern or {}), "Range": RANGE | (range_ or {})}


def numbered(number: int, **pattern: object) -> Json:
    """Return a recurrence of so many occurrences."""
    return recurrence(pattern, {"Type": "Numbered", "NumberOfOccurrences": number})


def recurring(me: Mailbox, rule: Json, **properties: object) -> Json:
    """Create a recurring task."""
    return me.create("tasks", {"Subject": "Water the plants", "Recurrence": rule} | properties)


def at(task: Json) -> str:
    """Return the address of a task."""
    return f"tasks('{key(task)}')"


def complete(me: Mailbox, task: Json, **headers: str) -> list[Json]:
    """Complete a task; return what the collection holds."""
    response = me.post(f"{at(task)}/complete", **headers)
    assert response.status_code == 200, response.text
    return list(response.json()["value"])


def patched(me: Mailbox, task: Json, body: Json, **headers: str) -> Json:
    """PATCH what must succeed; return the answer."""
    response: httpx2.Response = me.patch(at(task), body, **headers)
    assert response.status_code == 200, response.text
    return dict(response.json())


def reread(me: Mailbox, task: Json) -> Json:
    """Return a task as it now is."""
    return dict(me.get(at(task)).json())


def midnight(day: str) -> Json:
    """Return the midnight of a day in UTC, as bodies show it."""
    return utc(f"{day}T00:00:00.0000000")


def due(task: Json) -> str:
    """Return the day on which a task is due, by UTC."""
    return str(task["DueDateTime"]["DateTime"][:10])


def span(task: Json) -> tuple[str | None, str | None]:
    """Return Start and Due without their fractions."""
    dates = (task["StartDateTime"], task["DueDateTime"])
    start, end = (None if date is None else date["DateTime"][:16] for date in dates)
    return start, end

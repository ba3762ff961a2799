"""Days as the page writes them, by the server's clock: "Today", "2 days late", "Fri, Dec 4".

Owns what is late. A date of a task is in no zone; the server's day is that of UTC, as a site's is.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from afterlook.runtime.instants import Instant, to_datetime
from afterlook.store.workmanagement.rows import NaiveTicks
from afterlook.web.texts import TEXTS, say

_MAX_COUNTED = 30
"""Days that are counted; what is late for longer has a date."""

_WEEK = 7
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Due(NamedTuple):
    """A due date: as HTML's `datetime` has it, near and in full, and what kind of day it is."""

    iso: str
    text: str
    full: str
    kind: str


def describe_due(ticks: NaiveTicks | None, now: Instant, *, is_completed: bool) -> Due | None:
    """Describe a due date; what is completed cannot be late."""
    if ticks is None:
        return None
    day, today = day_of(ticks), day_of(now)
    days = (day - today).days
    is_late = days < 0 and not is_completed
    kind = "late" if is_late else "today" if days == 0 else ""
    return Due(day.isoformat(), _near(day, days, is_late=is_late), write_full(day), kind)


def day_of(ticks: NaiveTicks) -> date:
    """Return the day of ticks."""
    return to_datetime(Instant(ticks)).date()


def write_full(day: date) -> str:
    """Write a day with its weekday and year."""
    return f"{_WEEKDAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def write_short(day: date) -> str:
    """Write a day of this month or the next: `Dec 4`."""
    return f"{_MONTHS[day.month - 1]} {day.day}"


def write_time(instant: Instant) -> str:
    """Write the time of an instant."""
    return f"{to_datetime(instant):%H:%M} UTC"


def write_moment(instant: Instant, now: Instant) -> str:
    """Write an instant: its time today, else its day as well."""
    moment: datetime = to_datetime(instant)
    time = write_time(instant)
    return time if moment.date() == day_of(now) else f"{write_short(moment.date())}, {time}"


def _near(day: date, days: int, *, is_late: bool) -> str:
    if days in (0, 1):
        return TEXTS["tomorrow" if days else "today"]
    if is_late and days >= -_MAX_COUNTED:
        return TEXTS["day_late"] if days == -1 else say("days_late", count=-days)
    if 0 < days < _WEEK:
        return _WEEKDAYS[day.weekday()]
    same_year = abs(days) < 300  # noqa: PLR2004
    text = write_short(day) if same_year else f"{write_short(day)}, {day.year}"
    return say("date_late", date=text) if is_late else text

"""What a task may be told to be, however a face spells it, and what must then be seen of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.graph.sameness.mapping import Json, text_of, to_beta

ZONES = {
    "UTC": "UTC",
    "Eastern Standard Time": "America/New_York",
    "Hawaiian Standard Time": "Pacific/Honolulu",
    "Tokyo Standard Time": "Asia/Tokyo",
    "Line Islands Standard Time": "Pacific/Kiritimati",
    "Europe/Berlin": "Europe/Berlin",
}
"""Names of zones that clients send, and what they are to this machine."""

WINDOWS = {"Europe/Berlin": "W. Europe Standard Time"}
"""Names by which zones are shown that were named otherwise."""

PATTERNS: tuple[Json, ...] = (
    {"Type": "Daily", "Interval": 3},
    {"Type": "Weekly", "Interval": 1, "DaysOfWeek": ["Monday", "Friday"]},
    {"Type": "AbsoluteMonthly", "Interval": 2, "DayOfMonth": 31},
    {"Type": "RelativeMonthly", "Interval": 1, "DaysOfWeek": ["Sunday"], "Index": "Last"},
    {"Type": "AbsoluteYearly", "Interval": 1, "DayOfMonth": 29, "Month": 2},
    {
        "Type": "RelativeYearly",
        "Interval": 1,
        "DaysOfWeek": ["Thursday"],
        "Index": "Fourth",
        "Month": 11,
    },
)
STATUS = ("NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred")
WHOLE_PATTERN = {
    "Type": "Daily",
    "Interval": 1,
    "Month": 0,
    "DayOfMonth": 0,
    "DaysOfWeek": [],
    "FirstDayOfWeek": "Sunday",
    "Index": "First",
}


@dataclass(frozen=True)
class Values:
    """All that every face can write of a task; days are those of `zone`."""

    title: str
    body: str
    is_html: bool
    status: str
    importance: str
    categories: tuple[str, ...]
    zone: str
    start: date | None
    due: date | None
    reminder: datetime | None
    is_reminder_on: bool
    pattern: Json | None
    occurrences: int

    def outlook(self) -> Json:
        """Spell this as the Outlook wire does."""
        return {
            "Subject": self.title,
            "Body": {"ContentType": "HTML" if self.is_html else "Text", "Content": self.content},
            "Status": self.status,
            "Importance": self.importance,
            "Categories": [*self.categories],
            "StartDateTime": self._day(self.start),
            "DueDateTime": self._day(self.due),
            "ReminderDateTime": self._date(self.reminder),
            "IsReminderOn": self.is_reminder_on,
            "Recurrence": self._recurrence(),
        }

    def beta(self) -> Json:
        """Spell this as `/beta/me/outlook` does."""
        return dict(to_beta(self.outlook()))

    def todo(self) -> Json:
        """Spell this as To Do does."""
        body = self.beta()
        return {"title": body.pop("subject"), **body}

    @property
    def content(self) -> str:
        """The body, in the markup that it is written in."""
        return f"<p>{escape(self.body)}</p>" if self.is_html else self.body

    def seen(self, *, by_todo: bool) -> Json:
        """Return what the Outlook wire must show, in UTC, where To Do wrote it or another face.

        To Do keeps no markup. When a series is due, its pattern says; the reminder goes along.
        """
        is_html = self.is_html and not by_todo
        text = text_of(self.content) if self.is_html else self.content
        shown = {
            **self.outlook(),
            "Body": {
                "ContentType": "HTML" if is_html else "Text",
                "Content": self.content if is_html else text,
            },
            "StartDateTime": self._midnight(self.start),
            "DueDateTime": self._midnight(self.due),
            "ReminderDateTime": self._utc(self.reminder),
        }
        if self.pattern is not None:
            del shown["DueDateTime"], shown["ReminderDateTime"]
            shown["Recurrence"]["Pattern"] = WHOLE_PATTERN | self.pattern
            shown["Recurrence"]["Range"]["RecurrenceTimeZone"] = WINDOWS.get(self.zone, self.zone)
        return shown

    def days(self) -> dict[str, date | None]:
        """Return the day of each date, which is what My Tasks shows of it."""
        return {"StartDateTime": self.start, "DueDateTime": self.due}

    def _recurrence(self) -> Json | None:
        if self.pattern is None:
            return None
        assert self.due is not None
        range_ = {
            "Type": "Numbered" if self.occurrences else "NoEnd",
            "StartDate": self.due.isoformat(),
            "EndDate": "0001-01-01",
            "RecurrenceTimeZone": self.zone,
            "NumberOfOccurrences": self.occurrences,
        }
        return {"Pattern": dict(self.pattern), "Range": range_}

    def _day(self, day: date | None) -> Json | None:
        return self._date(None if day is None else datetime.combine(day, time(9, 30)))

    def _date(self, given: datetime | None) -> Json | None:
        return None if given is None else {"DateTime": given.isoformat(), "TimeZone": self.zone}

    def _midnight(self, day: date | None) -> Json | None:
        return self._utc(None if day is None else datetime.combine(day, time()))

    def _utc(self, given: datetime | None) -> Json | None:
        if given is None:
            return None
        moment = given.replace(tzinfo=ZoneInfo(ZONES[self.zone])).astimezone(UTC)
        return {"DateTime": f"{moment:%Y-%m-%dT%H:%M:%S}.0000000", "TimeZone": "UTC"}


_LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"])
_DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@st.composite
def tasks(draw: Any, *, recurring: bool = False) -> Values:
    """Return what a task may be told to be; a series is not told to be completed at once."""
    is_html = draw(st.booleans())
    words = st.lists(st.text("ab<&\u00e9", min_size=1, max_size=4), max_size=4).map(" ".join)
    due = draw(_DAYS if recurring else st.none() | _DAYS)
    start = None if recurring or due is None else draw(st.none() | st.dates(date(1985, 1, 1), due))
    reminder = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1))  # noqa: DTZ001
    return Values(
        title=draw(st.text(_LETTERS, max_size=40)),
        body=draw(words if is_html else st.text(_LETTERS, max_size=40)),
        is_html=is_html,
        status=draw(
            st.sampled_from([one for one in STATUS if not recurring or one != "Completed"])
        ),
        importance=draw(st.sampled_from(["Low", "Normal", "High"])),
        categories=tuple(draw(st.lists(st.text(_LETTERS, min_size=1), max_size=3, unique=True))),
        zone=draw(st.sampled_from([*ZONES])),
        start=start,
        due=due,
        reminder=draw(st.none() | reminder.map(lambda at: at.replace(hour=13, microsecond=0))),
        is_reminder_on=draw(st.booleans()),
        pattern=draw(st.sampled_from(PATTERNS)) if recurring else None,
        occurrences=draw(st.sampled_from([0, 1, 7])),
    )

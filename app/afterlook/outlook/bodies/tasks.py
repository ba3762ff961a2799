"""Bodies of tasks, and how their dates and recurrences become what the mailbox keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, cast

import orjson
from pydantic import BeforeValidator, StrictStr

from afterlook.mailbox import dates, timezones, walls
from afterlook.mailbox.dates import ParsedDate
from afterlook.mailbox.recurrence import PatternedRecurrence
from afterlook.mailbox.timezones import UTC, Zone
from afterlook.mailbox.values import TaskValues, WallTime
from afterlook.outlook.bodies.base import (
    Boolean,
    InputModel,
    Texts,
    make_member_reader,
    make_members_schema,
)
from afterlook.outlook.bodies.extended_properties import ExtensibleInput
from afterlook.outlook.bodies.recurrences import PatternedRecurrenceInput
from afterlook.outlook.edm import BODY_TYPE, IMPORTANCE, SENSITIVITY, STATUS
from afterlook.runtime.instants import Instant

BodyType = Annotated[
    int, BeforeValidator(make_member_reader(BODY_TYPE)), make_members_schema(BODY_TYPE)
]
Importance = Annotated[
    int, BeforeValidator(make_member_reader(IMPORTANCE)), make_members_schema(IMPORTANCE)
]
Sensitivity = Annotated[
    int, BeforeValidator(make_member_reader(SENSITIVITY)), make_members_schema(SENSITIVITY)
]
Status = Annotated[int, BeforeValidator(make_member_reader(STATUS)), make_members_schema(STATUS)]


class DateTimeTimeZoneInput(InputModel):
    """A date: `<date>T<time>`, and the zone it is meant in, UTC unless given."""

    edm_type = "DateTimeTimeZone"

    date_time: StrictStr
    time_zone: StrictStr | None = None

    def midnight(self) -> ParsedDate:
        """Return the start of the day in the zone."""
        return dates.parse_day(self.date_time, self.zone())

    def moment(self) -> ParsedDate:
        """Return the instant itself."""
        return dates.parse_date(self.date_time, self.zone())

    def zone(self) -> Zone:
        """Return the zone that the date is meant in. Raises `TimeZoneNotSupported`."""
        return UTC if self.time_zone is None else timezones.find_zone(self.time_zone)


class ItemBodyInput(InputModel):
    """The body of a task: `Text` unless it says `HTML`."""

    edm_type = "ItemBody"

    content_type: BodyType = 0
    content: StrictStr | None = None


# Clients send an empty object for "no date" (docs/reference/outlook.md §1.1).
_EMPTY = BeforeValidator(lambda value: None if value == {} else value)
Date = Annotated[DateTimeTimeZoneInput | None, _EMPTY]
Recurrence = Annotated[PatternedRecurrenceInput | None, _EMPTY]


def _as_is(value: object) -> object:
    return value


def _as_json(value: object) -> str | None:
    return orjson.dumps(value).decode() if value else None


def _as_day(date: DateTimeTimeZoneInput | None) -> Instant | None:
    return None if date is None else date.midnight().instant


_VALUES: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "subject": ("subject", _as_is),
    "categories": ("categories", _as_json),
    "completed_date_time": ("completed", _as_day),
    "is_reminder_on": ("is_reminder_on", _as_is),
    "importance": ("importance", _as_is),
    "sensitivity": ("sensitivity", _as_is),
    "status": ("status", _as_is),
}
"""Properties that become one value: its name among `TaskValues`, and how it is converted."""

_DATES: Mapping[str, tuple[str, Callable[[DateTimeTimeZoneInput], ParsedDate]]] = {
    "due_date_time": ("due", DateTimeTimeZoneInput.midnight),
    "start_date_time": ("start", DateTimeTimeZoneInput.midnight),
    "reminder_date_time": ("reminder", DateTimeTimeZoneInput.moment),
}
"""Dates that are kept with the clock and the zone that they were written by."""


class TaskBody(ExtensibleInput):
    """What POST and PATCH of a task may say."""

    edm_type = "Task"

    subject: StrictStr | None = None
    body: ItemBodyInput | None = None
    categories: Texts | None = None
    completed_date_time: Date = None
    due_date_time: Date = None
    start_date_time: Date = None
    reminder_date_time: Date = None
    is_reminder_on: Boolean = False
    importance: Importance = 1
    sensitivity: Sensitivity = 0
    status: Status = 0
    recurrence: Recurrence = None

    def values(self) -> TaskValues:
        """Return what the body says of a task: of a property that it leaves out, nothing.

        Raises `InvalidRequest` for an impossible date, `TimeZoneNotSupported`.
        """
        given = self.model_fields_set
        values: dict[str, object] = {}
        if "body" in given and (self.body is None or self.body.model_fields_set):
            body = self.body or ItemBodyInput()
            values["body_type"], values["body"] = body.content_type, body.content or ""
        for name, (key, convert) in _VALUES.items():
            if name in given:
                values[key] = convert(getattr(self, name))
        self._put_dates(values)
        if "recurrence" in given:
            values["recurrence"] = self._recurrence()
        return cast("TaskValues", values)

    def _put_dates(self, values: dict[str, object]) -> None:
        """Put Start, Due and reminder in, with how they were written."""
        clocks: dict[str, WallTime] = {}
        exact: set[str] = set()
        for name, (key, read) in _DATES.items():
            if name not in self.model_fields_set:
                continue
            date: DateTimeTimeZoneInput | None = getattr(self, name)
            values[key] = None
            if date is not None:
                reading = read(date)
                values[key] = reading.instant
                clocks[key] = walls.wall_time_of(reading, date.zone())
                exact |= {key} if reading.is_exact else set()
        if clocks:
            values["walls"] = clocks
        if exact:
            values["exact"] = exact

    def _recurrence(self) -> PatternedRecurrence | None:
        """Return the recurrence, in the zone of the dates beside it where it names none."""
        if self.recurrence is None:
            return None
        recurrence = self.recurrence.value()
        anchor = self.start_date_time or self.due_date_time
        return recurrence if anchor is None else recurrence.with_zone(anchor.zone().own_name)

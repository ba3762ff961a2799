"""Request bodies of this wire.

Owns which properties can be written, how lenient their values are, and the errors for those that
cannot be read. Must not know what writing them does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeVar

import orjson
from pydantic import (
    BeforeValidator,
    Field,
    StrictBool,
    StrictStr,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails

from afterlook.errors import InvalidRequest, LiteralNotConvertible, PropertyUnknown, ServiceError
from afterlook.mailbox import dates, timezones, walls
from afterlook.mailbox.dates import Reading
from afterlook.mailbox.extended import MAX_PROPERTIES, Given, read_name, too_many
from afterlook.mailbox.recurrence import PatternedRecurrence
from afterlook.mailbox.timezones import UTC, Zone
from afterlook.mailbox.values import TaskValues, WallTime
from afterlook.odata.edm import EntityType
from afterlook.outlook.edm import BODY_TYPE, IMPORTANCE, SENSITIVITY, STATUS
from afterlook.outlook.recurrences import GivenPatternedRecurrence
from afterlook.outlook.written import WrittenObject, member, shown
from afterlook.runtime.instants import Instant

_LITERAL_SHOWN = 100
_EDM_TYPES = {
    "string_type": "Edm.String",
    "bool_type": "Edm.Boolean",
    "list_type": "Collection(Edm.String)",
}


def _as_bool(value: object) -> object:
    return (
        {"true": True, "false": False}.get(value.lower(), value)
        if isinstance(value, str)
        else value
    )


Boolean = Annotated[StrictBool, BeforeValidator(_as_bool)]
BodyType = Annotated[int, BeforeValidator(member(BODY_TYPE)), shown(BODY_TYPE)]
Importance = Annotated[int, BeforeValidator(member(IMPORTANCE)), shown(IMPORTANCE)]
Sensitivity = Annotated[int, BeforeValidator(member(SENSITIVITY)), shown(SENSITIVITY)]
Status = Annotated[int, BeforeValidator(member(STATUS)), shown(STATUS)]
Texts = Annotated[list[StrictStr], Field(fail_fast=True)]
_LONGEST_NAME = 255
Name = Annotated[StrictStr, StringConstraints(pattern=r"\S", max_length=_LONGEST_NAME)]


class GivenDateTimeTimeZone(WrittenObject):
    """A date: `<date>T<time>`, and the zone it is meant in, UTC unless given."""

    edm_type = "DateTimeTimeZone"

    date_time: StrictStr
    time_zone: StrictStr | None = None

    def midnight(self) -> Reading:
        """Return the start of the day in the zone."""
        return dates.read_midnight(self.date_time, self.zone())

    def moment(self) -> Reading:
        """Return the instant itself."""
        return dates.read_moment(self.date_time, self.zone())

    def zone(self) -> Zone:
        """Return the zone that the date is meant in. Raises `TimeZoneNotSupported`."""
        return UTC if self.time_zone is None else timezones.zone(self.time_zone)


class GivenItemBody(WrittenObject):
    """The body of a task: `Text` unless it says `HTML`."""

    edm_type = "ItemBody"

    content_type: BodyType = 0
    content: StrictStr | None = None


class GivenExtendedProperty(WrittenObject):
    """A single-valued extended property; without a value it is taken away."""

    edm_type = "SingleValueLegacyExtendedProperty"

    property_id: StrictStr
    value: StrictStr | None = None


class GivenMultiValueProperty(WrittenObject):
    """A multi-valued extended property; without values it is taken away."""

    edm_type = "MultiValueLegacyExtendedProperty"

    property_id: StrictStr
    value: Texts | None = None


_MOST = Field(max_length=MAX_PROPERTIES, fail_fast=True)


class _Extensible(WrittenObject):
    """An entity that takes extended properties (contract §1.5)."""

    # Made by a factory: Pydantic would copy a default list, at ten times the cost.
    single_value_extended_properties: Annotated[list[GivenExtendedProperty], _MOST] = Field(
        default_factory=list
    )
    multi_value_extended_properties: Annotated[list[GivenMultiValueProperty], _MOST] = Field(
        default_factory=list
    )

    def properties(self) -> list[Given]:
        """Return the extended properties that were asked for. Raises `InvalidRequest`."""
        single = [
            Given(read_name(p.property_id), p.value) for p in self.single_value_extended_properties
        ]
        multi = [
            Given(read_name(p.property_id), p.value) for p in self.multi_value_extended_properties
        ]
        if any(given.name.is_multi for given in single) or not all(g.name.is_multi for g in multi):
            reason = "An array type is for MultiValueExtendedProperties, and only for those."
            raise InvalidRequest(reason=reason)
        return [*single, *multi]


# Clients send an empty object for "no date" (contract §1.1).
_EMPTY = BeforeValidator(lambda value: None if value == {} else value)
Date = Annotated[GivenDateTimeTimeZone | None, _EMPTY]
Recurrence = Annotated[GivenPatternedRecurrence | None, _EMPTY]


class TaskBody(_Extensible):
    """What POST and PATCH of a task may say."""

    edm_type = "Task"

    subject: StrictStr | None = None
    body: GivenItemBody | None = None
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
        """Return what was asked for, in the domain's terms.

        Raises `InvalidRequest` for an impossible date, `TimeZoneNotSupported`.
        """
        asked = self.model_fields_set
        values = TaskValues()
        if "subject" in asked:
            values["subject"] = self.subject
        if "body" in asked and (self.body is None or self.body.model_fields_set):
            body = self.body or GivenItemBody()
            values["body_type"], values["body"] = body.content_type, body.content or ""
        if "categories" in asked:
            values["categories"] = _json(self.categories)
        if "completed_date_time" in asked:
            completed = self.completed_date_time
            values["completed"] = None if completed is None else completed.midnight().instant
        self._put_dates(values)
        if "is_reminder_on" in asked:
            values["is_reminder_on"] = self.is_reminder_on
        if "importance" in asked:
            values["importance"] = self.importance
        if "sensitivity" in asked:
            values["sensitivity"] = self.sensitivity
        if "status" in asked:
            values["status"] = self.status
        if "recurrence" in asked:
            values["recurrence"] = self._recurrence()
        return values

    def _put_dates(self, values: TaskValues) -> None:
        """Put Start, Due and reminder in, with how they were written."""
        asked = self.model_fields_set
        written: dict[str, WallTime] = {}
        if "due_date_time" in asked:
            values["due"] = _put(written, "due", self.due_date_time)
        if "start_date_time" in asked:
            values["start"] = _put(written, "start", self.start_date_time)
        if "reminder_date_time" in asked:
            values["reminder"] = _put(written, "reminder", self.reminder_date_time)
        if written:
            values["walls"] = written

    def _recurrence(self) -> PatternedRecurrence | None:
        """Return the recurrence, in the zone of the dates beside it where it names none."""
        if self.recurrence is None:
            return None
        recurrence = self.recurrence.value()
        anchor = self.start_date_time or self.due_date_time
        return recurrence if anchor is None else recurrence.within(anchor.zone().own_name)


class _New(WrittenObject):
    name: Name


class _Changes(WrittenObject):
    name: Name = ""

    def wanted(self) -> str | None:
        """Return the new name, or None where there was no wish for one."""
        return self.name or None


class NewTaskFolder(_New, _Extensible):
    """What POST of a task folder says."""

    edm_type = "TaskFolder"


class TaskFolderChanges(_Changes, _Extensible):
    """What PATCH of a task folder may say."""

    edm_type = "TaskFolder"


class NewTaskGroup(_New):
    """What POST of a task group says."""

    edm_type = "TaskGroup"


class TaskGroupChanges(_Changes):
    """What PATCH of a task group may say."""

    edm_type = "TaskGroup"


Written = TypeVar("Written", bound=WrittenObject)


def read(model: type[Written], body: Mapping[str, object], entity_type: EntityType) -> Written:
    """Read a body; the type's read-only properties are passed over, whatever they say.

    Raises `PropertyUnknown`, `LiteralNotConvertible`, `InvalidRequest`.
    """
    writable = {name: value for name, value in body.items() if name not in entity_type.read_only}
    try:
        return model.model_validate(writable)
    except ValidationError as error:
        # A misspelt property is the likelier cause than another that is wrong.
        problems = sorted(error.errors(), key=lambda problem: problem["type"] != "unknown")
        raise _as_service_error(problems[0]) from error


def _as_service_error(problem: ErrorDetails) -> ServiceError:
    name = (problem["loc"] or ("",))[-1]
    match problem["type"]:
        case "unknown":
            return PropertyUnknown(name=problem["ctx"]["name"][:128], type=problem["ctx"]["of"])
        case "too_long":
            return too_many()
        case "missing":
            return InvalidRequest(reason=f"The property '{name}' is required.")
        case "string_pattern_mismatch" | "string_too_long":
            most = problem["ctx"].get("max_length", _LONGEST_NAME)
            reason = (
                f"The property '{name}' must be 1 to 255 characters and more than spaces."
                if most == _LONGEST_NAME
                else f"The property '{name}' must be {most} characters at most."
            )
            return InvalidRequest(reason=reason)
    literal = problem["input"]
    text = literal if isinstance(literal, str) else orjson.dumps(literal).decode()
    expected = problem.get("ctx", {}).get("type") or _EDM_TYPES.get(problem["type"], "Edm.String")
    return LiteralNotConvertible(literal=text[:_LITERAL_SHOWN], type=expected)


def _put(
    written: dict[str, WallTime], name: str, date: GivenDateTimeTimeZone | None
) -> Instant | None:
    if date is None:
        return None
    reading = date.moment() if name == "reminder" else date.midnight()
    written[name] = walls.written(reading, date.zone())
    return reading.instant


def _json(value: object) -> str | None:
    return orjson.dumps(value).decode() if value else None

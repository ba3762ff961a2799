"""Recurrences as they are written: what is required, what is lenient, what is shown."""

from typing import Any

import pytest

from tests.outlook.recurring import MONDAY, PATTERN, RANGE, at, patched, recurrence, recurring
from tests.support.outlook import Json, expect_refusal, key
from tests.support.wire import Mailbox

MINIMAL_PATTERNS: list[Json] = [
    {"Type": "Daily", "Interval": 3},
    {"Type": "Weekly", "Interval": 1, "DaysOfWeek": ["Monday", "Friday"]},
    {"Type": "AbsoluteMonthly", "Interval": 1, "DayOfMonth": 31},
    {"Type": "RelativeMonthly", "Interval": 2, "DaysOfWeek": ["Tuesday"]},
    {"Type": "AbsoluteYearly", "Interval": 1, "DayOfMonth": 29, "Month": 2},
    {"Type": "RelativeYearly", "Interval": 1, "DaysOfWeek": ["Sunday"], "Month": 5},
]
MINIMAL_RANGES: list[Json] = [
    {"Type": "NoEnd", "StartDate": MONDAY},
    {"Type": "EndDate", "StartDate": MONDAY, "EndDate": "2017-04-25"},
    {"Type": "Numbered", "StartDate": MONDAY, "NumberOfOccurrences": 10},
]
# What is written, the path of the member that is shown, and as what.
LENIENT: list[tuple[Json, Json, str, object]] = [
    ({"DayOfMonth": "05"}, {}, "DayOfMonth", 5),
    ({"Interval": "2"}, {}, "Interval", 2),
    ({"Type": "daily"}, {}, "Type", "Daily"),
    ({"Type": "0"}, {}, "Type", "Daily"),
    ({"DaysOfWeek": ["monday", "FRIDAY", "Monday"]}, {}, "DaysOfWeek", ["Monday", "Friday"]),
    ({"DaysOfWeek": ["Friday", "1"]}, {}, "DaysOfWeek", ["Friday", "Monday"]),
    ({"FirstDayOfWeek": "monday"}, {}, "FirstDayOfWeek", "Monday"),
    ({"Index": "LAST"}, {}, "Index", "Last"),
    ({}, {"NumberOfOccurrences": "7"}, "NumberOfOccurrences", 7),
    ({}, {"Type": "noend"}, "Type", "NoEnd"),
]
DATES: list[tuple[Json, str, object]] = [
    ({"StartDate": "2016-04-25T00:00:00"}, "StartDate", MONDAY),
    ({"StartDate": "2016-04-25T00:00:00.0000000Z"}, "StartDate", MONDAY),
    ({"StartDate": "2016-04-25T00:00-07:00"}, "StartDate", MONDAY),
    ({"EndDate": None}, "EndDate", "0001-01-01"),
    ({"RecurrenceTimeZone": None}, "RecurrenceTimeZone", "UTC"),
]
INT32, DATE = "'Edm.Int32'", "'Edm.Date'"
TYPES = "'Microsoft.OutlookServices.{}'"
# What a member of the pattern or of the range cannot be, and the type that the refusal names.
ILLITERATE: list[tuple[str, str, list[Any], str]] = [
    ("Pattern", "Type", ["Hourly", "", 1, 9, True, [], {}, "6"], "RecurrencePatternType"),
    ("Pattern", "Interval", ["two", "", 1.5, 2e10, None, True, [], {}, 2**31, "9" * 11], INT32),
    ("Pattern", "Month", ["May", None, "1.0", " 1", "\u0661"], INT32),
    ("Pattern", "DayOfMonth", [None, [1], "0x1"], INT32),
    ("Pattern", "DaysOfWeek", ["Monday", 1, {}, True], "Collection(Microsoft"),
    ("Pattern", "DaysOfWeek", [["Funday"], [None], [1], [["Monday"]]], "DayOfWeek"),
    ("Pattern", "FirstDayOfWeek", ["Mo", 1, []], "DayOfWeek"),
    ("Pattern", "Index", ["Fifth", 0, "-1"], "WeekIndex"),
    ("Range", "Type", ["Forever", None, 0], "RecurrenceRangeType"),
    ("Range", "StartDate", ["25.4.2016", "2016-4-25", "", 0, "2016-02-30", "0000-01-01"], DATE),
    ("Range", "StartDate", ["2016-04-25T09:00:00", "2016-04-25T00:00:01Z", "2016-04-25 "], DATE),
    ("Range", "EndDate", ["never", 1, "10000-01-01"], DATE),
    ("Range", "RecurrenceTimeZone", [1, [], {}], "Edm.String"),
    ("Range", "NumberOfOccurrences", [None, "ten", 1.5], INT32),
]
UNBOUNDED: list[tuple[Json, Json, str]] = [
    ({"Interval": 0}, {}, "Interval"),
    ({"Interval": -1}, {}, "Interval"),
    ({"Interval": 1000}, {}, "Interval"),
    ({"Month": 13}, {}, "Month"),
    ({"Month": -1}, {}, "Month"),
    ({"DayOfMonth": 32}, {}, "DayOfMonth"),
    ({}, {"NumberOfOccurrences": 1000}, "NumberOfOccurrences"),
    ({}, {"NumberOfOccurrences": -1}, "NumberOfOccurrences"),
]
# What cannot be without a member, and the member.
LACKING: list[tuple[Json, Json, str]] = [
    ({"Type": "AbsoluteMonthly"}, {}, "DayOfMonth"),
    ({"Type": "RelativeMonthly"}, {}, "DaysOfWeek"),
    ({"Type": "AbsoluteYearly", "Month": 4}, {}, "DayOfMonth"),
    ({"Type": "AbsoluteYearly", "DayOfMonth": 4}, {}, "Month"),
    ({"Type": "RelativeYearly", "Month": 4}, {}, "DaysOfWeek"),
    ({"Type": "RelativeYearly", "DaysOfWeek": ["Monday"]}, {}, "Month"),
    ({}, {"Type": "EndDate"}, "EndDate"),
    ({}, {"Type": "EndDate", "EndDate": "2016-04-24"}, "EndDate"),
    ({}, {"Type": "Numbered"}, "NumberOfOccurrences"),
]


def without(part: Json, name: str) -> Json:
    """Return a part of a recurrence without a member."""
    return {other: value for other, value in part.items() if other != name}


def rejected(me: Mailbox, rule: object, code: str, *words: str) -> None:
    """Expect that a recurrence is refused by POST and by PATCH, and that nothing changes."""
    task = recurring(me, recurrence())
    for method, address in (("POST", "tasks"), ("PATCH", at(task))):
        expect_refusal(
            me.send(method, address, {"Subject": "x", "Recurrence": rule}), 400, code, *words
        )
    assert me.get(at(task)).json() == task


@pytest.mark.observed("recurrence.members")
@pytest.mark.in_process
@pytest.mark.parametrize("pattern", MINIMAL_PATTERNS, ids=lambda pattern: pattern["Type"])
@pytest.mark.parametrize("range_", MINIMAL_RANGES, ids=lambda range_: range_["Type"])
def test_all_members_are_shown(shared: Mailbox, pattern: Json, range_: Json) -> None:
    """In the documents' order, with zeros for what was not given."""
    task = recurring(shared, {"Pattern": pattern, "Range": range_})

    shown = shared.get(at(task)).json()["Recurrence"]

    assert shown == task["Recurrence"] == recurrence(pattern, range_)
    assert list(shown) == ["Pattern", "Range"]
    assert list(shown["Pattern"]) == list(PATTERN)
    assert list(shown["Range"]) == list(RANGE)
    assert patched(shared, recurring(shared, recurrence()), {"Recurrence": shown})[
        "Recurrence"
    ] == (shown)


@pytest.mark.observed("recurrence.lenient")
@pytest.mark.once
@pytest.mark.parametrize(("pattern", "range_", "name", "shown"), LENIENT)
def test_lenient(shared: Mailbox, pattern: Json, range_: Json, name: str, shown: object) -> None:
    task = recurring(shared, recurrence(pattern, range_))

    part = task["Recurrence"]["Pattern" if pattern else "Range"]
    assert part[name] == shown


@pytest.mark.inferred("recurrence.dates")
@pytest.mark.once
@pytest.mark.parametrize(("range_", "name", "shown"), DATES)
def test_dates(shared: Mailbox, range_: Json, name: str, shown: object) -> None:
    rule = recurrence({"DaysOfWeek": None, "FirstDayOfWeek": None, "Index": None}, range_)

    assert recurring(shared, rule)["Recurrence"]["Range"][name] == shown


@pytest.mark.observed("recurrence.required")
@pytest.mark.once
@pytest.mark.parametrize("name", ["Pattern", "Range"])
def test_both_parts_are_required(shared: Mailbox, name: str) -> None:
    rule = without(recurrence(), name)

    expect_refusal(
        shared.post("tasks", {"Recurrence": rule}), 400, "ErrorInvalidRequest", f"'{name}'"
    )
    plain = at(shared.create("tasks", {"Subject": "x"}))
    expect_refusal(
        shared.patch(plain, {"Recurrence": rule}), 400, "ErrorInvalidRequest", f"'{name}'"
    )


@pytest.mark.observed("recurrence.required")
@pytest.mark.once
@pytest.mark.parametrize(
    ("part", "name"),
    [("Pattern", "Type"), ("Pattern", "Interval"), ("Range", "Type"), ("Range", "StartDate")],
)
def test_always_required(shared: Mailbox, part: str, name: str) -> None:
    rule = recurrence() | {part: without(recurrence()[part], name)}

    expect_refusal(
        shared.post("tasks", {"Recurrence": rule}), 400, "ErrorInvalidRequest", f"'{name}'"
    )
    plain = at(shared.create("tasks", {"Subject": "x"}))
    expect_refusal(
        shared.patch(plain, {"Recurrence": rule}), 400, "ErrorInvalidRequest", f"'{name}'"
    )


@pytest.mark.observed("recurrence.required")
@pytest.mark.once
@pytest.mark.parametrize(("pattern", "range_", "name"), LACKING)
def test_required_by_type(shared: Mailbox, pattern: Json, range_: Json, name: str) -> None:
    """Whether it is left out or zero."""
    rule = recurrence(pattern, range_)
    bare = {part: without(members, name) for part, members in rule.items()}
    words = (f"'{name}' is required", (pattern or range_)["Type"])

    rejected(shared, rule, "ErrorInvalidRequest", *words)
    if name not in range_:
        rejected(shared, bare, "ErrorInvalidRequest", *words)


@pytest.mark.inferred("recurrence.refused", "recurrence.ignored-checked", "error.unchanged")
@pytest.mark.once
@pytest.mark.parametrize(("part", "name", "values", "type_"), ILLITERATE)
def test_wrong_types(shared: Mailbox, part: str, name: str, values: list[Any], type_: str) -> None:
    """In members that a daily pattern without an end makes no use of, too."""
    rule = recurrence()
    for value in values:
        wrong = rule | {part: rule[part] | {name: value}}
        rejected(shared, wrong, "RequestBodyRead", "Cannot convert the literal", type_)


@pytest.mark.inferred("recurrence.refused", "recurrence.ignored-checked")
@pytest.mark.once
@pytest.mark.parametrize(("pattern", "range_", "name"), UNBOUNDED)
def test_out_of_bounds(shared: Mailbox, pattern: Json, range_: Json, name: str) -> None:
    """In members that a daily pattern without an end makes no use of, too."""
    rejected(shared, recurrence(pattern, range_), "ErrorInvalidRequest", f"'{name}' must be")


@pytest.mark.inferred("recurrence.refused")
@pytest.mark.once
@pytest.mark.parametrize(
    ("wrong", "name", "type_"),
    [
        ({"Patern": {}}, "Patern", "PatternedRecurrence"),
        ({"Pattern": PATTERN | {"Intervall": 1}}, "Intervall", "RecurrencePattern"),
        ({"Pattern": PATTERN | {"StartDate": MONDAY}}, "StartDate", "RecurrencePattern"),
        ({"Range": RANGE | {"endDate": MONDAY}}, "endDate", "RecurrenceRange"),
    ],
)
def test_unknown_members(shared: Mailbox, wrong: Json, name: str, type_: str) -> None:
    words = (f"'{name}' does not exist", f"'Microsoft.OutlookServices.{type_}'")

    rejected(shared, recurrence() | wrong, "RequestBodyRead", *words)


@pytest.mark.inferred("recurrence.refused")
@pytest.mark.once
@pytest.mark.parametrize("value", ["daily", 1, True, [], "", 0, False, ["x"]])
def test_not_an_object(shared: Mailbox, value: object) -> None:
    rejected(shared, value, "RequestBodyRead", "'Microsoft.OutlookServices.PatternedRecurrence'")
    for part in ("Pattern", "Range"):
        words = ("Cannot convert the literal", f"'Microsoft.OutlookServices.Recurrence{part}'")
        rejected(shared, recurrence() | {part: value}, "RequestBodyRead", *words)


@pytest.mark.observed("entity.annotations")
def test_annotations_are_passed_over(shared: Mailbox) -> None:
    noted = {"@odata.type": "#Microsoft.OutlookServices.RecurrencePattern", "Type@x": 1}
    rule = recurrence(noted, {"@odata.type": "y"}) | {"@odata.type": "z"}

    assert recurring(shared, rule)["Recurrence"] == recurrence()


@pytest.mark.observed("recurrence.zone-places")
@pytest.mark.once
@pytest.mark.parametrize(
    ("inside", "beside", "shown"),
    [
        ("Pacific Standard Time", None, "Pacific Standard Time"),
        (None, "Pacific Standard Time", "Pacific Standard Time"),
        ("Pacific Standard Time", "Tokyo Standard Time", "Pacific Standard Time"),
        ("America/Denver", None, "Mountain Standard Time"),
        (None, "asia/tokyo", "Tokyo Standard Time"),
        (None, None, "UTC"),
    ],
)
def test_places_of_the_zone(
    shared: Mailbox, inside: str | None, beside: str | None, shown: str
) -> None:
    rule = recurrence(None, {"RecurrenceTimeZone": inside}) | {"RecurrenceTimeZone": beside}

    task = recurring(shared, rule)

    assert task["Recurrence"] == recurrence(None, {"RecurrenceTimeZone": shown})


@pytest.mark.inferred("recurrence.zone-places")
@pytest.mark.once
@pytest.mark.parametrize("zone", ["Mars Standard Time", "", " "])
def test_unknown_zones(shared: Mailbox, zone: str) -> None:
    """In either place, even beside one that is known."""
    inside = recurrence(None, {"RecurrenceTimeZone": zone})
    for rule in (inside, recurrence() | {"RecurrenceTimeZone": zone}):
        rejected(shared, rule, "TimeZoneNotSupportedException", f"'{zone}'")


@pytest.mark.inferred("recurrence.ended", "entity.null")
@pytest.mark.parametrize("empty", [None, {}])
def test_no_recurrence(shared: Mailbox, empty: object) -> None:
    task = shared.create("tasks", {"Subject": "x", "Recurrence": empty})

    assert task["Recurrence"] is None
    assert task["DueDateTime"] is None
    assert shared.get(f"tasks('{key(task)}')").json() == task

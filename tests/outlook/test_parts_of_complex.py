"""PATCH of a part of a complex property: what is not named stays (OData 4.0 part 1 §11.4.3)."""

import copy
from itertools import combinations

import pytest

from tests.outlook.recurring import at, numbered, patched, recurring, reread
from tests.support.outlook import PACIFIC, Json, expect_refusal, key
from tests.support.samples import zoned
from tests.support.wire import Mailbox

BODY = {"ContentType": "HTML", "Content": "<b>Bread</b>"}
DATES = ("StartDateTime", "DueDateTime", "ReminderDateTime")
TOKYO = "Tokyo Standard Time"
RULE = numbered(5, Type="Weekly", DaysOfWeek=["Monday", "Friday"], FirstDayOfWeek="Monday")
OTHER: dict[str, Json] = {
    "Pattern": {
        "Type": "RelativeMonthly",
        "Interval": 3,
        "Month": 2,
        "DayOfMonth": 7,
        "DaysOfWeek": ["Tuesday"],
        "FirstDayOfWeek": "Saturday",
        "Index": "Last",
    },
    "Range": {
        "Type": "NoEnd",
        "StartDate": "2016-04-18",
        "EndDate": "2017-01-01",
        "RecurrenceTimeZone": PACIFIC,
        "NumberOfOccurrences": 7,
    },
}
MEMBERS = [(part, name) for part, names in OTHER.items() for name in names]


@pytest.mark.spec("v2.part-of-complex")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "part", [{"ContentType": "Text"}, {"Content": "<i>Rye</i>"}, {"Content": None}, {}, BODY]
)
def test_body(me: Mailbox, part: Json) -> None:
    task = me.create("tasks", {"Body": BODY})

    changed = patched(me, task, {"Body": part})

    wanted = BODY | part
    assert changed["Body"] == wanted | {"Content": wanted["Content"] or ""}
    assert reread(me, task)["Body"] == changed["Body"]
    assert (changed["ChangeKey"] == task["ChangeKey"]) == (part == {})


@pytest.mark.spec("v2.part-of-complex")
@pytest.mark.once
@pytest.mark.parametrize("shown_in", ["UTC", PACIFIC, TOKYO])
@pytest.mark.parametrize("name", DATES)
def test_a_zone_alone(me: Mailbox, name: str, shown_in: str) -> None:
    """The DateTime stays as the caller sees it, and is now meant in the other zone."""
    task = me.create("tasks", {name: zoned("2016-05-03T00:00:00", shown_in)})
    prefer = {"Prefer": f'outlook.timezone="{shown_in}"'}

    patched(me, task, {name: {"TimeZone": "Romance Standard Time"}}, **prefer)

    shown = me.get(at(task), Prefer='outlook.timezone="Romance Standard Time"').json()
    assert shown[name] == zoned("2016-05-03T00:00:00.0000000", "Romance Standard Time")


@pytest.mark.spec("v2.part-of-complex")
@pytest.mark.once
@pytest.mark.parametrize("shown_in", ["UTC", PACIFIC, TOKYO])
@pytest.mark.parametrize("name", DATES)
def test_a_time_alone(me: Mailbox, name: str, shown_in: str) -> None:
    """The TimeZone stays the one in which the caller is shown the date."""
    task = me.create("tasks", {name: zoned("2016-05-03T00:00:00", shown_in)})
    prefer = {"Prefer": f'outlook.timezone="{shown_in}"'}

    changed = patched(me, task, {name: {"DateTime": "2016-05-10T00:00:00"}}, **prefer)

    assert changed[name] == zoned("2016-05-10T00:00:00.0000000", shown_in)


@pytest.mark.inferred("v2.part-of-complex")
@pytest.mark.once
@pytest.mark.parametrize("name", [*DATES, "CompletedDateTime"])
def test_a_zone_without_a_date(me: Mailbox, name: str) -> None:
    task = me.create("tasks", {"Subject": "Bake"})

    for response in (
        me.patch(at(task), {name: {"TimeZone": PACIFIC}}),
        me.post("tasks", {name: {"TimeZone": PACIFIC}}),
    ):
        expect_refusal(response, 400, "ErrorInvalidRequest", "'DateTime'")

    assert reread(me, task) == task


@pytest.mark.spec("v2.part-of-complex")
@pytest.mark.once
@pytest.mark.parametrize(("part", "name"), MEMBERS)
def test_a_member_of_a_recurrence(me: Mailbox, part: str, name: str) -> None:
    task = recurring(me, RULE)

    changed = patched(me, task, {"Recurrence": {part: {name: OTHER[part][name]}}})

    wanted = copy.deepcopy(RULE)
    wanted[part][name] = OTHER[part][name]
    assert changed["Recurrence"] == wanted
    assert changed["Id"] == task["Id"]


@pytest.mark.spec("v2.part-of-complex")
def test_all_but_some_members_of_a_recurrence(me: Mailbox) -> None:
    """Whichever two are left out: they stay."""
    for left_out in combinations(MEMBERS, 2):
        task = recurring(me, RULE)
        given, wanted = copy.deepcopy(OTHER), copy.deepcopy(OTHER)
        for part, name in left_out:
            del given[part][name]
            wanted[part][name] = RULE[part][name]

        response = me.patch(at(task), {"Recurrence": given})

        whole = me.patch(at(recurring(me, RULE)), {"Recurrence": wanted})
        assert response.status_code == whole.status_code
        assert response.json().get("Recurrence") == whole.json().get("Recurrence")


@pytest.mark.inferred("v2.part-of-complex")
def test_the_zone_beside_the_range(me: Mailbox) -> None:
    """Where older documents have it, it is named as well."""
    task = recurring(me, RULE)

    changed = patched(me, task, {"Recurrence": {"RecurrenceTimeZone": PACIFIC}})

    assert changed["Recurrence"]["Range"]["RecurrenceTimeZone"] == PACIFIC
    assert changed["Recurrence"]["Pattern"] == RULE["Pattern"]


@pytest.mark.inferred("v2.part-of-complex")
@pytest.mark.once
@pytest.mark.parametrize("part", [{"Pattern": {}}, {"Range": {}}, {"Pattern": {}, "Range": {}}])
def test_nothing_named_in_a_recurrence(me: Mailbox, part: Json) -> None:
    task = recurring(me, RULE)

    assert patched(me, task, {"Recurrence": part})["Recurrence"] == RULE
    assert patched(me, task, {"Recurrence": {"Pattern": {}}})["Recurrence"] == RULE


@pytest.mark.inferred("v2.part-of-complex")
@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "code", "word"),
    [
        ({"Body": {"Contents": "a"}}, "RequestBodyRead", "'Contents'"),
        ({"Body": {"ContentType": "RTF"}}, "RequestBodyRead", "'RTF'"),
        ({"DueDateTime": {"Timezone": "UTC"}}, "RequestBodyRead", "'Timezone'"),
        ({"Recurrence": {"Pattern": None}}, "RequestBodyRead", "'null'"),
        ({"Recurrence": {"Pattern": {"Interval": 0}}}, "ErrorInvalidRequest", "'Interval'"),
        ({"Recurrence": {"Pattern": {"Type": "AbsoluteMonthly"}}}, "ErrorInvalidRequest", "Month"),
        ({"Recurrence": {"Range": {"Type": "EndDate"}}}, "ErrorInvalidRequest", "'EndDate'"),
    ],
)
def test_parts_that_cannot_be(me: Mailbox, body: Json, code: str, word: str) -> None:
    """What would not be whole, or is misspelt, is refused, and changes nothing."""
    task = recurring(me, RULE, Body=BODY, DueDateTime=zoned("2016-04-25T00:00:00", "UTC"))

    expect_refusal(me.patch(at(task), body), 400, code, word)

    assert reread(me, task) == task


@pytest.mark.inferred("v2.part-of-complex")
def test_a_part_of_a_gone_or_changed_task(me: Mailbox) -> None:
    task = me.create("tasks", {"Body": BODY})
    me.patch(at(task), {"Subject": "Rye"})
    part = {"Body": {"Content": "a"}}

    stale = me.patch(at(task), part, If_Match=str(task["@odata.etag"]))
    expect_refusal(stale, 412, "ErrorIrresolvableConflict")

    me.delete(f"tasks('{key(task)}')")
    expect_refusal(me.patch(at(task), part), 404, "ErrorItemNotFound")

"""PATCH of recurring tasks: what takes an occurrence out of its series, and what changes it."""

import pytest

from tests.outlook.recurring import (
    MONDAY,
    TUESDAY,
    at,
    complete,
    due,
    midnight,
    numbered,
    patched,
    recurrence,
    recurring,
    reread,
    span,
)
from tests.support.outlook import Json, expect_refusal, key, values
from tests.support.samples import utc, zoned
from tests.support.wire import Mailbox

SPAN = {"StartDateTime": midnight(MONDAY), "DueDateTime": midnight("2016-04-27")}
WEEKLY = {"Type": "Weekly", "DaysOfWeek": ["Monday"]}


@pytest.mark.observed("recurrence.patch-dates")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("body", "start_and_due"),
    [
        ({"DueDateTime": midnight("2016-04-28")}, ("2016-04-25T00:00", "2016-04-28T00:00")),
        ({"DueDateTime": midnight("2016-04-20")}, ("2016-04-20T00:00", "2016-04-20T00:00")),
        ({"StartDateTime": midnight(TUESDAY)}, ("2016-04-26T00:00", "2016-04-27T00:00")),
        ({"StartDateTime": midnight("2016-05-20")}, ("2016-05-20T00:00", "2016-05-20T00:00")),
        ({"StartDateTime": None}, (None, "2016-04-27T00:00")),
        ({"DueDateTime": {}}, (None, None)),
        (
            {"StartDateTime": midnight(MONDAY), "DueDateTime": midnight("2016-05-01")},
            ("2016-04-25T00:00", "2016-05-01T00:00"),
        ),
    ],
)
def test_another_date(me: Mailbox, body: Json, start_and_due: tuple[str, str]) -> None:
    """The occurrence becomes a task of its own, still to be done; the series goes on."""
    task = recurring(me, recurrence(WEEKLY), **SPAN, Status="InProgress")

    moved = patched(me, task, body | {"Subject": "Water the roses"})

    assert moved["Id"] != task["Id"]
    assert span(moved) == start_and_due
    assert moved["Recurrence"] is None
    assert (moved["Status"], moved["Subject"]) == ("InProgress", "Water the roses")
    following = reread(me, task)
    assert span(following) == ("2016-05-02T00:00", "2016-05-04T00:00")
    assert following["Recurrence"] == task["Recurrence"]
    assert (following["Status"], following["Subject"]) == ("NotStarted", task["Subject"])
    assert [key(one) for one in values(me.get("tasks"))] == [task["Id"], moved["Id"]]


@pytest.mark.inferred("recurrence.patch-dates", "recurrence.last")
def test_another_date_for_the_last(me: Mailbox) -> None:
    """There is nothing to go on to: it is moved where it is, and recurs no more."""
    task = recurring(me, numbered(2))
    complete(me, task)

    moved = patched(me, task, {"DueDateTime": midnight("2016-06-01")})

    assert moved["Id"] == task["Id"]
    assert (due(moved), moved["Recurrence"]) == ("2016-06-01", None)
    assert len(values(me.get("tasks"))) == 2


@pytest.mark.inferred("recurrence.patch-dates", "error.unchanged")
def test_start_later_than_due(me: Mailbox) -> None:
    task = recurring(me, recurrence(), **SPAN)
    wrong = {"StartDateTime": midnight("2016-05-02"), "DueDateTime": midnight("2016-05-01")}

    expect_refusal(
        me.patch(at(task), wrong), 400, "ErrorInvalidRequest", "StartDateTime", "DueDateTime"
    )

    assert values(me.get("tasks")) == values(me.get("tasks?$top=1"))
    assert due(reread(me, task)) == "2016-04-27"


@pytest.mark.inferred("recurrence.patch-others")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "body",
    [
        {"Subject": "Water the roses"},
        {"Status": "WaitingOnOthers"},
        {"IsReminderOn": True, "ReminderDateTime": utc("2016-04-25T07:30:00.0000000")},
        {"Categories": ["Home"]},
        {"CompletedDateTime": None},
        SPAN,
        SPAN | {"Subject": "Water the roses"},
        {"DueDateTime": zoned("2016-04-27", "UTC")},
        {"DueDateTime": zoned("2016-04-27T18:00:00", "UTC")},
        {"Recurrence": recurrence(WEEKLY)},
    ],
)
def test_in_place(me: Mailbox, body: Json) -> None:
    """The series is what the Id names."""
    task = recurring(me, recurrence(WEEKLY), **SPAN)

    changed = patched(me, task, body)

    assert changed["Id"] == task["Id"]
    assert changed["ChangeKey"] != task["ChangeKey"]
    assert changed["Recurrence"] == task["Recurrence"]
    assert span(changed) == span(task)
    assert len(values(me.get("tasks"))) == 1


@pytest.mark.inferred("recurrence.patch-others")
@pytest.mark.in_process
@pytest.mark.parametrize("shown_in", ["UTC", "Pacific Standard Time", "Tokyo Standard Time"])
def test_sent_back_as_it_was_shown(me: Mailbox, shown_in: str) -> None:
    """In whichever zone it was read: a midnight of one zone is no midnight in another."""
    pacific = zoned("2016-04-25T00:00:00", "Pacific Standard Time")
    task = recurring(me, recurrence(WEEKLY), StartDateTime=pacific, DueDateTime=pacific)
    shown = me.get(at(task), Prefer=f'outlook.timezone="{shown_in}"').json()

    changed = patched(me, task, shown | {"Subject": "Water the roses"})

    assert changed["Id"] == task["Id"]
    assert [changed[name] for name in ("StartDateTime", "DueDateTime", "Recurrence")] == [
        task[name] for name in ("StartDateTime", "DueDateTime", "Recurrence")
    ]
    assert len(values(me.get("tasks"))) == 1


@pytest.mark.inferred("recurrence.redefined")
def test_another_recurrence(me: Mailbox) -> None:
    """In place; the dates go on to the first occurrence of the new series."""
    task = recurring(me, recurrence(), **SPAN)

    changed = patched(me, task, {"Recurrence": recurrence({**WEEKLY, "DaysOfWeek": ["Friday"]})})

    assert changed["Id"] == task["Id"]
    assert changed["Recurrence"]["Pattern"]["DaysOfWeek"] == ["Friday"]
    assert span(changed) == ("2016-04-29T00:00", "2016-05-01T00:00")
    assert due(complete(me, task)[1]) == "2016-05-08"
    assert len(values(me.get("tasks"))) == 2


@pytest.mark.inferred("recurrence.redefined")
def test_another_recurrence_with_dates(me: Mailbox) -> None:
    """The dates of the body are those that go on."""
    task = recurring(me, recurrence(), **SPAN)
    dates = {"StartDateTime": midnight("2016-05-03"), "DueDateTime": midnight("2016-05-03")}

    changed = patched(me, task, {"Recurrence": recurrence(WEEKLY), **dates})

    assert changed["Id"] == task["Id"]
    assert span(changed) == ("2016-05-09T00:00", "2016-05-09T00:00")
    assert len(values(me.get("tasks"))) == 1


@pytest.mark.inferred("recurrence.redefined", "recurrence.no-dates")
def test_a_recurrence_for_a_plain_task(me: Mailbox) -> None:
    task = me.create("tasks", {"Subject": "Water the plants"})

    changed = patched(me, task, {"Recurrence": recurrence(WEEKLY, {"StartDate": TUESDAY})})

    assert changed["Id"] == task["Id"]
    assert span(changed) == ("2016-05-02T00:00", "2016-05-02T00:00")


@pytest.mark.observed("recurrence.ended")
@pytest.mark.parametrize("empty", [None, {}])
def test_the_end_of_a_series(me: Mailbox, empty: object) -> None:
    """The task stays with its dates, and recurs no more; other wishes are about it."""
    task = recurring(me, recurrence(), **SPAN)
    body = {"Recurrence": empty, "Status": "Completed", "DueDateTime": midnight("2016-04-30")}

    ended = patched(me, task, body)

    assert ended["Id"] == task["Id"]
    assert (ended["Recurrence"], ended["Status"]) == (None, "Completed")
    assert span(ended) == ("2016-04-25T00:00", "2016-04-30T00:00")
    assert [key(one) for one in complete(me, task)] == [task["Id"]]


@pytest.mark.inferred("recurrence.as-any-write")
def test_another_date_with_if_match(me: Mailbox) -> None:
    task = recurring(me, recurrence(), **SPAN)
    body = {"DueDateTime": midnight("2016-05-01")}
    moved = me.patch(at(task), body, If_Match=str(task["@odata.etag"]))
    assert moved.headers["ETag"] == moved.json()["@odata.etag"]

    stale = me.patch(at(task), body, If_Match=str(task["@odata.etag"]))

    expect_refusal(stale, 412, "ErrorIrresolvableConflict")
    assert len(values(me.get("tasks"))) == 2

"""Series over nights when clocks go forward, by every way in which they go on."""

import pytest

from tests.outlook.recurring import at, complete, patched, recurrence, recurring, reread
from tests.support.outlook import Json, prefer
from tests.support.samples import zoned
from tests.support.wire import Mailbox

# Zone, the day before the gap, a time in it, and what that becomes on the day of the gap.
NIGHTS = [
    ("W. Europe Standard Time", "2016-03-26", "02:30", "03:30"),
    ("Pacific Standard Time", "2016-03-12", "02:00", "03:00"),
    ("Lord Howe Standard Time", "2016-10-01", "02:15", "02:45"),
    ("America/Sao_Paulo", "2016-10-15", "00:30", "01:30"),
    ("America/Sao_Paulo", "2016-10-15", "00:00", "01:00"),
    ("Asia/Beirut", "2016-03-26", "00:45", "01:45"),
    ("America/Havana", "2016-03-12", "00:10", "01:10"),
    ("Africa/Cairo", "2023-04-27", "00:59", "01:59"),
]
WITHOUT_MIDNIGHT = {"America/Sao_Paulo", "Asia/Beirut", "America/Havana", "Africa/Cairo"}


def go_on(me: Mailbox, task: Json, way: str) -> None:
    """Take an occurrence out of its series."""
    if way == "complete":
        complete(me, task)
    elif way == "Status":
        patched(me, task, {"Status": "Completed"})
    else:
        patched(me, task, {"DueDateTime": zoned("2030-01-01T00:00:00", "UTC")})


def seen(me: Mailbox, task: Json, zone: str) -> tuple[str, str]:
    """Return the times of Due and of the reminder in a zone, once the days are as they must be."""
    shown = me.get(at(task), Prefer=prefer(zone)).json()
    due, reminder = (shown[name]["DateTime"] for name in ("DueDateTime", "ReminderDateTime"))
    assert due[:10] == reminder[:10]
    return due[11:16], reminder[11:16]


@pytest.mark.inferred("dates.wish")
@pytest.mark.parametrize("way", ["complete", "Status", "Due"])
@pytest.mark.parametrize("first", ["before", "within"])
@pytest.mark.parametrize(("zone", "day", "time", "adjusted"), NIGHTS)
def test_the_reminder(
    alone: Mailbox, zone: str, day: str, time: str, adjusted: str, first: str, way: str
) -> None:
    """It is late on the day of the gap only, also where that is the first one."""
    begin = day if first == "before" else f"{day[:-2]}{int(day[-2:]) + 1:02}"
    rule = recurrence(None, {"StartDate": begin, "RecurrenceTimeZone": zone})
    dates = dict.fromkeys(("StartDateTime", "DueDateTime"), zoned(f"{begin}T00:00:00", zone))
    reminder = zoned(f"{begin}T{time}:00", zone)
    task = recurring(alone, rule, **dates, ReminderDateTime=reminder)
    expected = [adjusted, time, time] if first == "within" else [time, adjusted, time, time]
    late = "01:00" if zone in WITHOUT_MIDNIGHT else "00:00"

    for wanted in expected:
        due, shown = seen(alone, task, zone)
        assert shown == wanted
        assert due == (late if wanted == adjusted else "00:00")
        go_on(alone, task, way)


@pytest.mark.inferred("dates.wish")
@pytest.mark.parametrize("reader", [None, "own"])
@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(("zone", "day", "time", "adjusted"), NIGHTS)
def test_sent_back(
    alone: Mailbox, zone: str, day: str, time: str, adjusted: str, whole: bool, reader: str | None
) -> None:
    """The reminder alone, or the whole entity, as it was read on the day of the gap."""
    headers = {} if reader is None else {"Prefer": prefer(zone)}
    rule = recurrence(None, {"StartDate": day, "RecurrenceTimeZone": zone})
    dates = dict.fromkeys(("StartDateTime", "DueDateTime"), zoned(f"{day}T00:00:00", zone))
    reminder = zoned(f"{day}T{time}:00", zone)
    task = complete(alone, recurring(alone, rule, **dates, ReminderDateTime=reminder))[1]
    assert seen(alone, task, zone)[1] == adjusted
    shown = alone.get(at(task), **headers).json()

    body = shown if whole else {"ReminderDateTime": shown["ReminderDateTime"]}
    patched(alone, task, body | {"Subject": "Again"})
    complete(alone, task)

    assert seen(alone, task, zone) == ("00:00", time)
    assert reread(alone, task)["Subject"] == "Again"


@pytest.mark.inferred("dates.wish", "recurrence.redefined")
def test_a_plain_task_that_recurs_later(me: Mailbox) -> None:
    """What was asked for is kept from the beginning."""
    zone = "W. Europe Standard Time"
    due, reminder = zoned("2016-03-27T00:00:00", zone), zoned("2016-03-27T02:30:00", zone)
    task = me.create("tasks", {"DueDateTime": due, "ReminderDateTime": reminder})
    rule = recurrence(None, {"StartDate": "2016-03-27", "RecurrenceTimeZone": zone})

    patched(me, task, {"Recurrence": rule})
    assert seen(me, task, zone) == ("00:00", "03:30")
    complete(me, task)

    assert seen(me, task, zone) == ("00:00", "02:30")


@pytest.mark.inferred("dates.wish")
def test_another_wish(me: Mailbox) -> None:
    """A reminder that is another one is the wish from then on."""
    zone = "W. Europe Standard Time"
    rule = recurrence(None, {"StartDate": "2016-03-27", "RecurrenceTimeZone": zone})
    reminder = zoned("2016-03-27T02:30:00", zone)
    task = recurring(me, rule, ReminderDateTime=reminder)

    patched(me, task, {"ReminderDateTime": zoned("2016-03-27T04:00:00", zone)})
    complete(me, task)

    assert seen(me, task, zone) == ("00:00", "04:00")

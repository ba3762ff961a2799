"""Dates and times between text and instants, on examples."""

from collections.abc import Callable
from datetime import UTC as DATETIME_UTC
from datetime import datetime

import pytest

from afterlook.errors import InvalidDateTime, InvalidRequest
from afterlook.mailbox import dates
from afterlook.mailbox.timezones import UTC, Zone, find_zone
from afterlook.runtime.instants import FIRST_INSTANT, LAST_INSTANT, Instant, from_datetime
from tests.mailbox.gaps import NAMES

PACIFIC, EASTERN = find_zone("Pacific Standard Time"), find_zone("Eastern Standard Time")
ALL = sorted(
    {find_zone(name) for name in NAMES},
    key=lambda each: each.rules.key or "",
)
ENDS = ["0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31"]


def at(text: str) -> Instant:
    """Return the instant of an ISO 8601 text in UTC."""
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=DATETIME_UTC))


@pytest.mark.parametrize(
    ("text", "name", "utc"),
    [
        ("2016-04-23T18:00:00", "Pacific Standard Time", "2016-04-23T07:00"),
        ("2016-04-25T13:00:00.0000000", "Pacific Standard Time", "2016-04-25T07:00"),
        ("2016-05-03T09:00:00", "Eastern Standard Time", "2016-05-03T04:00"),
        ("2016-12-03T09:00:00", "Eastern Standard Time", "2016-12-03T05:00"),
        ("2016-04-23", "UTC", "2016-04-23T00:00"),
        ("2016-04-23T23:59:59.9999999", "UTC", "2016-04-23T00:00"),
        # An instant: the day that it falls on in the zone counts.
        ("2016-05-04T03:00:00Z", "Eastern Standard Time", "2016-05-03T04:00"),
        ("2016-05-04T04:00:00Z", "Eastern Standard Time", "2016-05-04T04:00"),
        ("2016-05-04T01:00:00+09:00", "UTC", "2016-05-03T00:00"),
        # No midnight that day, and two of them.
        ("2018-11-04T12:00", "E. South America Standard Time", "2018-11-04T03:00"),
        ("2025-11-02T12:00", "Cuba Standard Time", "2025-11-02T04:00"),
        ("2011-12-31T12:00", "Samoa Standard Time", "2011-12-30T10:00"),
    ],
)
def test_midnight(text: str, name: str, utc: str) -> None:
    """The start of the given day in the given zone, daylight saving honoured."""
    assert dates.parse_day(text, find_zone(name)).instant == at(utc)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2016-05-04T21:00:00", "2016-05-05T04:00"),
        ("2016-12-04T21:00", "2016-12-05T05:00"),
        ("2016-05-04", "2016-05-04T07:00"),
        ("2016-05-04t21:00:00z", "2016-05-04T21:00"),
        ("2016-05-04T21:00:00-03:30", "2016-05-05T00:30"),
        ("2016-05-04T21:00:00.123456789Z", "2016-05-04T21:00:00.123456"),
        (" 2016-05-04T21:00:00Z ", "2016-05-04T21:00"),
        ("2016-02-29T00:00:00Z", "2016-02-29T00:00"),
        # In the gap, the offset before it; in the overlap, the first.
        ("2016-03-13T02:30:00", "2016-03-13T10:30"),
        ("2016-11-06T01:30:00", "2016-11-06T08:30"),
    ],
)
def test_moment(text: str, utc: str) -> None:
    """An instant, in the zone unless the text has an offset of its own."""
    assert dates.parse_instant(text, PACIFIC) // 10 == at(utc) // 10


def test_ticks() -> None:
    """Seven digits are kept, an eighth is cut."""
    instant = dates.parse_instant("2016-05-04T21:00:00.12345678", UTC)

    assert dates.write_date_time(instant, UTC) == "2016-05-04T21:00:00.1234567"
    assert dates.write_date_time(instant, PACIFIC) == "2016-05-04T14:00:00.1234567"


@pytest.mark.parametrize(
    "text",
    ["", " ", "tomorrow", "2016", "2016-05", "2016-5-4", "2016-02-30", "2015-02-29", "2016-13-01",
     "2016-00-01", "2016-01-00", "0000-01-01", "10000-01-01", "-2016-01-01", "2016-05-04T",
     "2016-05-04T21", "2016-05-04T24:00:00", "2016-05-04T23:60:00", "2016-05-04T23:59:60",
     "2016-05-04 21:00:00", "2016-05-04T21:00:00.", "2016-05-04T21:00:00+1:00",
     "2016-05-04T21:00:00+24:00", "2016-05-04T21:00:00+01:60", "2016-05-04Z", "20160504T210000",
     "2016-W18-3", "٢٠١٦-05-04", "2016-05-04T21:00:00\0", "2016-05-04T21:00:00[Europe/Vienna]",
     "{0}", "9" * 10_000],
)  # fmt: skip
@pytest.mark.parametrize("read", [dates.parse_day, dates.parse_instant])
def test_impossible_dates(read: Callable[[str, Zone], Instant], text: str) -> None:
    """What is no date is refused, and named."""
    with pytest.raises(InvalidDateTime) as caught:
        read(text, UTC)

    shown = text[: dates.MAX_SHOWN]
    assert caught.value.message == f"The value '{shown}' of parameter 'DateTime' is invalid."


@pytest.mark.parametrize(
    ("instant", "name", "local", "offset"),
    [
        ("2016-05-05T04:00", "UTC", "2016-05-05T04:00:00", "Z"),
        ("2016-05-05T04:00", "Pacific Standard Time", "2016-05-04T21:00:00", "-07:00"),
        ("2016-12-05T05:00", "Pacific Standard Time", "2016-12-04T21:00:00", "-08:00"),
        ("2016-05-05T04:00", "Nepal Standard Time", "2016-05-05T09:45:00", "+05:45"),
        ("2016-05-05T04:00", "Marquesas Standard Time", "2016-05-04T18:30:00", "-09:30"),
        ("2016-01-05T04:00", "GMT Standard Time", "2016-01-05T04:00:00", "Z"),
    ],
)
def test_writing(instant: str, name: str, local: str, offset: str) -> None:
    """DateTime has seven digits and no offset; DateTimeOffset an offset, trailing zeros cut."""
    assert dates.write_date_time(at(instant), find_zone(name)) == f"{local}.0000000"
    assert dates.write_date_time_offset(at(instant), find_zone(name)) == f"{local}{offset}"


@pytest.mark.parametrize(
    ("ticks", "digits"), [(1, ".0000001"), (10, ".000001"), (5_000_000, ".5"), (0, "")]
)
def test_fractions(ticks: int, digits: str) -> None:
    """Fractions of a second lose their trailing zeros in a DateTimeOffset."""
    instant = Instant(at("2016-05-05T04:00") + ticks)

    assert dates.write_date_time_offset(instant, UTC) == f"2016-05-05T04:00:00{digits}Z"
    assert dates.write_date_time_offset(instant, EASTERN) == f"2016-05-05T00:00:00{digits}-04:00"


@pytest.mark.parametrize("zone_", ALL, ids=lambda each: each.rules.key)
def test_ends_of_the_calendar(zone_: Zone) -> None:
    """Reading gives an instant within the years 1 to 9999 or a refusal; writing never fails."""
    for text in [f"{day}T{time}" for day in ENDS for time in ("00:00:00", "23:59:59.9999999")]:
        for spelling in (text, f"{text}Z", f"{text}+14:00", f"{text}-14:00", f"{text}-23:59"):
            dates.parse_instant(spelling, zone_)
            for read in (dates.parse_day, dates.parse_date):
                try:
                    assert FIRST_INSTANT <= read(spelling, zone_).instant <= LAST_INSTANT
                except InvalidRequest:
                    continue
    for instant in (FIRST_INSTANT, Instant(FIRST_INSTANT + 1), LAST_INSTANT):
        assert len(dates.write_date_time(instant, zone_)) == len("0001-01-01T00:00:00.0000000")
        assert dates.write_date_time_offset(instant, zone_)

"""Time zones by the names that clients use."""

from datetime import UTC as DATETIME_UTC
from datetime import datetime, timedelta
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tzlocal.windows_tz import tz_win, win_tz

from afterlook.errors import TimeZoneNotSupported
from afterlook.mailbox.dates import parse_instant, write_date_time, write_zone_name
from afterlook.mailbox.timezones import UTC, Zone, find_zone
from afterlook.runtime.instants import FIRST_INSTANT, LAST_INSTANT, TICKS_PER_DAY, Instant

IANA = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
JANUARY, JULY = (datetime(2026, month, 15, tzinfo=DATETIME_UTC) for month in (1, 7))


def hours(name: str, moment: datetime) -> float:
    """Return a zone's offset at a moment, in hours."""
    offset = moment.astimezone(find_zone(name).rules).utcoffset()
    assert offset is not None
    return offset / timedelta(hours=1)


FIRST, LAST = FIRST_INSTANT + 2 * TICKS_PER_DAY, LAST_INSTANT - 2 * TICKS_PER_DAY


def zone_or_none(name: str) -> Zone | None:
    """Return the zone of a name, if it is one."""
    try:
        return find_zone(name)
    except TimeZoneNotSupported:
        return None


@pytest.mark.parametrize("name", sorted(win_tz))
def test_windows_names(name: str) -> None:
    """Every Windows name of the CLDR table is understood in any case, and shown as it is."""
    assert find_zone(name).name == name
    assert (
        find_zone(name.upper())
        == find_zone(name.lower())
        == find_zone(f" {name}\t")
        == find_zone(name)
    )


@pytest.mark.parametrize(
    ("name", "winter", "summer"),
    [
        ("Pacific Standard Time", -8, -7),
        ("Eastern Standard Time", -5, -4),
        ("US Eastern Standard Time", -5, -4),
        ("US Mountain Standard Time", -7, -7),
        ("Newfoundland Standard Time", -3.5, -2.5),
        ("GMT Standard Time", 0, 1),
        ("Greenwich Standard Time", 0, 0),
        ("W. Europe Standard Time", 1, 2),
        ("Romance Standard Time", 1, 2),
        ("FLE Standard Time", 2, 3),
        ("Russian Standard Time", 3, 3),
        ("India Standard Time", 5.5, 5.5),
        ("Nepal Standard Time", 5.75, 5.75),
        ("China Standard Time", 8, 8),
        ("AUS Eastern Standard Time", 11, 10),
        ("Lord Howe Standard Time", 11, 10.5),
        ("Line Islands Standard Time", 14, 14),
        ("Dateline Standard Time", -12, -12),
        ("UTC-11", -11, -11),
        ("UTC+12", 12, 12),
        ("UTC", 0, 0),
    ],
)
def test_offsets(name: str, winter: float, summer: float) -> None:
    """Known zones have their offsets of 2026, daylight saving included."""
    assert (hours(name, JANUARY), hours(name, JULY)) == (winter, summer)


def test_iana_names() -> None:
    """Every IANA name is understood in any case, by its own rules, but for the one of no place."""
    for name in set(IANA) - {"Factory"}:
        known = find_zone(name)
        assert known == find_zone(name.upper()) == find_zone(name.lower())
        assert known.name == tz_win.get(name, known.name)
        assert known is UTC or known.rules.key == name


def test_names_without_a_windows_name() -> None:
    """A link has the name of what it stands for; all others that have none are themselves."""
    bare = {name for name in IANA if zone_or_none(name) and find_zone(name).name == name}

    assert bare == {"Antarctica/Troll", "CST6CDT", "EST5EDT", "MST7MDT", "PST8PDT", "UTC"}


@settings(deadline=None, max_examples=2000)
@given(st.sampled_from(sorted(set(IANA) - {"Factory"})), st.integers(FIRST, LAST).map(Instant))
def test_what_is_shown_means_the_same_instant(name: str, instant: Instant) -> None:
    """At any time of any zone: the clock that is shown, read by the name beside it."""
    shown = find_zone(name)
    wall, named = write_date_time(instant, shown), write_zone_name(instant, shown)

    assert parse_instant(wall, find_zone(named)) == parse_instant(wall, shown)


@settings(deadline=None)
@given(st.sampled_from(sorted({*IANA, *win_tz} - {"Factory"})))
def test_the_own_name_stands_for_the_rules(name: str) -> None:
    """What a series keeps is found again as the same zone, or as a link to it."""
    known = find_zone(name)
    again = find_zone(known.own_name)
    assert again.own_name == known.own_name
    assert again.windows_rules is None or again == known


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("America/Los_Angeles", "Pacific Standard Time"),
        ("america/new_york", "Eastern Standard Time"),
        ("Asia/Kolkata", "India Standard Time"),
        ("Asia/Calcutta", "India Standard Time"),
        ("Europe/Vienna", "W. Europe Standard Time"),
        ("Etc/UTC", "UTC"),
        ("Etc/GMT", "UTC"),
        ("utc", "UTC"),
    ],
)
def test_iana_names_are_shown_by_their_windows_names(name: str, shown: str) -> None:
    """Bodies show what the service showed."""
    assert find_zone(name).name == shown


def test_one_utc() -> None:
    """Whatever is shown as UTC is the very same zone."""
    assert all(find_zone(name) is UTC for name in IANA if tz_win.get(name) == "UTC")
    assert find_zone("Utc") is UTC


@pytest.mark.parametrize(
    "name",
    ["", " ", "Factory", "factory",
     "Mars", "Pacific", "Pacific Standard Tim", "Europe", "Europe/", "/Europe/Vienna",
     "../../etc/passwd", "Europe/../Europe/Vienna", "tzdata.zi", "zone.tab", "UTC\0", "UTC+25",
     "Etc\\UTC", "{0}", "%s", "x" * 100_000, "Europe/Vienna\nX", "pacific-standard-time"],
)  # fmt: skip
def test_unknown_names(name: str) -> None:
    """Any other name is refused by the service's code, naming it."""
    with pytest.raises(TimeZoneNotSupported) as caught:
        find_zone(name)

    assert caught.value.code == "TimeZoneNotSupportedException"
    shown = name if len(name) < 1_000 else f"{name[:128]}…"
    assert f"'{shown}'" in caught.value.message


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_zone_or_refused(name: str) -> None:
    """Nothing but `TimeZoneNotSupported` comes out of any text."""
    try:
        assert find_zone(name).name
    except TimeZoneNotSupported:
        return

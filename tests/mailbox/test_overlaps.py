"""Where clocks show hours twice, in all zones there are: what is shown there says what it says."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from afterlook.mailbox import walls
from afterlook.mailbox.dates import (
    is_shown_as,
    parse_date,
    parse_instant,
    write_date_time,
    write_zone_name,
)
from afterlook.mailbox.timezones import Zone, find_zone
from afterlook.mailbox.values import TaskValues
from afterlook.runtime.instants import Instant, from_datetime
from tests.mailbox.gaps import NAMES
from tests.support.rows import BLANK_TASK

_STEP = timedelta(days=20)


def offset(now: datetime, where: Zone) -> timedelta:
    """Return a zone's offset at a moment, by the standard library."""
    return now.astimezone(where.rules).utcoffset() or timedelta()


def repeated(where: Zone, first: int, last: int) -> Iterator[tuple[Instant, Instant]]:
    """Return two instants for each overlap, which the clock shows at the same time."""
    now = datetime(first, 1, 1, tzinfo=UTC)
    while now.year < last:
        before, after = now, now + _STEP
        back = offset(before, where) - offset(after, where)
        if back > timedelta():
            while after - before > timedelta(seconds=1):
                middle = before + (after - before) / 2
                is_before = offset(middle, where) == offset(now, where)
                before, after = (middle, after) if is_before else (before, middle)
            second = after.replace(microsecond=0) + back / 2
            yield from_datetime(second - back), from_datetime(second)
        now += _STEP


@pytest.mark.parametrize("years", [(1970, 1990), (1990, 2010), (2010, 2030)])
def test_what_is_shown(years: tuple[int, int]) -> None:
    """Both instants, under the name by which they are shown, are read as they stand."""
    found = 0
    for where in map(find_zone, NAMES):
        for pair in repeated(where, *years):
            assert write_date_time(pair[0], where) == write_date_time(pair[1], where)
            for instant in pair:
                found += 1
                text, named = (
                    write_date_time(instant, where),
                    find_zone(write_zone_name(instant, where)),
                )
                assert is_shown_as(instant, text, named)
                reading = parse_date(text, named)
                values = TaskValues(
                    reminder=reading.instant, walls={"reminder": walls.wall_time_of(reading, named)}
                )
                task = BLANK_TASK._replace(reminder=instant)
                assert walls.drop_echo(values, task)["reminder"] == instant
    assert found > 1000


def test_what_is_not_shown() -> None:
    """An offset tells the two apart; another time, or another zone, is another."""
    berlin = find_zone("Europe/Berlin")
    second = parse_instant("2024-10-27T01:30:00Z", berlin)
    assert is_shown_as(second, "2024-10-27T02:30:00+01:00", berlin)
    assert is_shown_as(second, "2024-10-27T02:30", berlin)
    for text in ("2024-10-27T02:30:00+02:00", "2024-10-27T02:30:00.0000001", "2024-10-27"):
        assert not is_shown_as(second, text, berlin)
    assert not is_shown_as(second, "2024-10-27T02:30:00", find_zone("Europe/Moscow"))

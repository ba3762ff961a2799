"""Where an instant stands among days in no zone, for readers in any zone."""

from zoneinfo import available_timezones

from hypothesis import example, given
from hypothesis import strategies as st

from afterlook.mailbox.dates import day_of, instant_of, parse_instant
from afterlook.mailbox.timezones import find_zone
from afterlook.mailbox.walls import place_among_days
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
HOUR = 3600 * TICKS_PER_SECOND
DAYS = st.integers(700_000, 750_000)


def sign(number: int) -> int:
    """Return -1, 0 or 1."""
    return (number > 0) - (number < 0)


@given(st.sampled_from(ZONES), DAYS, st.sampled_from(["midnight", -HOUR, -1, 0, 1, HOUR]), DAYS)
@example("America/Sao_Paulo", 736_635, "midnight", 736_635)
@example("America/Havana", 736_637, HOUR, 736_637)
@example("Pacific/Apia", 734_500, "midnight", 734_501)
def test_in_order(name: str, of: int, away: int | str, other: int) -> None:
    """The instant is before, at or after a reader's midnight as its place is among the days."""
    there = find_zone(name)
    began = instant_of(of * TICKS_PER_DAY, there)
    assert began is not None
    instant = Instant(began + (away if isinstance(away, int) else 0))
    place = place_among_days(instant, there)
    for day in (other, of - 1, of, of + 1):
        midnight = instant_of(day * TICKS_PER_DAY, there)
        assert midnight is not None
        if day_of(midnight, there).toordinal() != day + 1:
            continue  # The zone has skipped it, and its midnight is the next one's.
        assert sign(midnight - instant) == sign(day * TICKS_PER_DAY - place)


@given(st.sampled_from(ZONES), st.integers(-15 * HOUR, 15 * HOUR))
def test_at_the_ends_of_the_calendar(name: str, away: int) -> None:
    """The first and the last day begin at what is read as their midnight, even outside it."""
    there = find_zone(name)
    for text, day in (("0001-01-01", 0), ("9999-12-31", 3_652_058)):
        midnight = parse_instant(text, there)
        place = place_among_days(Instant(midnight + away), there)
        assert sign(place - day * TICKS_PER_DAY) == sign(away)

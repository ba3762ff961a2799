"""Parts of dates, computed by the engines, against `datetime`."""

from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import BigInteger, bindparam, select

from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND
from afterlook.store import calendar
from afterlook.store.store import Store

YEARS = (1, 2, 4, 100, 400, 1600, 1900, 1999, 2000, 2004, 2100, 9996, 9999)
ENDS = [(1, 1), (1, 31), (2, 28), (3, 1), (12, 31)]
LAST_DAY = 3_652_058
TICKS = bindparam("ticks", type_=BigInteger())
PARTS = select(*(calendar.part(name, TICKS, of_date=False) for name in calendar.PARTS))


def days() -> list[int]:
    """Return the days on which years and months turn, and many others."""
    chance = Random(3)
    turns = [date(year, *end).toordinal() - 1 for year in YEARS for end in ENDS]
    leaps = [date(year, 2, 29).toordinal() - 1 for year in (4, 400, 1600, 2000, 2004, 9996)]
    return sorted({*turns, *leaps, *(chance.randrange(LAST_DAY + 1) for _ in range(1000))})


def test_parts_of_dates(store: Store) -> None:
    """Every part of the first, the last and any instant of a day."""
    chance = Random(3)
    with store.session() as session:
        for day in days():
            second = chance.choice([0, 86_399, chance.randrange(86_400)])
            time = second * TICKS_PER_SECOND + chance.choice([0, TICKS_PER_SECOND - 1])
            row = session.first(PARTS, {"ticks": day * TICKS_PER_DAY + time})

            moment = datetime(1, 1, 1) + timedelta(days=day, seconds=second)  # noqa: DTZ001
            expected = [*moment.timetuple()[:6], day, time]
            assert list(row or ()) == expected, moment


def test_parts_of_days(store: Store) -> None:
    """Likewise of what is a day already."""
    names = ("year", "month", "day")
    parts = select(*(calendar.part(name, TICKS, of_date=True) for name in names))
    with store.session() as session:
        for day in days():
            row = session.first(parts, {"ticks": day})
            assert list(row or ()) == list(date.fromordinal(day + 1).timetuple()[:3])

"""Where clocks skip hours, in all zones there are."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from typing import NamedTuple

from afterlook.mailbox.timezones import Zone, find_zone

NAMES = [
    name
    for name in resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    if name != "Factory"
]
"""The IANA name of every zone; `Factory` is none."""

_FIRST, _LAST = datetime(2009, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=10)


class Gap(NamedTuple):
    """Wall-clock times that a zone skips, from the one on and before the other."""

    zone: str
    begin: datetime
    end: datetime


@cache
def gaps() -> list[Gap]:
    """Return gaps of all zones with rules of their own, up to two of each: the first and the last,
    and those that take midnight or a whole day with them.
    """
    found: dict[tuple[Gap, ...], str] = {}
    for name in NAMES:
        all_ = [gap._replace(zone="") for gap in _of(find_zone(name))]
        if all_:
            found.setdefault(tuple(all_), name)
    return sorted(
        {
            gap._replace(zone=name)
            for all_, name in found.items()
            for gap in (all_[0], all_[-1], *filter(_takes_midnight, all_[-4:]))
        }
    )


def _takes_midnight(gap: Gap) -> bool:
    midnight = gap.end.replace(hour=0, minute=0)
    return gap.begin <= midnight < gap.end


def _of(where: Zone) -> Iterator[Gap]:
    now = _FIRST
    while now < _LAST:
        then = now + _STEP
        if _offset(then, where) > _offset(now, where):
            yield _gap(now, then, where)
        now = then


def _gap(before: datetime, after: datetime, where: Zone) -> Gap:
    """Return the gap between two moments."""
    old, new = _offset(before, where), _offset(after, where)
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) / 2
        if _offset(middle, where) == old:
            before = middle
        else:
            after = middle
    at = (before + timedelta(minutes=1)).replace(second=0, microsecond=0, tzinfo=None)
    return Gap("", at + old, at + new)


def _offset(moment: datetime, where: Zone) -> timedelta:
    return moment.astimezone(where.rules).utcoffset() or timedelta()

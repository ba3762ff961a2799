"""Dates as people write them, in the culture of the request.

Owns which texts are dates. What may be two dates is none: a wrong one is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from afterlook.runtime import cultures
from afterlook.runtime.cultures import BUDDHIST_ERAS, Calendar, Culture
from afterlook.runtime.instants import (
    TICKS_PER_DAY,
    TICKS_PER_MICROSECOND,
    from_datetime,
)
from afterlook.runtime.offsets import read_offset
from afterlook.store.workmanagement.rows import NaiveTicks

FIRST_YEAR, LAST_YEAR = 1900, 8900
"""The years that the product could store in a list."""

_FIRST_MOMENT = datetime.min  # noqa: DTZ901

MAX_LENGTH = 120

_FULL_YEAR, _SHORT_YEAR = 4, 2
_NOON = 12
_PIVOT = 29
"""The latest year that two digits mean in this century, as .NET had it."""

_BUDDHIST = 543
"""By how many years the Buddhist calendar is ahead."""

_TIME = (
    r"(?:[ ,t]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?)?"
)
_SHORT = re.compile(
    r"(?P<one>\d{1,4})(?P<mark>[./-]) ?(?P<two>\d{1,2})(?P=mark) ?(?P<three>\d{1,4})\.?" + _TIME,
    re.ASCII,
)
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[t ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
    r"(?P<zone>z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)

_BLANKS = re.compile(r"(?:\\?\s)++")
_PIECE = re.compile(r"'(?P<quoted>[^']*)'|(?P<sign>[A-Za-z])(?P=sign)*|(?P<other>.)", re.DOTALL)
_DIGITS = {"y": r"(?P<y>\d{4}|\d{2})", "d": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})"}
_NAMED = 3
"""From so many letters on a month in a pattern is its name."""


def parse(text: str, culture: str) -> NaiveTicks:
    """Read a date with or without a time, ISO or as the culture writes it.

    It has no zone: an offset must be one, and says nothing. Raises `ValueError`.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(text[:MAX_LENGTH])
    match = _ISO.fullmatch(cultures.normalise(text))
    moment = _moment(match) if match else _parse_local(text, cultures.find(culture))
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(text)
    return to_naive_ticks(moment)


def to_naive_ticks(moment: datetime) -> NaiveTicks:
    """Return a moment as ticks in no zone; one that has a zone is taken to UTC."""
    return from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def to_site_ticks(moment: datetime) -> NaiveTicks:
    """Return a moment as the clock of a site has it, which is at UTC.

    Midnight of some zone is how clients write a mere day: it does not become the evening before.
    """
    here = to_naive_ticks(moment)
    local = to_naive_ticks(moment.replace(tzinfo=None))
    return local if local > here and not local % TICKS_PER_DAY else here


def to_naive_datetime(ticks: NaiveTicks | None) -> datetime:
    """Return ticks as a moment in no zone; none is the first of all, as in .NET."""
    if not ticks:
        return _FIRST_MOMENT
    return _FIRST_MOMENT + timedelta(microseconds=ticks // TICKS_PER_MICROSECOND)


def _moment(match: re.Match[str]) -> datetime:
    if match["zone"] is not None:
        read_offset(match["zone"])
    parts = (int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second"))
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001


def _parse_local(text: str, culture: Culture | None) -> datetime:
    """Read what a culture writes. Raises `ValueError` for nothing, and for more than one date."""
    if culture is None or culture.calendar is Calendar.OTHER:
        raise ValueError(text)
    clean = culture.normalise(text)
    moments = set(_parse_short(clean, culture))
    for pattern in _patterns(culture.patterns, *map(frozenset, _names(culture))):
        if match := pattern.fullmatch(clean):
            moments |= set(_parse_long(match, culture))
    if len(moments) != 1:
        raise ValueError(text)
    return moments.pop()


def _parse_short(text: str, culture: Culture) -> Iterable[datetime]:
    match = _SHORT.fullmatch(text)
    if match is not None:
        order = "ymd" if len(match["one"]) == _FULL_YEAR else culture.order
        parts = dict(zip(order, match.group("one", "two", "three"), strict=True))
        year = _year(parts["y"], culture.calendar)
        yield _at(match, year, int(parts["m"]), int(parts["d"]))


def _parse_long(match: re.Match[str], culture: Culture) -> Iterable[datetime]:
    """Yield what a text that fits a pattern may mean: a month's short name may be two months'."""
    parts = match.groupdict()
    month_name = parts.get("month")
    calendar = Calendar.GREGORIAN if parts.get("era") in culture.eras else culture.calendar
    year = _year(parts["y"], calendar)
    for month in culture.months[month_name] if month_name else [int(parts["m"])]:
        moment = _at(match, year, month, int(parts["d"]))
        weekday = parts.get("weekday")
        if weekday is None or moment.weekday() in culture.weekdays[weekday]:
            yield moment


def _at(match: re.Match[str], year: int, month: int, day: int) -> datetime:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if half := match["half"]:
        if not 1 <= hour <= _NOON:
            raise ValueError(match[0])
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001


def _year(digits: str, calendar: Calendar) -> int:
    """Return a year, of which two digits are enough where they cannot be another calendar's."""
    if len(digits) == _FULL_YEAR:
        return int(digits) - (_BUDDHIST if calendar is Calendar.BUDDHIST else 0)
    if len(digits) != _SHORT_YEAR or calendar is not Calendar.GREGORIAN:
        raise ValueError(digits)
    return int(digits) + (2000 if int(digits) <= _PIVOT else 1900)


def _names(culture: Culture) -> tuple[Iterable[str], ...]:
    is_buddhist = culture.calendar is Calendar.BUDDHIST
    eras = culture.eras | BUDDHIST_ERAS if is_buddhist else culture.eras
    return culture.months, culture.weekdays, eras


@lru_cache(maxsize=64)
def _patterns(
    patterns: tuple[str, ...],
    months: frozenset[str],
    weekdays: frozenset[str],
    eras: frozenset[str],
) -> list[re.Pattern[str]]:
    """Return CLDR's patterns as expressions, of which none can go back more than a name."""
    groups = {
        "m": f"(?P<month>{_any_of(months)})",
        "e": f"(?P<weekday>{_any_of(weekdays)})",
        "g": f"(?:(?P<era>{_any_of(eras)}) ?)?",
    }
    return [re.compile(_expression(pattern, groups) + _TIME, re.ASCII) for pattern in patterns]


def _expression(pattern: str, groups: dict[str, str]) -> str:
    parts: list[str] = []
    for piece in _PIECE.finditer(pattern):
        sign = (piece["sign"] or "").lower().replace("l", "m").replace("c", "e")
        if not sign:
            parts.append(_literal(piece["other"] or piece["quoted"] or "'"))
        elif sign in "yd" or (sign == "m" and len(piece[0]) < _NAMED):
            parts.append(_DIGITS[sign])
        else:
            parts.append(groups[sign])
    return "".join(parts)


def _literal(text: str) -> str:
    folded = text.casefold() if text.isspace() else cultures.normalise(f"|{text}|")[1:-1]
    return _BLANKS.sub(" ?", re.escape(folded))


def _any_of(names: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"

"""Dates as people write them, in the culture of the request.

Owns which texts are dates. Must not know which field one is for.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from afterlook.runtime.instants import Instant, from_datetime, to_datetime
from afterlook.runtime.offsets import offset
from afterlook.store.workmanagement.rows import Wall

FIRST_YEAR, LAST_YEAR = 1900, 8900
"""The years that the product could store in a list."""

_LONGEST = 200
"""Characters of a date, marks and spaces among them."""

_FULL_YEAR, _SHORT_YEAR = 4, 2
_NOON = 12
_PIVOT = 29
"""The latest year that two digits mean in this century, as .NET had it."""

# Marks of direction, which Internet Explorer wrote into dates.
_MARKS = dict.fromkeys([0x200E, 0x200F])
_SPACES = dict.fromkeys([0x00A0, 0x202F], " ")

_TIME = (
    r"(?:[ ,T]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?: *(?P<half>[AP])\.?M\.?)?)?"
)
_LOCAL = re.compile(
    r"(?P<one>\d{1,4})(?P<mark>[./-]) ?(?P<two>\d{1,2})(?P=mark) ?(?P<three>\d{1,4})\.?" + _TIME,
    re.ASCII | re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)

_MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "es-us", "es-pa"})
_YEAR_FIRST = frozenset({"ja", "zh", "ko", "sv", "hu", "lt", "en-za", "en-ca", "fr-ca"})
"""Cultures that do not begin with the day: whole ones, or all of a language."""


def read(text: str, culture: str) -> Wall:
    """Read a date with or without a time, ISO or as the culture writes it.

    One with an offset becomes UTC. Raises `ValueError`.
    """
    if len(text) > _LONGEST:
        raise ValueError(len(text))
    clean = text.translate(_MARKS).translate(_SPACES).strip()
    match = _ISO.fullmatch(clean)
    moment = _iso(match) if match else _local(clean, culture)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(text)
    return wall(moment)


def wall(moment: datetime) -> Wall:
    """Return a moment as ticks in no zone; one that has a zone is taken to UTC."""
    return from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def shown(ticks: Wall | None) -> datetime:
    """Return ticks as a moment in no zone; none is the first of all, as in .NET."""
    return to_datetime(Instant(ticks or 0)).replace(tzinfo=None)


def _iso(match: re.Match[str]) -> datetime:
    parts = (int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second"))
    moment = datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001
    zone = match["zone"]
    return moment if zone is None else moment - offset(zone)


def _local(text: str, culture: str) -> datetime:
    match = _LOCAL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    first = match["one"]
    order = "ymd" if len(first) == _FULL_YEAR else _order(culture.lower())
    parts = dict(zip(order, match.group("one", "two", "three"), strict=True))
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if half := match["half"]:
        if not 1 <= hour <= _NOON:
            raise ValueError(text)
        hour = hour % _NOON + (_NOON if half in "Pp" else 0)
    day = int(parts["m"]), int(parts["d"])
    return datetime(_year(parts["y"]), *day, hour, minute, second)  # noqa: DTZ001


def _order(culture: str) -> str:
    """Return in which order a culture writes year, month and day."""
    language = culture.partition("-")[0]
    if culture in _YEAR_FIRST or language in _YEAR_FIRST:
        return "ymd"
    return "mdy" if culture in _MONTH_FIRST else "dmy"


def _year(digits: str) -> int:
    """Return a year, of which two digits are enough."""
    if len(digits) == _FULL_YEAR:
        return int(digits)
    if len(digits) != _SHORT_YEAR:
        raise ValueError(digits)
    return int(digits) + (2000 if int(digits) <= _PIVOT else 1900)

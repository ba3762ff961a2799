"""How a culture writes numbers and times, and where its week begins.

Owns what CLDR has of that, by way of Babel, and the LCIDs of cultures.
"""

from __future__ import annotations

import re
from functools import lru_cache
from locale import windows_locale
from typing import NamedTuple

from babel import Locale

from afterlook.runtime import cultures

CUSTOM_LCID = 0x1000
"""The LCID of every culture that has none of its own (LOCALE_CUSTOM_UNSPECIFIED)."""

_LCIDS = {name.replace("_", "-").lower(): lcid for lcid, name in windows_locale.items()}
_SIGNS = re.compile(r"'[^']*+'|[a-zA-Z]+")
_DAYS_OF_WEEK = 7


class Conventions(NamedTuple):
    """The LCID of a culture, and how it writes; weeks begin on a day counted from Sunday."""

    lcid: int
    date_separator: str
    time_separator: str
    decimal: str
    thousand: str
    first_day: int
    is_right_to_left: bool
    has_24_hours: bool


@lru_cache(maxsize=8)
def find(name: str) -> Conventions:
    """Return how a known culture writes."""
    locale = cultures.locale_of(name) or Locale("en")
    date, time = (table["short"].pattern for table in (locale.date_formats, locale.time_formats))
    symbols = locale.number_symbols["latn"]
    found = Conventions(
        lcid=_LCIDS.get(name.lower(), CUSTOM_LCID),
        date_separator=_separator(date),
        time_separator=_separator(time),
        decimal=symbols["decimal"],
        thousand=symbols["group"],
        first_day=(locale.first_week_day + 1) % _DAYS_OF_WEEK,
        is_right_to_left=locale.text_direction == "rtl",
        has_24_hours=not {"h", "K"} & set(_SIGNS.sub(lambda sign: sign[0][0], time)),
    )
    cultures.forget_locales()
    return found


def _separator(pattern: str) -> str:
    """Return what stands between the first two parts of a pattern, marks of direction aside."""
    between = _SIGNS.split(cultures.normalise(pattern))
    return next(filter(None, map(str.strip, between[1:])), "/")

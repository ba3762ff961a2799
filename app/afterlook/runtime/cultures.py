"""Cultures: which there are, and how each writes dates.

Owns names of cultures and what CLDR has of them, by way of Babel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

CULTURE = "[A-Za-z]{2,3}(?:-[A-Za-z]{4})?-(?:[A-Za-z]{2}|[0-9]{3})"
"""A language with a country, as a regular expression."""

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?:-[a-z0-9]{1,8}){0,8}",
    re.ASCII | re.IGNORECASE,
)
_RANGE = re.compile(r"\s*([A-Za-z0-9*-]{1,80}+)\s*+(?:;\s*[Qq]\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?")
_CALENDAR = re.compile(r"-u(?:-[a-z0-9]{2,8}){0,8}?-ca-(?P<calendar>[a-z0-9]{3,8})", re.IGNORECASE)
_MAX_RANGES = 100
_ANY = "*"
_NOWHERE = "ZZ"

_WIDTHS = ("short", "medium", "long", "full")
_NAMED = ("abbreviated", "wide")
_CONTEXTS = ("format", "stand-alone")

# Marks of direction, which browsers write into dates.
_MARKS = dict.fromkeys([0x200E, 0x200F, 0x061C])
_SPACES = re.compile(r"\s+")
_QUOTED = re.compile("'[^']*+'")


class Calendar(Enum):
    """How a culture counts years: CLDR's preference."""

    GREGORIAN = "gregory"
    BUDDHIST = "buddhist"
    OTHER = "other"


_CALENDARS = {"TH": Calendar.BUDDHIST, **dict.fromkeys(("AF", "IR", "SA"), Calendar.OTHER)}
"""Where another than the Gregorian calendar comes first."""

BUDDHIST_ERAS = frozenset({"be", "พ.ศ.", "พ.ศ", "พุทธศักราช"})

_OF_LANGUAGES = {"dv": Calendar.OTHER}


@dataclass(frozen=True)
class Culture:
    """How a culture writes dates.

    `order` is that of year, month and day in its short dates; `patterns` are CLDR's; names are as
    `normalise` has them, each with the numbers that it may stand for.
    """

    order: str
    patterns: tuple[str, ...]
    months: Mapping[str, frozenset[int]]
    weekdays: Mapping[str, frozenset[int]]
    eras: frozenset[str]
    calendar: Calendar
    has_own_digits: bool

    def normalise(self, text: str) -> str:
        """Return text as it is compared: without marks and case, its digits those of ASCII."""
        return normalise(text, own_digits=self.has_own_digits)


def normalise(text: str, *, own_digits: bool = False) -> str:
    """Return text without marks of direction and without case, its spaces single and plain."""
    folded = unicodedata.normalize("NFC", text.translate(_MARKS).casefold())
    if own_digits:
        folded = "".join(str(unicodedata.decimal(sign, sign)) for sign in folded)
    return _SPACES.sub(" ", folded).strip()


def is_known(name: str) -> bool:
    """Tell whether there is a culture of a name: a language, and the region if it has one."""
    tag = _TAG.fullmatch(name)
    if tag is None:
        return False
    region = (tag["region"] or "").upper()
    return _language(tag["language"]) in _languages() and (not region or region in _regions())


def preferred_culture(accepted: str) -> str | None:
    """Return the culture that an Accept-Language ranks highest, of those that there are.

    None where it names none, or where any other is as good.
    """
    ranges: list[tuple[float, str]] = []
    for part in accepted.split(",", _MAX_RANGES)[:_MAX_RANGES]:
        match = _RANGE.fullmatch(part)
        if match is not None and 0 < (weight := float(match[2] or 1)) <= 1:
            ranges.append((weight, match[1]))
    ranges.sort(key=lambda one: one[0], reverse=True)
    first = next((name for _, name in ranges if name == _ANY or is_known(name)), _ANY)
    return None if first == _ANY else first


@lru_cache(maxsize=64)
def find(name: str) -> Culture | None:
    """Return a culture, its script and region the likely ones where it names none."""
    locale = locale_of(name)
    if locale is None:
        return None
    patterns = tuple(locale.date_formats[width].pattern for width in _WIDTHS)
    culture = Culture(
        order=_order(patterns[0]),
        patterns=patterns,
        months=_names(locale.months, {number: number for number in range(1, 13)}),
        weekdays=_names(locale.days, {number: number for number in range(7)}),
        eras=frozenset(normalise(names[1]) for names in locale.eras.values() if 1 in names),
        calendar=_calendar(name, locale),
        has_own_digits=locale.default_numbering_system != "latn",
    )
    forget_locales()
    return culture


def locale_of(name: str) -> Locale | None:
    """Return what CLDR has of a culture, for no longer than `forget_locales` is called."""
    tag = _TAG.fullmatch(name)
    if tag is None or not is_known(name):
        return None
    return _locale(*tag.group("language", "script", "region"))


def forget_locales() -> None:
    """Let go of what was read of CLDR: it would keep all that anybody ever named, 200 KB each."""
    localedata._cache.clear()  # noqa: SLF001


def _locale(language: str, script: str | None, region: str | None) -> Locale | None:
    """Return what CLDR has of a culture; what it has nothing of its own of is as its language."""
    of_region = f"-{region}" if region else ""
    of_script = f"-{script}" if script else ""
    for tag in (f"{language}{of_script}{of_region}", f"{language}{of_script}", language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _calendar(name: str, locale: Locale) -> Calendar:
    if chosen := _CALENDAR.search(name):
        known = {calendar.value: calendar for calendar in Calendar}
        return known.get(chosen["calendar"].lower(), Calendar.OTHER)
    if locale.language in _OF_LANGUAGES:
        return _OF_LANGUAGES[locale.language]
    tag = _TAG.fullmatch(name)
    region = tag["region"] if tag else None
    where = (region or locale.territory or _likely_region(str(locale))).upper()
    return _CALENDARS.get(where, Calendar.GREGORIAN)


def _likely_region(locale: str) -> str:
    likely: str = get_global("likely_subtags").get(locale, locale)
    return likely.rpartition("_")[2]


def _order(pattern: str) -> str:
    """Return in which order a pattern has year, month and day."""
    signs = _QUOTED.sub("", pattern).lower().replace("l", "m")
    return "".join(dict.fromkeys(sign for sign in signs if sign in "ymd"))


def _names(
    table: Mapping[str, Mapping[str, Mapping[int, str]]], numbers: Mapping[int, int]
) -> dict[str, frozenset[int]]:
    numbers_by_name: dict[str, frozenset[int]] = {}
    for names in _tables(table):
        for number, name in names.items():
            if number not in numbers or not any(map(str.isalpha, name)):
                continue
            for spelt in {normalise(name), normalise(name).rstrip(".")}:
                numbers_by_name[spelt] = numbers_by_name.get(spelt, frozenset()) | {numbers[number]}
    return numbers_by_name


def _tables(table: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Iterable[Mapping[int, str]]:
    for context in _CONTEXTS:
        for width in _NAMED:
            yield table[context][width]


def _language(code: str) -> str:
    aliases: Mapping[str, str] = get_global("language_aliases")
    return aliases.get(code.lower(), code.lower()).partition("_")[0]


@cache
def _languages() -> frozenset[str]:
    return frozenset(name.partition("_")[0] for name in localedata.locale_identifiers())


@cache
def _regions() -> frozenset[str]:
    return frozenset(Locale("en").territories) - {_NOWHERE}

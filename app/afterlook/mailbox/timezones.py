"""Time zones by the names that clients use.

Owns which names are understood and which one a body shows: Windows names by CLDR's table (kept
in `tzlocal`), IANA names by `tzdata`. Must not know which property a zone belongs to.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import tz_win, win_tz

from afterlook.errors import TimeZoneNotSupported


class Zone(NamedTuple):
    """A time zone: `name` is what bodies show, `rules` tell its offsets."""

    name: str
    rules: ZoneInfo


@cache
def _rules(iana: str) -> ZoneInfo:
    # From the pinned package, not from the machine: the same answers everywhere.
    file = resources.files("tzdata.zoneinfo").joinpath(*iana.split("/"))
    with file.open("rb") as data:
        return ZoneInfo.from_file(data, key=iana)


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Map every name, case-folded, to the name that bodies show and the IANA zone behind it."""
    iana_names = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    names = {iana.casefold(): (tz_win.get(iana, iana), iana) for iana in iana_names}
    names |= {windows.casefold(): (windows, iana) for windows, iana in win_tz.items()}
    return names


UTC = Zone("UTC", _rules("Etc/UTC"))


_LONGEST_NAME = 128


def zone(name: str) -> Zone:
    """Find a zone by its Windows or IANA name, in any case.

    An IANA name is shown by its Windows name where it has one, as the service did. Raises
    `TimeZoneNotSupported`.
    """
    if len(name) > _LONGEST_NAME:
        raise TimeZoneNotSupported(name=f"{name[:_LONGEST_NAME]}…")
    return _zone(name)


@lru_cache(maxsize=1024)
def _zone(name: str) -> Zone:
    known = _names().get(name.strip().casefold())
    if known is None:
        raise TimeZoneNotSupported(name=name)
    shown, iana = known
    return UTC if shown == UTC.name else Zone(shown, _rules(iana))

"""Time zones by the names that clients use.

Owns which names are understood and which one a body shows: Windows names by CLDR's table (kept
in `tzlocal`) and by what Windows had besides, IANA names by `tzdata`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import tz_win, win_tz

from afterlook.errors import TimeZoneNotSupported

_FORMER_NAMES = {
    # Removed from Windows' list, or renamed there; CLDR leaves them out. The Mid-Atlantic zone was
    # nobody's: no place on Earth had the daylight saving that Windows gave it.
    "Armenian Standard Time": "Asia/Yerevan",
    "Kamchatka Standard Time": "Asia/Kamchatka",
    "Mexico Standard Time": "America/Mexico_City",
    "Mexico Standard Time 2": "America/Mazatlan",
    "Mid-Atlantic Standard Time": "Etc/GMT+2",
    # The names of Windows' older index of time zones, which programs took over as they stood.
    "A.U.S. Central Standard Time": "Australia/Darwin",
    "A.U.S. Eastern Standard Time": "Australia/Sydney",
    "Fiji Islands Standard Time": "Pacific/Fiji",
    "Newfoundland and Labrador Standard Time": "America/St_Johns",
    "Pacific S.A. Standard Time": "America/Santiago",
    "S.A. Eastern Standard Time": "America/Cayenne",
    "S.A. Pacific Standard Time": "America/Bogota",
    "S.A. Western Standard Time": "America/La_Paz",
    "S.E. Asia Standard Time": "Asia/Bangkok",
    "Transitional Islamic State of Afghanistan Standard Time": "Asia/Kabul",
    "U.S. Eastern Standard Time": "America/Indiana/Indianapolis",
    "U.S. Mountain Standard Time": "America/Phoenix",
    # What Windows calls a zone's standard time where that is not the zone's own name.
    "Coordinated Universal Time": "Etc/UTC",
    "Jerusalem Standard Time": "Asia/Jerusalem",
    "Malay Peninsula Standard Time": "Asia/Singapore",
}
_NO_ZONES = frozenset({"Factory"})
"""Names that tzdata lists for machines whose zone nobody has set."""


class Zone(NamedTuple):
    """A time zone: `name` is what bodies show, `rules` tell its offsets.

    `name` may be a Windows name for more than one IANA zone, whose rules differed at times.
    `windows_rules` are those that it is read by, where they are not `rules`.
    """

    name: str
    rules: ZoneInfo
    windows_rules: ZoneInfo | None = None

    @property
    def own_name(self) -> str:
        """The name that stands for these very rules at all times."""
        return self.name if self.windows_rules is None else str(self.rules.key)

    def name_at(self, wall: datetime) -> str:
        """Return the name under which a wall-clock time without offset means the same instant.

        Its `fold` tells which of the two is meant, where clocks show it twice.
        """
        if self.windows_rules is None:
            return self.name
        own = wall.replace(tzinfo=self.rules).utcoffset()
        known = wall.replace(tzinfo=self.windows_rules).utcoffset()
        return self.name if own == known else self.own_name


@cache
def _rules(iana: str) -> ZoneInfo:
    # From the pinned package, not from the machine: the same answers everywhere.
    file = resources.files("tzdata.zoneinfo").joinpath(*iana.split("/"))
    with file.open("rb") as data:
        return ZoneInfo.from_file(data, key=iana)


@cache
def _links() -> dict[str, str]:
    """Map every IANA name that is another one's link to the name it stands for."""
    source = resources.files("tzdata.zoneinfo").joinpath("tzdata.zi").read_text("utf-8")
    lines = (line.split() for line in source.splitlines() if line.startswith("L "))
    return {link: target for _, target, link in lines}


@cache
def _windows_names() -> dict[str, str]:
    """Map every IANA name to its Windows name; CLDR does not list all links."""
    links = _links()
    known = defaultdict(set)
    for iana, windows in tz_win.items():
        known[links.get(iana, iana)].add(windows)
    names = {target: min(windows) for target, windows in known.items() if len(windows) == 1}
    return names | {link: names[to] for link, to in links.items() if to in names} | tz_win


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Map every name, case-folded, to the name that bodies show and the IANA zone behind it."""
    windows = _windows_names()
    iana_names = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    names = {
        iana.casefold(): (windows.get(iana, iana), iana)
        for iana in iana_names
        if iana not in _NO_ZONES
    }
    names |= {name.casefold(): (name, iana) for name, iana in _FORMER_NAMES.items()}
    return names | {name.casefold(): (name, iana) for name, iana in win_tz.items()}


UTC = Zone("UTC", _rules("Etc/UTC"))


_MAX_NAME_LENGTH = 128


def find_zone(name: str) -> Zone:
    """Find a zone by its Windows or IANA name, in any case.

    An IANA name is shown by its Windows name where it has one, as the service did. Raises
    `TimeZoneNotSupported`.
    """
    if len(name) > _MAX_NAME_LENGTH:
        raise TimeZoneNotSupported(name=f"{name[:_MAX_NAME_LENGTH]}…")
    return _find_zone(name)


@lru_cache(maxsize=1024)
def _find_zone(name: str) -> Zone:
    known = _names().get(name.strip().casefold())
    if known is None:
        raise TimeZoneNotSupported(name=name)
    windows_name, iana = known
    if iana == UTC.rules.key or windows_name == UTC.name:
        return UTC
    read_by = win_tz.get(windows_name, iana)
    links = _links()
    is_same = links.get(read_by, read_by) == links.get(iana, iana)
    return Zone(windows_name, _rules(iana), None if is_same else _rules(read_by))

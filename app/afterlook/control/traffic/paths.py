"""Which paths a tester means.

Owns one rule for the journal and for faults: text anywhere in a path, in any case; with `*` or `?`
in it, the whole path.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

_WILD = frozenset("*?")


def is_meant(pattern: str, path: str) -> bool:
    """Tell whether a path, in its normal form, is one that the pattern means."""
    wanted, given = pattern.lower(), path.lower()
    return wanted in given if _WILD.isdisjoint(wanted) else fnmatchcase(given, _plain(wanted))


def _plain(pattern: str) -> str:
    return pattern.replace("[", "[[]")

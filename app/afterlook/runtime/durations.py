"""Lengths of time as people write them: `32d`, `1h30m`, `P1DT12H`."""

from __future__ import annotations

import re

from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND

_UNITS = {
    "w": 7 * TICKS_PER_DAY,
    "d": TICKS_PER_DAY,
    "h": 3600 * TICKS_PER_SECOND,
    "m": 60 * TICKS_PER_SECOND,
    "s": TICKS_PER_SECOND,
    "ms": TICKS_PER_SECOND // 1000,
}
_SHORT = re.compile(r"(-?)((?:[0-9]{1,9}(?:\.[0-9]{1,7})?(?:ms|[wdhms]))+)")
_PART = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,7}))?(ms|[wdhms])")
_ISO = re.compile(
    r"(-?)P(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,7})?)S)?)?"
)
EXAMPLES = "32d, 1h30m, -2w or P1DT12H"


def read_duration(text: str) -> int:
    """Return a length of time in ticks: of weeks, days, hours, minutes, seconds, milliseconds.

    ISO 8601's form will do, too; years and months have no length of their own. Raises `ValueError`.
    """
    written = text.strip()
    if (iso := _ISO.fullmatch(written.upper())) and any(iso.groups()[1:]):
        sign, *parts = iso.groups()
        written = sign + "".join(
            f"{part}{unit}" for part, unit in zip(parts, "wdhms", strict=True) if part
        )
    short = _SHORT.fullmatch(written.lower())
    if short is None:
        reason = f"give a length of time such as {EXAMPLES}"
        raise ValueError(reason)
    ticks = sum(_ticks(*part) for part in _PART.findall(short[2]))
    return -ticks if short[1] else ticks


def _ticks(whole: str, fraction: str, unit: str) -> int:
    size = _UNITS[unit]
    parts: int = 10 ** len(fraction)
    return int(whole) * size + int(fraction or "0") * size // parts

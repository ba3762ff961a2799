"""Lengths of time, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlook.runtime.durations import read_duration
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND

HOUR = 3600 * TICKS_PER_SECOND


@pytest.mark.parametrize(
    ("text", "ticks"),
    [
        ("32d", 32 * TICKS_PER_DAY),
        ("1h30m", HOUR * 3 // 2),
        ("-2w", -14 * TICKS_PER_DAY),
        ("1.5h", HOUR * 3 // 2),
        ("0.0000001s", 1),
        (" 90S ", 90 * TICKS_PER_SECOND),
        ("P1DT12H", TICKS_PER_DAY * 3 // 2),
        ("-PT0.5S", -TICKS_PER_SECOND // 2),
        ("p2w", 14 * TICKS_PER_DAY),
        ("PT5M", 300 * TICKS_PER_SECOND),
    ],
)
def test_reads(text: str, ticks: int) -> None:
    assert read_duration(text) == ticks


@pytest.mark.parametrize(
    "text", ["", "32", "d", "1y", "P", "PT", "1h 30m", "--1d", "1,5h", "\u0661d"]
)
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="give a length of time such as"):
        read_duration(text)


@given(st.integers(0, 10**6), st.integers(0, 23), st.integers(0, 59))
def test_both_spellings_are_the_same(days: int, hours: int, minutes: int) -> None:
    assert read_duration(f"{days}d{hours}h{minutes}m") == read_duration(
        f"P{days}DT{hours}H{minutes}M"
    )

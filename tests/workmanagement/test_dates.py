"""Dates as people write them, and what is none."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlook.workmanagement.dates import read, shown, wall

READ = [
    ("11/23/2011", "en-US", "2011-11-23"),
    ("11/23/11", "en-US", "2011-11-23"),
    ("1/2/30", "en-US", "1930-01-02"),
    ("1/2/29", "en-US", "2029-01-02"),
    (" 1/2/2012 ", "en-US", "2012-01-02"),
    ("1/2/2012 3:04", "en-US", "2012-01-02T03:04"),
    ("1/2/2012 3:04 PM", "en-US", "2012-01-02T15:04"),
    ("1/2/2012 3:04:05 p.m.", "en-US", "2012-01-02T15:04:05"),
    ("1/2/2012, 12:00 am", "en-US", "2012-01-02"),
    ("1/2/2012 12:30\u202fPM", "en-US", "2012-01-02T12:30"),
    ("\u200e1\u200e/\u200e2\u200e/\u200e2012", "en-US", "2012-01-02"),
    ("1/2/2012", "en", "2012-01-02"),
    ("1/2/2012", "en-GB", "2012-02-01"),
    ("1/2/2012", "fr-FR", "2012-02-01"),
    ("23.11.2011", "de-DE", "2011-11-23"),
    ("1. 2. 2012", "cs-CZ", "2012-02-01"),
    ("2.1.12 17:30", "de-DE", "2012-01-02T17:30"),
    ("2011/11/23", "ja-JP", "2011-11-23"),
    ("2011. 11. 23.", "hu-HU", "2011-11-23"),
    ("11-2-3", "sv-SE", "2011-02-03"),
    ("2011/11/23", "en-US", "2011-11-23"),
    *(("1/2/2012", culture, "2012-01-02") for culture in ("en-PH", "es-US", "ES-PA")),
    *(("1/2/2012", culture, "2012-02-01") for culture in ("en-AU", "es-ES", "fr", "")),
    *(
        ("11-2-3", culture, "2011-02-03")
        for culture in ("zh-CN", "ko", "lt-LT", "en-ZA", "en-CA", "fr-CA")
    ),
    ("2011-11-23", "de-DE", "2011-11-23"),
    ("2011-11-23T10:20", "de-DE", "2011-11-23T10:20"),
    ("2011-11-23T10:20:30.1234567", "de-DE", "2011-11-23T10:20:30"),
    ("2011-11-23T10:20:30Z", "en-US", "2011-11-23T10:20:30"),
    ("2011-11-23T10:20:30+05:30", "en-US", "2011-11-23T04:50:30"),
    ("2011-11-23T10:20:30-0800", "en-US", "2011-11-23T18:20:30"),
    ("1900-01-01", "en-US", "1900-01-01"),
    ("8900-12-31", "en-US", "8900-12-31"),
]

NONE = [
    "tomorrow",
    "11/23",
    "11/23/2011/1",
    "13/13/2011",
    "2/30/2012",
    "11/23/011",
    "11/23/20111",
    "11.23/2011",
    "1/2/2012 25:00",
    "1/2/2012 13:00 PM",
    "1/2/2012 0:00 AM",
    "2011-13-01",
    "2011-11-23T24:00",
    "2011-11-23T10:20:30+05:60",
    "2011-11-23T10:20:30-14:01",
    "1899-12-31",
    "8901-01-01",
    "0001-01-01",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "\u0661/\u0662/\u0662\u0660\u0661\u0662",
    "1" * 5000,
]


@pytest.mark.parametrize(("text", "culture", "expected"), READ)
def test_dates(text: str, culture: str, expected: str) -> None:
    assert shown(read(text, culture)) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        read(text, "en-US")


@given(st.datetimes(datetime(1900, 1, 1), datetime(8900, 1, 1)))  # noqa: DTZ001
def test_iso_and_short_dates_agree(moment: datetime) -> None:
    """Whatever the culture, a date comes back as it was written."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    assert read(f"{day.month}/{day.day}/{day.year}", "en-US") == wall(day)
    assert read(f"{day.day}.{day.month}.{day.year}", "de-DE") == wall(day)
    assert read(day.isoformat(), "fr-FR") == wall(day)


@given(st.text())
def test_any_text(text: str) -> None:
    """It is a date, or it is none."""
    try:
        read(text, "en-US")
    except (ValueError, OverflowError):
        return
    assert any(char.isdigit() for char in text)

"""Dates as people write them, and what is none."""

from contextlib import suppress
from datetime import date, datetime
from itertools import product
from typing import Literal

import pytest
from babel import localedata
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from afterlook.runtime.cultures import preferred_culture
from afterlook.workmanagement.dates import parse, to_naive_datetime, to_naive_ticks

DateWidth = Literal["medium", "long", "full"]

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
    *(("1/2/2012", culture, "2012-01-02") for culture in ("en-PH", "ES-PA")),
    *(("1/2/2012", culture, "2012-02-01") for culture in ("en-AU", "es-ES", "fr", "es-US")),
    *(
        ("11-2-3", culture, "2011-02-03")
        for culture in ("zh-CN", "ko", "lt-LT", "en-ZA", "en-CA", "fr-CA")
    ),
    ("2011-11-23", "de-DE", "2011-11-23"),
    ("2011-11-23T10:20", "de-DE", "2011-11-23T10:20"),
    ("2011-11-23T10:20:30.1234567", "de-DE", "2011-11-23T10:20:30"),
    ("2011-11-23T10:20:30Z", "en-US", "2011-11-23T10:20:30"),
    # A date on the list has no zone: it is the day that was written.
    ("2011-11-23T10:20:30+05:30", "en-US", "2011-11-23T10:20:30"),
    ("2011-11-23T00:00-0800", "en-US", "2011-11-23"),
    ("2011-11-23T00:00:00+14:00", "en-US", "2011-11-23"),
    ("1900-01-01T00:00:00+14:00", "en-US", "1900-01-01"),
    ("8900-12-31T23:59:59-14:00", "en-US", "8900-12-31T23:59:59"),
    ("1900-01-01", "en-US", "1900-01-01"),
    ("5.12.2012", "de", "2012-12-05"),
    ("5/12/2012", "de", "2012-12-05"),
    ("5. Dezember 2012", "de-DE", "2012-12-05"),
    ("Mittwoch, 5. Dezember 2012", "de-AT", "2012-12-05"),
    ("mittwoch, 5. dezember 2012", "de-US", "2012-12-05"),
    ("December 5, 2012", "en", "2012-12-05"),
    ("Dec 5, 2012, 3:04 PM", "en-US", "2012-12-05T15:04"),
    ("Wednesday, December 5, 2012", "en-US", "2012-12-05"),
    ("5 déc. 2012", "fr-FR", "2012-12-05"),
    ("5 déc 2012", "fr-FR", "2012-12-05"),
    ("2012年12月5日", "zh-TW", "2012-12-05"),
    ("2012년 12월 5일", "ko-KR", "2012-12-05"),
    ("\u0662\u0663\u200f/\u0661\u0661\u200f/\u0662\u0660\u0661\u0661", "ar-EG", "2011-11-23"),
    ("2/3/2012", "zh-Hant-HK", "2012-03-02"),
    ("3.2.2012", "sr-Latn-RS", "2012-02-03"),
    # Years of the Buddhist calendar are converted, where nothing says that they are others.
    ("23/11/2555", "th-TH", "2012-11-23"),
    ("29/2/2555", "th", "2012-02-29"),
    ("23 พ.ย. 2555", "th-TH", "2012-11-23"),
    ("23 พฤศจิกายน 2555", "th-TH", "2012-11-23"),
    ("23 พฤศจิกายน พ.ศ. 2555", "th-TH", "2012-11-23"),
    ("23 พฤศจิกายน ค.ศ. 2012", "th-TH", "2012-11-23"),
    ("23/11/2012", "th-TH-u-ca-gregory", "2012-11-23"),
    ("2012-11-23", "th-TH", "2012-11-23"),
    ("2012-11-23", "ar-SA", "2012-11-23"),
    ("2012-11-23", "xx-YY", "2012-11-23"),
    ("8900-12-31", "en-US", "8900-12-31"),
]

NONE = [
    "tomorrow",
    "Thursday, December 5, 2012",
    "December 32, 2012",
    "Dezember 5, 2012",
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
    assert to_naive_datetime(parse(text, culture)) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        parse(text, "en-US")


REFUSED = [
    *(("23/11/2012", culture) for culture in ("th-TH", "xx-YY", "", "de-YY", "tlh")),
    *(("29/2/2012", culture) for culture in ("th-TH", "th")),
    ("23/11/55", "th-TH"),
    ("29/2/2554", "th-TH"),
    ("23/11/2442", "th-TH"),
    ("09/01/34", "ar-SA"),
    ("09/01/1434", "ar-SA"),
    ("23/11/2012", "ar-SA"),
    ("1391/9/3", "fa-IR"),
    ("1391/9/3", "fa"),
    ("2012/11/23", "fa-IR"),
    ("2012/11/23", "ps-AF"),
    ("2012/11/23", "en-IR"),
    ("23/11/2012", "en-GB-u-ca-islamic"),
]


@pytest.mark.parametrize(("text", "culture"), REFUSED)
def test_what_is_another_calendars(text: str, culture: str) -> None:
    """Or may be: refused rather than misread."""
    with pytest.raises(ValueError):
        parse(text, culture)


EVERY = sorted(localedata.locale_identifiers())
PARTS = 16
DAYS = [date(2012, 12, 5), date(2012, 2, 29), date(1999, 5, 11), date(2029, 7, 6)]


@pytest.mark.parametrize("part", range(PARTS))
def test_what_any_culture_writes(part: int) -> None:
    """Is read as the date that it is, or not at all."""
    read_back = 0
    names = EVERY[part * len(EVERY) // PARTS : (part + 1) * len(EVERY) // PARTS]
    for name, following in zip(names, [*names[1:], ""], strict=True):
        for day, width in product(DAYS, ("short", "medium", "long", "full")):
            text = format_date(day, width, locale=name)
            with suppress(ValueError):
                assert to_naive_datetime(parse(text, name.replace("_", "-"))).date() == day, (
                    name,
                    text,
                )
                read_back += 1
        if name.partition("_")[0] != following.partition("_")[0]:
            localedata._cache.clear()  # a language is large; its countries share what it loads
    assert read_back > 0.9 * len(names) * len(DAYS) * 4


@given(
    st.sampled_from(["en-US", "de-DE", "en-GB", "sv-SE", "ja-JP", "hu-HU", "ar-EG", "fr-CA"]),
    st.dates(date(1900, 1, 1), date(8900, 1, 1)),
    st.sampled_from(["medium", "long", "full"]),
)
def test_any_date_of_a_culture(culture: str, day: date, width: DateWidth) -> None:
    text = format_date(day, width, locale=culture.replace("-", "_"))
    assert to_naive_datetime(parse(text, culture)).date() == day


RANKED = [
    ("de-DE,de;q=0.9,en;q=0.8", "de-DE"),
    ("en-GB,en;q=0.9", "en-GB"),
    ("de", "de"),
    ("en;q=0.5, de;q=0.9", "de"),
    ("en;q=0.5,fr;Q=0.5", "en"),
    ("xx-YY, de;q=0.1", "de"),
    ("de;q=0, fr;q=0.2", "fr"),
    ("de-DE;q=1", "de-DE"),
    ("zh-Hant-TW", "zh-Hant-TW"),
    ("de-CH-1996", "de-CH-1996"),
    ("*, de;q=0.9", None),
    ("en-ZZ, x, de_DE, de;q=2, de;q=1.5, de;q=x, i-klingon", None),
    ("", None),
    ("," * 60_000, None),
]


@pytest.mark.parametrize(("accepted", "culture"), RANKED)
def test_the_culture_that_is_ranked_first(accepted: str, culture: str | None) -> None:
    assert preferred_culture(accepted) == culture


@given(st.datetimes(datetime(1900, 1, 1), datetime(8900, 1, 1)))  # noqa: DTZ001
def test_iso_and_short_dates_agree(moment: datetime) -> None:
    """Whatever the culture, a date comes back as it was written."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    assert parse(f"{day.month}/{day.day}/{day.year}", "en-US") == to_naive_ticks(day)
    assert parse(f"{day.day}.{day.month}.{day.year}", "de-DE") == to_naive_ticks(day)
    assert parse(day.isoformat(), "fr-FR") == to_naive_ticks(day)


@given(st.text())
def test_any_text(text: str) -> None:
    """It is a date, or it is none."""
    try:
        parse(text, "en-US")
    except (ValueError, OverflowError):
        return
    assert any(char.isdigit() for char in text)

"""What is sent comes back as it was."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.csom import sample
from tests.csom.sample import THING_PATH, answer, assign, query, written

pytestmark = pytest.mark.observed("csom.parameters", "csom.spelling")

# What XML can hold; clients send carriage returns and line feeds as references.
_TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\r\n/\\<>&\"'")
)
_KEPT = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


def spelt(text: str) -> str:
    """Write a text as XML."""
    return escape(text, _KEPT)


@given(_TEXTS)
def test_texts(text: str) -> None:
    parameter = sample.given("String", spelt(text))
    assert answer(assign(1, "Title", parameter) + query(1), THING_PATH)["Title"] == text


@given(st.lists(_TEXTS | st.none()))
def test_rows_of_texts(texts: list[str | None]) -> None:
    items = "".join(
        '<Object Type="Null" />'
        if text is None
        else f'<Object Type="String">{spelt(text)}</Object>'
        for text in texts
    )
    parameter = sample.given("Array", items)
    assert answer(assign(1, "Tags", parameter) + query(1), THING_PATH)["Tags"] == texts


@given(st.integers(-(2**31), 2**31 - 1), st.sampled_from(["Number", "Int32", "Int64", "Enum"]))
def test_whole_numbers(number: int, type_: str) -> None:
    parameter = sample.given(type_, str(number))
    assert answer(assign(1, "Count", parameter) + query(1), THING_PATH)["Count"] == number


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(["milliseconds", "microseconds"]))
def test_moments(moment: datetime, precision: str) -> None:
    parameter = sample.given("DateTime", moment.isoformat(timespec=precision))
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    since = round((whole - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
    rendered = written(assign(1, "When", parameter) + query(1), THING_PATH)
    assert f'"When":"\\/Date({since})\\/"' in rendered


@given(st.datetimes())
def test_dates_of_no_zone(moment: datetime) -> None:
    parameter = sample.given("DateTime", moment.isoformat())
    rendered = written(assign(1, "When", parameter) + query(1), THING_PATH)
    assert f'"When":"\\/Date({moment.year},{moment.month - 1},{moment.day},' in rendered

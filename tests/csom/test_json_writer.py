"""How answers are spelt: to the character, for clients look at the raw text."""

import json
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlook.csom import json_writer
from afterlook.csom.errors import TooManyResources

pytestmark = pytest.mark.observed("csom.spelling")


@pytest.mark.parametrize(
    ("value", "spelt"),
    [
        (None, "null"),
        (True, "true"),
        (1, "1"),
        (-1.5, "-1.5"),
        (float("nan"), "null"),
        (float("inf"), "null"),
        ("", '""'),
        ("/Date(0)/", r'"\u002fDate(0)\u002f"'),
        ("\\/Date(0)\\/", r'"\\\u002fDate(0)\\\u002f"'),
        ("<a & b>", r'"\u003ca \u0026 b\u003e"'),
        ("it's\n\"ü\u2028\U0001f600\ud800", '"it\'s\\n\\"\\u00fc\\u2028\\ud83d\\ude00\\ud800"'),
        (datetime(1970, 1, 1, tzinfo=UTC), r'"\/Date(0)\/"'),
        (datetime(1969, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC), r'"\/Date(-1)\/"'),
        (
            datetime(2011, 11, 23, 1, 2, 3, 4567),  # noqa: DTZ001
            r'"\/Date(2011,10,23,1,2,3,4)\/"',
        ),
        (datetime.min, r'"\/Date(1,0,1,0,0,0,0)\/"'),  # noqa: DTZ901
        (
            UUID("2c0bbf6e-4e0e-4f37-9d3c-7d7e7dd0f4aa"),
            r'"\/Guid(2c0bbf6e-4e0e-4f37-9d3c-7d7e7dd0f4aa)\/"',
        ),
        (b"\xff\xff\xff", r'"\/Base64Binary(\u002f\u002f\u002f\u002f)\/"'),
        ([1, "a", []], '[1,"a",[]]'),
        ({"a/b": {"c": None}}, r'{"a\u002fb":{"c":null}}'),
    ],
)
def test_values(value: object, spelt: str) -> None:
    assert json_writer.write_value(value) == spelt


def test_the_frame() -> None:
    written = json_writer.write_document({"A": 1}, [(3, {"IsNull": False}), (4, None), (5, [1])])
    assert written == b'[\r\n{\r\n"A":1\r\n},3,{\r\n"IsNull":false\r\n},4,null,5,[1]\r\n]'


@given(st.text() | st.text(alphabet='/\\"<>&\x00\ud800'))
def test_any_text_is_json_and_holds_no_bare_slash(value: str) -> None:
    written = json_writer.write_value(value)
    assert json.loads(written) == value
    assert "/" not in written
    assert written.isascii()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_any_value_is_json(value: object) -> None:
    json.loads(json_writer.write_value(value))


@given(st.datetimes(timezones=st.just(UTC)))
def test_any_moment_is_its_milliseconds(moment: datetime) -> None:
    result = re.fullmatch(r'"\\/Date\((-?\d+)\)\\/"', json_writer.write_value(moment))
    assert result
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert int(result[1]) == round(
        (whole - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000
    )


def test_an_answer_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_writer, "MAX_LENGTH", 100)
    assert json_writer.write_document({}, [(1, "x" * 90)])
    with pytest.raises(TooManyResources):
        json_writer.write_document({}, [(1, "x" * 60), (2, "x" * 60)])


def test_what_cannot_be_written() -> None:
    with pytest.raises(TypeError):
        json_writer.write_value(object())

"""JSON request bodies: one bounded, storable object."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import BodyNotReadable
from afterlook.odata import body
from afterlook.odata.body import MAX_DEPTH, read_object

storable = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | storable,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(storable, inner, max_size=4),
    max_leaves=20,
)


def nested(depth: int, opening: str = '{"a":', closing: str = "}", core: str = "1") -> bytes:
    """Return an object with `depth` brackets around `core`."""
    return f'{{"a":{opening * (depth - 1)}{core}{closing * (depth - 1)}}}'.encode()


@settings(deadline=None)
@given(st.dictionaries(storable, values, max_size=5), st.booleans())
def test_objects_come_back(body: dict[str, object], escaped: bool) -> None:
    """Any JSON object is read as it was meant, escaped or not."""
    assert read_object(json.dumps(body, ensure_ascii=escaped).encode()) == body


def test_byte_order_mark() -> None:
    """A UTF-8 byte order mark is passed over, once."""
    assert read_object(b'\xef\xbb\xbf{"Subject": "x"}') == {"Subject": "x"}
    with pytest.raises(BodyNotReadable):
        read_object(b"\xef\xbb\xbf\xef\xbb\xbf{}")


@pytest.mark.parametrize("raw", [b"[]", b"null", b"1", b'"x"', b"true", b"[{}]"])
def test_no_object(raw: bytes) -> None:
    """Only an object is a body."""
    with pytest.raises(BodyNotReadable, match="not a JSON object"):
        read_object(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"{",
        b"{}{}",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": 01}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 400 + b"}",
        b'{"a": "\xff"}',
        b'{"a": "\xed\xa0\x80"}',
        b'{"a": "\\ud800"}',
        b'{"a": "\\udc00"}',
        b'{"\\ud800": 1}',
        b'{"a": "\\ud800\\u0041"}',
        b'{"a": "line\nbreak"}',
        '{"a": 1}'.encode("utf-16"),
        b'{"a": /* 1 */ 2}',
    ],
)
def test_no_json(raw: bytes) -> None:
    """Broken JSON, lone surrogates, and numbers beyond a double are refused."""
    with pytest.raises(BodyNotReadable, match="not valid JSON"):
        read_object(raw)


def test_surrogate_pair() -> None:
    """A pair of surrogates is one character."""
    assert read_object(b'{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}


@pytest.mark.parametrize(
    "raw",
    [b'{"a": "\\u0000"}', b'{"a\\u0000": 1}', b'{"a": ["x", {"b": "y\\u0000"}]}',
     b'{"a": {"\\u0000": 1}}'],
)  # fmt: skip
def test_nul(raw: bytes) -> None:
    """U+0000 is refused wherever it stands, for PostgreSQL cannot store it."""
    with pytest.raises(BodyNotReadable, match=r"U\+0000"):
        read_object(raw)


@pytest.mark.parametrize("brackets", [('{"a":', "}"), ("[", "]")])
@pytest.mark.parametrize("core", ["1", "{}", "[]", '""'])
def test_depth(brackets: tuple[str, str], core: str) -> None:
    """What is nested deeper than the limit is refused, and what is well below is not."""
    assert read_object(nested(MAX_DEPTH - 2, *brackets, core))
    for depth in (MAX_DEPTH + 1, 1000, 5000, 100_000):
        with pytest.raises(BodyNotReadable):
            read_object(nested(depth, *brackets, core))


def test_wide_bodies_are_not_deep() -> None:
    raw = json.dumps({"a": [{"b": [str(number)]} for number in range(6_000)]}).encode()

    assert len(read_object(raw)) == 1


@pytest.mark.parametrize("number", [2**63, 2**64, -(2**63) - 1, 10**300])
def test_big_integers(number: int) -> None:
    """Numbers beyond 64 bits are read as some number; what they are good for is said elsewhere."""
    assert read_object(f'{{"a": {number}}}'.encode()) == {"a": pytest.approx(number)}


@settings(deadline=None)
@given(st.binary() | st.text('{}[]":,\\u0d8ae1 ').map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Nothing but `BodyNotReadable` comes out of any bytes."""
    try:
        assert isinstance(read_object(raw), dict)
    except BodyNotReadable:
        return


JSON = st.recursive(
    st.integers(-9, 9) | st.text('ab,[{"\\ü', max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("a,[", max_size=3), inner),
    max_leaves=30,
)


def count(value: object) -> int:
    """Count members and items, all levels together."""
    if isinstance(value, dict):
        value = list(value.values())
    return len(value) + sum(map(count, value)) if isinstance(value, list) else 0


@settings(deadline=None, derandomize=True, database=None)
@given(parsed=st.dictionaries(st.text('a"\\', max_size=3), JSON, min_size=1))
def test_values_are_counted(parsed: dict[str, object]) -> None:
    """An empty array or object may count for one, as its brackets do."""
    raw, values = json.dumps(parsed, ensure_ascii=False).encode(), count(parsed)

    with pytest.raises(BodyNotReadable):
        read_object(raw, values - 1)
    assert read_object(raw, 2 * values + 1) == parsed


class Counted(bytes):
    """A body that counts the steps that are taken in it."""

    steps = 0

    def __getitem__(self, place: Any) -> Any:
        Counted.steps += 1
        return super().__getitem__(place)

    def find(self, *given: Any) -> int:
        Counted.steps += 1
        return super().find(*given)


@pytest.mark.parametrize("text", [b',\\"', b",\\\\", b'\\\\\\",', b",\\\\\\u0022", b","])
def test_escapes_are_no_steps(text: bytes) -> None:
    """However many a text holds, it is passed over by C, in portions."""
    raw = Counted(b'{"a":"' + text * 400_000 + b'"}')
    Counted.steps = 0

    assert not body._has_more_values(raw, body.MAX_VALUES)
    assert Counted.steps <= 2 * (len(raw) // body._PORTION + 1)


@settings(deadline=None)
@given(st.dictionaries(storable, values, max_size=5), st.integers(1, 9), st.booleans())
def test_portions_end_anywhere(parsed: dict[str, object], portion: int, escaped: bool) -> None:
    raw = json.dumps(parsed, ensure_ascii=escaped).encode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body, "_PORTION", portion)
        assert read_object(raw) == parsed
        if parsed:
            with pytest.raises(BodyNotReadable, match="values"):
                read_object(raw, 0)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": 1, "a": 1}',
        b'{"a": 1, "\\u0061": 2}',
        b'{"a": {}, "b": [[{"c": null, "d": ":", "c": null}]]}',
        b'{"": 1, "": 2}',
        b'{"a\\\\": 1, "\\"": 3, "a\\u005c": 2}',
        b'\xef\xbb\xbf{"a": "' + b'\\\\\\":' * 300_000 + b'", "a": "x"}',
    ],
)
def test_members_named_twice(raw: bytes) -> None:
    """One of both would be dropped."""
    with pytest.raises(BodyNotReadable, match="twice"):
        read_object(raw)


def test_members_of_other_objects_have_any_names() -> None:
    raw = b'{"a": {"a": [{"a": "a:"}, {"a": "\\"a\\":"}]}, "A": ":"}'

    assert read_object(raw) == json.loads(raw)

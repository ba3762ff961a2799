"""Entity tags and `If-Match`: RFC 9110 §8.8.3 and §13.1.1."""

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.odata import etag
from tests.support.steps import expect_linear

KEY = "Bq3dM8zX/0eR+P5uAAAAAAAEcw=="

change_keys = st.binary(min_size=22, max_size=22).map(lambda raw: b64encode(raw).decode())


def _is_met(if_match: str, change_key: str) -> bool:
    """Tell whether a state may be written over by a request with this header."""
    return etag.read_precondition(if_match, None).is_met_by(change_key)


@pytest.mark.parametrize(
    "if_match",
    [
        "*",
        " * ",
        f'W/"{KEY}"',
        f'"{KEY}"',
        KEY,
        f'  W/"{KEY}"  ',
        f'"other", W/"{KEY}"',
        f'W/"{KEY}","other"',
        f'"a" ,\t"{KEY}" , "b"',
    ],
)
def test_allows(if_match: str) -> None:
    """Weak, strong and bare tags, lists of them, and `*` allow the state that they name."""
    assert _is_met(if_match, KEY)


@pytest.mark.parametrize(
    "if_match",
    [
        'W/"other"',
        '"other", W/"another"',
        f'"{KEY.lower()}"',
        f'"{KEY}x"',
        f'"x{KEY}"',
        f'"{KEY[:-1]}"',
        f'" {KEY}"',
        f'"{KEY} "',
        '"*"',
        'W/"*"',
        'W/""',
        '""',
        "",
    ],
)
def test_refuses(if_match: str) -> None:
    """Any other tag refuses: case, length and spaces inside the quotes count."""
    assert not _is_met(if_match, KEY)


@settings(deadline=None)
@given(change_keys, change_keys)
def test_written_tags_match_their_own_key_alone(key: str, other: str) -> None:
    """What is sent out matches when it comes back, and nothing else does."""
    assert _is_met(etag.write_weak(key), key)
    assert _is_met(etag.write_weak(other), key) == (key == other)


@settings(deadline=None)
@given(st.text('"W/*, a=') | st.text())
def test_any_header_is_held_against_the_key(if_match: str) -> None:
    """Nothing is raised, and nothing without the key or a star matches."""
    assert not _is_met(if_match.replace("*", ""), KEY)


@pytest.mark.parametrize("part", ["a", " ", '"', "W/", ",", 'W/"', "a ", 'a"', "/"])
def test_hostile_headers_take_linear_time(part: str) -> None:
    """Of calls; that no expression takes longer, `test_patterns` sees to."""
    expect_linear(lambda count: _is_met(part * count + '"b', KEY), 2000)

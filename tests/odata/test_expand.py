"""`$expand`: OData URL Conventions 4.0, §5.1.2."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import InvalidUrlQuery
from afterlook.odata import expand
from afterlook.odata.expand import Expansion


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Attachments", [("Attachments", None)]),
        (" A , b ", [("A", None), ("b", None)]),
        ("A($filter=x eq 1)", [("A", "x eq 1")]),
        ("A( FILTER =x eq 1)", [("A", "x eq 1")]),
        ("A ($Filter=x in (1,2)),B", [("A", "x in (1,2)"), ("B", None)]),
        ("A($filter=f(a,(b)) or g(c)),B($filter=y)", [("A", "f(a,(b)) or g(c)"), ("B", "y")]),
        ("A($filter=x eq ',),(;=''')", [("A", "x eq ',),(;='''")]),
        ("A($filter=x eq 'a=b')", [("A", "x eq 'a=b'")]),
        ("A($filter=)", [("A", "")]),
        ("*", [("*", None)]),
    ],
)
def test_reads(text: str, expected: list[tuple[str, str | None]]) -> None:
    """Commas, semicolons and parentheses in quotes are text."""
    assert expand.parse(text) == [Expansion(*pair) for pair in expected]


@pytest.mark.parametrize(
    "text",
    ["", " ", ",", "A,", ",A", "(x)", "A(", "A)", "A(()", "A()", "A($top=x)", "A($top=-1)",
     "A($filter=x;$filter=y)", "A($filter=x;)", "A(x)", "A($filter=x)y", "A($filter=')", "A'",
     "A($levels=max)", "A($orderby=a b c)", "A($select=x;$select=y)", "A($count=1)",
     "A($select)x"],
)  # fmt: skip
def test_refuses(text: str) -> None:
    """What there is not, comes twice or cannot be, and what is not closed."""
    with pytest.raises(InvalidUrlQuery):
        expand.parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A($select=x)", Expansion("A", None, "x")),
        ("A( SELECT = x , y )", Expansion("A", None, " x , y ")),
        ("A($select=x;$filter=y)", Expansion("A", "y", "x")),
        ("A($filter=a eq ';$select=b';$select=c)", Expansion("A", "a eq ';$select=b'", "c")),
        ("A($select=)", Expansion("A", None, "")),
        ("N.T/A($select=*)", Expansion("N.T/A", None, "*")),
    ],
)
def test_select(text: str, expected: Expansion) -> None:
    """It may stand inside, by itself and beside a filter."""
    assert expand.parse(text) == [expected]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.lists(st.sampled_from("AB(),;='$ filter") | st.text(max_size=3), max_size=20).map("".join)
)
def test_any_text(text: str) -> None:
    """Read or refused."""
    with contextlib.suppress(InvalidUrlQuery):
        assert all(expansion.name for expansion in expand.parse(text))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(st.text(max_size=10), min_size=1, max_size=4))
def test_quoted_text_is_left_alone(texts: list[str]) -> None:
    """Whatever it holds."""
    quoted = ["'" + text.replace("'", "''") + "'" for text in texts]
    written = ",".join(f"A($filter=x eq {text})" for text in quoted)
    assert expand.parse(written) == [Expansion("A", f"x eq {text}") for text in quoted]

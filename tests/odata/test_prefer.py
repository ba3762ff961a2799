"""The `Prefer` header: RFC 7240 §2, and the leniency that the service showed."""

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import InvalidRequest
from afterlook.odata import prefer
from tests.support.steps import expect_linear

ZONE = {"outlook.timezone": "Eastern Standard Time"}
MINIMAL = {"return": "minimal"}

tokens = st.from_regex(re.compile(r"[a-z][a-z0-9.\-]{0,15}"), fullmatch=True)
values = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF))


@pytest.mark.parametrize(
    "line",
    [
        'outlook.timezone="Eastern Standard Time"',
        'outlook.timezone = "Eastern Standard Time"',
        ' outlook.timezone\t=\t"Eastern Standard Time" ',
        "outlook.timezone='Eastern Standard Time'",
        "Outlook.TimeZone = 'Eastern Standard Time'",
        r'outlook.timezone="Eastern\ Standard Time"',
        'outlook.timezone="Eastern Standard Time";strict=1',
        'outlook.timezone="Eastern Standard Time" ; strict ; lax="1"',
        ',, outlook.timezone="Eastern Standard Time" ,,',
        '"nonsense", outlook.timezone="Eastern Standard Time"',
        'outlook.timezone="Eastern Standard Time", outlook.timezone="UTC"',
    ],
)
def test_spellings_of_one_preference(line: str) -> None:
    """Quotes, spaces, case, parameters, empty elements and repetition change nothing."""
    assert prefer.parse([line]) == ZONE


@pytest.mark.parametrize(
    ("lines", "preferences"),
    [
        ([], {}),
        ([""], {}),
        ([" , ;, "], {}),
        (["respond-async"], {"respond-async": ""}),
        (["return="], {"return": ""}),
        (['return=""'], {"return": ""}),
        (["return=minimal", 'outlook.timezone="Eastern Standard Time"'], MINIMAL | ZONE),
        (["return=minimal,outlook.timezone='Eastern Standard Time'"], MINIMAL | ZONE),
        (["return=minimal;foo=bar, wait=10"], MINIMAL | {"wait": "10"}),
        (["return=minimal", "Return=representation"], MINIMAL),
        (['a="1,2", b=3'], {"a": "1,2", "b": "3"}),
        ([r'a="say \"hi\" \\"'], {"a": 'say "hi" \\'}),
        (["a='it says \"hi\"'"], {"a": 'it says "hi"'}),
        (["odata.track-changes, odata.maxpagesize=200"],
         {"odata.track-changes": "", "odata.maxpagesize": "200"}),
    ],
)  # fmt: skip
def test_lines(lines: list[str], preferences: dict[str, str]) -> None:
    """Several lines and several preferences in one add up; the first of equal names wins."""
    assert prefer.parse(lines) == preferences


@pytest.mark.parametrize("broken", ["=b", "a b", "'a'=b", "it's", '"a"', '"a, b"', '"a"=b'])
def test_what_is_no_preference_is_passed_over(broken: str) -> None:
    """A recipient ignores what it cannot read, and reads on after the next comma."""
    assert prefer.parse([f"{broken}, return=minimal"]) == MINIMAL
    assert prefer.parse([f"{broken}", "return=minimal"]) == MINIMAL


UNREADABLE = [
    'a="never closed',
    "a='never closed",
    'a="never closed\\"',
    "a=\"of two kinds'",
    'a=b"c',
    'a="b"c',
    "a='b'c",
    'a = "b" c; d',
    "a=b=c'd'",
    '"',
    '"never closed',
    'a b"',
]


@pytest.mark.parametrize("broken", UNREADABLE)
@pytest.mark.parametrize("line", ["{}", "return=minimal, {}", ",,{}", "{} , return=minimal"])
def test_what_cannot_be_read_is_refused(broken: str, line: str) -> None:
    """A value that is unreadable is not passed over: it may be the time zone of the answer."""
    with pytest.raises(InvalidRequest, match="The Prefer header cannot be read from "):
        prefer.parse([line.format(broken)])


def test_no_more_of_it_is_shown_than_a_line() -> None:
    """A header may have thousands of characters; the answer repeats a hundred."""
    with pytest.raises(InvalidRequest, match=f"from '\"{'x' * 99}' on"):
        prefer.parse(['"' + "x" * 5000])


@settings(deadline=None)
@given(st.dictionaries(tokens, values, max_size=5))
def test_quoted_values_come_back(preferences: dict[str, str]) -> None:
    """Whatever can be quoted is read as it was meant."""
    escaped = {name: re.sub(r'(["\\])', r"\\\1", value) for name, value in preferences.items()}
    line = ", ".join(f'{name}="{value}"' for name, value in escaped.items())

    assert prefer.parse([line]) == preferences


@settings(deadline=None)
@given(st.lists(st.text("ab=,;\"'\\ \t") | st.text()))
def test_any_text_is_read(lines: list[str]) -> None:
    """Nothing else is raised, and no name is empty or in upper case."""
    with suppress(InvalidRequest):
        for name in prefer.parse(lines):
            assert name
            assert name == name.lower()


@pytest.mark.parametrize(
    "part", ["a", " ", '"', "'", "a=", 'a="', "a='", ',a="\\', "a;", " ;", ",", '\\"', "a =", "=,"]
)
def test_hostile_lines_take_linear_time(part: str) -> None:
    """Of calls; that no expression takes longer, `test_patterns` sees to."""

    def parse(count: int) -> None:
        for ending in ("", '"x', "'x", "="):
            with suppress(InvalidRequest):
                prefer.parse([part * count + ending])

    expect_linear(parse, 2000)

"""Tokens of a filter: kinds, places, and a reader that never looks twice."""

import re

import pytest

from afterlook.errors import FilterTooLong, UrlSyntax
from afterlook.odata.filter import tokens as module
from afterlook.odata.filter.tokens import MAX_LENGTH, Token, tokenize

LITERALS = {
    "''": "string",
    "'a b'": "string",
    "'it''s'": "string",
    "''''": "string",
    "'%_\\é😀'": "string",
    "7": "number",
    "0.5": "number",
    "1e9": "number",
    "1.5E-3": "number",
    "2016-04-26": "date",
    "2016-04-26T10:00Z": "moment",
    "2016-04-26T10:00:00.1234567+02:00": "moment",
    "2016-04-26t10:00:00z": "moment",
    "10:00": "time",
    "23:59:59.9999999": "time",
    "01234567-89AB-cdef-0123-456789abcdef": "guid",
    "Subject": "name",
    "_x1": "name",
    "Microsoft.OutlookServices.Importance": "name",
    "(": "mark",
    "/": "mark",
}


@pytest.mark.parametrize(("text", "kind"), LITERALS.items())
def test_kinds(text: str, kind: str) -> None:
    assert list(tokenize(text)) == [Token(kind, text, 0, False), Token("end", "", len(text), False)]


def test_places() -> None:
    """Each token knows where it begins, and whether a space is before it."""
    found = [(token.text, token.position, token.glued) for token in tokenize("a  eq(\t'b')")]
    assert found == [
        ("a", 0, False),
        ("eq", 3, False),
        ("(", 5, True),
        ("'b'", 7, False),
        (")", 10, True),
        ("", 11, False),
    ]


@pytest.mark.parametrize(
    ("text", "position"),
    [("a $ b", 2), ("a eq 'b", 5), ("é", 0), ("a\nb", 1), ("a=b", 1),
     ("'a\0b'", 0), ("٣", 0), ("\u017fubject", 0)],
)  # fmt: skip
def test_what_is_no_token(text: str, position: int) -> None:
    """Refused where it begins; digits and letters of names are ASCII, and U+0000 is nowhere."""
    with pytest.raises(UrlSyntax, match=rf"position {position} "):
        list(tokenize(text))


def test_longest() -> None:
    assert len(list(tokenize("a" * MAX_LENGTH))) == 2
    with pytest.raises(FilterTooLong, match=rf"'a{{32}}…' is longer than {MAX_LENGTH} characters"):
        list(tokenize("a" * (MAX_LENGTH + 1)))


class _Counting:
    """Counts how often the text is looked at."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self.looks = 0

    def match(self, text: str, position: int) -> re.Match[str] | None:
        self.looks += 1
        return self._pattern.match(text, position)


@pytest.mark.parametrize("piece", ["a ", "(", "'a'", "''", "1 ", "not(", "a/", "2016-04-26 "])
def test_one_look_at_each_token(monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
    """Twice the text, twice the looks."""
    counting = _Counting(module._TOKEN)
    monkeypatch.setattr(module, "_TOKEN", counting)
    looks = []
    for times in (100, 200, 400):
        counting.looks = 0
        list(tokenize(piece * times))
        looks.append(counting.looks)
    assert looks[2] - looks[1] == 2 * (looks[1] - looks[0]) or looks == [1, 1, 1]

"""Any filter: written and read again it is the same; any text: an expression or a refusal."""

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from afterlook.errors import BadRequest, InvalidFilter
from afterlook.odata.filter.tree import Expression
from tests.odata.filter.expressions import WORDS, filters
from tests.odata.filter.scopes import parse

GENERATED = settings(max_examples=200, deadline=None, derandomize=True, database=None)
PIECES = [
    *("Subject", "Status", "Categories", "DueDateTime/DateTime", "ChangeKey", "c", "eq", "and"),
    *("or", "not", "in", "any", "all", "contains", "substring", "year", "null", "true", "add"),
    *("(", ")", ",", "/", ":", "-", "'", "'a'", "1", "1.5", "1e9", "2016-04-26", "10:00", " "),
    *("2016-02-30", "2016-04-26T10:00:00Z", "Microsoft.OutlookServices.Importance'High'", "$", "é"),
]


@GENERATED
@given(text=filters())
def test_written_and_read_again(text: str) -> None:
    """Nothing that fits is refused but for the size of its numbers."""
    try:
        expression: Expression = parse(text)
    except InvalidFilter as refusal:
        if "too large or small" not in refusal.message:
            raise
        reject()

    assert parse(str(expression)) == expression


@GENERATED
@given(text=st.lists(st.sampled_from(PIECES) | st.sampled_from(WORDS)).map("".join) | st.text())
def test_any_text(text: str) -> None:
    """Nothing but an expression or a refusal comes of a text."""
    for given_text in (text, f"Subject eq {text}", f"not ({text})", f"length('{text}') eq 1"):
        try:
            expression = parse(given_text)
        except BadRequest:
            continue
        assert parse(str(expression)) == expression


@GENERATED
@given(pieces=st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_words(pieces: str) -> None:
    """Pieces of filters in any order."""
    codes = {"RequestBroker-ParseUri", "ErrorInvalidUrlQueryFilter", "ErrorInvalidProperty"}
    try:
        parse(pieces)
    except BadRequest as refusal:
        if refusal.code not in codes:
            raise

"""What is no filter: each refusal with its class, and the place where it stands."""

import pytest

from afterlook.errors import (
    BadRequest,
    InvalidFilter,
    PropertyNotFilterable,
    PropertyNotFound,
    UrlSyntax,
)
from afterlook.odata.filter.parser import MAX_DEPTH, MAX_NODES
from afterlook.odata.filter.tokens import MAX_LENGTH
from afterlook.outlook.edm import TASK_FOLDER
from tests.odata.filter.scopes import parse

SYNTAX = {
    "": 0,
    "   ": 3,
    "Subject eq": 10,
    "Subject eq 'a": 11,
    "Subject eq 'a' and": 18,
    "(true": 5,
    "true)": 4,
    "true true": 5,
    "true 1": 5,
    "contains(Subject,": 17,
    "contains(Subject 'a')": 17,
    "Subject in 'a'": 11,
    "a//b": 2,
    "Subject in ()": 12,
    "Subject in ('a'": 15,
    "Categories/any(c eq 'a')": 17,
    "Categories/any(c:c eq 'a'": 25,
    "Categories/all()": 15,
    "Subject/": 8,
    "not": 3,
    "Subject eq 'it's'": 15,
    "Subject = 'a'": 8,
    "Subject eq \u2019a\u2019": 11,
    "$it": 0,
    "1 add": 5,
    "-": 1,
}
MISFITS = {
    "Subject": 0,
    "'a'": 0,
    "1": 0,
    "null": 0,
    "true and 1": 9,
    "not Subject": 4,
    "Subject eq 1": 8,
    "Subject eq true": 8,
    "Subject add 1 eq 2": 8,
    "-Subject eq 'a'": 0,
    "HasAttachments eq 'true'": 15,
    "HasAttachments gt false": 15,
    "true lt (1 eq 1)": 5,
    "Status eq 1": 7,
    "Status eq 'Odd'": 10,
    "Status eq Importance": 7,
    "Status add 1 eq 1": 7,
    "Importance eq Microsoft.OutlookServices.TaskStatus'Deferred'": 11,
    "Importance eq Microsoft.Importance'High'": 14,
    "Subject eq duration'P1D'": 11,
    "Importance in ('Odd')": 15,
    "Subject in ('a',1)": 8,
    "Subject 'a'": 0,
    "Subject in (AssignedTo)": 8,
    "DueDateTime in (null)": 12,
    "1 mod 0.5 eq 1": 2,
    "DueDateTime eq '2016-04-26'": 12,
    "DueDateTime gt StartDateTime": 12,
    "DueDateTime/DateTime eq 'tomorrow'": 24,
    "DueDateTime/DateTime eq 5": 21,
    "DueDateTime/DateTime eq '2016-02-30'": 24,
    "CreatedDateTime eq '2016-04-26'": 16,
    "CreatedDateTime eq 2016-02-30": 19,
    "CreatedDateTime eq 2016-04-26T25:00:00Z": 19,
    "CreatedDateTime eq 0000-01-01": 19,
    "time(now()) eq 24:00": 15,
    "date(now()) eq now()": 12,
    "Categories eq 'a'": 11,
    "Categories eq null": 11,
    "Subject/any()": 8,
    "Categories/any(c:c)": 17,
    "Categories/any(c:c eq 1)": 19,
    "Categories/any(null:true)": 15,
    "Categories/any(c:Categories/any(c:true))": 32,
    "Categories/any(c:c/Name eq 'a')": 19,
    "sleep(9) eq 1": 0,
    "contains(Subject)": 0,
    "contains(Subject,'a','b')": 0,
    "now(1)": 0,
    "length(1) eq 1": 0,
    "year(Subject) eq 1": 0,
    "hour(2016-04-26) eq 1": 0,
    "substring(Subject,'a') eq ''": 0,
    "substring(Subject,1.5) eq ''": 0,
    "not(1)": 3,
    "length(Subject)eq1": 0,
    "trim(Categories) eq ''": 0,
    "length(DueDateTime) eq 1": 0,
    "null add 1 eq 1": 5,
}

# What almost is a literal of a kind; each is refused as that, where it stands.
ALMOST = {
    "date and time": [
        "2020-01-01T08:00:00",
        "2020-01-01T08:00",
        "2020-01-01T08:00:00 01:00",
        "2020-01-01T08:00:00.5",
        "2020-01-01T08:00:00 0100",
        "2020-01-01T08:00:00+0100",
        "2020-01-01T08:00:00+01",
        "2020-01-01T08Z",
        "2020-01-01T",
        "2020-01-01T8:00:00Z",
        "2020-1-1T08:00:00Z",
        "12020-01-01T08:00:00Z",
        "2020-01-01T08:00:00Z+01:00",
        "2020-01-01T25:00:00Z",
        "2020-02-30T00:00:00Z",
        "2020-01-01t08:00:00",
    ],
    "date": [
        "2020-1-1",
        "2020-01",
        "2020-01-",
        "2020-02-30",
        "20-01-01",
        "2020/01/01",
        "1/2/2020",
        "2020-01-01Z",
        "12020-01-01",
    ],
    "GUID": [
        "7c9e6679-7425-40de-944b-e07fc1f9",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7a",
        "7c9e6679742540de944b-e07fc1f90ae7",
        "bc9e6679-7425-40de-944b",
        "bc9e6679-7425-40de-944b-e07fc1f90aeg",
        "{7c9e6679-7425-40de-944b-e07fc1f90ae7}",
        "guid'7c9e6679-7425-40de-944b-e07fc1f90ae7'",
    ],
    "time of day": ["8:00", "08:00:", "08:00:00.", "08:00Z", "time'08:00'", "08:0"],
    "number": [
        "1e",
        "1.",
        "1.2.3",
        "0x1F",
        "5L",
        "5d",
        "1_000",
        ".5",
        "1e+",
        "12abc",
        "INF",
        "NaN",
    ],
    "duration": ["duration'P1D'", "duration'1 day'", "duration'P1'"],
}


@pytest.mark.parametrize(
    ("kind", "literal"), [(kind, text) for kind, texts in ALMOST.items() for text in texts]
)
@pytest.mark.parametrize("left", ["CreatedDateTime", "Subject", "length(Subject)"])
@pytest.mark.parametrize(
    "form", ["{left} eq {literal}", "({left} in ({literal}))", "not({literal} ne {left})"]
)
def test_almost_a_literal(left: str, kind: str, literal: str, form: str) -> None:
    """Refused as what it almost is, at its position, whatever it is compared with."""
    text = form.format(left=left, literal=literal)
    with pytest.raises(
        InvalidFilter, match=rf"is no {kind}\b.*at position {text.index(literal)}\.$"
    ):
        parse(text)


@pytest.mark.parametrize("text", ["length(Subject) eq +5", "length(Subject) eq +5e0"])
def test_a_sign(text: str) -> None:
    """A number may have a plus (OData ABNF 4.0, `sign`)."""
    assert parse(text) == parse(text.replace("+", ""))


@pytest.mark.parametrize(("text", "position"), SYNTAX.items())
def test_syntax(text: str, position: int) -> None:
    with pytest.raises(UrlSyntax, match=rf"position {position} "):
        parse(text)


@pytest.mark.parametrize(("text", "position"), MISFITS.items())
def test_misfits(text: str, position: int) -> None:
    """What does not go together is refused before a database sees it."""
    with pytest.raises(InvalidFilter, match=rf"at position {position}\.$"):
        parse(text)


@pytest.mark.parametrize(
    "name",
    ["Colour", "DueDateTime/Day", "Subject/Length", "Categories/Name", "Name", "Subject/$count"],
)
def test_unknown_properties(name: str) -> None:
    wanted = UrlSyntax if "$" in name else PropertyNotFound
    with pytest.raises(wanted):
        parse(f"{name} eq null")
    with pytest.raises(PropertyNotFound, match=r"'Subject' on type '.*\.TaskFolder'"):
        parse("Subject eq null", TASK_FOLDER)


@pytest.mark.parametrize(
    "name",
    ["Id", "ChangeKey", "ParentFolderId", "Body", "Body/Content", "Body/ContentType", "Recurrence",
     "IsReminderOn", "ReminderDateTime", "ReminderDateTime/DateTime", "DueDateTime/TimeZone"],
)  # fmt: skip
def test_not_filterable(name: str) -> None:
    """Named as the model spells it, in whatever case it came."""
    with pytest.raises(PropertyNotFilterable, match=f"'{name}' does not"):
        parse(f"Subject eq 'a' and {name.lower()} eq null")


def nested(levels: int) -> list[str]:
    """Return filters of so many levels."""
    around = [("(", "true", ")"), ("not (", "true", ")"), ("not ", "true", "")]
    texts = [("trim(", "'a'", ")"), ("-", "length('')", ""), ("concat('',", "'a'", ")")]
    return [
        *(before * levels + inner + after * levels for before, inner, after in around),
        *(before * levels + inner + after * levels + " eq null" for before, inner, after in texts),
        *(before * levels for before in ("(", "not(", "trim(", "Categories/any(c:")),
    ]


@pytest.mark.parametrize("text", nested(MAX_LENGTH // 20) + nested(MAX_DEPTH + 1))
def test_too_deep(text: str) -> None:
    with pytest.raises(BadRequest):
        parse(text)


@pytest.mark.parametrize("operator", ["or", "and", "eq 1 or 1 eq", "add"])
def test_too_many(operator: str) -> None:
    """As many operands as there may be, and one more; three thousand are just as far from it."""
    fitting = f" {operator} ".join(["true" if len(operator) < 4 else "1"] * MAX_NODES)
    if operator in ("or", "and"):
        parse(fitting)
    for text in (f"{fitting} {operator} 1", " or ".join(["true"] * 3000)):
        with pytest.raises((InvalidFilter, UrlSyntax)):
            parse(text)
    with pytest.raises(InvalidFilter, match=f"more than {MAX_NODES} operands"):
        parse(" or ".join(["true"] * (MAX_NODES + 1)))
    with pytest.raises(InvalidFilter, match=f"more than {MAX_NODES} operands"):
        parse(f"1 in ({','.join('1' * MAX_NODES)})")


@pytest.mark.parametrize(
    "number",
    [
        *("9007199254740993000", "1e16", "1e999999", "9" * 5000, "9007199254740992 add 1"),
        *("3000000000 mul 3000000000", "length(Subject) mul length(Subject)", "1 div 1e-300"),
        *("1e-200 mul 1e-200", "0.5 div 1e-300 mul 1e-10", "1 div (0.5 mul 1e-20)"),
        *("1e15 div 0.01", "-(4503599627370497 mul 2)", "1e-290 sub 1e-295"),
    ],
)
def test_too_large(number: str) -> None:
    """No number comes to more than every engine can count, nor to less than it can tell from 0."""
    with pytest.raises(InvalidFilter, match="too large"):
        parse(f"{number} eq 1")


@pytest.mark.parametrize(
    "number",
    ["9007199254740991 add 1", "94906265 mul 94906265", "length(Subject) mul 4194303", "1 div 0",
     "year(now()) mul 1.5 div 0.001", "0.1 add 0.2 sub 0.3 mul 0.0", "5 mod 0", "1.0 div 0.0"],
)  # fmt: skip
def test_large_enough(number: str) -> None:
    parse(f"{number} eq 1")

"""What filters mean: precedence, literals, functions, lambdas, names in any case."""

import pytest

from afterlook.odata.edm import (
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    DOUBLE,
    INT64,
    MOMENT,
    STRING,
    TIME_OF_DAY,
    EdmType,
)
from afterlook.odata.filter.tree import Comparison, Literal, Path
from afterlook.outlook.edm import IMPORTANCE, STATUS, TASK_FOLDER, TASK_GROUP
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND
from tests.odata.filter.scopes import NOW, OWNER, parse, written

HIGH = "Microsoft.OutlookServices.Importance'High'"
SPRING = 736_079 * TICKS_PER_DAY

MEANINGS = {
    # Precedence, as parentheses show it.
    "true or false and true": "(true or (false and true))",
    "true and false or true": "((true and false) or true)",
    "(true or false) and true": "((true or false) and true)",
    "not true and false": "((not (true)) and false)",
    "not (true and false)": "(not ((true and false)))",
    "not not true": "(not ((not (true))))",
    "not Subject eq 'a'": "(not ((Subject eq 'a')))",
    "1 add 2 mul 3 eq 7": "((1 add (2 mul 3)) eq 7)",
    "(1 add 2) mul 3 eq 9": "(((1 add 2) mul 3) eq 9)",
    "9 sub 3 sub 2 eq 4": "(((9 sub 3) sub 2) eq 4)",
    "9 div 2 mod 3 eq 1": "(((9 div 2) mod 3) eq 1)",
    "-length(Subject) eq -1": "((0 sub length(Subject)) eq -1)",
    "- -1 eq -(2)": "(1 eq -2)",
    "1 sub -1 eq 2": "((1 sub -1) eq 2)",
    "true and true and true": "(true and true and true)",
    # Names, operators and functions in any case.
    "SUBJECT EQ 'a' AND categories/ANY(c:c NE 'b')": (
        "((Subject eq 'a') and Categories/any(c:(c ne 'b')))"
    ),
    "CONTAINS(subject,ToLower('A'))": "contains(Subject,tolower('A'))",
    "duedatetime/DATETIME eq NULL": "(DueDateTime/DateTime eq null)",
    "hasattachments eq TRUE": "(HasAttachments eq true)",
    # Spaces wherever they may be, and nowhere else.
    " ( Subject\teq 'a' ) ": "(Subject eq 'a')",
    "Subject in ( 'a' ,'b' )": "(Subject in ('a','b'))",
    "Categories/any( c : c eq 'a' )": "Categories/any(c:(c eq 'a'))",
    "not(true)": "(not (true))",
    # Lambdas.
    "Categories/any()": "Categories/any()",
    "Categories/all(c:Categories/any(d:c eq d))": "Categories/all(c:Categories/any(d:(c eq d)))",
    "Categories/any(c:c eq 'a') and Categories/any(c:c eq 'b')": (
        "(Categories/any(c:(c eq 'a')) and Categories/any(c:(c eq 'b')))"
    ),
    # Enumerations, plain and qualified, and complex values.
    "Importance eq 'high'": f"(Importance eq {HIGH})",
    "'HIGH' eq Importance": f"({HIGH} eq Importance)",
    "Importance eq microsoft.outlookservices.IMPORTANCE'2'": f"(Importance eq {HIGH})",
    "Importance in ('High')": f"(Importance in ({HIGH}))",
    "DueDateTime ne null": "(DueDateTime ne null)",
    "Owner eq 'x'": f"('{OWNER.replace(chr(39), chr(39) * 2)}' eq 'x')",
    "Status gt 'NotStarted'": "(Status gt Microsoft.OutlookServices.TaskStatus'NotStarted')",
}


@pytest.mark.parametrize("text", MEANINGS)
def test_meaning(text: str) -> None:
    assert written(text) == MEANINGS[text]


@pytest.mark.parametrize(
    ("text", "value", "type_"),
    [
        ("Subject eq 'it''s'", "it's", STRING),
        ("Subject eq ''''", "'", STRING),
        ("length(Subject) eq 007", 7, INT64),
        (f"length(Subject) eq {'0' * 5000}7", 7, INT64),
        ("length(Subject) eq -7", -7, INT64),
        ("length(Subject) eq 9007199254740992", 2**53, INT64),
        ("length(Subject) eq 0.5", 0.5, DOUBLE),
        ("length(Subject) eq -1.5e1", -15.0, DOUBLE),
        ("HasAttachments eq false", False, BOOLEAN),
        ("CreatedDateTime eq 2016-04-26", SPRING, DATE_TIME_OFFSET),
        ("CreatedDateTime eq 2016-04-26T02:00:00.0000001+02:00", SPRING + 1, DATE_TIME_OFFSET),
        ("CreatedDateTime eq now()", NOW, DATE_TIME_OFFSET),
        ("DueDateTime/DateTime eq '2016-04-26'", SPRING, MOMENT),
        ("DueDateTime/DateTime eq '2016-04-26T00:00'", SPRING, MOMENT),
        ("DueDateTime/DateTime eq '2016-04-25T23:59:59.9999999Z'", SPRING - 1, MOMENT),
        ("DueDateTime/DateTime eq 2016-04-26T00:00:00Z", SPRING, MOMENT),
        ("DueDateTime/DateTime eq 2016-04-26", SPRING, MOMENT),
        ("date(CreatedDateTime) eq 2016-04-26", SPRING // TICKS_PER_DAY, DATE),
        ("time(CreatedDateTime) eq 00:00:01.5", 15 * TICKS_PER_SECOND // 10, TIME_OF_DAY),
        ("Importance eq 'Low'", 0, IMPORTANCE),
        ("Status eq Microsoft.OutlookServices.TaskStatus'deferred'", 4, STATUS),
    ],
)
def test_literals(text: str, value: object, type_: EdmType) -> None:
    """Each form of a literal, beside what it is compared with."""
    expression = parse(text)
    assert isinstance(expression, Comparison)
    assert expression.right == Literal(value, type_)
    assert type(getattr(expression.right, "value", None)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        *("contains(Subject,'a')", "startswith('a',Owner)", "endswith(AssignedTo,Subject)"),
        *("length(Subject) eq 1", "indexof(Subject,'a') eq 1", "substring(Subject,1) eq ''"),
        *("substring(Subject,1,2) eq ''", "tolower(Subject) eq ''", "toupper(Subject) eq ''"),
        *("trim(Subject) eq ''", "concat(Subject,'a') eq ''", "contains(null,Subject)"),
        *(f"{part}(DueDateTime/DateTime) eq 1" for part in ("year", "month", "day", "hour")),
        *(f"{part}(CreatedDateTime) eq 1" for part in ("minute", "second")),
        *("year(date(now())) eq 1", "hour(time(now())) eq 1", "year(2016-04-26) eq 2016"),
        *("date(CreatedDateTime) eq 2016-04-26", "time(now()) lt 10:00", "second(10:00) eq 0"),
    ],
)
def test_functions(text: str) -> None:
    """Every function takes what it should."""
    expression = parse(text)
    assert expression.type == BOOLEAN
    assert parse(str(expression)) == expression


def test_properties_know_their_columns() -> None:
    expression = parse("duedatetime/datetime eq null")
    assert isinstance(expression, Comparison)
    assert expression.left == Path("DueDateTime/DateTime", MOMENT, "due", nullable=True)


def test_other_entities() -> None:
    assert str(parse("isdefaultfolder and name ne 'x'", TASK_FOLDER)) == (
        "(IsDefaultFolder and (Name ne 'x'))"
    )
    assert str(parse("IsDefaultGroup eq true", TASK_GROUP)) == "(IsDefaultGroup eq true)"

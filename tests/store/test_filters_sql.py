"""The SQL of filters: nothing of a literal is in its text, and it grows with the filter evenly."""

from itertools import pairwise

import pytest
from sqlalchemy import Dialect, make_url

from afterlook.store.filters import condition
from afterlook.store.pages import asked_columns
from afterlook.store.tables import Task, table
from tests.odata.filter.scopes import parse

COLUMNS = asked_columns(table(Task))
DIALECTS: dict[str, Dialect] = {
    "sqlite": make_url("sqlite://").get_dialect()(),
    "postgresql": make_url("postgresql+psycopg://").get_dialect()(),
}


def sql_of(text: str, name: str) -> tuple[str, list[object]]:
    """Return a filter as SQL, and the values bound in it."""
    compiled = condition(parse(text), COLUMNS, name).compile(dialect=DIALECTS[name])
    return str(compiled), list(compiled.params.values())


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize(
    ("text", "traces"),
    [
        ("Subject eq 'traceOne'", ["traceone"]),
        ("contains(Subject,'x'' OR 1=1 --') or endswith(Subject,'traceTwo')", ["1=1", "tracetwo"]),
        ("Subject in ('traceOne','traceTwo')", ["traceone", "tracetwo"]),
        ("Categories/any(traceVar: traceVar eq 'traceOne')", ["traceone", "tracevar"]),
        ("length(Subject) add 424242 gt 434343.5", ["424242", "434343"]),
        ("substring(Subject,424242,434343) eq ''", ["424242", "434343"]),
        ("DueDateTime/DateTime eq '2016-04-26' or date(CreatedDateTime) eq 2016-04-26", ["63597"]),
        ("Owner eq 'traceOne'", ["traceone", "neil"]),
    ],
)
def test_nothing_of_a_literal_in_the_text(name: str, text: str, traces: list[str]) -> None:
    """Values are bound, all of them."""
    sql, bound = sql_of(text, name)

    assert bound
    assert not any(trace in sql.lower() for trace in traces), sql


@pytest.mark.parametrize("name", DIALECTS)
def test_text_is_the_same_for_other_values(name: str) -> None:
    """So that nothing of a value can be in it."""
    one = "Subject eq 'a' and year(CreatedDateTime) gt 1 and Status eq 'Completed'"
    other = "Subject eq '1;--' and year(CreatedDateTime) gt 77 and Status eq 'Deferred'"
    assert sql_of(one, name)[0] == sql_of(other, name)[0]


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize(
    ("inner", "around", "ending"),
    [
        ("contains(Subject,'a')", "({} eq true and contains(Subject,'a'))", " eq true"),
        ("contains(Subject,'a')", "(not ({} ne contains(Subject,'b')))", " eq true"),
        ("length(Subject)", "length(substring(Subject,{}))", " gt 1"),
        ("year(DueDateTime/DateTime)", "(1 div ({} add 1))", " gt 1"),
    ],
)
def test_length_grows_evenly(name: str, inner: str, around: str, ending: str) -> None:
    """What nests is written once on each level: twice would double it every time."""
    lengths = []
    for _ in range(4):
        lengths.append(len(sql_of(inner + ending, name)[0]))
        inner = around.format(inner)
    growth = [after - before for before, after in pairwise(lengths)]

    assert max(growth) < 1.5 * min(growth), lengths

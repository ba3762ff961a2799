"""The SQL of filters: nothing of a literal in its text, parts of dates, and how long it gets."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import literal_column, select
from sqlalchemy.dialects import postgresql, sqlite

from afterlook.errors import InvalidFilter
from afterlook.mailbox import tasks
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND
from afterlook.store import calendar
from afterlook.store.filters import condition
from afterlook.store.pages import Page, asked_columns
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.tables import Task, table
from tests.odata.filter.scopes import parse

COLUMNS = asked_columns(table(Task))
DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}


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
    ("inner", "around"),
    [
        ("contains(Subject,'a')", "({} eq true and contains(Subject,'a'))"),
        ("contains(Subject,'a')", "(not {} ne contains(Subject,'b'))"),
        ("length(Subject)", "length(substring(Subject,{}))"),
        ("year(DueDateTime/DateTime)", "(1 div {} add 1)"),
    ],
)
def test_length_grows_evenly(name: str, inner: str, around: str) -> None:
    """What nests is written once on each level, not twice."""
    lengths = []
    for _ in range(6):
        ending = "" if "contains(" in inner[:12] or inner.startswith("(") else " gt 1"
        text = f"{inner} eq true" if "contains" in inner else f"{inner}{ending or ' gt 1'}"
        try:
            lengths.append(len(sql_of(text, name)[0]))
        except InvalidFilter:
            break
        inner = around.format(inner)
    growth = [after - before for before, after in zip(lengths, lengths[1:], strict=False)]
    assert len(growth) >= 2
    assert max(growth) < 2 * min(growth[1:]), lengths


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("concat(Subject,{})", 39),
        ("substring(Subject,length({}))", 19),
        ("substring(Subject,1 div (1 sub length({})))", 12),
        ("trim({})", 39),
    ],
)
def test_deep_texts(store: Store, mailbox: MailboxRow, text: str, levels: int) -> None:
    """At every depth an answer or a refusal, never a failure of the engine."""
    _every_depth(store, mailbox, "Subject", text, levels, " eq 'a'")


@pytest.mark.parametrize(
    "text",
    [
        "Subject eq 'a' and (Subject eq 'b' or {})",
        "contains(Subject,'a') eq (Subject eq 'c' and ({}))",
        "not (Subject ne 'a' and ({}))",
        "Categories/all(c{0}:c{0} eq 'a' or ({}))",
        "Categories/any(c{0}:c{0} ne 'a' and ({}))",
        "(length(Subject) div 0.5) gt 1 and not ({})",
    ],
)
def test_deep_conditions(store: Store, mailbox: MailboxRow, text: str) -> None:
    """Likewise."""
    _every_depth(store, mailbox, "contains(Subject,'a')", text, 38, "")


def _every_depth(
    store: Store, mailbox: MailboxRow, inner: str, around: str, levels: int, ending: str
) -> None:
    served = 0
    for level in range(levels):
        try:
            page = Page(10, filter=parse(inner + ending))
            with store.reading() as session:
                assert tasks.list_tasks(session, mailbox, page).rows == []
            served += 1
        except InvalidFilter as refusal:
            assert "nested" in refusal.message
        inner = around.replace("{0}", str(level)).replace("{}", inner)
    assert served >= 3


def test_very_long_filters(store: Store, mailbox: MailboxRow) -> None:
    """As many operands as there may be, each with the longest SQL there is."""
    for part, count in [
        ("year(DueDateTime/DateTime) eq 1", 133),
        ("day(DueDateTime/DateTime) ne month(StartDateTime/DateTime)", 99),
        ("endswith(Subject,AssignedTo) eq null", 99),
        ("Subject eq AssignedTo", 199),
        ("Categories/any(c:c eq 'a')", 133),
    ]:
        text = " or ".join([part] * count)
        with store.reading() as session:
            assert tasks.count_tasks(session, mailbox, parse(text[: 8 * 1024])) == 0


def test_parts_of_dates(store: Store) -> None:
    """The calendar of `datetime`, on many days and at the ends of all of them."""
    chance = Random(3)
    days = {0, 58, 59, 305, 306, 365, 3_652_058, *(chance.randrange(3_652_059) for _ in range(400))}
    days |= {
        date(year, month, day).toordinal() - 1
        for year in (1, 4, 100, 400, 1600, 1900, 1999, 2000, 2004, 2100, 9999)
        for month, day in ((1, 1), (2, 28), (3, 1), (12, 31))
    } | {date(year, 2, 29).toordinal() - 1 for year in (4, 400, 1600, 2000, 2004, 9996)}
    for day in sorted(days):
        second = chance.choice([0, 1, 86_399, chance.randrange(86_400)])
        ticks = day * TICKS_PER_DAY + second * TICKS_PER_SECOND + chance.randrange(10_000_000)
        moment = datetime(1, 1, 1) + timedelta(days=day, seconds=second)  # noqa: DTZ001
        parts = [
            calendar.part(name, literal_column(str(ticks)), of_date=False)
            for name in calendar.PARTS
        ]
        with store.reading() as session:
            row = session.first(select(*parts), {})
        expected = [moment.year, moment.month, moment.day, moment.hour, moment.minute]
        assert row is not None
        assert list(row) == [*expected, moment.second, day, ticks % TICKS_PER_DAY], moment

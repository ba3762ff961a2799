"""Filters: what reading one costs, and what a filtered page and a count cost in a large mailbox.

Owns the filters that are measured, and asking each engine whether an index serves them. Must not
know how the results are shown.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from sqlalchemy import create_engine, event

from afterlook.mailbox import dates, identities
from afterlook.mailbox import tasks as use_cases
from afterlook.mailbox.identities import DEMO
from afterlook.mailbox.timezones import UTC
from afterlook.odata.filter import parser
from afterlook.odata.filter.scope import FilterScope
from afterlook.odata.filter.tree import Expression
from afterlook.outlook.edm import TASK
from afterlook.runtime.clock import SystemClock
from afterlook.store.filters import condition
from afterlook.store.pages import Page, asked_columns
from afterlook.store.sessions import Session
from afterlook.store.tables import Task, table
from benchmarks import mailbox, servers
from benchmarks.load import Load, measure_in_turn
from tests.support.postgres import drop_database, fresh_database, start_postgres

TASKS = 100_000
TARGET_SECONDS = 0.3e-3
"""In which a typical filter is to be read and made SQL."""

FILTERS = {
    "due at the very end": "Status eq 'NotStarted' and DueDateTime/DateTime ge '2025-04-06T00:00'",
    "due in the second half": (
        "Status eq 'NotStarted' and DueDateTime/DateTime ge '2025-03-17T00:00'"
    ),
}
TYPICAL = next(iter(FILTERS.values()))
_TIMES = 2_000
_TELLING = re.compile("index|sort|scan|b-tree", re.IGNORECASE)


@dataclass(frozen=True)
class Answers:
    """Requests per second of one engine by what was asked, and how it finds the first filter."""

    engine: str
    rates: dict[str, float]
    plan: str


@dataclass(frozen=True)
class Filters:
    """Seconds to read a filter, to make SQL of it, and what the engines make of such filters."""

    parse: float
    translate: float
    answers: list[Answers]


def measure(folder: Path, rounds: int, seconds: int, *, on_postgres: bool) -> Filters:
    """Measure on a mailbox of `TASKS` tasks."""
    data = folder / "filters"
    data.mkdir()
    answers = [_answers("SQLite", f"sqlite:///{data / servers.FILE}", rounds, seconds)]
    if on_postgres:
        with _database() as url:
            answers.append(_answers("PostgreSQL", url, rounds, seconds))
    return Filters(*_reading(), answers)


def _reading() -> tuple[float, float]:
    parsing, translating = [], []
    columns = asked_columns(table(Task))
    dialect = create_engine("sqlite://").dialect
    for _ in range(_TIMES):
        started = time.perf_counter()
        expression = _parsed(TYPICAL)
        parsed = time.perf_counter()
        condition(expression, columns, "sqlite").compile(dialect=dialect)
        translating.append(time.perf_counter() - parsed)
        parsing.append(parsed - started)
    return median(parsing), median(translating)


def _parsed(filter_: str) -> Expression:
    scope = FilterScope(TASK, lambda given: dates.parse_instant(given, UTC), SystemClock().now())
    return parser.parse(filter_, scope)


def _answers(engine: str, url: str, rounds: int, seconds: int) -> Answers:
    mailbox.fill(url, TASKS)
    asked = {"/$count": "/api/beta/me/tasks/$count"}
    for name, filter_ in FILTERS.items():
        asked[f"page of 100, {name}"] = f"/api/beta/me/tasks?$top=100&$filter={quote(filter_)}"
        asked[f"/$count, {name}"] = f"/api/beta/me/tasks/$count?$filter={quote(filter_)}"
    with servers.afterlook("--database", url) as server:
        rates = measure_in_turn(
            [(server, Load("GET", [target])) for target in asked.values()], rounds, seconds
        )
    return Answers(engine, dict(zip(asked, rates, strict=True)), plan(url, TYPICAL))


def plan(url: str, filter_: str) -> str:
    """Return how an engine finds the first page that a filter lets through, in its own words."""
    engine = create_engine(url)
    word = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN (COSTS OFF)"
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        asked.append((statement, parameters))

    try:
        with engine.connect() as connection:
            session = Session(connection)
            demo = identities.find(session, DEMO)
            assert demo is not None
            event.listen(engine, "before_cursor_execute", note)
            use_cases.list_tasks(session.bind(demo), Page(100, filter=_parsed(filter_)))
            statement, parameters = asked[0]
            rows = connection.exec_driver_sql(f"{word} {statement}", parameters).all()
    finally:
        engine.dispose()
    found = [str(row[-1]).strip() for row in rows]
    return "; ".join(line for line in found if _TELLING.search(line))


@contextmanager
def _database() -> Iterator[str]:
    with start_postgres() as admin_url:
        url = fresh_database(admin_url)
        try:
            yield url
        finally:
            drop_database(admin_url, url)

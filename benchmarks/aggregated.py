"""Reading the user's list: example 4.1 of [MS-WMCSOM], against the same rows by Outlook REST.

Owns both requests, the tasks that they are sent for, and the check that both return the same.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from afterlook.auth.identity import identify
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from benchmarks import servers
from benchmarks.load import Load, LoadError, measure_in_turn
from benchmarks.mailbox import BODY
from benchmarks.servers import Server
from benchmarks.workmanagement import NOW, WEBS, Draft, WorkManagementFixture
from tests.sharepoint.om.client import DATA, ROOT

TASKS = 10_000
FOUND = 200

TARGET = 3.0
"""How many times what the rows cost by Outlook REST they may cost by CSOM."""

FILTER = "Status ne 'Completed' and LastModifiedDateTime ge 2009-11-18T07:34:52.370Z"
"""What example 4.1 asks for, in Outlook's words: its CompletedCriterion is False, and its
LastModifiedDateRangeFilter begins at 2009-11-17T23:34:52.370-08:00. It names no location, and an
order that Outlook has no word for: by location, and there as the user put them. By its status alone
Outlook would find other tasks, and be done with the first of them.
"""

_USER = {"Authorization": "Bearer benchmarks"}
"""Whoever brings a token needs no form digest, which would expire during a long run."""

_OLD = Instant(NOW - 20 * 365 * TICKS_PER_DAY)
_ONE_IN = TASKS // FOUND
_BATCH = 1_000
_PLACES = (None, None, *WEBS)
_DATE = re.compile(r"/Date\((\d+),(\d+),(\d+),")

Row = tuple[str | bool | date | None, ...]


@dataclass(frozen=True)
class ReadRates:
    """Requests per second, each of which gives the same rows; and the bytes of the answers."""

    csom: float
    outlook: float
    csom_bytes: int
    outlook_bytes: int

    @property
    def ratio(self) -> float:
        """How many times as much the rows cost by CSOM."""
        return self.outlook / self.csom


def measure(folder: Path, rounds: int, seconds: int) -> ReadRates:
    """Measure both requests in turn, on a list and a mailbox that hold the same tasks."""
    data = folder / "aggregated"
    data.mkdir()
    fill(data / servers.FILE, TASKS)
    csom, outlook = loads()
    with servers.afterlook("--data", str(data)) as server:
        sizes = check_same_rows(server, csom, outlook, FOUND)
        by_csom, by_outlook = measure_in_turn([(server, csom), (server, outlook)], rounds, seconds)
    return ReadRates(by_csom, by_outlook, *sizes)


def loads() -> tuple[Load, Load]:
    """Return the requests: by CSOM, and by Outlook REST."""
    example = (DATA / "example-4.1.xml").read_text("utf-8")
    return (
        Load(
            "POST",
            ["/_vti_bin/client.svc/ProcessQuery"],
            f"{ROOT}{example}</Request>".encode(),
            {**_USER, "Content-Type": "text/xml"},
        ),
        Load(
            "GET", [f"/api/beta/me/tasks?$top={FOUND}&$filter={quote(FILTER)}"], headers=dict(_USER)
        ),
    )


def fill(file: Path, count: int) -> None:
    """Make a user with so many tasks, the same in the list and in the mailbox.

    Two in a hundred are what is asked for; of the others one half is completed, one half old.
    """
    with closing(WorkManagementFixture(file, identify(_USER["Authorization"], "open"))) as fixture:
        in_lists = 0
        for start in range(0, count, _BATCH):
            numbers = range(start, min(start + _BATCH, count))
            for instant, is_old in ((_OLD, True), (NOW, False)):
                drafts = [_draft(number) for number in numbers if _is_old(number) == is_old]
                fixture.put_in_outlook(drafts, instant)
                in_lists += len(fixture.put(drafts, instant))
        changes = fixture.refresh().changes
    if changes != in_lists:
        raise LoadError(f"the refresh read {changes} tasks of {in_lists}")


def check_same_rows(server: Server, csom: Load, outlook: Load, count: int) -> tuple[int, int]:
    """Ask for both before anything is measured; return how long the answers are, in bytes.

    Raises `LoadError` unless both are the same tasks, and so many.
    """
    answers = [
        server.ask(load.method, load.targets[0], load.body, load.headers)
        for load in (csom, outlook)
    ]
    listed, mailed = (orjson.loads(answer.body) for answer in answers)
    try:
        rows = [_of_csom(task) for task in listed[-1]["_Child_Items_"]]
        same = [_of_outlook(task) for task in mailed["value"]]
    except (KeyError, TypeError) as error:
        raise LoadError(f"no tasks: {[answer.body[:300] for answer in answers]}") from error
    if not (len(rows) == len(same) == len(set(rows)) == count and set(rows) == set(same)):
        raise LoadError(f"of {count} tasks CSOM gave {len(rows)}, Outlook REST {len(same)}")
    by_csom, by_outlook = (len(answer.body) for answer in answers)
    return by_csom, by_outlook


def _is_old(number: int) -> bool:
    return number % 2 == 1


def _draft(number: int) -> Draft:
    day = Instant(NOW - NOW % TICKS_PER_DAY + number % 90 * TICKS_PER_DAY)
    has_dates = number % 3 > 0
    return Draft(
        title=f"Shop for dinner no. {number}",
        body=BODY if has_dates else None,
        start=day if has_dates else None,
        due=Instant(day + 2 * TICKS_PER_DAY) if has_dates else None,
        is_done=not _is_old(number) and number % _ONE_IN > 0,
        list=_PLACES[number % len(_PLACES)],
    )


def _of_csom(task: dict[str, Any]) -> Row:
    dates = (_date_of_csom(task[name]) for name in ("StartDate", "DueDate"))
    return (task["Name"], task["Description"] or "", task["IsCompleted"], *dates)


def _date_of_csom(text: str) -> date | None:
    """Return a day, whose month is counted from 0; the first day of all is none."""
    match = _DATE.match(text)
    if match is None:
        raise LoadError(f"no date: {text}")
    year, month, day = map(int, match.groups())
    return None if year == 1 else date(year, month + 1, day)


def _of_outlook(task: dict[str, Any]) -> Row:
    given = (task[name] for name in ("StartDateTime", "DueDateTime"))
    dates = (one and date.fromisoformat(one["DateTime"][:10]) for one in given)
    return (task["Subject"], task["Body"]["Content"], task["Status"] == "Completed", *dates)

"""Recurring tasks in the store: numbers, simultaneous writers, and what older stores hold."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from afterlook.mailbox import tasks
from afterlook.mailbox.identifiers import ItemKey, identifiers_of
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.recurrence import (
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
)
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import COMPLETED, TaskValues
from afterlook.outlook import render
from afterlook.outlook.edm import TASK
from afterlook.outlook.render import View
from afterlook.runtime.instants import TICKS_PER_DAY
from afterlook.store import tasks as rows
from afterlook.store.pages import Page
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.store import Store
from tests.store.changelog import read_log

DAILY = PatternedRecurrence(
    Pattern(PatternType.Daily, 1), Range(RangeType.NoEnd, date(2016, 4, 25))
)
WRITERS = 12


def recurring(store: Store, mailbox: MailboxRow) -> TaskRow:
    """Create a recurring task."""
    with store.write_session(mailbox) as session:
        return tasks.create_task(session, DEFAULT_FOLDER, TaskValues(recurrence=DAILY), UTC)


def complete(store: Store, mailbox: MailboxRow, task: TaskRow) -> list[TaskRow]:
    """Complete a task in a transaction of its own."""
    with store.write_session(mailbox) as session:
        return tasks.complete_task(session, ItemKey(task.folder_id, task.id), UTC)


def test_each_has_a_number_of_its_own(store: Store, mailbox: MailboxRow) -> None:
    """Both are in the change log, the completed one before the one that goes on."""
    task = recurring(store, mailbox)
    before = read_log(store, mailbox)

    done, following = complete(store, mailbox, task)

    seen = read_log(store, mailbox)
    assert (done.id, done.change, following.change) == tuple(
        before.counter + further for further in (1, 1, 2)
    )
    assert seen.counter == before.counter + 2
    assert {entity: number for entity, (number, _) in seen.log.items()} == seen.living
    assert seen.log[DEFAULT_FOLDER, task.id] == (following.change, False)
    assert seen.log[DEFAULT_FOLDER, done.id] == (done.change, False)


def test_simultaneous_completions(store: Store, mailbox: MailboxRow) -> None:
    """Each completes an occurrence of its own; none is lost and none comes twice."""
    task = recurring(store, mailbox)
    assert task.due is not None

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(lambda _: complete(store, mailbox, task), range(WRITERS)))

    days = sorted((answer[0].due or 0) - task.due for answer in answers)
    assert days == [number * TICKS_PER_DAY for number in range(WRITERS)]
    with store.read_session(mailbox) as session:
        assert tasks.count_tasks(session, None) == 1 + WRITERS


@pytest.mark.parametrize(
    "text",
    [
        '{"x":1}',
        '{"Pattern":{"Type":"Hourly","Interval":0},"Range":{}}',
        '{"Pattern":{"Type":"Daily","Interval":1.5},"Range":{"Type":"NoEnd"}}',
        '{"Pattern":[],"Range":"2016"}',
    ],
)
def test_what_older_stores_hold(store: Store, mailbox: MailboxRow, text: str) -> None:
    """A recurrence that makes no sense shows as none, and the task is completed like any other."""
    task = recurring(store, mailbox)
    with store.write_session(mailbox) as session:
        rows.replace(session, task._replace(recurrence=text))

    (done,) = complete(store, mailbox, task)

    assert (done.id, done.status) == (task.id, COMPLETED)
    view = View(TASK, identifiers_of(mailbox), "", "", UTC)
    with store.read_session(mailbox) as session:
        (listed,) = tasks.list_tasks(session, Page(size=10)).rows
    assert render.render_task(listed, view)["Recurrence"] is None

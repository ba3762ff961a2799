"""The user's own order, however often tasks are moved."""

import random

import pytest

from afterlook.runtime.instants import Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import WriteSession
from afterlook.store.store import Store
from afterlook.store.workmanagement import tasks as rows
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement import order, queries, tasks
from afterlook.workmanagement.tasks import NewTask
from tests.support.stores import new_mailbox

SIZE = 6


@pytest.fixture
def keys(store: Store, mailbox: MailboxRow) -> list[int]:
    """Return the ids of some tasks in their order."""
    with store.write_session(mailbox) as session:
        for number in range(SIZE):
            tasks.create_task(session, NewTask(f"Task {number}"), "en-US")
    return read(store, mailbox)


def read(store: Store, mailbox: MailboxRow) -> list[int]:
    with store.read_session(mailbox) as session:
        found = list(queries.read_tasks(session, TaskQuery(), Instant(0)))
    return [task.row.id for task in found]


def move(keys: list[int], key: int, after: int) -> list[int]:
    """Return the order that a list would have."""
    if key == after:
        return keys
    rest = [other for other in keys if other != key]
    place = 0 if after == order.TOP else rest.index(after) + 1
    return [*rest[:place], key, *rest[place:]]


def test_new_tasks_come_first(keys: list[int]) -> None:
    assert keys == list(range(SIZE, 0, -1))


def test_as_a_list_would(store: Store, mailbox: MailboxRow, keys: list[int]) -> None:
    """Any moves at all."""
    chance = random.Random(5)
    for _ in range(60):
        key, after = chance.choice(keys), chance.choice([order.TOP, *keys])
        with store.write_session(mailbox) as session:
            assert order.reorder_task(session, key, after)
        keys = move(keys, key, after)
        assert read(store, mailbox) == keys


def test_room_is_made(
    store: Store, mailbox: MailboxRow, keys: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same gap is halved until there is none; then all positions are set apart again."""
    made = []
    renumber = rows.renumber

    def count(session: WriteSession) -> None:
        made.append(session.change_number)
        renumber(session)

    monkeypatch.setattr(rows, "renumber", count)
    first, *_, moved, last = keys
    with store.write_session(mailbox) as session:
        for number in range(40):
            key, keys = (moved, keys) if number % 2 else (last, keys)
            assert order.reorder_task(session, key, first)
            keys = move(keys, key, first)

    assert read(store, mailbox) == keys
    assert 1 <= len(made) <= 4


def test_a_new_task_is_above_those_that_moved(
    store: Store, mailbox: MailboxRow, keys: list[int]
) -> None:
    with store.write_session(mailbox) as session:
        order.reorder_task(session, keys[-1], order.TOP)
        tasks.create_task(session, NewTask("New"), "en-US")

    assert read(store, mailbox) == [SIZE + 1, *move(keys, keys[-1], order.TOP)]


def test_others_keep_their_order(store: Store, mailbox: MailboxRow, keys: list[int]) -> None:
    """Renumbering reaches no other mailbox, though it has tasks of the same keys."""
    other = new_mailbox(store)
    with store.write_session(other) as session:
        for number in (1, 2):
            tasks.create_task(session, NewTask(f"Theirs {number}"), "en-US")
        order.reorder_task(session, 1, order.TOP)

    def positions(of: MailboxRow) -> list[int]:
        with store.read_session(of) as session:
            found = list(queries.read_tasks(session, TaskQuery(), Instant(0)))
        return [task.row.position for task in found]

    theirs = positions(other)
    with store.write_session(mailbox) as session:
        rows.renumber(session)

    assert read(store, mailbox) == keys
    assert positions(mailbox) == [number * rows.GAP for number in range(1, SIZE + 1)]
    assert (read(store, other), positions(other)) == ([1, 2], theirs)

"""Listings are in one order on both engines: the order of this file's own sorting."""

from functools import cmp_to_key
from itertools import product

import pytest

from afterlook.mailbox import folders, groups, tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.runtime.instants import Instant
from afterlook.store.folding import fold
from afterlook.store.pages import Order, Page
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.store import Store

SUBJECTS = [
    *("b", "B", "a", "A b", "a_b", "ab", "", " ", "10", "9", "Z", "_"),
    *("é", "É", "e\u0301", "ß", "ss", "\u0131", "I", "\u4e00", "\uffee", "\U0001f600"),
]
DUES = [None, Instant(0), Instant(5), Instant(3_155_378_975_999_999_999)]


@pytest.fixture
def written(store: Store, mailbox: MailboxRow) -> list[TaskRow]:
    """Return tasks of every subject and due date, some without, in order of creation."""
    rows = []
    for number, (subject, due) in enumerate(product([None, *SUBJECTS], DUES)):
        values = TaskValues(subject=subject, due=due, is_reminder_on=number % 3 == 0)
        with store.write_session(mailbox) as session:
            rows.append(tasks.create_task(session, DEFAULT_FOLDER, values, UTC))
    return rows


def lowered(value: object) -> object:
    """Fold text, and compare by code point."""
    return fold(value) if isinstance(value, str) else value


def in_order(rows: list[TaskRow], order: Order) -> list[TaskRow]:
    """Sort rows: nulls first ascending, last descending; equals by creation."""

    def compare(one: TaskRow, other: TaskRow) -> int:
        for name, descending in order:
            values = [lowered(getattr(row, name)) for row in (one, other)]
            ranks = [(value is not None, value) for value in values]
            if values[0] != values[1]:
                return (1 if ranks[0] > ranks[1] else -1) * (-1 if descending else 1)
        return one.id - other.id

    return sorted(rows, key=cmp_to_key(compare))


ORDERS: list[Order] = [
    (),
    (("subject", False),),
    (("subject", True),),
    (("due", False),),
    (("due", True),),
    (("due", True), ("subject", False)),
    (("is_reminder_on", True), ("due", False)),
    (("status", False),),
    (("id", True),),
]


def test_order(store: Store, mailbox: MailboxRow, written: list[TaskRow]) -> None:
    """Sorted alike everywhere, and pages put together are the whole."""
    for order in ORDERS:
        with store.read_session(mailbox) as session:
            whole = tasks.list_tasks(session, Page(1000, order=order))
            skips = range(0, len(written), 10)
            pages = [tasks.list_tasks(session, Page(10, skip, order)) for skip in skips]

        assert whole.rows == in_order(written, order), order
        assert not whole.more
        assert [row for page in pages for row in page.rows] == whole.rows
        assert [page.more for page in pages] == [True] * (len(skips) - 1) + [False]


def test_folders_by_name_and_groups_by_creation(store: Store, mailbox: MailboxRow) -> None:
    """Folder names go by code point, case folded; groups as they came, the default one first."""
    names = ["b", "A", "c", "É", "1", "Z"]
    for name in names:
        with store.write_session(mailbox) as session:
            folders.create_folder(session, name)
        with store.write_session(mailbox) as session:
            groups.create_group(session, name)
    with store.read_session(mailbox) as session:
        listed = folders.list_folders(session, Page(10)).rows
        grouped = groups.list_groups(session, Page(10)).rows

    assert [row.name for row in listed] == sorted([*names, "Tasks"], key=str.casefold)
    assert [row.name for row in grouped] == ["My Tasks", *names]


def test_slices(store: Store, mailbox: MailboxRow, written: list[TaskRow]) -> None:
    """Nothing is a page too, and far beyond the end is nothing."""
    for size, skip, found in [(0, 0, 0), (10, 1000, 0), (5, 2**31 - 1, 0), (1, 0, 1)]:
        with store.read_session(mailbox) as session:
            page = tasks.list_folder_tasks(session, DEFAULT_FOLDER, Page(size, skip))

        assert len(page.rows) == found
        assert page.more == (found == 1)

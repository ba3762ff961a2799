"""Parts of tasks in the store: they go with their task, and come with its copies."""

from datetime import date

import pytest

from afterlook.mailbox import checklists, folders, linked_resources, tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.recurrence import (
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
)
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.store import contents
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.store import Store
from tests.support.parts import count_parts, fill_with_parts, see_parts
from tests.support.stores import new_mailbox

ONE = {
    "checklist_item": 2,
    "linked_resource": 1,
    "open_extension": 2,
    "upload_session": 1,
    "upload_session_part": 1,
}
"""What `fill_with_parts` makes, with the extension of the folder."""

DAILY = TaskValues(
    recurrence=PatternedRecurrence(
        Pattern(PatternType.Daily, 1), Range(RangeType.NoEnd, date(2016, 4, 25))
    )
)


def test_what_goes_with_a_task(store: Store, mailbox: MailboxRow) -> None:
    key = fill_with_parts(store, mailbox)
    other = new_mailbox(store)
    fill_with_parts(store, other)
    assert count_parts(store, mailbox) == ONE
    with store.write_session(mailbox) as session:
        tasks.delete_task(session, key)
    assert count_parts(store, mailbox) == {"open_extension": 1}
    assert count_parts(store, other) == ONE


def test_what_goes_with_a_folder(store: Store, mailbox: MailboxRow) -> None:
    fill_with_parts(store, mailbox)
    with store.write_session(mailbox) as session:
        folder = folders.create_folder(session, "Garden").id
    fill_with_parts(store, mailbox, folder)
    with store.write_session(mailbox) as session:
        folders.delete_folder(session, folder)
    assert count_parts(store, mailbox) == ONE


@pytest.mark.parametrize("everything", [False, True])
def test_what_goes_with_a_mailbox(store: Store, mailbox: MailboxRow, *, everything: bool) -> None:
    fill_with_parts(store, mailbox)
    other = new_mailbox(store)
    fill_with_parts(store, other)
    with store.new_mailbox_session() as transaction:
        if everything:
            contents.remove_all(transaction)
        else:
            contents.remove(transaction, [mailbox.id])
    assert count_parts(store, mailbox) == {}
    assert count_parts(store, other) == ({} if everything else ONE)


def complete(store: Store, mailbox: MailboxRow, key: ItemKey) -> tuple[TaskRow, TaskRow]:
    """Complete an occurrence of a series; return the task that it became, and the next one."""
    with store.write_session(mailbox) as session:
        done, following = tasks.complete_task(session, key, UTC)
    return done, following


def test_an_occurrence_takes_its_parts_along(store: Store, mailbox: MailboxRow) -> None:
    """As copies: what becomes of one leaves the other alone. The next one's steps are open."""
    key = fill_with_parts(store, mailbox, values=DAILY)
    with store.read_session(mailbox) as session:
        before = see_parts(session, tasks.get_task(session, key))
    done, following = complete(store, mailbox, key)
    with store.read_session(mailbox) as session:
        assert see_parts(session, done) == before
        opened = [(name, False) for name, _ in before.items]
        assert see_parts(session, following) == before._replace(items=opened)
        items = checklists.list_of_tasks(session, [done, following])
        linked = linked_resources.list_of_tasks(session, [done, following])
    assert len({row.guid for rows in items.values() for row in rows}) == 4
    assert len({row.guid for rows in linked.values() for row in rows}) == 2
    with store.write_session(mailbox) as session:
        tasks.delete_task(session, key)
    with store.read_session(mailbox) as session:
        assert see_parts(session, done) == before


def test_a_task_that_is_written_over_keeps_them(store: Store, mailbox: MailboxRow) -> None:
    key = fill_with_parts(store, mailbox, DEFAULT_FOLDER)
    with store.write_session(mailbox) as session:
        before = see_parts(session, tasks.get_task(session, key))
        written = tasks.update_task(session, key, TaskValues(subject="Dig", status=2), UTC)
        assert see_parts(session, written) == before

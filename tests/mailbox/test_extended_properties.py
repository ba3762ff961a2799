"""Extended properties: how they are named, and that they go when their entity goes."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from afterlook.errors import InvalidRequest
from afterlook.mailbox import folders, groups, tasks
from afterlook.mailbox.extended_properties import PropertyName, PropertyUpdate, read_name
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEFAULT_GROUP
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.tables import ExtendedProperty, table
from tests.support.stores import new_mailbox, open_store

SET = "{00020329-0000-0000-c000-000000000046}"
COLOR, TAGS = read_name(f"String {SET} Name Color"), read_name(f"StringArray {SET} Name Tags")
BOTH = [PropertyUpdate(COLOR, "Green"), PropertyUpdate(TAGS, ["a", "b"])]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """Return an open store on a new database."""
    opened = open_store(database)
    yield opened
    opened.close()


def owners(store: Store, mailbox: MailboxRow) -> list[int]:
    """Return the entity of every row of properties in a mailbox."""
    rows = table(ExtendedProperty)
    statement = select(rows.c.entity).where(rows.c.mailbox == mailbox.id).order_by(rows.c.entity)
    with store.session() as session:
        return [int(row[0]) for row in session.ad_hoc(statement, {})]


def new_task(store: Store, mailbox: MailboxRow, folder: int = DEFAULT_FOLDER) -> ItemKey:
    """Create a task with properties."""
    with store.write_session(mailbox) as session:
        task = tasks.create_task(session, folder, TaskValues(), UTC, BOTH)
    return ItemKey(task.folder_id, task.id)


def new_folder(store: Store, mailbox: MailboxRow, name: str, group: int | None = None) -> int:
    """Create a folder with properties."""
    group = DEFAULT_GROUP if group is None else group
    with store.write_session(mailbox) as session:
        return folders.create_folder(session, name, group, BOTH).id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"String {SET} Name Color", (f"String {SET} Name Color", "String", False)),
        (f"clsid {SET} name a b", (f"CLSID {SET} Name a b", "CLSID", False)),
        (f"INTEGERARRAY {SET} id 010", (f"IntegerArray {SET} Id 0xa", "Integer", True)),
        (f"Long {SET.upper()} Id 0X0A", (f"Long {SET} Id 0xa", "Long", False)),
        ("systemtime 0x0E07", ("SystemTime 0xe07", "SystemTime", False)),
    ],
)
def test_one_spelling(text: str, expected: tuple[str, str, bool]) -> None:
    """Whatever the client's was; read again it stays."""
    assert read_name(text) == PropertyName(*expected) == read_name(expected[0])


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.sampled_from(
            ["String", "Integer", "Array", SET, "Name", "Id", "0", "0x", "08", "\u0665"]
        )
        | st.text(max_size=3),
        max_size=6,
    ),
    st.sampled_from([" ", ""]),
)
def test_any_text(parts: list[str], between: str) -> None:
    """Read or refused; what was read is its own name."""
    try:
        name = read_name(between.join(parts))
    except InvalidRequest:
        return
    assert read_name(name.text) == name


def test_a_deleted_task_takes_its_own_along(store: Store) -> None:
    """Neither another task's, nor those of a task with its number in another mailbox."""
    mailbox, other = new_mailbox(store), new_mailbox(store)
    one, two, same = (new_task(store, each) for each in (mailbox, mailbox, other))
    assert one == same
    with store.write_session(mailbox) as session:
        tasks.delete_task(session, one)

    assert owners(store, mailbox) == [two.item] * 2
    assert owners(store, other) == [same.item] * 2


def test_a_deleted_folder_takes_its_tasks_along(store: Store) -> None:
    """Neither those of other folders and their tasks, nor another mailbox's."""
    mailbox, other = new_mailbox(store), new_mailbox(store)
    gone, there = new_folder(store, mailbox, "gone"), new_folder(store, other, "there")
    inside, outside = new_task(store, mailbox, gone), new_task(store, mailbox)
    theirs = new_task(store, other, there)
    kept = new_folder(store, mailbox, "kept")
    assert (gone, inside) == (there, theirs)
    with store.write_session(mailbox) as session:
        folders.delete_folder(session, gone)

    assert owners(store, mailbox) == sorted([outside.item, kept] * 2)
    assert owners(store, other) == sorted([there, theirs.item] * 2)


def test_a_deleted_group_leaves_its_folders_theirs(store: Store) -> None:
    """They move to another group as they are."""
    mailbox = new_mailbox(store)
    with store.write_session(mailbox) as session:
        group = groups.create_group(session, "gone").id
    folder = new_folder(store, mailbox, "kept", group)
    with store.write_session(mailbox) as session:
        groups.delete_group(session, group)

    assert owners(store, mailbox) == [folder] * 2

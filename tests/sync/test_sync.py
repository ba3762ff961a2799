"""How far a replica has got, and what it is given next; on both engines."""

import pytest

from afterlook.errors import ItemNotFound, SyncStateNotFound
from afterlook.mailbox import folders, sync, tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEFAULT_GROUP
from afterlook.mailbox.sync import Collection, SyncPage, SyncState, tasks_in
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant
from afterlook.store import changes
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.store import Store
from tests.support.stores import NOW

HORIZON = 30 * TICKS_PER_DAY
TASKS = tasks_in(DEFAULT_FOLDER)


class Box:
    """A mailbox to write to and to synchronise."""

    def __init__(self, store: Store, mailbox: MailboxRow) -> None:
        self.store, self.mailbox = store, mailbox

    def add(self, subject: str = "x") -> int:
        """Create a task; return its id."""
        with self.store.write_session(self.mailbox) as session:
            values = TaskValues(subject=subject)
            return tasks.create_task(session, DEFAULT_FOLDER, values, UTC).id

    def change(self, task: int) -> None:
        """Write to a task."""
        with self.store.write_session(self.mailbox) as session:
            key, values = ItemKey(DEFAULT_FOLDER, task), TaskValues(subject="changed")
            tasks.update_task(session, key, values, UTC)

    def remove(self, task: int) -> None:
        """Delete a task."""
        with self.store.write_session(self.mailbox) as session:
            tasks.delete_task(session, ItemKey(DEFAULT_FOLDER, task))

    def begin(
        self, size: int = 50, of: Collection[TaskRow] = TASKS, asked: str = ""
    ) -> SyncPage[TaskRow]:
        """Begin a first enumeration."""
        with self.store.read_session(self.mailbox) as session:
            return sync.begin(session, of, size, NOW, asked)

    def go_on(
        self,
        state: SyncState,
        size: int = 50,
        now: Instant = NOW,
        of: Collection[TaskRow] = TASKS,
    ) -> SyncPage[TaskRow]:
        """Go on from somewhere."""
        with self.store.read_session(self.mailbox) as session:
            return sync.go_on(session, of, state, size, now, HORIZON)

    def head(self) -> int:
        """Return the mailbox's latest number."""
        return self.begin().state.high_water_mark


@pytest.fixture
def box(store: Store, mailbox: MailboxRow) -> Box:
    """Return a new mailbox."""
    return Box(store, mailbox)


def ids(page: SyncPage[TaskRow]) -> list[int]:
    """Return the entities of a page."""
    return [entry.entity for entry in page.entries]


def test_a_first_enumeration(box: Box) -> None:
    """From the head downwards; where it ends, nothing is below."""
    made = [box.add() for _ in range(5)][::-1]
    head = box.head()

    page = box.begin(2, asked="$select=Id")
    assert ids(page) == made[:2]
    assert page.more
    assert page.state.high_water_mark == head
    page = box.go_on(page.state, 2)
    assert ids(page) == made[2:4]
    assert page.more
    page = box.go_on(page.state, 2)
    assert ids(page) == made[4:]
    assert not page.more
    assert page.state == SyncState(head, 0, NOW // TICKS_PER_SECOND, "$select=Id")


def test_a_full_page_at_the_end(box: Box) -> None:
    """Where the last page is full to the brim there is no further one."""
    for _ in range(4):
        box.add()
    page = box.go_on(box.begin(2).state, 2)
    assert len(page.entries) == 2
    assert not page.more


def test_what_changes_meanwhile_follows(box: Box) -> None:
    """It has left its place below, and comes above the head at which it all began."""
    made = [box.add() for _ in range(4)][::-1]
    page = box.begin(2)
    box.change(made[0])
    box.change(made[3])
    box.remove(made[2])

    page = box.go_on(page.state, 2)
    assert ids(page) == []
    assert page.more
    page = box.go_on(page.state, 2)
    assert ids(page) == [made[0], made[3]]
    assert page.more
    page = box.go_on(page.state, 2)
    assert [(entry.entity, entry.row) for entry in page.entries] == [(made[2], None)]
    assert not page.more


def test_a_cut_page_keeps_its_own_position(box: Box) -> None:
    """Not the head, and not a later `as_of`: it knows no more than it was given."""
    start = box.begin().state
    made = [box.add() for _ in range(3)]
    later = Instant(NOW + TICKS_PER_DAY)

    page = box.go_on(start, 2, later)
    assert page.state.high_water_mark == page.entries[-1].change_number < box.head()
    assert page.state.verified_at == start.verified_at
    page = box.go_on(page.state, 2, later)
    assert ids(page) == made[2:]
    assert page.state.high_water_mark == box.head()
    assert page.state.verified_at == later // TICKS_PER_SECOND


def test_too_old(box: Box) -> None:
    """By age: at the horizon it is good, a second later not, at any stage."""
    for _ in range(3):
        box.add()
    stages = [box.begin().state, box.begin(1).state]
    for state in stages:
        box.go_on(state, now=Instant(NOW + HORIZON))
        with pytest.raises(SyncStateNotFound):
            box.go_on(state, now=Instant(NOW + HORIZON + TICKS_PER_SECOND))


def test_forgotten(box: Box) -> None:
    """By number: a tombstone that is gone is held against those alone who had not seen it."""
    task, other = box.add(), box.add()
    before = [box.begin().state, box.begin(1).state]
    box.remove(task)
    after = box.begin().state
    box.change(other)
    with box.store.new_mailbox_session() as transaction:
        assert changes.purge_tombstones(transaction, box.mailbox.id, Instant(NOW + 1), 10) == 1

    for state in before:
        with pytest.raises(SyncStateNotFound):
            box.go_on(state)
    assert ids(box.go_on(after)) == [other]
    assert ids(box.begin()) == [other]


def test_ahead_of_the_store(box: Box) -> None:
    """A token from after an older copy was restored is not good for that copy."""
    box.add()
    state = box.begin().state
    with pytest.raises(SyncStateNotFound):
        box.go_on(state._replace(high_water_mark=state.high_water_mark + 1))
    assert not box.go_on(state).entries


def test_no_such_folder(box: Box) -> None:
    """At any stage; a folder that goes takes its position with it."""
    with box.store.write_session(box.mailbox) as session:
        folder = folders.create_folder(session, "goes", DEFAULT_GROUP).id
    state = box.begin(of=tasks_in(folder)).state
    with box.store.write_session(box.mailbox) as session:
        folders.delete_folder(session, folder)

    for of in (tasks_in(folder), tasks_in(999_999)):
        with pytest.raises(ItemNotFound):
            box.begin(of=of)
        with pytest.raises(ItemNotFound):
            box.go_on(state, of=of)

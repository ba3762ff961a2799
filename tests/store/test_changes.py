"""The change log equals a model of it, whatever is written."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from afterlook.errors import ServiceError
from afterlook.mailbox import folders, groups, tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEFAULT_GROUP
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.odata.etag import read_precondition
from afterlook.store.changes import FOLDERS, GROUPS
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import WriteSession
from afterlook.store.store import Store
from tests.store.changelog import Entity, read_log
from tests.support.stores import new_mailbox

names = st.text("abA", min_size=1, max_size=2)


def newest_first(numbers: Iterable[int]) -> st.SearchStrategy[int]:
    """Draw a number: what is chosen most often comes first, and defaults refuse most writes."""
    return st.sampled_from(sorted(numbers, reverse=True))


class Log(RuleBasedStateMachine):
    """Writes of every kind; each says which entities it touches, if it is not refused."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.mailbox = new_mailbox(self.store)
        self.contents = read_log(self.store, self.mailbox)
        self.tasks: dict[int, int] = {}
        self.folders = {DEFAULT_FOLDER: DEFAULT_GROUP}
        self.groups = {DEFAULT_GROUP}

    def write(self, work: Callable[[WriteSession], object], *touched: Entity) -> set[Entity]:
        """Do work in one transaction; return the entities that are new in the log."""
        before = self.contents
        try:
            with self.store.write_session(self.mailbox) as session:
                work(session)
        except ServiceError:
            assert read_log(self.store, self.mailbox) == before
            return set()
        self.contents = read_log(self.store, self.mailbox)
        log = self.contents.log
        new = set(log) - set(before.log)
        changed = {entity for entity in before.log if log[entity] != before.log[entity]}
        assert changed == set(touched)
        assert all(before.counter < log[entity][0] for entity in changed | new)
        return new

    @invariant()
    def log_equals_entities(self) -> None:
        """Living entities have their number in the log, all others a tombstone."""
        log = self.contents.log
        numbers = [number for number, _ in log.values()]

        assert {entity: number for entity, (number, dead) in log.items() if not dead} == (
            self.contents.living
        )
        assert set(self.contents.living) == {
            *((folder, task) for task, folder in self.tasks.items()),
            *((FOLDERS, folder) for folder in self.folders),
            *((GROUPS, group) for group in self.groups),
        }
        assert len(set(numbers)) == len(numbers)
        assert max(numbers) <= self.contents.counter

    @rule(data=st.data(), subject=names)
    def create_task(self, data: st.DataObject, subject: str) -> None:
        """A new task is logged in the scope of its folder."""
        folder = data.draw(newest_first(self.folders))
        values = TaskValues(subject=subject)
        ((scope, task),) = self.write(
            lambda session: tasks.create_task(session, folder, values, UTC)
        )
        assert scope == folder
        self.tasks[task] = folder

    @rule(data=st.data(), how=st.sampled_from(["patch", "complete", "delete"]))
    def change_task(self, data: st.DataObject, how: str) -> None:
        """Writing over, completing and deleting a task touch it alone."""
        task, key = self.any_task(data)
        if key not in self.contents.log:
            return
        values = TaskValues(subject=how)
        work: dict[str, Callable[[WriteSession], object]] = {
            "patch": lambda session: tasks.update_task(session, key, values, UTC),
            "complete": lambda session: tasks.complete_task(session, key, UTC),
            "delete": lambda session: tasks.delete_task(session, key),
        }
        assert not self.write(work[how], key)
        if how == "delete":
            del self.tasks[task]

    @rule(data=st.data(), if_match=st.sampled_from(['"stale"', None]))
    def change_nothing(self, data: st.DataObject, if_match: str | None) -> None:
        """A stale or an empty request touches nothing."""
        _, key = self.any_task(data)
        values = TaskValues(subject="x") if if_match else TaskValues()
        self.write(
            lambda session: tasks.update_task(
                session, key, values, UTC, read_precondition(if_match, None)
            )
        )

    def any_task(self, data: st.DataObject) -> tuple[int, ItemKey]:
        """Return some task and its key; where there is none, one that never was."""
        task = data.draw(newest_first(self.tasks or [999_999]))
        return task, ItemKey(self.tasks.get(task, DEFAULT_FOLDER), task)

    @rule(data=st.data(), name=names)
    def create_folder(self, data: st.DataObject, name: str) -> None:
        """A new folder is logged, unless its name is taken."""
        group = data.draw(newest_first(self.groups))
        new = self.write(lambda session: folders.create_folder(session, name, group))
        self.folders.update({folder: group for _, folder in new})

    @rule(data=st.data(), name=st.none() | names)
    def change_folder(self, data: st.DataObject, name: str | None) -> None:
        """Renaming touches the folder, deleting its tasks too; the default one refuses both."""
        folder = data.draw(newest_first(self.folders))
        if name is not None:
            self.write(
                lambda session: folders.update_folder(session, folder, name),
                (FOLDERS, folder),
            )
            return
        inside = {task for task, place in self.tasks.items() if place == folder}
        self.write(
            lambda session: folders.delete_folder(session, folder),
            (FOLDERS, folder),
            *((folder, task) for task in inside),
        )
        if folder != DEFAULT_FOLDER:
            del self.folders[folder]
            self.tasks = {task: self.tasks[task] for task in self.tasks.keys() - inside}

    @rule(name=names)
    def create_group(self, name: str) -> None:
        """A new group is logged."""
        ((_, group),) = self.write(lambda session: groups.create_group(session, name))
        self.groups.add(group)

    @rule(data=st.data(), name=st.none() | names)
    def change_group(self, data: st.DataObject, name: str | None) -> None:
        """Renaming touches the group, deleting the folders that move; the default refuses both."""
        group = data.draw(newest_first(self.groups))
        if name is not None:
            self.write(
                lambda session: groups.rename_group(session, group, name),
                (GROUPS, group),
            )
            return
        moving = [folder for folder, place in self.folders.items() if place == group]
        self.write(
            lambda session: groups.delete_group(session, group),
            (GROUPS, group),
            *((FOLDERS, folder) for folder in moving),
        )
        if group != DEFAULT_GROUP:
            self.groups.discard(group)
            self.folders.update(dict.fromkeys(moving, DEFAULT_GROUP))


def test_the_log_equals_its_model(store: Store) -> None:
    """After any writes: one row per entity, its latest number, tombstones for the dead."""
    run_state_machine_as_test(
        type("LogOfOneEngine", (Log,), {"store": store}),
        settings=settings(deadline=None, max_examples=50, stateful_step_count=25),
    )


@pytest.mark.inferred("house.folder-with-tasks-logged", "house.group-with-folders-logged")
def test_what_goes_with_another(store: Store) -> None:
    """Tasks go with their folder, folders move with their group; each has a number of its own."""
    log = type("LogOfOneEngine", (Log,), {"store": store})()
    log.create_group(name="x")
    (group,) = log.groups - {DEFAULT_GROUP}
    ((_, goes),) = log.write(lambda session: folders.create_folder(session, "goes", group))
    ((_, stays),) = log.write(lambda session: folders.create_folder(session, "stays", group))
    values = TaskValues()
    inside = [
        *log.write(lambda session: tasks.create_task(session, goes, values, UTC)),
        *log.write(lambda session: tasks.create_task(session, goes, values, UTC)),
    ]
    log.write(
        lambda session: groups.delete_group(session, group),
        (GROUPS, group),
        (FOLDERS, goes),
        (FOLDERS, stays),
    )
    log.write(
        lambda session: folders.delete_folder(session, goes),
        (FOLDERS, goes),
        *inside,
    )
    log.folders[stays] = DEFAULT_GROUP
    log.groups.discard(group)
    log.log_equals_entities()


def test_the_log_is_bounded_by_entities(store: Store, mailbox: MailboxRow) -> None:
    """However often a task is written, it has one row, and one when it is gone."""
    with store.write_session(mailbox) as session:
        task = tasks.create_task(session, DEFAULT_FOLDER, TaskValues(), UTC)
    key = ItemKey(DEFAULT_FOLDER, task.id)
    for number in range(20):
        with store.write_session(mailbox) as session:
            values = TaskValues(subject=str(number))
            task = tasks.update_task(session, key, values, UTC)
    alive = read_log(store, mailbox)
    with store.write_session(mailbox) as session:
        tasks.delete_task(session, key)
    gone = read_log(store, mailbox)

    assert alive.log[key] == (task.change, False)
    assert gone.log[key] == (gone.counter, True)
    assert len(gone.log) == len(alive.log) == 3

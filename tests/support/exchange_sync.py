"""Both sides of Exchange sync on one store: writes on either, jobs, and what is then there."""

from typing import Any

from afterlook.mailbox import tasks as outlook_tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.pages import Page
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.store import Store
from afterlook.store.workmanagement import exchange_pairs, locations, settings
from afterlook.store.workmanagement.rows import WorkLocationRow, WorkPairRow, WorkTaskRow
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement import queries, tasks
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.exchange_sync import synced_fields
from afterlook.workmanagement.exchange_sync.state import ExchangeSyncState, OptInResult
from afterlook.workmanagement.exchange_sync.synced_fields import SyncedFields
from afterlook.workmanagement.results import WriteError
from afterlook.workmanagement.tasks import NewTask

FIELDS = {"description": 4, "due": 5, "is_completed": 13, "name": 21, "start": 28}
TODAY = Instant(636_000_000_000_000_000 // TICKS_PER_DAY * TICKS_PER_DAY)


def day(number: int) -> Instant:
    """Return midnight of a day in UTC, counted from the day that the clock shows."""
    return Instant(TODAY + number * TICKS_PER_DAY)


class Sides:
    """The list and the mailbox of one user."""

    def __init__(self, store: Store, mailbox: MailboxRow) -> None:
        self.store = store
        self.mailbox = mailbox

    def opt_in(self) -> OptInResult:
        """Opt in, and run the job that this begins."""
        with self.store.write_session(self.mailbox) as session:
            result = exchange_state.opt_in(session)
        if result is OptInResult.SUCCESS:
            self.finish()
        return result

    def opt_out(self) -> None:
        """Opt out."""
        with self.store.write_session(self.mailbox) as session:
            assert exchange_state.opt_out(session)

    def job(self) -> None:
        """Run a job to its end."""
        with self.store.write_session(self.mailbox) as session:
            assert exchange_state.begin_sync(session)
        self.finish()

    def portion(self) -> bool:
        """Run a portion of a job; tell whether there is more."""
        with self.store.write_session(self.mailbox) as session:
            return exchange_state.continue_sync(session)

    def finish(self) -> int:
        """Run what is left of a job; return the number of portions."""
        count = 1
        while self.portion():
            count += 1
        return count

    def create_list_task(self, name: str = "Listed", **values: Any) -> int:
        """Create a task in the list; return its key."""
        with self.store.write_session(self.mailbox) as session:
            written = tasks.create_task(session, NewTask(name, **values), "en-US")
        assert written.task is not None
        return written.task.row.id

    def write(self, key: int, **values: str | None) -> None:
        """Write fields of a task of the list."""
        for name, text in values.items():
            with self.store.write_session(self.mailbox) as session:
                done = tasks.update_task(session, key, FIELDS[name], text, "en-US")
            assert done.error is WriteError.NO_VALUE

    def pin(self, key: int, *, pinned: bool) -> None:
        """Pin a task of the list, or take its pin away."""
        with self.store.write_session(self.mailbox) as session:
            tasks.pin_task(session, key, pinned=pinned)

    def move(self, key: int, location: int) -> None:
        """Put a task of the list into a location."""
        with self.store.write_session(self.mailbox) as session:
            assert tasks.move_task(session, key, location)

    def delete(self, key: int) -> None:
        """Delete a task of the list."""
        with self.store.write_session(self.mailbox) as session:
            assert tasks.delete_task(session, key).error is WriteError.NO_VALUE

    def create_location(self) -> int:
        """Make a location."""
        with self.store.write_session(self.mailbox) as session:
            number = settings.advance_counter(session, "next_location")
            row = WorkLocationRow(number, "Site: List", -1, 1, None, None, session.now)
            locations.add(session, row)
        return number

    def post(self, **values: Any) -> int:
        """Create a task in the mailbox; return its number."""
        given: TaskValues = {"subject": "Outlook", **values}  # type: ignore[typeddict-item]
        with self.store.write_session(self.mailbox) as session:
            created = outlook_tasks.create_task(session, DEFAULT_FOLDER, given, UTC)
        return created.id

    def patch(self, number: int, **values: Any) -> int:
        """Write over a task of the mailbox; return the number of what was written."""
        given: TaskValues = {**values}  # type: ignore[typeddict-item]
        with self.store.write_session(self.mailbox) as session:
            key = ItemKey(DEFAULT_FOLDER, number)
            return outlook_tasks.update_task(session, key, given, UTC).id

    def remove(self, number: int) -> None:
        """Delete a task of the mailbox."""
        with self.store.write_session(self.mailbox) as session:
            key = ItemKey(DEFAULT_FOLDER, number)
            outlook_tasks.delete_task(session, key)

    @property
    def listed(self) -> dict[int, WorkTaskRow]:
        """The tasks of the list by their keys."""
        with self.store.read_session(self.mailbox) as session:
            found = list(queries.read_tasks(session, TaskQuery(), Instant(0)))
        return {task.row.id: task.row for task in found}

    @property
    def outlook(self) -> dict[int, TaskRow]:
        """The tasks of the mailbox by their numbers."""
        with self.store.read_session(self.mailbox) as session:
            found = outlook_tasks.list_tasks(session, Page(1000))
        return {row.id: row for row in found.rows}

    @property
    def pairs(self) -> dict[int, int]:
        """The numbers of tasks of the mailbox by the keys of those of the list."""
        return {task: pair.outlook_task for task, pair in self.pair_rows.items()}

    @property
    def pair_rows(self) -> dict[int, WorkPairRow]:
        """The pairs by the keys of their tasks of the list."""
        with self.store.read_session(self.mailbox) as session:
            found = (exchange_pairs.find_by_list_task(session, key) for key in self.listed)
            return {pair.list_task: pair for pair in found if pair is not None}

    @property
    def state(self) -> ExchangeSyncState:
        """How things stand."""
        with self.store.read_session(self.mailbox) as session:
            return exchange_state.get_state(session)

    def is_pending(self) -> bool:
        """Tell whether a job is under way."""
        with self.store.read_session(self.mailbox) as session:
            return exchange_state.is_pending(session, self.store.now())

    def everything(self) -> tuple[object, ...]:
        """Return all that a job could change, but for when it ran."""
        return self.listed, self.outlook, self.pair_rows

    def synced(self) -> tuple[list[SyncedFields], list[SyncedFields]]:
        """Return the synced fields of all tasks, those of the list and those of the mailbox."""
        return (
            sorted(map(synced_fields.from_list_task, self.listed.values()), key=repr),
            sorted(map(synced_fields.from_outlook_task, self.outlook.values()), key=repr),
        )

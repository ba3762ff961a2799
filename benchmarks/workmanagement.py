"""A user of Work Management to measure with: tasks of their own, in lists of sites, in projects.

Owns how these are created: by the use cases themselves, at given instants, since some must be old.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

from afterlook.mailbox import identities
from afterlook.mailbox.identities import DEFAULT_FOLDER, Identity
from afterlook.mailbox.values import COMPLETED, NOT_STARTED
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant, to_datetime
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import WriteSession
from afterlook.store.store import Store
from afterlook.store.workmanagement import provider_lists
from afterlook.store.workmanagement.rows import ProviderListRow, WorkRefreshRow
from afterlook.workmanagement import tasks
from afterlook.workmanagement.providers import items
from afterlook.workmanagement.providers.lists import ME, TIMELINE, create_list
from afterlook.workmanagement.refresh import history as refresh_history
from afterlook.workmanagement.refresh import job as refresh_job
from afterlook.workmanagement.refresh.job import THROTTLED_FOR
from afterlook.workmanagement.refresh.report import RefreshState, decode_changes
from afterlook.workmanagement.results import WriteError
from benchmarks import mailbox

NOW = Instant(739_300 * TICKS_PER_DAY + 9 * 3600 * TICKS_PER_SECOND)
"""When tasks are made that are not to be old."""

WEBS = {1: "/sites/a", 2: "/sites/b", 3: "/sites/b", 4: "/sites/pwa", 5: "/sites/pwa"}
"""The webs of the lists by their numbers: the last two are projects."""

T = TypeVar("T")


class Draft(NamedTuple):
    """A task as it is to be, wherever it is. Without a `list` it is the user's own."""

    title: str
    body: str | None
    start: Instant | None
    due: Instant | None
    is_done: bool
    list: int | None


class Item(NamedTuple):
    """A task in a list, by both their numbers."""

    list: int
    item: int


class RefreshTiming(NamedTuple):
    """How many changes a refresh read, its seconds, and those of its longest transaction."""

    changes: int
    seconds: float
    longest: float


class WorkManagementFixture:
    """A user in a new store on SQLite, with lists that are empty to begin with."""

    def __init__(self, file: Path, user: Identity) -> None:
        self._clock = FrozenClock(NOW)
        self._store = Store(f"sqlite:///{file}", "normal", self._clock, RandomIds())
        with self._store.new_mailbox_session() as transaction:
            self._mailbox = identities.create_mailbox(transaction, user)
        for number, web in WEBS.items():
            created = self._write(_create_list(web, f"Tasks {number}"))
            assert created.id == number

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def put(self, drafts: Iterable[Draft], instant: Instant = NOW) -> list[Item]:
        """Create tasks at an instant; return those in lists, which the next refresh will read."""
        self._clock.instant = instant

        def put(session: WriteSession) -> list[Item]:
            # Each by a number of its own, as if it had been a write of its own: by these a refresh
            # goes on within a list.
            put = (_put(session.begin_next_write(), draft) for draft in drafts)
            return [item for item in put if item is not None]

        return self._write(put)

    def put_in_outlook(self, drafts: Sequence[Draft], instant: Instant = NOW) -> None:
        """Make the same tasks in the default folder of the mailbox."""
        left = iter(drafts)
        self._clock.instant = instant
        self._write(
            lambda session: mailbox.write(
                session, len(drafts), lambda number: _outlook_task(number, instant, next(left))
            )
        )

    def write_over(self, item: Item, title: str) -> None:
        """Write over a task in a list."""
        self._write(
            lambda session: items.update_item(
                session, _get_list(session, item.list), item.item, {"title": title}
            )
        )

    def remove(self, item: Item) -> None:
        """Delete a task from a list."""
        self._write(
            lambda session: items.delete_item(session, _get_list(session, item.list), item.item)
        )

    def refresh(self) -> RefreshTiming:
        """Refresh the user's list to the end, at the first instant at which it may begin."""
        self._clock.instant = Instant(self._clock.instant + THROTTLED_FOR)
        times = [time.perf_counter()]
        key = self._write(lambda session: refresh_job.begin_refresh(session).refresh)
        times.append(time.perf_counter())
        while (row := self._get_refresh(key)).state == RefreshState.PENDING:
            self._write(lambda session: refresh_job.continue_refresh(session, key))
            times.append(time.perf_counter())
        assert row.state == RefreshState.SUCCEEDED
        changes = decode_changes(row.changes).values()
        return RefreshTiming(
            changes=sum(one.added + one.updated + one.removed for one in changes),
            seconds=times[-1] - times[0],
            longest=max(end - begin for begin, end in pairwise(times)),
        )

    def _get_refresh(self, key: int) -> WorkRefreshRow:
        with self._store.read_session(self._mailbox) as session:
            row = refresh_history.get_refresh(session, key)
        assert row is not None
        return row

    def _write(self, work: Callable[[WriteSession], T]) -> T:
        with self._store.write_session(self._mailbox) as session:
            return work(session)


def _create_list(web: str, title: str) -> Callable[[WriteSession], ProviderListRow]:
    return lambda session: create_list(session, web, title, TIMELINE)


def _get_list(session: WriteSession, number: int) -> ProviderListRow:
    row = provider_lists.get(session, number)
    assert row is not None
    return row


def _put(session: WriteSession, draft: Draft) -> Item | None:
    if draft.list is None:
        new = tasks.NewTask(
            name=draft.title,
            description=draft.body,
            start=_format_date(draft.start),
            due=_format_date(draft.due),
            is_completed=draft.is_done,
        )
        result = tasks.create_task(session, new, "en-US")
        assert result.error == WriteError.NO_VALUE
        return None
    item = items.create_item(
        session,
        _get_list(session, draft.list),
        {
            "title": draft.title,
            "body": draft.body,
            "start": draft.start,
            "due": draft.due,
            "checkmark": draft.is_done,
            "assigned": [ME],
        },
    )
    return Item(item.list, item.id)


def _format_date(day: Instant | None) -> str | None:
    return None if day is None else f"{to_datetime(day):%m/%d/%Y}"


def _outlook_task(number: int, instant: Instant, draft: Draft) -> TaskRow:
    return TaskRow(
        id=number,
        folder_id=DEFAULT_FOLDER,
        change=number,
        created=instant,
        modified=instant,
        subject=draft.title,
        body_type=0,
        body=draft.body or "",
        categories=None,
        assigned_to=None,
        completed=Instant(instant - instant % TICKS_PER_DAY) if draft.is_done else None,
        due=draft.due,
        start=draft.start,
        reminder=None,
        is_reminder_on=False,
        has_attachments=False,
        importance=1,
        sensitivity=0,
        status=COMPLETED if draft.is_done else NOT_STARTED,
        recurrence=None,
    )

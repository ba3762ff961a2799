"""Use cases of synchronisation.

Owns how far a replica of a collection has got and what it is given next
(Outlook Task REST, "Synchronize tasks or task folders"). How that is written into
a token is `sync_tokens`' alone.

A first enumeration hands out what lives, newest change first, from the head downwards; what
changes meanwhile moves above that head. What lies above it follows, oldest change first, until
nothing more does: that ends the round, and the next one goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from afterlook.errors import SyncStateNotFound
from afterlook.mailbox.folders import get_folder
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store import changes, folders, tasks
from afterlook.store.feeds import ChangeEntry, ChangeFeed, ChangeFeedSlice
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import ReadSession

Row = TypeVar("Row", bound=tuple[Any, ...])

Fit = Callable[[Sequence[Row | None]], int]
"""Returns how many of some entities, or tombstones, make a page by what is shown with them."""


class SyncState(NamedTuple):
    """How far a replica has got.

    It was given every change up to the change number `high_water_mark`, but for what a first
    enumeration has yet to list: that lies below `enumeration_cursor`, which is 0 when there is
    none. Nothing above the mark was written before `verified_at`, in whole seconds of `Instant`.
    `kept_query` holds the options that the first request gave, as the wire writes them.
    """

    high_water_mark: int
    enumeration_cursor: int
    verified_at: int
    kept_query: str = ""


class SyncPage(NamedTuple, Generic[Row]):
    """Entries for a replica, how far it has then got, and whether it needs to ask for more."""

    entries: list[ChangeEntry[Row]]
    state: SyncState
    more: bool


class Collection(NamedTuple, Generic[Row]):
    """A collection that can be synchronised: `scope` of the change log, read by its `feed`.

    The tasks of a list that `is_built_in` are of no folder.
    """

    feed: ChangeFeed[Row]
    scope: int
    is_built_in: bool = False

    def expect_present(self, session: ReadSession) -> None:
        """Raise `ItemNotFound` where the folder whose tasks they are is not there."""
        if self.scope != changes.FOLDERS and not self.is_built_in:
            get_folder(session, self.scope)


FOLDERS = Collection(folders.FEED, changes.FOLDERS)
"""All task folders of a mailbox."""


def tasks_in(folder_id: int) -> Collection[TaskRow]:
    """Return the tasks of a folder as a collection."""
    return Collection(tasks.FEED, folder_id)


def begin(
    session: ReadSession,
    collection: Collection[Row],
    size: int,
    now: Instant,
    kept_query: str,
    fit: Fit[Row] = len,
) -> SyncPage[Row]:
    """Begin a first enumeration with up to `size` entries. Raises `ItemNotFound`."""
    collection.expect_present(session)
    slice_ = collection.feed.read_entities(session, collection.scope, None, size)
    start = SyncState(slice_.latest_change, 0, _seconds(now), kept_query)
    return _enumerate(_fit(slice_, fit), start, now)


def go_on(
    session: ReadSession,
    collection: Collection[Row],
    state: SyncState,
    size: int,
    now: Instant,
    horizon: int,
    fit: Fit[Row] = len,
) -> SyncPage[Row]:
    """Give a replica the next entries, up to `size`.

    Raises `ItemNotFound`, and `SyncStateNotFound` where changes that it has not seen may be
    forgotten: those older than `horizon` ticks.
    """
    collection.expect_present(session)
    feed, scope = collection.feed, collection.scope
    if state.enumeration_cursor:
        slice_ = feed.read_entities(session, scope, state.enumeration_cursor, size)
        _expect_remembered(slice_, state, now, horizon)
        return _enumerate(_fit(slice_, fit), state, now)
    slice_ = feed.read_changes(session, scope, state.high_water_mark, size)
    _expect_remembered(slice_, state, now, horizon)
    slice_ = _fit(slice_, fit)
    entries = slice_.entries
    if slice_.next_change is not None:
        # Not the head: what lies between this page and it has yet to be given.
        return SyncPage(
            entries, state._replace(high_water_mark=entries[-1].change_number), more=True
        )
    caught_up = state._replace(high_water_mark=slice_.latest_change, verified_at=_seconds(now))
    return SyncPage(entries, caught_up, more=False)


def _enumerate(slice_: ChangeFeedSlice[Row], state: SyncState, now: Instant) -> SyncPage[Row]:
    entries, next_change = slice_.entries, slice_.next_change
    if next_change is not None:
        return SyncPage(entries, state._replace(enumeration_cursor=next_change + 1), more=True)
    listed = state._replace(enumeration_cursor=0)
    if slice_.latest_change > listed.high_water_mark:
        return SyncPage(entries, listed, more=True)
    return SyncPage(entries, listed._replace(verified_at=_seconds(now)), more=False)


def _fit(slice_: ChangeFeedSlice[Row], fit: Fit[Row]) -> ChangeFeedSlice[Row]:
    """Return as much of a slice as is handed out: less where it is full of what it holds."""
    entries = slice_.entries
    size = fit([entry.row for entry in entries]) if entries else 0
    if size >= len(entries):
        return slice_
    return slice_._replace(entries=entries[:size], next_change=entries[size].change_number)


def _expect_remembered(
    slice_: ChangeFeedSlice[Row], state: SyncState, now: Instant, horizon: int
) -> None:
    is_old = now - state.verified_at * TICKS_PER_SECOND > horizon
    # By number too, since a clock can be turned; past the head, where an older copy was restored.
    if is_old or not slice_.purged_through <= state.high_water_mark <= slice_.latest_change:
        raise SyncStateNotFound


def _seconds(instant: Instant) -> int:
    return instant // TICKS_PER_SECOND

"""Use cases of synchronisation.

Owns how far a replica of a collection has got and what it is given next
(Outlook Task REST, "Synchronize tasks or task folders"). Must not know how that is written into
a token, nor how an entity is drawn.

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
from afterlook.store.feeds import Entry, Feed, Stretch
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.sessions import ReadSession

Row = TypeVar("Row", bound=tuple[Any, ...])

Fit = Callable[[Sequence[Row | None]], int]
"""Returns how many of some entities, or tombstones, make a page by what is shown with them."""


class Progress(NamedTuple):
    """How far a replica has got.

    It was given every change up to the position `seen`, but for what a first enumeration has yet
    to list: that lies below `below`, which is 0 when there is none. Nothing after `seen` was
    written before `as_of`, in whole seconds of `Instant`. `asked` is what was asked for at the
    start, in the wire's own words.
    """

    seen: int
    below: int
    as_of: int
    asked: str = ""


class Portion(NamedTuple, Generic[Row]):
    """Entries for a replica, how far it has then got, and whether it needs to ask for more."""

    entries: list[Entry[Row]]
    progress: Progress
    more: bool


class Collection(NamedTuple, Generic[Row]):
    """A collection that can be synchronised: `scope` of the change log, read by its `feed`."""

    feed: Feed[Row]
    scope: int

    def expect(self, session: ReadSession, mailbox: MailboxRow) -> None:
        """Raise `ItemNotFound` where the folder whose tasks they are is not there."""
        if self.scope != changes.FOLDERS:
            get_folder(session, mailbox, self.scope)


FOLDERS = Collection(folders.FEED, changes.FOLDERS)
"""All task folders of a mailbox."""


def tasks_in(folder: int) -> Collection[TaskRow]:
    """Return the tasks of a folder as a collection."""
    return Collection(tasks.FEED, folder)


def begin(
    session: ReadSession,
    mailbox: MailboxRow,
    collection: Collection[Row],
    size: int,
    now: Instant,
    asked: str,
    fit: Fit[Row] = len,
) -> Portion[Row]:
    """Begin a first enumeration with up to `size` entries. Raises `ItemNotFound`."""
    collection.expect(session, mailbox)
    stretch = collection.feed.newest(session, mailbox.id, collection.scope, None, size)
    start = Progress(stretch.head, 0, _seconds(now), asked)
    return _enumerated(_fitted(stretch, fit), start, now)


def go_on(
    session: ReadSession,
    mailbox: MailboxRow,
    collection: Collection[Row],
    progress: Progress,
    size: int,
    now: Instant,
    horizon: int,
    fit: Fit[Row] = len,
) -> Portion[Row]:
    """Give a replica the next entries, up to `size`.

    Raises `ItemNotFound`, and `SyncStateNotFound` where changes that it has not seen may be
    forgotten: those older than `horizon` ticks.
    """
    collection.expect(session, mailbox)
    feed, scope = collection
    if progress.below:
        stretch = feed.newest(session, mailbox.id, scope, progress.below, size)
        _expect_remembered(stretch, progress, now, horizon)
        return _enumerated(_fitted(stretch, fit), progress, now)
    stretch = feed.oldest(session, mailbox.id, scope, progress.seen, size)
    _expect_remembered(stretch, progress, now, horizon)
    stretch = _fitted(stretch, fit)
    entries = stretch.entries
    if stretch.following is not None:
        # Not the head: what lies between this page and it has yet to be given.
        return Portion(entries, progress._replace(seen=entries[-1].number), more=True)
    caught_up = progress._replace(seen=stretch.head, as_of=_seconds(now))
    return Portion(entries, caught_up, more=False)


def _enumerated(stretch: Stretch[Row], progress: Progress, now: Instant) -> Portion[Row]:
    entries, following = stretch.entries, stretch.following
    if following is not None:
        return Portion(entries, progress._replace(below=following + 1), more=True)
    listed = progress._replace(below=0)
    if stretch.head > listed.seen:
        return Portion(entries, listed, more=True)
    return Portion(entries, listed._replace(as_of=_seconds(now)), more=False)


def _fitted(stretch: Stretch[Row], fit: Fit[Row]) -> Stretch[Row]:
    """Return as much of a stretch as is handed out: less where it is full of what it holds."""
    entries = stretch.entries
    size = fit([entry.row for entry in entries]) if entries else 0
    if size >= len(entries):
        return stretch
    return stretch._replace(entries=entries[:size], following=entries[size].number)


def _expect_remembered(
    stretch: Stretch[Row], progress: Progress, now: Instant, horizon: int
) -> None:
    is_old = now - progress.as_of * TICKS_PER_SECOND > horizon
    # By number too, since a clock can be turned; past the head, where an older copy was restored.
    if is_old or not stretch.forgotten <= progress.seen <= stretch.head:
        raise SyncStateNotFound


def _seconds(instant: Instant) -> int:
    return instant // TICKS_PER_SECOND

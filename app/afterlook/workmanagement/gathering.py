"""Reading what is new at the providers, one portion at a time.

Owns that each list is read from where the last refresh stopped, so that the cost follows what
changed, and that no portion keeps other writers waiting for long. Must not know when a refresh
begins, nor what becomes of a single task.
"""

from __future__ import annotations

from typing import NamedTuple

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import (
    locations,
    provider_items,
    provider_lists,
    refreshes,
    settings,
)
from afterlook.store.workmanagement.rows import ProviderItemRow, ProviderListRow, WorkRefreshRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement.aggregating import Outcome, apply
from afterlook.workmanagement.discovery import seen
from afterlook.workmanagement.locations import WITH_LISTS, Provider
from afterlook.workmanagement.progress import is_complete
from afterlook.workmanagement.tally import (
    Changes,
    ProviderStatus,
    last_successes,
    read_changes,
    read_statuses,
    written_changes,
    written_statuses,
)

PORTION = 1000
"""How many changed tasks are read in one transaction."""


class Gathered(NamedTuple):
    """A refresh after a portion, and whether that was the last."""

    refresh: WorkRefreshRow
    is_done: bool


def gather(session: WriteSession, refresh: WorkRefreshRow) -> Gathered:
    """Read the next portion of what is new."""
    changes = read_changes(refresh.changes)
    room = PORTION
    for source in provider_lists.list_unread(session, session.mailbox):
        if source.is_down:
            continue
        if room <= 0:
            break
        room -= _read(session, source, room, changes)
    new = sum(one.added for one in changes.values())
    refresh = refresh._replace(changes=written_changes(changes.values()), new_tasks=new)
    return Gathered(refresh, room > 0)


def _read(
    session: WriteSession, source: ProviderListRow, room: int, changes: dict[int, Changes]
) -> int:
    """Read `room` changes of a list, if there are as many; return how many were read."""
    found = provider_items.list_changed(session, session.mailbox, source.id, source.seen, room)
    tally = Changes(root=NO_LOCATION)
    for item in found:
        outcome, source, _ = apply(session, source, item)
        _count(tally, outcome, item)
    # A list that was written to has nothing left to tell once all its items have been read.
    position = found[-1].change if len(found) >= room else source.change
    provider_lists.replace(session, source._replace(seen=position))
    if tally != Changes(root=NO_LOCATION) and source.location is not None:
        root = seen(session, source.location)
        if root is not None:
            _add(changes.setdefault(root.id, Changes(root.id)), tally)
    return len(found)


def _count(tally: Changes, outcome: Outcome, item: ProviderItemRow) -> None:
    match outcome:
        case Outcome.ADDED:
            tally.added += 1
            tally.active_added += not is_complete(item)
        case Outcome.UPDATED:
            tally.updated += 1
        case Outcome.REMOVED:
            tally.removed += 1


def _add(total: Changes, tally: Changes) -> None:
    total.active_added += tally.active_added
    total.added += tally.added
    total.updated += tally.updated
    total.removed += tally.removed


def tell_statuses(session: WriteSession, refresh: WorkRefreshRow) -> str:
    """Tell of each provider that took part: at its roots, or at none where it was never read."""
    roots = [
        (location.provider, location.id)
        for location in locations.list_locations(session, session.mailbox)
        if location.parent == NO_LOCATION and location.provider in WITH_LISTS
    ]
    unread = provider_lists.list_unread(session, session.mailbox)
    failed = {source.provider for source in unread if source.is_down}
    unknown = [(provider, NO_LOCATION) for provider in failed - {provider for provider, _ in roots}]
    is_synchronised = settings.get(session, session.mailbox).is_exchange_on
    exchange = [(Provider.EXCHANGE, NO_LOCATION)] if is_synchronised else []
    known = refreshes.list_since(session, session.mailbox, Instant(0)) if failed else []
    before = last_successes(read_statuses(row.providers) for row in known)
    return written_statuses(
        ProviderStatus(
            provider=provider,
            root=root,
            started=refresh.started,
            finished=None if provider in failed else session.now,
            failed=refresh.correlation if provider in failed else None,
            succeeded=before.get(provider) if provider in failed else None,
        )
        for provider, root in (*roots, *sorted(unknown), *exchange)
    )

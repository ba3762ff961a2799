"""Reads what is new in the lists of providers, one portion at a time.

Owns that each list is read from where the last refresh stopped, so that a refresh costs by what has
changed, and that no portion keeps other writers waiting for long.
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
from afterlook.workmanagement.locations import WITH_LISTS, Provider
from afterlook.workmanagement.providers.lists import list_unread
from afterlook.workmanagement.providers.progress import is_complete
from afterlook.workmanagement.refresh.apply import Outcome, apply_item
from afterlook.workmanagement.refresh.locations import touch_location
from afterlook.workmanagement.refresh.report import (
    Changes,
    ProviderStatus,
    decode_changes,
    decode_statuses,
    encode_changes,
    encode_statuses,
    last_successes,
)

MAX_PORTION = 1000
"""How many changed tasks are read in one transaction."""


class ReadPortion(NamedTuple):
    """A refresh after a portion, and whether that was the last."""

    refresh: WorkRefreshRow
    is_done: bool


def read_portion(session: WriteSession, refresh: WorkRefreshRow) -> ReadPortion:
    """Read the next portion of what is new onto the user's list."""
    changes = decode_changes(refresh.changes)
    room = MAX_PORTION
    for provider_list in list_unread(session):
        if provider_list.is_down:
            continue
        if room <= 0:
            break
        room -= _read_list(session, provider_list, room, changes)
    new = sum(one.added for one in changes.values())
    refresh = refresh._replace(changes=encode_changes(changes.values()), new_tasks=new)
    return ReadPortion(refresh, room > 0)


def _read_list(
    session: WriteSession, provider_list: ProviderListRow, room: int, changes: dict[int, Changes]
) -> int:
    """Read `room` changes of a list, if there are as many; return how many were read."""
    changed = provider_items.list_changed(session, provider_list.id, provider_list.seen, room)
    tally = Changes(root=NO_LOCATION)
    for item in changed:
        outcome, provider_list, _ = apply_item(session, provider_list, item)
        _count(tally, outcome, item)
    # Once all are read the list is, too: its own latest write may be a deletion, of which no item
    # is left to be listed.
    position = changed[-1].change if len(changed) >= room else provider_list.change
    provider_lists.replace(session, provider_list._replace(seen=position))
    if tally != Changes(root=NO_LOCATION) and provider_list.location is not None:
        root = touch_location(session, provider_list.location)
        if root is not None:
            _add(changes.setdefault(root.id, Changes(root.id)), tally)
    return len(changed)


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


def collect_statuses(session: WriteSession, refresh: WorkRefreshRow) -> str:
    """Return as JSON how each provider took part: by its roots, or none where it was never read."""
    roots = [
        (location.provider, location.id)
        for location in locations.list_locations(session)
        if location.parent == NO_LOCATION and location.provider in WITH_LISTS
    ]
    unread = list_unread(session)
    failed = {row.provider for row in unread if row.is_down}
    unknown = [(provider, NO_LOCATION) for provider in failed - {provider for provider, _ in roots}]
    is_synchronised = settings.get(session).is_exchange_on
    exchange = [(Provider.EXCHANGE, NO_LOCATION)] if is_synchronised else []
    kept = refreshes.list_since(session, Instant(0)) if failed else []
    before = last_successes(decode_statuses(row.providers) for row in kept)
    return encode_statuses(
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

"""A refresh of the list from its providers: when it may begin, and how it comes to an end.

It goes in portions, each a transaction: first of what is new in the lists of providers, and then of
Exchange sync. Whoever asks for its status drives it on, and so does `runner`, from where it was.
"""

from __future__ import annotations

from typing import NamedTuple

from afterlook.runtime.instants import TICKS_PER_SECOND
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import refreshes, settings
from afterlook.store.workmanagement.rows import WorkRefreshRow
from afterlook.workmanagement.exchange_sync.state import continue_sync, get_state
from afterlook.workmanagement.locations import WITH_LISTS
from afterlook.workmanagement.refresh.reader import collect_statuses, read_portion
from afterlook.workmanagement.refresh.report import RefreshState, decode_statuses

THROTTLED_FOR = 5 * 60 * TICKS_PER_SECOND
"""How long after the beginning of a refresh no other begins for the same user."""

IGNORED = -1
"""The id of a refresh that did not begin."""

MAX_HISTORY = 100
"""How many refreshes are kept."""


class RefreshStart(NamedTuple):
    """Whether a refresh began, and which one there is."""

    created: bool
    refresh: int


def begin_refresh(session: WriteSession) -> RefreshStart:
    """Begin a refresh, join the one that is under way, or neither if one began just now."""
    latest = refreshes.get_latest(session)
    if latest is not None:
        if latest.state == RefreshState.PENDING:
            _continue(session, latest)
            return RefreshStart(created=False, refresh=latest.id)
        # A clock that was set back must not keep a user waiting for it.
        if 0 <= session.now - latest.started < THROTTLED_FOR:
            return RefreshStart(created=False, refresh=IGNORED)
    number = settings.advance_counter(session, "next_refresh")
    refresh = WorkRefreshRow(
        id=number,
        state=RefreshState.PENDING,
        started=session.now,
        finished=None,
        new_tasks=0,
        correlation=str(session.guid()),
        changes="[]",
        providers="[]",
    )
    refreshes.add(session, refresh)
    refreshes.delete_until(session, number - MAX_HISTORY)
    _continue(session, refresh)
    return RefreshStart(created=True, refresh=number)


def continue_refresh(session: WriteSession, key: int) -> WorkRefreshRow | None:
    """Do the next portion of a refresh that is under way; return it as it is then."""
    refresh = refreshes.get(session, key)
    if refresh is None or refresh.state != RefreshState.PENDING:
        return refresh
    return _continue(session, refresh)


def fail_refresh(session: WriteSession, key: int) -> None:
    """Note that a refresh cannot be carried out."""
    refresh = refreshes.get(session, key)
    if refresh is not None and refresh.state == RefreshState.PENDING:
        refreshes.replace(
            session, refresh._replace(state=RefreshState.FAILED, finished=session.now)
        )


def _continue(session: WriteSession, refresh: WorkRefreshRow) -> WorkRefreshRow:
    """Do the next portion of a refresh: of the lists, and once they are read of Exchange sync."""
    refresh, is_done = read_portion(session, refresh)
    if is_done and get_state(session).is_opted_in:
        is_done = not continue_sync(session)
    if is_done:
        refresh = refresh._replace(providers=collect_statuses(session, refresh))
        statuses = decode_statuses(refresh.providers)
        of_lists = [status for status in statuses if status.provider in WITH_LISTS]
        has_failed = bool(of_lists) and all(status.failed for status in of_lists)
        state = RefreshState.FAILED if has_failed else RefreshState.SUCCEEDED
        refresh = refresh._replace(state=state, finished=session.now)
    refreshes.replace(session, refresh)
    return refresh

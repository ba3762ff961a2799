"""Refreshes of the list from its providers.

Owns when one may begin, that it comes to an end, and what is told of it. Must not know how a
provider is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.workmanagement import refreshes, settings
from afterlook.store.workmanagement.rows import WorkRefreshRow
from afterlook.workmanagement.exchange import get_state
from afterlook.workmanagement.exchange import go_on as synchronise
from afterlook.workmanagement.gathering import gather, tell_statuses
from afterlook.workmanagement.locations import WITH_LISTS, Provider
from afterlook.workmanagement.tally import last_successes, read_statuses

THROTTLED_FOR = 5 * 60 * TICKS_PER_SECOND
"""How long after the beginning of a refresh no other begins for the same user."""

IGNORED = -1
"""The id of a refresh that did not begin."""

KEPT = 100
"""How many refreshes the history goes back."""


class RefreshState(IntEnum):
    """How far a refresh is ([MS-WMCSOM] 3.1.5.30)."""

    NO_VALUE = 0
    PENDING = 1
    IGNORED = 2
    SUCCEEDED = 3
    FAILED = 4


class Begun(NamedTuple):
    """Whether a refresh began, and which one there is."""

    created: bool
    refresh: int


class ProviderError(NamedTuple):
    """A provider that could not be asked; `succeeded` is when it last could."""

    provider: Provider
    succeeded: Instant | None
    correlation: str


class Health(NamedTuple):
    """How the latest refresh went that is over; `at` is None where there was none."""

    at: Instant | None
    succeeded: bool
    new_tasks: int
    errors: Sequence[ProviderError] = ()


def begin_refresh(session: WriteSession, mailbox: MailboxRow) -> Begun:
    """Begin a refresh, join the one that is under way, or neither if one began just now."""
    latest = refreshes.get_latest(session, mailbox.id)
    if latest is not None:
        if latest.state == RefreshState.PENDING:
            _go_on(session, mailbox, latest)
            return Begun(created=False, refresh=latest.id)
        # A clock that was set back must not keep a user waiting for it.
        if 0 <= session.now - latest.started < THROTTLED_FOR:
            return Begun(created=False, refresh=IGNORED)
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
    refreshes.delete_until(session, number - KEPT)
    _go_on(session, mailbox, refresh)
    return Begun(created=True, refresh=number)


def go_on(session: WriteSession, mailbox: MailboxRow, key: int) -> WorkRefreshRow | None:
    """Do the next portion of a refresh that is under way; return it as it is then."""
    refresh = refreshes.get(session, session.mailbox, key)
    if refresh is None or refresh.state != RefreshState.PENDING:
        return refresh
    return _go_on(session, mailbox, refresh)


def fail(session: WriteSession, key: int) -> None:
    """Note that a refresh cannot be carried out."""
    refresh = refreshes.get(session, session.mailbox, key)
    if refresh is not None and refresh.state == RefreshState.PENDING:
        refreshes.replace(
            session, refresh._replace(state=RefreshState.FAILED, finished=session.now)
        )


def _go_on(session: WriteSession, mailbox: MailboxRow, refresh: WorkRefreshRow) -> WorkRefreshRow:
    """Do the next portion of a refresh: of the lists, and then of Exchange sync.

    Whoever asks for its status drives it on, and so does `runner.py`, from where it was.
    """
    refresh, is_done = gather(session, refresh)
    if is_done and get_state(session, mailbox).is_opted_in:
        is_done = not synchronise(session, mailbox)
    if is_done:
        refresh = refresh._replace(providers=tell_statuses(session, refresh))
        asked = [one for one in read_statuses(refresh.providers) if one.provider in WITH_LISTS]
        is_lost = bool(asked) and all(status.failed for status in asked)
        state = RefreshState.FAILED if is_lost else RefreshState.SUCCEEDED
        refresh = refresh._replace(state=state, finished=session.now)
    refreshes.replace(session, refresh)
    return refresh


def get_refresh(session: ReadSession, mailbox: MailboxRow, key: int) -> WorkRefreshRow | None:
    """Return a refresh."""
    return refreshes.get(session, mailbox.id, key)


def has_error(refresh: WorkRefreshRow) -> bool:
    """Tell whether a refresh, or a provider's part in one, has failed."""
    if refresh.state == RefreshState.FAILED:
        return True
    return any(status.failed for status in read_statuses(refresh.providers))


def history(session: ReadSession, mailbox: MailboxRow, since: Instant) -> list[WorkRefreshRow]:
    """List the refreshes that began at an instant or later, the latest first."""
    return refreshes.list_since(session, mailbox.id, since)


def health(session: ReadSession, mailbox: MailboxRow) -> Health:
    """Tell how the latest refresh went that is over. Where there was none, none succeeded."""
    latest = refreshes.get_latest_finished(session, mailbox.id)
    if latest is None:
        return Health(at=None, succeeded=False, new_tasks=0)
    errors = _errors(session, mailbox, latest)
    return Health(
        at=latest.finished,
        succeeded=latest.state != RefreshState.FAILED and not errors,
        new_tasks=latest.new_tasks,
        errors=errors,
    )


def _errors(
    session: ReadSession, mailbox: MailboxRow, latest: WorkRefreshRow
) -> list[ProviderError]:
    failed = {status.provider for status in read_statuses(latest.providers) if status.failed}
    if not failed:
        return []
    known = refreshes.list_since(session, mailbox.id, Instant(0))
    succeeded = last_successes(read_statuses(row.providers) for row in known)
    return [
        ProviderError(Provider(provider), succeeded.get(provider), latest.correlation)
        for provider in sorted(failed)
    ]

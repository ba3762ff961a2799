"""Refreshes of the list from its providers.

Owns when one may begin and what is told of it. Must not know a provider: there is none yet, so a
refresh is over as soon as it begins, and has found nothing.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.work import refreshes, settings
from afterlook.store.work.rows import WorkRefreshRow

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


class Health(NamedTuple):
    """How the latest refresh went; `at` is None where there was none."""

    at: Instant | None
    succeeded: bool
    new_tasks: int


def begin_refresh(session: WriteSession, mailbox: MailboxRow) -> Begun:
    """Begin a refresh, unless one is under way or began just now."""
    latest = refreshes.latest(session, mailbox.id)
    if latest is not None:
        if latest.state == RefreshState.PENDING:
            return Begun(created=False, refresh=latest.id)
        # A clock that was set back must not keep a user waiting for it.
        if 0 <= session.now - latest.started < THROTTLED_FOR:
            return Begun(created=False, refresh=IGNORED)
    number = settings.take(session, "next_refresh")
    refresh = WorkRefreshRow(
        id=number,
        state=RefreshState.SUCCEEDED,
        started=session.now,
        finished=session.now,
        new_tasks=0,
        correlation=str(session.guid()),
        changes="[]",
        providers="[]",
    )
    refreshes.add(session, refresh)
    refreshes.forget(session, number - KEPT)
    return Begun(created=True, refresh=number)


def get_refresh(session: ReadSession, mailbox: MailboxRow, key: int) -> WorkRefreshRow | None:
    """Return a refresh."""
    return refreshes.get(session, mailbox.id, key)


def history(session: ReadSession, mailbox: MailboxRow, since: Instant) -> list[WorkRefreshRow]:
    """List the refreshes that began at an instant or later, the latest first."""
    return refreshes.since(session, mailbox.id, since)


def health(session: ReadSession, mailbox: MailboxRow) -> Health:
    """Tell how the latest refresh went. Where there was none, none failed."""
    latest = refreshes.latest(session, mailbox.id)
    if latest is None:
        return Health(at=None, succeeded=True, new_tasks=0)
    return Health(
        at=latest.finished or latest.started,
        succeeded=latest.state != RefreshState.FAILED,
        new_tasks=latest.new_tasks,
    )

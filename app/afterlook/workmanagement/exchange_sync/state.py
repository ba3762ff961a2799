"""Whether a user wants Exchange sync, when a job of it may begin, and how the last one went.

What a job does is in `job`: portions, each a transaction, by whoever drives it on. A job that has
not been driven on for a while is taken for dead, and another may go on where it got to.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.workmanagement import exchange_pairs, exchange_skips, settings
from afterlook.store.workmanagement.rows import WorkSettingsRow
from afterlook.workmanagement.exchange_sync import job as sync_job

DEAD_AFTER = 60 * TICKS_PER_SECOND
"""How long after its last portion a job counts as under way: far longer than a portion takes."""


class OptInResult(IntEnum):
    """How opting in went ([MS-WMCSOM] 3.1.5.51)."""

    NO_VALUE = 0
    SUCCESS = 1
    UNKNOWN_ERROR = 2
    COULD_NOT_CONNECT_TO_EXCHANGE = 3
    COULD_NOT_FIND_OR_CREATE_MY_SITE = 4
    USER_ALREADY_OPTED_IN = 5
    USER_EXCHANGE_OPERATION_PENDING = 6
    UNSUPPORTED_EXCHANGE_VERSION = 7
    MISSING_EMAIL_ADDRESS = 8
    EXCHANGE_WEB_SERVICE_CLIENT_MISSING = 9
    UNSUPPORTED_SHARE_POINT_CONFIGURATION = 10
    INVALID_OR_UNAUTHORIZED_USER = 11
    COULD_NOT_ACTIVATE_EXCHANGE_SYNC_FEATURE_ON_SITE_SUBSCRIPTION = 12


class SyncResult(IntEnum):
    """How a synchronisation went ([MS-WMCSOM] 3.1.5.52)."""

    NO_VALUE = 0
    SUCCESS = 1
    UNKNOWN_ERROR = 2
    COULD_NOT_CONNECT_TO_EXCHANGE = 3
    COULD_NOT_GET_USER_CREDENTIALS = 4
    COULD_NOT_KICKOFF_JOB = 5
    SYNC_WITH_ERRORS = 6


class ExchangeSyncState(NamedTuple):
    """Whether a user opted in, and when and how the last synchronisation ended."""

    is_opted_in: bool
    ended: Instant | None
    result: SyncResult


def get_state(session: ReadSession) -> ExchangeSyncState:
    """Return whether a user opted in, and how the last job ended."""
    stored = settings.get(session)
    return ExchangeSyncState(
        stored.is_exchange_on, stored.exchange_ended, SyncResult(stored.exchange_result)
    )


def opt_in(session: WriteSession) -> OptInResult:
    """Turn synchronisation on, and begin the job that pairs the tasks of both sides."""
    stored = settings.get(session)
    if stored.is_exchange_on:
        is_pairing = stored.exchange_change == sync_job.PAIRING and _is_pending(stored, session.now)
        if is_pairing:
            return OptInResult.USER_EXCHANGE_OPERATION_PENDING
        return OptInResult.USER_ALREADY_OPTED_IN
    settings.put(session, stored._replace(is_exchange_on=True, exchange_began=session.now))
    return OptInResult.SUCCESS


def opt_out(session: WriteSession) -> bool:
    """Turn synchronisation off and forget what is paired; both sides keep what they have.

    Whoever opts in again begins anew.
    """
    exchange_pairs.remove_all(session)
    exchange_skips.remove_all(session)
    stored = settings.get(session)
    opted_out = stored._replace(
        is_exchange_on=False,
        exchange_began=None,
        exchange_outlook=0,
        exchange_change=sync_job.PAIRING,
        exchange_task=0,
    )
    settings.put(session, opted_out)
    return True


def begin_sync(session: WriteSession) -> bool:
    """Begin a job; tell whether it did: not without opting in, nor while another is under way."""
    stored = settings.get(session)
    if not stored.is_exchange_on or _is_pending(stored, session.now):
        return False
    settings.put(session, stored._replace(exchange_began=session.now))
    return True


def continue_sync(session: WriteSession) -> bool:
    """Do the next portion of a job; tell whether there is more."""
    if not settings.get(session).is_exchange_on:
        return False
    more = sync_job.run_portion(session)
    stored = settings.get(session)
    if more:
        settings.put(session, stored._replace(exchange_began=session.now))
    else:
        has_errors = sync_job.has_skipped_tasks(session) or session.conditions.holds(
            "exchange_sync_errors", session.mailbox.upn
        )
        ended = stored._replace(
            exchange_began=None,
            exchange_ended=session.now,
            exchange_result=SyncResult.SYNC_WITH_ERRORS if has_errors else SyncResult.SUCCESS,
        )
        settings.put(session, ended)
    return more


def fail_sync(session: WriteSession) -> None:
    """Note that a job cannot be carried out."""
    stored = settings.get(session)
    failed = stored._replace(
        exchange_began=None, exchange_ended=session.now, exchange_result=SyncResult.UNKNOWN_ERROR
    )
    settings.put(session, failed)


def is_pending(session: ReadSession, now: Instant) -> bool:
    """Tell whether a job is under way."""
    return _is_pending(settings.get(session), now)


def _is_pending(stored: WorkSettingsRow, now: Instant) -> bool:
    # A clock that was set back must not keep a user waiting for it.
    began = stored.exchange_began
    return began is not None and 0 <= now - began < DEAD_AFTER

"""Synchronising the list with the tasks of the user's mailbox.

Owns whether a user wants it and how the last run went. There is nothing yet that carries it out:
whoever asks for it is told so.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from afterlook.runtime.instants import Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession
from afterlook.store.work import settings


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


class SyncState(NamedTuple):
    """Whether a user opted in, and when and how the last synchronisation ended."""

    is_opted_in: bool
    ended: Instant | None
    result: SyncResult


def get_state(session: ReadSession, mailbox: MailboxRow) -> SyncState:
    """Tell how things stand."""
    stored = settings.get(session, mailbox.id)
    return SyncState(
        stored.is_exchange_on, stored.exchange_ended, SyncResult(stored.exchange_result)
    )


def opt_in() -> OptInResult:
    """Refuse: what would connect to the mailbox is missing."""
    return OptInResult.EXCHANGE_WEB_SERVICE_CLIENT_MISSING


def opt_out() -> bool:
    """Tell that the user is opted out, as everybody is."""
    return True


def begin_sync() -> bool:
    """Tell that no synchronisation began."""
    return False


def is_pending() -> bool:
    """Tell that no synchronisation is under way."""
    return False

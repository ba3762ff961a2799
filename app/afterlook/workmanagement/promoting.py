"""Making tasks of the user's own into tasks of a provider's.

Owns what can be promoted. Must not know how a provider takes a task: there is none yet that does.
"""

from __future__ import annotations

from afterlook.store.sessions import WriteSession
from afterlook.store.work.asked import NOWHERE
from afterlook.workmanagement.locations import get_location
from afterlook.workmanagement.records import existing, failed, is_personal
from afterlook.workmanagement.results import Unfit, WriteError, Written
from afterlook.workmanagement.tasks import NewTask, create_task


def promote_task(session: WriteSession, key: int, location: int) -> Written:
    """Make a task of the user's own one of a provider's, in a location of the provider's.

    What cannot be promoted stays a task of the user's own, and is in the result.
    """
    try:
        task = existing(session, key)
    except Unfit as unfit:
        return Written(unfit.error)
    if not is_personal(task):
        return failed(session, task, WriteError.PROMOTE_TARGET_TASK_NOT_PERSONAL)
    if location == NOWHERE or get_location(session, session.mailbox, location) is None:
        return failed(session, task, WriteError.LOCATION_INVALID)
    return failed(session, task, WriteError.PROMOTION_FAILED_IN_PROVIDER)


def create_and_promote(session: WriteSession, new: NewTask, culture: str) -> Written:
    """Create a task of the user's own and promote it; where that fails it stays."""
    created = create_task(session, new._replace(location=NOWHERE), culture)
    if created.task is None:
        return created
    return promote_task(session, created.task.row.id, new.location)

"""Making tasks of the user's own into tasks of a provider's.

Owns what can be promoted, and where to: into lists of sites. Must not know what a list holds.
"""

from __future__ import annotations

from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import provider_lists, tasks
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement.discovery import seen
from afterlook.workmanagement.items import create_item, key_of
from afterlook.workmanagement.itemvalues import ItemValues
from afterlook.workmanagement.locations import Provider, get_location
from afterlook.workmanagement.pointing import pointed
from afterlook.workmanagement.records import done, existing, failed, is_personal
from afterlook.workmanagement.results import Unfit, WriteError, Written
from afterlook.workmanagement.sources import ME, SourceRefusal
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
    if location == NO_LOCATION or get_location(session, session.mailbox, location) is None:
        return failed(session, task, WriteError.LOCATION_INVALID)
    try:
        promoted = _put(session, task, location)
    except Unfit as unfit:
        return failed(session, task, unfit.error)
    tasks.replace(session, promoted)
    return done(session, promoted)


def create_and_promote(session: WriteSession, new: NewTask, culture: str) -> Written:
    """Create a task of the user's own and promote it; where that fails it stays.

    Without a location it is to be personal, and there is nothing to promote.
    """
    created = create_task(session, new._replace(location=NO_LOCATION), culture)
    if created.task is None or new.location == NO_LOCATION:
        return created
    return promote_task(session, created.task.row.id, new.location)


def _put(session: WriteSession, task: WorkTaskRow, location: int) -> WorkTaskRow:
    """Copy a task into the list of a location; return it as a pointer there. Raises `Unfit`."""
    source = provider_lists.find_by_location(session, session.mailbox, location)
    if source is None or source.is_down or source.provider != Provider.SHAREPOINT:
        raise Unfit(WriteError.PROMOTION_FAILED_IN_PROVIDER)
    values = ItemValues(
        title=task.name,
        body=task.description,
        start=task.start,
        due=task.due,
        checkmark=task.is_completed,
        assigned=[ME],
    )
    try:
        item = create_item(session, source, values)
    except SourceRefusal as refusal:
        raise Unfit(WriteError.PROMOTION_FAILED_IN_PROVIDER) from refusal
    seen(session, location)
    owned = task._replace(provider=source.provider, provider_key=key_of(item), location=location)
    return pointed(owned, source, item)

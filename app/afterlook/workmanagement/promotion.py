"""Promotes tasks of the user's own to tasks of a provider's.

Owns what can be promoted, and where to: into lists of sites.
"""

from __future__ import annotations

from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import provider_lists, tasks
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement.locations import Provider, get_location
from afterlook.workmanagement.providers.item_values import ItemValues
from afterlook.workmanagement.providers.items import create_item
from afterlook.workmanagement.providers.lists import ME, ProviderWriteRejected, is_down
from afterlook.workmanagement.providers.originals import provider_key
from afterlook.workmanagement.records import (
    get_or_reject,
    is_personal,
    report_failure,
    report_success,
)
from afterlook.workmanagement.refresh.locations import touch_location
from afterlook.workmanagement.refresh.projection import apply_provider_fields
from afterlook.workmanagement.results import WriteError, WriteRejected, WriteResult
from afterlook.workmanagement.tasks import NewTask, create_task


def promote_task(session: WriteSession, key: int, location: int) -> WriteResult:
    """Make a task of the user's own one of a provider's, in a location of the provider's.

    What cannot be promoted stays a task of the user's own, and is in the result.
    """
    try:
        task = get_or_reject(session, key)
    except WriteRejected as rejected:
        return WriteResult(rejected.error)
    if not is_personal(task):
        return report_failure(session, task, WriteError.PROMOTE_TARGET_TASK_NOT_PERSONAL)
    if location == NO_LOCATION or get_location(session, location) is None:
        return report_failure(session, task, WriteError.LOCATION_INVALID)
    try:
        promoted = _create_at_provider(session, task, location)
    except WriteRejected as rejected:
        return report_failure(session, task, rejected.error)
    tasks.replace(session, promoted)
    return report_success(session, promoted)


def create_and_promote(session: WriteSession, new: NewTask, culture: str) -> WriteResult:
    """Create a task of the user's own and promote it; where that fails it stays.

    Without a location it is to be personal, and there is nothing to promote.
    """
    created = create_task(session, new._replace(location=NO_LOCATION), culture)
    if created.task is None or new.location == NO_LOCATION:
        return created
    return promote_task(session, created.task.row.id, new.location)


def _create_at_provider(session: WriteSession, task: WorkTaskRow, location: int) -> WorkTaskRow:
    """Copy a task into the list of a location; return it as what stands for the copy.

    Raises `WriteRejected`.
    """
    provider_list = provider_lists.find_by_location(session, location)
    if (
        provider_list is None
        or is_down(session, provider_list)
        or provider_list.provider != Provider.SHAREPOINT
    ):
        raise WriteRejected(WriteError.PROMOTION_FAILED_IN_PROVIDER)
    values = ItemValues(
        title=task.name,
        body=task.description,
        start=task.start,
        due=task.due,
        checkmark=task.is_completed,
        assigned=[ME],
    )
    try:
        item = create_item(session, provider_list, values)
    except ProviderWriteRejected as rejected:
        raise WriteRejected(WriteError.PROMOTION_FAILED_IN_PROVIDER) from rejected
    touch_location(session, location)
    owned = task._replace(
        provider=provider_list.provider, provider_key=provider_key(item), location=location
    )
    return apply_provider_fields(owned, provider_list, item)

"""Use cases on task folders."""

from __future__ import annotations

from collections.abc import Sequence

from afterlook.errors import (
    DefaultFolderRenamed,
    DistinguishedFolder,
    FolderExists,
    ItemNotFound,
)
from afterlook.mailbox.extended_properties import PropertyUpdate, put
from afterlook.mailbox.groups import get_group
from afterlook.mailbox.identifiers import identifiers_of
from afterlook.mailbox.identities import DEFAULT_GROUP
from afterlook.mailbox.result_pages import ResultPage, read_page
from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.odata.filter.tree import Expression
from afterlook.store import (
    attachments,
    changes,
    extended_properties,
    extensions,
    folders,
    tasks,
    upload_sessions,
)
from afterlook.store.checklists import CHECKLIST_ITEMS
from afterlook.store.folding import fold
from afterlook.store.linked_resources import LINKED_RESOURCES
from afterlook.store.pages import Page
from afterlook.store.rows import FolderRow
from afterlook.store.sessions import ReadSession, WriteSession

MAX_NAME = 255
"""Characters of a folder's name."""

_MAX_ENDING_LENGTH = len(" (99999)")


def list_folders(session: ReadSession, page: Page) -> ResultPage[FolderRow]:
    """List all folders of a mailbox, by name."""
    return read_page(
        session,
        page,
        lambda page: folders.list_page(session, page),
        lambda filter_: folders.count(session, filter_),
    )


def count_folders(session: ReadSession, filter_: Expression | None) -> int:
    """Count the folders of a mailbox."""
    return folders.count(session, filter_)


def list_group_folders(session: ReadSession, group_id: int, page: Page) -> ResultPage[FolderRow]:
    """List the folders of a group, by name. Raises `ItemNotFound`."""
    get_group(session, group_id)
    return read_page(
        session,
        page,
        lambda page: folders.list_page_in_group(session, group_id, page),
        lambda filter_: folders.count_in_group(session, group_id, filter_),
    )


def count_group_folders(session: ReadSession, group_id: int, filter_: Expression | None) -> int:
    """Count the folders of a group. Raises `ItemNotFound`."""
    get_group(session, group_id)
    return folders.count_in_group(session, group_id, filter_)


def get_folder(session: ReadSession, folder_id: int, group_id: int | None = None) -> FolderRow:
    """Return a folder, of `group` where one is given. Raises `ItemNotFound`."""
    row = folders.get(session, folder_id)
    if row is None or group_id not in (None, row.group_id):
        raise ItemNotFound
    return row


def create_folder(
    session: WriteSession,
    name: str,
    group_id: int = DEFAULT_GROUP,
    properties: Sequence[PropertyUpdate] = (),
    *,
    numbered: bool = False,
) -> FolderRow:
    """Create a folder in a group, with extended properties.

    A name that is taken is refused, or if `numbered` followed by the first ` (n)` that is free.

    Raises `ItemNotFound`, `FolderExists`, `InvalidRequest`.
    """
    parent = get_group(session, group_id)
    if numbered:
        name = _find_free_name(session, name)
    else:
        _expect_free(session, name)
    folder = FolderRow(
        id=session.change_number,
        change=session.change_number,
        group_id=group_id,
        name=name,
        is_default=False,
        parent_group_key=parent.group_key,
    )
    folders.add(session, folder)
    put(session, folder.id, properties)
    changes.log_created(session, changes.FOLDERS, folder.id)
    return folder


def _find_free_name(session: ReadSession, name: str) -> str:
    """Return a name, or where it is taken the first of `name (1)`, `name (2)` … that is free.

    It is no longer than a name may be: what is added takes the place of its end.
    """
    taken = folders.list_name_keys(session, name[: MAX_NAME - _MAX_ENDING_LENGTH])
    free, number = name, 0
    while fold(free) in taken:
        number += 1
        ending = f" ({number})"
        free = name[: MAX_NAME - len(ending)] + ending
    return free


def touch_folder(session: WriteSession, folder: FolderRow) -> FolderRow:
    """Write that what belongs to a folder has changed; return it as it then is."""
    touched = folder._replace(change=session.change_number)
    folders.rename(session, touched)
    changes.log_updated(session, folder.id)
    return touched


def update_folder(
    session: WriteSession,
    folder_id: int,
    name: str | None,
    precondition: Precondition = UNCONDITIONAL,
    properties: Sequence[PropertyUpdate] = (),
) -> FolderRow:
    """Give a folder another name, or none to leave it, and extended properties.

    The default folder's name stays.

    Raises `ItemNotFound`, `ChangeKeyStale`, `DefaultFolderRenamed`, `FolderExists`.
    """
    stored = get_folder(session, folder_id)
    identifiers_of(session.mailbox).expect_met(precondition, stored.change)
    if name is None or (stored.is_default and name == stored.name):
        name = stored.name
        if not properties:
            return stored
    elif stored.is_default:
        raise DefaultFolderRenamed
    _expect_free(session, name, except_for=folder_id)
    updated = stored._replace(name=name, change=session.change_number)
    folders.rename(session, updated)
    put(session, folder_id, properties)
    changes.log_updated(session, folder_id)
    return updated


def delete_folder(
    session: WriteSession, folder_id: int, precondition: Precondition = UNCONDITIONAL
) -> None:
    """Delete a folder with its tasks, each in the change log.

    Raises `ItemNotFound`, `ChangeKeyStale`, `DistinguishedFolder`.
    """
    stored = get_folder(session, folder_id)
    identifiers_of(session.mailbox).expect_met(precondition, stored.change)
    if stored.is_default:
        raise DistinguishedFolder
    changes.log_all_deleted(session, tasks.list_ids_in_folder(session, folder_id))
    extended_properties.remove_in_folder(session, folder_id)
    attachments.remove_in_folder(session, folder_id)
    for each in (CHECKLIST_ITEMS, LINKED_RESOURCES, extensions, upload_sessions):
        each.remove_in_folder(session, folder_id)
    tasks.remove_in_folder(session, folder_id)
    extended_properties.remove_all(session, folder_id)
    extensions.remove_all(session, folder_id)
    folders.remove(session, folder_id)
    changes.log_deleted(session, folder_id)


def _expect_free(session: WriteSession, name: str, except_for: int | None = None) -> None:
    if folders.find_id_by_name(session, name) not in (None, except_for):
        raise FolderExists(name=name)

"""Use cases on task lists as To Do has them: the task folders and Flagged Emails.

Owns what can be done with Flagged Emails, which no other face shows: it is read, and is empty.
"""

from __future__ import annotations

from afterlook.errors import DefaultFolderRenamed, DistinguishedFolder, FlaggedEmailsProtected
from afterlook.mailbox import folders, sync, tasks
from afterlook.mailbox.identifiers import identifiers_of
from afterlook.mailbox.result_pages import ResultPage, read_page
from afterlook.odata.etag import Precondition
from afterlook.odata.filter.tree import Expression
from afterlook.store import task_lists
from afterlook.store.changes import FOLDERS
from afterlook.store.pages import Page
from afterlook.store.rows import FolderRow, TaskRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.task_lists import FLAGGED_EMAILS

LISTS = sync.Collection(task_lists.FEED, FOLDERS)
"""All task lists of a mailbox."""


def is_flagged_emails(list_id: int) -> bool:
    """Tell whether a list is Flagged Emails."""
    return list_id == FLAGGED_EMAILS.id


def list_lists(session: ReadSession, page: Page) -> ResultPage[FolderRow]:
    """List all task lists of a mailbox, by name, Flagged Emails last."""
    return read_page(
        session,
        page,
        lambda page: task_lists.list_page(session, page),
        lambda filter_: task_lists.count(session, filter_),
    )


def count_lists(session: ReadSession, filter_: Expression | None) -> int:
    """Count the task lists of a mailbox."""
    return task_lists.count(session, filter_)


def get_list(session: ReadSession, list_id: int) -> FolderRow:
    """Return a list. Raises `ItemNotFound`."""
    if is_flagged_emails(list_id):
        return FLAGGED_EMAILS
    return folders.get_folder(session, list_id)


def update_list(
    session: WriteSession, list_id: int, name: str | None, precondition: Precondition
) -> FolderRow:
    """Give a list another name; raises like `folders.update_folder`."""
    if not is_flagged_emails(list_id):
        return folders.update_folder(session, list_id, name, precondition)
    _expect_current(session, precondition)
    if name not in (None, FLAGGED_EMAILS.name):
        raise DefaultFolderRenamed
    return FLAGGED_EMAILS


def delete_list(session: WriteSession, list_id: int, precondition: Precondition) -> None:
    """Delete a list with its tasks; raises like `folders.delete_folder`."""
    if not is_flagged_emails(list_id):
        return folders.delete_folder(session, list_id, precondition)
    _expect_current(session, precondition)
    raise DistinguishedFolder


def expect_own(list_id: int) -> None:
    """Refuse Flagged Emails, which holds nothing. Raises `FlaggedEmailsProtected`."""
    if is_flagged_emails(list_id):
        raise FlaggedEmailsProtected


def list_tasks(session: ReadSession, list_id: int, page: Page) -> ResultPage[TaskRow]:
    """List the tasks of a list. Raises `ItemNotFound`."""
    if is_flagged_emails(list_id):
        return ResultPage([], total=0 if page.counted else None)
    return tasks.list_folder_tasks(session, list_id, page)


def count_tasks(session: ReadSession, list_id: int, filter_: Expression | None) -> int:
    """Count the tasks of a list. Raises `ItemNotFound`."""
    if is_flagged_emails(list_id):
        return 0
    return tasks.count_folder_tasks(session, list_id, filter_)


def tasks_in(list_id: int) -> sync.Collection[TaskRow]:
    """Return the tasks of a list as a collection."""
    return sync.tasks_in(list_id)._replace(is_built_in=is_flagged_emails(list_id))


def _expect_current(session: ReadSession, precondition: Precondition) -> None:
    identifiers_of(session.mailbox).expect_met(precondition, FLAGGED_EMAILS.change)

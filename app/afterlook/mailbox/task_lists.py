"""Use cases on task lists as To Do has them: the task folders and Flagged Emails.

Owns what can be done with Flagged Emails, which no other face shows: it is read, and is empty.
"""

from __future__ import annotations

from afterlook.errors import DefaultFolderRenamed, DistinguishedFolder, FlaggedEmailsProtected
from afterlook.mailbox import folders, identifiers, sync, tasks
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


def is_flagged_emails(task_list: int) -> bool:
    """Tell whether a list is Flagged Emails."""
    return task_list == FLAGGED_EMAILS.id


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


def get_list(session: ReadSession, task_list: int) -> FolderRow:
    """Return a list. Raises `ItemNotFound`."""
    if is_flagged_emails(task_list):
        return FLAGGED_EMAILS
    return folders.get_folder(session, task_list)


def update_list(
    session: WriteSession, task_list: int, name: str | None, precondition: Precondition
) -> FolderRow:
    """Give a list another name; raises like `folders.update_folder`."""
    if not is_flagged_emails(task_list):
        return folders.update_folder(session, task_list, name, precondition)
    _expect_current(session, precondition)
    if name not in (None, FLAGGED_EMAILS.name):
        raise DefaultFolderRenamed
    return FLAGGED_EMAILS


def delete_list(session: WriteSession, task_list: int, precondition: Precondition) -> None:
    """Delete a list with its tasks; raises like `folders.delete_folder`."""
    if not is_flagged_emails(task_list):
        return folders.delete_folder(session, task_list, precondition)
    _expect_current(session, precondition)
    raise DistinguishedFolder


def expect_own(task_list: int) -> None:
    """Refuse Flagged Emails, which holds nothing. Raises `FlaggedEmailsProtected`."""
    if is_flagged_emails(task_list):
        raise FlaggedEmailsProtected


def list_tasks(session: ReadSession, task_list: int, page: Page) -> ResultPage[TaskRow]:
    """List the tasks of a list. Raises `ItemNotFound`."""
    if is_flagged_emails(task_list):
        return ResultPage([], total=0 if page.counted else None)
    return tasks.list_folder_tasks(session, task_list, page)


def count_tasks(session: ReadSession, task_list: int, filter_: Expression | None) -> int:
    """Count the tasks of a list. Raises `ItemNotFound`."""
    if is_flagged_emails(task_list):
        return 0
    return tasks.count_folder_tasks(session, task_list, filter_)


def tasks_in(task_list: int) -> sync.Collection[TaskRow]:
    """Return the tasks of a list as a collection."""
    return sync.tasks_in(task_list)._replace(is_built_in=is_flagged_emails(task_list))


def _expect_current(session: ReadSession, precondition: Precondition) -> None:
    identifiers.of(session.mailbox).expect(precondition, FLAGGED_EMAILS.change)

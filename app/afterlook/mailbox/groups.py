"""Use cases on task groups."""

from __future__ import annotations

from afterlook.errors import DistinguishedFolder, InvalidRequest, ItemNotFound
from afterlook.mailbox.identifiers import identifiers_of
from afterlook.mailbox.identities import DEFAULT_GROUP
from afterlook.mailbox.result_pages import ResultPage, read_page
from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.odata.filter.tree import Expression
from afterlook.store import changes, folders, groups
from afterlook.store.pages import Page
from afterlook.store.rows import GroupRow
from afterlook.store.sessions import ReadSession, WriteSession


def list_groups(session: ReadSession, page: Page) -> ResultPage[GroupRow]:
    """List the groups of a mailbox; the default one is always among them."""
    return read_page(
        session,
        page,
        lambda page: groups.list_page(session, page),
        lambda filter_: groups.count(session, filter_),
    )


def count_groups(session: ReadSession, filter_: Expression | None) -> int:
    """Count the groups of a mailbox."""
    return groups.count(session, filter_)


def get_group(session: ReadSession, group_id: int) -> GroupRow:
    """Return a group. Raises `ItemNotFound`."""
    row = groups.get(session, group_id)
    if row is None:
        raise ItemNotFound
    return row


def create_group(session: WriteSession, name: str) -> GroupRow:
    """Create a group; equal names are allowed."""
    group = GroupRow(
        session.change_number, session.change_number, name, str(session.guid()), is_default=False
    )
    groups.add(session, group)
    changes.log_created(session, changes.GROUPS, group.id)
    return group


def rename_group(
    session: WriteSession,
    group_id: int,
    name: str | None,
    precondition: Precondition = UNCONDITIONAL,
) -> GroupRow:
    """Give a group another name, or none to leave it. The default group's name stays.

    Raises `ItemNotFound`, `ChangeKeyStale`, `InvalidRequest`.
    """
    stored = get_group(session, group_id)
    identifiers_of(session.mailbox).expect_met(precondition, stored.change)
    if name is None or (stored.is_default and name == stored.name):
        return stored
    if stored.is_default:
        raise InvalidRequest(reason="The name of the default task group cannot be changed.")
    renamed = stored._replace(name=name, change=session.change_number)
    groups.rename(session, renamed)
    changes.log_updated(session, group_id)
    return renamed


def delete_group(
    session: WriteSession, group_id: int, precondition: Precondition = UNCONDITIONAL
) -> None:
    """Delete a group; its folders move to My Tasks, so that nothing is lost.

    Raises `ItemNotFound`, `ChangeKeyStale`, `DistinguishedFolder`.
    """
    stored = get_group(session, group_id)
    identifiers_of(session.mailbox).expect_met(precondition, stored.change)
    if stored.is_default:
        raise DistinguishedFolder
    for folder in folders.list_ids_in_group(session, group_id):
        number = session.advance_counter(1)
        folders.move(session, folder, DEFAULT_GROUP, number)
        changes.log_updated(session, folder, number)
    groups.remove(session, group_id)
    changes.log_deleted(session, group_id)

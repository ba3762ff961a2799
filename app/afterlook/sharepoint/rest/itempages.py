"""What can be asked of the items of a list of tasks, and their pages.

Must not know how a page is told from the next.
"""

from __future__ import annotations

from afterlook.odata.edm import (
    BOOLEAN,
    DOUBLE,
    INT32,
    MOMENT,
    STRING,
    EdmType,
    EntityType,
    Property,
)
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.rest import itembodies
from afterlook.sharepoint.rest.listpages import Pages
from afterlook.sharepoint.rest.querying import Sort, Sorts
from afterlook.sharepoint.rest.replies import Entity
from afterlook.sharepoint.rest.selecting import Related
from afterlook.store.keyset import Key, Slice
from afterlook.store.pages import Order
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.rows import ProviderItemRow, ProviderListRow
from afterlook.workmanagement.list_pages import ListPage
from afterlook.workmanagement.providers import items


def asked_of(
    name: str,
    type_: EdmType,
    column: str,
    *,
    nullable: bool = False,
    parts: tuple[Property, ...] = (),
) -> Property:
    """Return a property that can be filtered and sorted by."""
    return Property(name, type_, column, nullable=nullable, filterable=True, parts=parts)


def user_of(name: str, column: str, title: str, mail: str) -> Property:
    """Return a user, or several: compared by number where nothing of theirs is named."""
    parts = (
        asked_of("Id", INT32, column),
        asked_of("Title", STRING, title),
        asked_of("EMail", STRING, mail, nullable=True),
        asked_of("Name", STRING, mail, nullable=True),
    )
    return asked_of(name, INT32, column, parts=parts)


_AUTHOR = ("author", "author_title", "author_mail")
ITEM = EntityType(
    "SP.ListItem",
    properties=(
        asked_of("Id", INT32, "id"),
        asked_of("GUID", STRING, "guid"),
        asked_of("ContentTypeId", STRING, "content_type"),
        asked_of("Title", STRING, "title"),
        asked_of("StartDate", MOMENT, "start", nullable=True),
        asked_of("DueDate", MOMENT, "due", nullable=True),
        asked_of("PercentComplete", DOUBLE, "percent"),
        asked_of("Status", STRING, "status"),
        asked_of("Checkmark", BOOLEAN, "is_complete"),
        asked_of("Priority", STRING, "priority"),
        asked_of("AssignedToId", INT32, "assigned"),
        user_of("AssignedTo", "assigned", "assigned_titles", "assigned_mails"),
        asked_of("ParentIDId", INT32, "parent", nullable=True),
        asked_of("PredecessorsId", INT32, "predecessors"),
        asked_of("Created", MOMENT, "created"),
        asked_of("Modified", MOMENT, "modified"),
        asked_of("AuthorId", INT32, "author"),
        asked_of("EditorId", INT32, "author"),
        user_of("Author", *_AUTHOR),
        user_of("Editor", *_AUTHOR),
    ),
)
"""What can be asked of an item."""

_SORTS: Sorts = {
    "AssignedToId": Sort("assigned_first", INT32, "AssignedToId"),
    "AssignedTo": Sort("assigned_title", STRING, "AssignedTo/Title"),
    "AssignedTo/Id": Sort("assigned_first", INT32, "AssignedToId"),
    "AssignedTo/Title": Sort("assigned_title", STRING, "AssignedTo/Title"),
    "AssignedTo/EMail": Sort("assigned_mail", STRING, "AssignedTo/EMail"),
    "AssignedTo/Name": Sort("assigned_mail", STRING, "AssignedTo/Name"),
    "PredecessorsId": Sort("predecessors_first", INT32, "PredecessorsId"),
    "Author": Sort("author_title", STRING, "Author/Title"),
    "Editor": Sort("author_title", STRING, "Editor/Title"),
}
"""Of several users or tasks the first counts; users are in the order of their names."""


def pages(caller: Caller, source: ProviderListRow) -> Pages[ProviderItemRow]:
    """Return the pages of a list's items."""

    def read(session: ReadSession, asked: Slice) -> ListPage[ProviderItemRow]:
        return items.list_page(session, caller.mailbox, source, asked)

    def sort_key(session: ReadSession, order: Order, item: int) -> Key | None:
        return items.get_sort_key(session, caller.mailbox, source, order, item)

    def shown(item: ProviderItemRow) -> tuple[Entity, Related]:
        return itembodies.shown(source, item), itembodies.related(caller, item)

    address = f"Web/Lists(guid'{source.guid}')/Items"
    return Pages(address, ITEM, _SORTS, read, sort_key, shown)

"""What the items of a list of tasks can be filtered and sorted by, and their pages."""

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
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest import item_bodies
from afterlook.sharepoint.rest.list_pages import Pages
from afterlook.sharepoint.rest.query_options import Sort, Sorts
from afterlook.sharepoint.rest.response_writer import Entity
from afterlook.sharepoint.rest.select_expand import Related
from afterlook.store.keyset import Key, KeysetPage
from afterlook.store.pages import Order
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.rows import ProviderItemRow, ProviderListRow
from afterlook.workmanagement.list_pages import ListPage
from afterlook.workmanagement.providers import items


def queryable(
    name: str,
    type_: EdmType,
    column: str,
    *,
    nullable: bool = False,
    parts: tuple[Property, ...] = (),
) -> Property:
    """Return a property that can be filtered and sorted by."""
    return Property(name, type_, column, nullable=nullable, filterable=True, parts=parts)


def queryable_user(name: str, column: str, title: str, mail: str) -> Property:
    """Return a user, or several: compared by number where nothing of theirs is named."""
    parts = (
        queryable("Id", INT32, column),
        queryable("Title", STRING, title),
        queryable("EMail", STRING, mail, nullable=True),
        queryable("Name", STRING, mail, nullable=True),
    )
    return queryable(name, INT32, column, parts=parts)


_AUTHOR = ("author", "author_title", "author_mail")
AUTHORSHIP = (
    queryable("AuthorId", INT32, "author"),
    queryable("EditorId", INT32, "author"),
    queryable_user("Author", *_AUTHOR),
    queryable_user("Editor", *_AUTHOR),
)
ITEM = EntityType(
    "SP.ListItem",
    properties=(
        queryable("Id", INT32, "id"),
        queryable("GUID", STRING, "guid"),
        queryable("ContentTypeId", STRING, "content_type"),
        queryable("Title", STRING, "title"),
        queryable("StartDate", MOMENT, "start", nullable=True),
        queryable("DueDate", MOMENT, "due", nullable=True),
        queryable("PercentComplete", DOUBLE, "percent"),
        queryable("Status", STRING, "status"),
        queryable("Checkmark", BOOLEAN, "is_complete"),
        queryable("Priority", STRING, "priority"),
        queryable("AssignedToId", INT32, "assigned"),
        queryable_user("AssignedTo", "assigned", "assigned_titles", "assigned_mails"),
        queryable("ParentIDId", INT32, "parent", nullable=True),
        queryable("PredecessorsId", INT32, "predecessors"),
        queryable("Created", MOMENT, "created"),
        queryable("Modified", MOMENT, "modified"),
        *AUTHORSHIP,
    ),
)
"""What an item can be filtered and sorted by."""

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


def pages(context: RequestContext, provider_list: ProviderListRow) -> Pages[ProviderItemRow]:
    """Return the pages of a list's items."""

    def read(session: ReadSession, page: KeysetPage) -> ListPage[ProviderItemRow]:
        return items.list_page(session, provider_list, page)

    def sort_key(session: ReadSession, order: Order, item: int) -> Key | None:
        return items.get_sort_key(session, provider_list, order, item)

    def render(item: ProviderItemRow) -> tuple[Entity, Related]:
        return item_bodies.render_item(provider_list, item), item_bodies.related_users(
            context, item
        )

    address = f"Web/Lists(guid'{provider_list.guid}')/Items"
    return Pages(address, ITEM, _SORTS, read, sort_key, render)

"""Rendering attachments: alone, and within the tasks that they are expanded with.

Owns when a content is shown at all, and how many attachments fit on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from afterlook.errors import InvalidUrlQuery, ItemNotFound
from afterlook.mailbox.attachments import (
    AttachmentKind,
    count_fitting_tasks,
    list_attachments_of_tasks,
    list_page_of_each,
    truncate_for_attachments,
)
from afterlook.mailbox.capacity import MAX_ATTACHMENTS
from afterlook.odata import expand
from afterlook.odata.expand import Expansion
from afterlook.odata.filter import parser
from afterlook.odata.options import read_select
from afterlook.outlook import render
from afterlook.outlook.edm import ANY_ATTACHMENT, ITEM_ATTACHMENT
from afterlook.outlook.streaming import ReadPart, make_placeholder
from afterlook.store import attachments
from afterlook.store.pages import Page

if TYPE_CHECKING:
    from afterlook.mailbox.result_pages import ResultPage
    from afterlook.odata.filter.tree import Expression
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.render import Entity, EntityRow, View
    from afterlook.outlook.request import OutlookRequest
    from afterlook.store.rows import AttachmentRow, TaskRow
    from afterlook.store.sessions import ReadSession

MAX_EXPANDED = 100
"""The most tasks of a page that shows their attachments, of which each may have hundreds."""

_MEMBER = "Attachments"
_NAME = _MEMBER.lower()

_ITEM = f"{ITEM_ATTACHMENT.name}/Item"


def is_expanded(options: QueryOptions) -> bool:
    """Tell whether attachments come along with each entity of a page."""
    return options.expand is not None and _NAME in options.expand.lower()


async def bound_page(
    request: OutlookRequest, options: QueryOptions, result: ResultPage[TaskRow]
) -> ResultPage[TaskRow]:
    """Shorten a page of tasks to what fits with their attachments, if those are expanded."""
    if not is_expanded(options) or not result.rows:
        return result
    return await request.store.scan(lambda session: truncate_for_attachments(session, result))


def make_page_limiter(
    options: QueryOptions, session: ReadSession
) -> Callable[[Sequence[EntityRow | None]], int]:
    """Return a function that tells how many tasks fit on a page with their attachments, if any."""
    if not is_expanded(options):
        return len

    return lambda rows: count_fitting_tasks(session, [0 if row is None else row.id for row in rows])


def render_attachment(
    request: OutlookRequest, row: AttachmentRow, task: str, view: View, *, item: bool = False
) -> Entity:
    """Render an attachment of the task with the id `task`; `item` tells whether to show an item."""
    content = make_placeholder(row.content, row.length, "base64")
    entity = render.render_attachment(row, view, task, content)
    if item and row.kind == AttachmentKind.ITEM:
        path = f"Tasks('{task}')/Attachments('{entity['Id']}')/{_ITEM}"
        plain = view._replace(select=())
        entity["Item@odata.context"] = f"{request.context(path, plain)}/$entity"
        entity["Item"] = make_placeholder(row.content, row.length, "json")
    return entity


async def expand_attachments(
    request: OutlookRequest, view: View, expansion: Expansion, ids: Mapping[int, str]
) -> Mapping[int, Entity]:
    """Return the attachments of tasks, rendered, and how many there are where that is wanted.

    `ids` has the tasks' ids by their numbers, and the result what each of them is to show. Raises
    `InvalidUrlQuery`, `PropertyNotFound`, and what a filter raises.
    """
    item = is_item_expanded(request, expansion.expand)
    select = () if expansion.select is None else read_select(expansion.select)
    inner = view._replace(
        entity_type=ANY_ATTACHMENT, select=request.read_select(ANY_ATTACHMENT, select)
    )
    counts: dict[int, int] = {}
    if expansion.is_plain:
        work = partial(list_attachments_of_tasks, task_ids=list(ids))
        rows = await request.store.scan(work)
    else:
        page = Page(
            size=MAX_ATTACHMENTS if expansion.top is None else min(expansion.top, MAX_ATTACHMENTS),
            skip=expansion.skip,
            order=request.declared_type(ANY_ATTACHMENT).resolve_order(expansion.orderby),
            filter=_filter(request, expansion),
            counted=expansion.counted,
        )
        rows, counts = await request.store.scan(
            partial(list_page_of_each, task_ids=list(ids), page=page)
        )
    entities: dict[int, list[Entity]] = {task: [] for task in ids}
    for row in rows:
        entities[row.task].append(render_attachment(request, row, ids[row.task], inner, item=item))
    return {
        task: ({f"{_MEMBER}@odata.count": counts[task]} if task in counts else {})
        | {_MEMBER: entities[task]}
        for task in ids
    }


def _filter(request: OutlookRequest, expansion: Expansion) -> Expression | None:
    if expansion.filter is None:
        return None
    return parser.parse(expansion.filter, request.scope(ANY_ATTACHMENT))


def is_item_expanded(request: OutlookRequest, text: str | None) -> bool:
    """Tell whether `$expand` on attachments asks for the items; nothing else can be asked."""
    expansions = [] if text is None else expand.parse(text)
    known = f"{request.namespace}.{ITEM_ATTACHMENT.short_name}/Item".lower()
    for expansion in expansions:
        if expansion.name.lower() != known or expansion != Expansion(expansion.name):
            raise InvalidUrlQuery(option="$expand")
    return bool(expansions)


def make_part_reader(request: OutlookRequest) -> ReadPart:
    """Return a function that reads the contents of a caller's attachments, part by part."""

    async def read_part(content: int, number: int) -> bytes:
        part = await request.store.read_part(
            partial(attachments.get_part, content=content, number=number)
        )
        if part is None:
            raise ItemNotFound
        return part

    return read_part

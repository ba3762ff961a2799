"""`$expand`: attachments, and extended properties, which can be read in no other way.

See docs/reference/outlook.md §1.5.

Owns reading names from the filter inside an expansion, and rendering what has those names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import orjson

from afterlook.errors import InvalidUrlQuery
from afterlook.mailbox.extended_properties import list_properties
from afterlook.odata import expand
from afterlook.odata.expand import Expansion
from afterlook.odata.filter import parser, tree
from afterlook.outlook import attachment_rendering
from afterlook.outlook.edm import MULTI_VALUE, SINGLE_VALUE, TASK
from afterlook.outlook.render import Entity, EntityRow, View
from afterlook.store.rows import TaskRow

if TYPE_CHECKING:
    from afterlook.odata.filter.tree import Expression
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.request import OutlookRequest
    from afterlook.store.rows import ExtendedRow, FolderRow, GroupRow

_ATTACHMENTS = "Attachments"
_ITEMS = {item.name: item for item in (SINGLE_VALUE, MULTI_VALUE)}


class _NamedProperties(NamedTuple):
    """A navigation property, and the names of the extended properties to show of it."""

    navigation: str
    names: tuple[str, ...]
    multi: bool


async def expand_entities(
    request: OutlookRequest,
    view: View,
    options: QueryOptions,
    rows: Sequence[EntityRow],
    *,
    alone: bool,
) -> View:
    """Return a view that shows what `$expand` asks for, on these rows.

    Multi-valued properties come with one entity `alone` only. Raises `InvalidUrlQuery`,
    `InvalidFilter`.
    """
    if options.expand is None:
        return view
    entities = [row.id for row in rows]
    expanded: dict[int, Entity] = {entity: {} for entity in entities}
    for expansion in expand.parse(options.expand):
        if view.entity_type is TASK and expansion.name.lower() == _ATTACHMENTS.lower():
            if view.has_placeholders:
                # A second time: which of both would be meant?
                raise InvalidUrlQuery(option="$expand")
            files = await attachment_rendering.expand_attachments(
                request, view, expansion, _task_ids(request, rows)
            )
            for entity, rendered in files.items():
                expanded[entity] |= rendered
            view = view._replace(has_placeholders=True)
            continue
        properties = _read_named_properties(request, view, expansion)
        if properties.multi and not alone:
            raise InvalidUrlQuery(option="$expand")
        property_rows = await request.store.scan(
            partial(
                list_properties, entities=entities, names=properties.names, multi=properties.multi
            )
        )
        for row in property_rows:
            items = expanded[row.entity].setdefault(properties.navigation, [])
            assert isinstance(items, list)  # noqa: S101
            items.append(_render_property(row))
    return view._replace(expanded=expanded)


def _task_ids(
    request: OutlookRequest, rows: Sequence[TaskRow | FolderRow | GroupRow]
) -> dict[int, str]:
    tasks = (row for row in rows if isinstance(row, TaskRow))
    return {task.id: request.ids.write_task_id(task.folder_id, task.id) for task in tasks}


def _read_named_properties(
    request: OutlookRequest, view: View, expansion: Expansion
) -> _NamedProperties:
    name = expansion.name.lower()
    for navigation in view.entity_type.navigations:
        item = _ITEMS.get(navigation.type)
        if navigation.name.lower() == name and item is not None:
            is_by_name = expansion.filter is not None
            if not is_by_name or expansion != Expansion(expansion.name, expansion.filter):
                # There is no asking for all of them: the service could not tell which exist.
                raise InvalidUrlQuery(option="$expand")
            names = tuple(_names(parser.parse(expansion.filter or "", request.scope(item))))
            return _NamedProperties(navigation.name, names, multi=item is MULTI_VALUE)
    raise InvalidUrlQuery(option="$expand")


def _names(condition: Expression) -> list[str]:
    match condition:
        case tree.Comparison("eq", tree.Path(column="PropertyId"), tree.Literal(str(name))):
            return [name]
        case tree.Membership(tree.Path(column="PropertyId"), items):
            return [str(item.value) for item in items]
        case tree.Junction("or", operands):
            return [name for operand in operands for name in _names(operand)]
    raise InvalidUrlQuery(option="$expand")


def _render_property(row: ExtendedRow) -> Entity:
    value = orjson.loads(row.value) if row.is_multi else row.value
    return {"PropertyId": row.property_id, "Value": value}

"""What comes along with tasks and lists: parts that are shown inline, and what `$expand` names.

Checklist items and linked resources of a task come without being asked for, where there are any;
extensions only when they are expanded (docs/reference/graph.md §3, §5, §11).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from afterlook.errors import InvalidUrlQuery
from afterlook.graph.addresses import lists_path, tasks_path
from afterlook.graph.edm import OPEN_EXTENSION
from afterlook.graph.render import (
    Entity,
    TodoView,
    render_checklist_item,
    render_extension,
    render_linked_resource,
)
from afterlook.mailbox import checklists, extensions, linked_resources
from afterlook.mailbox.attachments import list_tasks_with_files
from afterlook.odata import expand
from afterlook.odata.expand import Expansion
from afterlook.odata.filter import parser, tree
from afterlook.store.folding import fold
from afterlook.store.parts import Parts

if TYPE_CHECKING:
    from afterlook.graph.request import GraphRequest
    from afterlook.odata.filter.tree import Expression
    from afterlook.odata.options import QueryOptions
    from afterlook.store.pages import Page
    from afterlook.store.rows import (
        ChecklistItemRow,
        ExtensionRow,
        FolderRow,
        LinkedResourceRow,
        TaskRow,
    )
    from afterlook.store.sessions import ReadSession

T = TypeVar("T")

_INLINE = {
    "checklistitems": ("checklistItems", Parts.CHECKLIST_ITEMS),
    "linkedresources": ("linkedResources", Parts.LINKED_RESOURCES),
}
_EXTENSIONS = "extensions"
_ALL_EXTENSIONS: frozenset[str] = frozenset()


class Expansions(NamedTuple):
    """What of tasks or lists is shown: `named` what `$expand` names, `kinds` what is read.

    `extensions` are names, folded; none are all.
    """

    kinds: Parts = Parts.NONE
    named: frozenset[str] = frozenset()
    extensions: frozenset[str] = _ALL_EXTENSIONS


INLINE = Expansions(Parts.CHECKLIST_ITEMS | Parts.LINKED_RESOURCES)
"""What comes with a task that was written."""


class LoadedParts(NamedTuple):
    """The parts of some tasks, by task; `without_files` have attachments of other kinds alone."""

    items: Mapping[int, list[ChecklistItemRow]]
    resources: Mapping[int, list[LinkedResourceRow]]
    extensions: Mapping[int, list[ExtensionRow]]
    without_files: frozenset[int]


LoadedExtensions = Mapping[int, list["ExtensionRow"]]
"""The extensions of some lists, by list."""


def read_task_expansions(
    request: GraphRequest, options: QueryOptions, *, inline: bool = True
) -> Expansions:
    """Read `$expand` on tasks; `inline` tells whether parts come without being asked for.

    Raises `InvalidUrlQuery`, and what a filter raises.
    """
    kinds, named, names = Parts.NONE, set(), _ALL_EXTENSIONS
    if inline and not options.select:
        kinds = INLINE.kinds
    for expansion in _parse(options):
        lower = expansion.name.lower()
        if lower in _INLINE:
            if expansion != Expansion(expansion.name):
                raise InvalidUrlQuery(option="$expand")
            name, kind = _INLINE[lower]
            kinds |= kind
            named.add(name)
        else:
            names = _read_extensions(request, expansion)
            kinds |= Parts.EXTENSIONS
            named.add(_EXTENSIONS)
    return Expansions(kinds, frozenset(named), names)


def read_kinds(options: QueryOptions) -> Parts:
    """Return which kinds of parts `$expand` names that come whole. Raises `InvalidUrlQuery`."""
    kinds = Parts.NONE
    for expansion in _parse(options):
        kinds |= _INLINE.get(expansion.name.lower(), ("", Parts.NONE))[1]
    return kinds


def read_list_expansions(request: GraphRequest, options: QueryOptions) -> Expansions:
    """Read `$expand` on lists. Raises like `read_task_expansions`."""
    expansions = Expansions()
    for expansion in _parse(options):
        names = _read_extensions(request, expansion)
        expansions = Expansions(Parts.EXTENSIONS, frozenset({_EXTENSIONS}), names)
    return expansions


async def read_expanded(
    request: GraphRequest, page: Page, expansions: Expansions, read: Callable[[ReadSession], T]
) -> T:
    """Run work that reads a page with what is expanded on it.

    Extensions may be long, and all of a page's are read for their length.
    """
    if expansions.kinds & Parts.EXTENSIONS:
        return await request.store.scan(read)
    return await request.store.read_page(page, read)


def load_parts(
    session: ReadSession, rows: Sequence[TaskRow], expansions: Expansions
) -> LoadedParts | None:
    """Read what is shown with tasks; None where they have nothing of it."""
    attached = [row.id for row in rows if row.has_attachments]
    if not attached and not any(row.parts & expansions.kinds for row in rows):
        return None
    kinds = expansions.kinds
    having_files = list_tasks_with_files(session, attached) if attached else frozenset()
    return LoadedParts(
        checklists.list_of_tasks(session, rows) if kinds & Parts.CHECKLIST_ITEMS else {},
        linked_resources.list_of_tasks(session, rows) if kinds & Parts.LINKED_RESOURCES else {},
        extensions.list_of_tasks(session, rows) if kinds & Parts.EXTENSIONS else {},
        frozenset(attached) - having_files,
    )


def show_parts(
    request: GraphRequest,
    view: TodoView,
    rows: Sequence[TaskRow],
    expansions: Expansions,
    loaded: LoadedParts | None,
) -> TodoView:
    """Return a view that shows the parts of tasks."""
    if loaded is None:
        if not expansions.named:
            return view
        loaded = LoadedParts({}, {}, {}, frozenset())
    parts: dict[int, Entity] = {}
    for row in rows:
        items = [render_checklist_item(each) for each in loaded.items.get(row.id, ())]
        resources = [render_linked_resource(each) for each in loaded.resources.get(row.id, ())]
        shown = _render_extensions(loaded.extensions.get(row.id, ()), expansions)
        given = {"checklistItems": items, "linkedResources": resources, _EXTENSIONS: shown}
        list_id, task_id = (
            request.ids.write_folder_id(row.folder_id),
            request.ids.write_task_id(row.folder_id, row.id),
        )
        path = tasks_path(list_id, task_id)
        parts[row.id] = _members(request, path, given, expansions)
    return view._replace(parts=parts, without_files=loaded.without_files)


def show_extensions(
    request: GraphRequest,
    view: TodoView,
    rows: Sequence[FolderRow],
    expansions: Expansions,
    loaded: LoadedExtensions,
) -> TodoView:
    """Return a view that shows the extensions of lists."""
    parts: dict[int, Entity] = {}
    for row in rows:
        given = {_EXTENSIONS: _render_extensions(loaded.get(row.id, ()), expansions)}
        path = lists_path(request.ids.write_folder_id(row.id))
        parts[row.id] = _members(request, path, given, expansions)
    return view._replace(parts=parts)


def load_extensions(
    session: ReadSession, rows: Sequence[FolderRow], expansions: Expansions
) -> LoadedExtensions:
    """Read the extensions of lists, where they are shown."""
    return extensions.list_of_folders(session, rows) if expansions.kinds else {}


def _members(
    request: GraphRequest, path: str, given: Mapping[str, list[Entity]], expansions: Expansions
) -> Entity:
    """Return members with parts: those there are, and those that were named."""
    members: Entity = {}
    for name, rendered in given.items():
        if rendered or name in expansions.named:
            members[f"{name}@odata.context"] = request.context(f"{path}/{name}")
            members[name] = rendered
    return members


def _render_extensions(rows: Sequence[ExtensionRow], expansions: Expansions) -> list[Entity]:
    names = expansions.extensions
    return [render_extension(row) for row in rows if not names or fold(row.name) in names]


def _parse(options: QueryOptions) -> list[Expansion]:
    return [] if options.expand is None else expand.parse(options.expand)


def _read_extensions(request: GraphRequest, expansion: Expansion) -> frozenset[str]:
    if expansion.name.lower() != _EXTENSIONS or expansion != Expansion(
        expansion.name, expansion.filter
    ):
        raise InvalidUrlQuery(option="$expand")
    if expansion.filter is None:
        return _ALL_EXTENSIONS
    condition = parser.parse(expansion.filter, request.scope(OPEN_EXTENSION))
    return frozenset(fold(extensions.read_name(name)) for name in _names(condition))


def _names(condition: Expression) -> list[str]:
    match condition:
        case tree.Comparison("eq", tree.Path("id" | "extensionName"), tree.Literal(str(name))):
            return [name]
        case tree.Membership(tree.Path("id" | "extensionName"), items):
            return [str(item.value) for item in items]
        case tree.Junction("or", operands):
            return [name for operand in operands for name in _names(operand)]
    raise InvalidUrlQuery(option="$expand")

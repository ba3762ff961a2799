"""Statements on what a mailbox has that another service may have no place for.

Owns how each such thing is told in SQL: it is counted there, however much there is, and only a few
are named. What becomes of them is `migration`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, bindparam, case, exists, func, select

from afterlook.store.attachments import FILE
from afterlook.store.sessions import ReadSession
from afterlook.store.tables import (
    Attachment,
    ExtendedProperty,
    Task,
    TaskFolder,
    TaskGroup,
    table,
)

MAX_INLINE = 3 * 1024 * 1024
MAX_UPLOAD = 25 * 1024 * 1024
"""Bytes of a file that To Do takes in one request, and at all (docs/reference/graph.md §10)."""

_MAX_SHOWN = 120
_ITEM, _REFERENCE = 1, 2
_HTML = 1
_HARMLESS = (
    *("<!doctype html>", "<html>", "</html>", "<head>", "</head>", "<body>", "</body>"),
    *("<div>", "</div>", "<p>", "</p>", "<span>", "</span>", "<br>", "<br/>", "<br />"),
)
"""Tags that say no more than plain text with lines can."""

_UTC = ("", "UTC", "GMT", "Etc/UTC", "Etc/GMT")
"""Zones whose dates read alike in UTC."""

Sql = ColumnElement[Any]

_task, _folder, _group = table(Task), table(TaskFolder), table(TaskGroup)
_attachment, _extended = table(Attachment), table(ExtendedProperty)


class Example(NamedTuple):
    """Something that is meant: its name, and what it is in."""

    name: str | None
    within: str | None


def _without(column: Sql, texts: tuple[str, ...]) -> Sql:
    return reduce(lambda text, gone: func.replace(text, gone, ""), texts, column)


def _has_attachment(condition: Sql) -> Sql:
    found = exists().where(
        _attachment.c.mailbox == _task.c.mailbox, _attachment.c.task == _task.c.id, condition
    )
    return _task.c.has_attachments & found


def _has_extended(of: Table) -> Sql:
    return exists().where(_extended.c.mailbox == of.c.mailbox, _extended.c.entity == of.c.id)


_is_file = _attachment.c.kind == FILE
_TASKS: Mapping[str, Sql] = {
    "html": (_task.c.body_type == _HTML)
    & _without(func.lower(_task.c.body), _HARMLESS).like("%<%"),
    "assigned": _task.c.assigned_to.is_not(None),
    "sensitivity": _task.c.sensitivity != 0,
    "extended": _has_extended(_task),
    "items": _has_attachment(_attachment.c.kind == _ITEM),
    "references": _has_attachment(_attachment.c.kind == _REFERENCE),
    "inline": _has_attachment(
        _is_file
        & (
            _attachment.c.is_inline
            | _attachment.c.content_id.is_not(None)
            | _attachment.c.content_location.is_not(None)
        )
    ),
    "too_large": _has_attachment(_is_file & (_attachment.c.length > MAX_UPLOAD)),
    "large": _has_attachment(_is_file & _attachment.c.length.between(MAX_INLINE + 1, MAX_UPLOAD)),
    "zones": _task.c.walls.is_not(None)
    & _without(_task.c.walls, tuple(f',"{zone}"]' for zone in _UTC)).like('%"]%'),
    "untitled": func.coalesce(_task.c.subject, "") == "",
    "dateless": _task.c.recurrence.is_not(None) & _task.c.due.is_(None),
}
_FOLDERS: Mapping[str, Sql] = {
    "grouped": ~_group.c.is_default,
    "folder_extended": _has_extended(_folder),
}
_GROUPS: Mapping[str, Sql] = {"other_groups": ~_group.c.is_default}

KEYS = (*_TASKS, *_FOLDERS, *_GROUPS)
"""What is looked for."""

_its_folder = (_folder.c.mailbox == _task.c.mailbox) & (_folder.c.id == _task.c.folder_id)
_its_group = (_group.c.mailbox == _folder.c.mailbox) & (_group.c.id == _folder.c.group_id)


def _select_counts(entity: Table, source: Any, sought: Mapping[str, Sql]) -> Select[Any]:
    counts: list[Sql] = [func.count(case((condition, 1))) for condition in sought.values()]
    of_mailbox = entity.c.mailbox == bindparam("of_mailbox")
    return select(*[func.count(), *counts]).select_from(source).where(of_mailbox)


def _select_names(
    entity: Table, source: Any, names: tuple[Sql, Sql], condition: Sql
) -> Select[Any]:
    cut = (func.substr(name, 1, _MAX_SHOWN) for name in names)
    of_mailbox = entity.c.mailbox == bindparam("of_mailbox")
    chosen = select(*cut).select_from(source).where(of_mailbox, condition)
    return chosen.order_by(entity.c.id).limit(bindparam("most"))


_SOURCES: Mapping[str, tuple[Table, Any, tuple[Sql, Sql], Mapping[str, Sql]]] = {
    "tasks": (_task, _task.join(_folder, _its_folder), (_task.c.subject, _folder.c.name), _TASKS),
    "folders": (
        *(_folder, _folder.join(_group, _its_group)),
        *((_folder.c.name, _group.c.name), _FOLDERS),
    ),
    "groups": (_group, _group, (_group.c.name, _group.c.name), _GROUPS),
}
_COUNTS = {
    name: (tuple(sought), _select_counts(entity, entity if name == "tasks" else source, sought))
    for name, (entity, source, _, sought) in _SOURCES.items()
}
_EXAMPLES = {
    key: _select_names(entity, source, names, condition)
    for entity, source, names, sought in _SOURCES.values()
    for key, condition in sought.items()
}


def count(session: ReadSession) -> dict[str, int]:
    """Count what there is of each of `KEYS`, and all `tasks`, `folders` and `groups`."""
    counted: dict[str, int] = {}
    for name, (keys, statement) in _COUNTS.items():
        row = session.first(statement, {"of_mailbox": session.mailbox.id}) or ()
        counted |= dict(zip((name, *keys), map(int, row), strict=False))
    return counted


def list_examples(session: ReadSession, key: str, most: int) -> list[Example]:
    """Name the first of what there is of one of `KEYS`."""
    bound = {"of_mailbox": session.mailbox.id, "most": most}
    return [Example._make(row) for row in session.all(_EXAMPLES[key], bound)]

"""Statements on open extensions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, literal, select

from afterlook.odata.filter.tree import Expression
from afterlook.store.copies import insert_copies
from afterlook.store.filters import Related
from afterlook.store.folding import fold
from afterlook.store.pages import Listing, Page, asked_columns, length_of_texts
from afterlook.store.parts import PartTotals
from afterlook.store.rows import ExtensionRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import TEXT, OpenExtension, Task, table

ID_PREFIX = "microsoft.graph.openTypeExtension."
"""What stands before an extension's name in its id."""

_extension = table(OpenExtension)
_task = table(Task)
_columns = [_extension.c[name] for name in ExtensionRow._fields]
_in_mailbox = _extension.c.mailbox == bindparam("of_mailbox")
_of_entity = (_in_mailbox, _extension.c.entity == bindparam("of_entity"))
_of_entities = (_in_mailbox, _extension.c.entity.in_(bindparam("entities", expanding=True)))
_this = (*_of_entity, _extension.c.name_key == bindparam("of_name_key"))
_id_key = literal(fold(ID_PREFIX), TEXT) + _extension.c.name_key

_GET = select(*_columns).where(*_this)
_OF_ENTITY = Listing(
    select(*_columns).where(*_of_entity),
    {**asked_columns(_extension), "id": _id_key},
    _extension.c.name_key,
)
_OF_ENTITIES = (
    select(*_columns).where(*_of_entities).order_by(_extension.c.entity, _extension.c.name_key)
)
_TOTALS = (
    select(
        _extension.c.entity,
        func.count(),
        func.coalesce(func.sum(length_of_texts(_columns)), 0),
    )
    .where(*_of_entities)
    .group_by(_extension.c.entity)
)
_NAME_KEYS = select(_extension.c.name_key).where(*_of_entity)
_ADD = insert(_extension)
_COPY_ALL = insert_copies(_extension, _extension.c.entity, *_of_entity)
_REMOVE = delete(_extension).where(*_this)
_REMOVE_ALL = delete(_extension).where(*_of_entity)
_REMOVE_OF_FOLDER = delete(_extension).where(
    _in_mailbox,
    _extension.c.entity.in_(
        select(_task.c.id).where(
            _task.c.mailbox == bindparam("of_mailbox"), _task.c.folder_id == bindparam("of_folder")
        )
    ),
)


def relate_extensions(owner: ColumnElement[int]) -> Callable[[], Related]:
    """Return what finds the extensions of entities by their numbers, for filters to ask.

    They are those of the mailbox `of_mailbox`, as the listing's own rows are.
    """
    return lambda: _build_related(owner)


def _build_related(owner: ColumnElement[int]) -> Related:
    # Anew each time: one question within another must not be about the same row.
    one = _extension.alias()
    return Related(
        rows=one,
        belongs=(one.c.mailbox == bindparam("of_mailbox")) & (one.c.entity == owner),
        columns={"id": literal(fold(ID_PREFIX), TEXT) + one.c.name_key, "name": one.c.name_key},
    )


def get(session: ReadSession, entity: int, name: str) -> ExtensionRow | None:
    """Find an extension of an entity by its name, case aside."""
    row = session.first(_GET, _parameters(session, entity, name))
    return None if row is None else ExtensionRow._make(row)


def list_page(session: ReadSession, entity: int, page: Page) -> list[ExtensionRow]:
    """List the extensions of an entity, by name where the page has no order."""
    of = {"of_mailbox": session.mailbox.id, "of_entity": entity}
    return [ExtensionRow._make(row) for row in _OF_ENTITY.read_rows(session, page, of)]


def count(session: ReadSession, entity: int, filter_: Expression | None = None) -> int:
    """Count the extensions of an entity."""
    of = {"of_mailbox": session.mailbox.id, "of_entity": entity}
    return _OF_ENTITY.count(session, filter_, of)


def list_of_entities(session: ReadSession, entities: Sequence[int]) -> list[ExtensionRow]:
    """List all extensions of entities, entity by entity."""
    of = {"of_mailbox": session.mailbox.id, "entities": list(entities)}
    return [ExtensionRow._make(row) for row in session.ad_hoc(_OF_ENTITIES, of)]


def get_totals(session: ReadSession, entities: Sequence[int]) -> dict[int, PartTotals]:
    """Return what entities have together, by entity; one without extensions is left out."""
    of = {"of_mailbox": session.mailbox.id, "entities": list(entities)}
    return {
        int(entity): PartTotals(int(number), int(text))
        for entity, number, text in session.ad_hoc(_TOTALS, of)
    }


def list_name_keys(session: ReadSession, entity: int) -> set[str]:
    """Return the names of an entity's extensions, folded."""
    of = {"of_mailbox": session.mailbox.id, "of_entity": entity}
    return {str(row[0]) for row in session.all(_NAME_KEYS, of)}


def put(session: WriteSession, row: ExtensionRow) -> None:
    """Write an extension, in the place of the one of the same name."""
    remove(session, row.entity, row.name)
    session.execute(_ADD, _values(session, row))


def add_all(session: WriteSession, rows: Sequence[ExtensionRow]) -> None:
    """Write new extensions, whose names none has."""
    if rows:
        session.execute(_ADD, [_values(session, row) for row in rows])


def copy_all(session: WriteSession, entity: int, copy: int) -> None:
    """Write all extensions of an entity to a copy of it."""
    of = {"of_mailbox": session.mailbox.id, "of_entity": entity, "copy": copy}
    session.execute(_COPY_ALL, of)


def remove(session: WriteSession, entity: int, name: str) -> None:
    """Delete an extension of an entity, if it has it."""
    session.execute(_REMOVE, _parameters(session, entity, name))


def remove_all(session: WriteSession, entity: int) -> None:
    """Delete all extensions of an entity."""
    session.execute(_REMOVE_ALL, {"of_mailbox": session.mailbox.id, "of_entity": entity})


def remove_in_folder(session: WriteSession, folder_id: int) -> None:
    """Delete all extensions of the tasks of a folder."""
    session.execute(_REMOVE_OF_FOLDER, {"of_mailbox": session.mailbox.id, "of_folder": folder_id})


def _values(session: WriteSession, row: ExtensionRow) -> dict[str, object]:
    return {"mailbox": session.mailbox.id, "name_key": fold(row.name), **row._asdict()}


def _parameters(session: ReadSession, entity: int, name: str) -> dict[str, object]:
    key = fold(name)
    return {"of_mailbox": session.mailbox.id, "of_entity": entity, "of_name_key": key}

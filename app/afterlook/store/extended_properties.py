"""Statements on extended properties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Table, bindparam, delete, func, insert, select

from afterlook.store.copies import insert_copies
from afterlook.store.filters import Related
from afterlook.store.folding import fold
from afterlook.store.rows import ExtendedRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import ExtendedProperty, Task, table

_extended = table(ExtendedProperty)
_columns = [_extended.c[name] for name in ExtendedRow._fields]
_in_mailbox = _extended.c.mailbox == bindparam("of_mailbox")
_of_entity = _extended.c.entity == bindparam("of_entity")
_named = _extended.c.property_id == bindparam("of_property_id")

_wanted = (
    _in_mailbox,
    _extended.c.entity.in_(bindparam("entities", expanding=True)),
    _extended.c.property_id.in_(bindparam("property_ids", expanding=True)),
    _extended.c.is_multi == bindparam("of_multi"),
)
_OF_ENTITIES = (
    select(*_columns).where(*_wanted).order_by(_extended.c.entity, _extended.c.property_id)
)
_LENGTH = select(func.coalesce(func.sum(func.length(_extended.c.value)), 0)).where(*_wanted)
_ADD = insert(_extended)
_COPY_ALL = insert_copies(_extended, _extended.c.entity, _in_mailbox, _of_entity)
_COUNT = select(func.count()).select_from(_extended).where(_in_mailbox, _of_entity)
_REMOVE = delete(_extended).where(_in_mailbox, _of_entity, _named)
_REMOVE_ALL = delete(_extended).where(_in_mailbox, _of_entity)
_REMOVE_OF_FOLDER = delete(_extended).where(
    _in_mailbox,
    _extended.c.entity.in_(
        select(table(Task).c.id).where(
            table(Task).c.mailbox == bindparam("of_mailbox"),
            table(Task).c.folder_id == bindparam("of_folder"),
        )
    ),
)


def relate_properties(owner: Table) -> Callable[[], Related]:
    """Return what finds the single-valued properties of a table's entities, for filters to ask."""
    return lambda: _build_related(owner)


def _build_related(owner: Table) -> Related:
    # Anew each time: one question within another must not be about the same row.
    single = _extended.alias()
    return Related(
        rows=single,
        belongs=(single.c.mailbox == owner.c.mailbox)
        & (single.c.entity == owner.c.id)
        & single.c.is_multi.is_(False),
        columns={
            "PropertyId": single.c.property_id,
            "Value": single.c.value_key,
            "number": single.c.number,
        },
    )


class PropertySelection(NamedTuple):
    """Properties that are asked for: those of these names, of these entities."""

    entities: Sequence[int]
    property_ids: Sequence[str]
    multi: bool

    def _parameters(self, session: ReadSession) -> dict[str, object]:
        return {
            "of_mailbox": session.mailbox.id,
            "entities": list(self.entities),
            "property_ids": list(self.property_ids),
            "of_multi": self.multi,
        }

    def read_length(self, session: ReadSession) -> int:
        """Return how many characters their values have together."""
        return int(session.ad_hoc(_LENGTH, self._parameters(session))[0][0])

    def read_rows(self, session: ReadSession) -> list[ExtendedRow]:
        """List the properties."""
        return [
            ExtendedRow._make(row)
            for row in session.ad_hoc(_OF_ENTITIES, self._parameters(session))
        ]


def put(session: WriteSession, row: ExtendedRow) -> None:
    """Write a property, in the place of the one of the same name."""
    remove(session, row.entity, row.property_id)
    key = None if row.is_multi else fold(row.value)
    session.execute(_ADD, {"mailbox": session.mailbox.id, "value_key": key, **row._asdict()})


def count(session: WriteSession, entity: int) -> int:
    """Count the properties of an entity."""
    row = session.first(_COUNT, {"of_mailbox": session.mailbox.id, "of_entity": entity})
    return 0 if row is None else int(row[0])


def copy_all(session: WriteSession, entity: int, copy: int) -> None:
    """Write all properties of an entity to a copy of it."""
    session.execute(
        _COPY_ALL, {"of_mailbox": session.mailbox.id, "of_entity": entity, "copy": copy}
    )


def remove(session: WriteSession, entity: int, property_id: str) -> None:
    """Delete one property of an entity, if it has it."""
    session.execute(
        _REMOVE,
        {
            "of_mailbox": session.mailbox.id,
            "of_entity": entity,
            "of_property_id": property_id,
        },
    )


def remove_all(session: WriteSession, entity: int) -> None:
    """Delete all properties of an entity."""
    session.execute(_REMOVE_ALL, {"of_mailbox": session.mailbox.id, "of_entity": entity})


def remove_in_folder(session: WriteSession, folder_id: int) -> None:
    """Delete all properties of the tasks of a folder."""
    session.execute(_REMOVE_OF_FOLDER, {"of_mailbox": session.mailbox.id, "of_folder": folder_id})

"""Statements that copy what hangs on an entity, for a copy of the entity."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Insert, Table, bindparam, insert, select


def insert_copies(of: Table, entity: Column[int], *where: ColumnElement[bool]) -> Insert:
    """Return what adds once more the rows that `where` holds of, `copy` being their `entity`."""
    columns = [
        bindparam("copy", type_=column.type) if column is entity else column for column in of.c
    ]
    return insert(of).from_select([column.name for column in of.c], select(*columns).where(*where))

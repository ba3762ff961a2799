"""Pages of a listing: which slice, in which order.

Owns turning sort keys into SQL that orders alike on SQLite and PostgreSQL. Must not know how a
client names what it sorts by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func
from sqlalchemy.types import String

from afterlook.store.sessions import ReadSession

Order = tuple[tuple[str, bool], ...]
"""Sort keys: the name of a selected column, and whether it descends."""


_NEAR_SIZE, _NEAR_SKIP = 100, 1000


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of a listing: `size` rows after `skip`, sorted by `order`."""

    size: int
    skip: int = 0
    order: Order = ()

    @property
    def is_near(self) -> bool:
        """Whether an index leads straight to it: few rows, from near the start, unsorted."""
        return not self.order and self.size <= _NEAR_SIZE and self.skip <= _NEAR_SKIP


class Listing:
    """A statement that lists entities, `key` deciding between equals and without an order."""

    def __init__(self, statement: Select[Any], key: ColumnElement[Any]) -> None:
        self._statement = statement
        self._key = key
        # Building a statement costs more than running it on a small mailbox.
        self._ordered = lru_cache(maxsize=128)(self._build)

    def rows(
        self, session: ReadSession, page: Page, parameters: Mapping[str, object]
    ) -> Sequence[Sequence[Any]]:
        """Return the page's rows and one more where more follow."""
        bounds = {"limit": page.size + 1, "offset": page.skip}
        return session.rows(self._ordered(page.order), {**parameters, **bounds})

    def _build(self, order: Order) -> Select[Any]:
        """Order by the keys: nulls come first when ascending (OData URL Conventions, §5.1.4).

        Text goes by code point after lower-casing ASCII.
        """
        statement = self._statement
        for name, descending in order:
            column = statement.selected_columns[name]
            value = func.lower(column) if isinstance(column.type, String) else column
            statement = statement.order_by(
                value.desc().nulls_last() if descending else value.asc().nulls_first()
            )
        return statement.order_by(self._key).limit(bindparam("limit")).offset(bindparam("offset"))

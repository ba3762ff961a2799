"""Statements sent straight to SQLite's driver.

Owns compiling a statement once and running it without SQLAlchemy's ceremony, which costs more than
SQLite's own work on a row. For statements that live as long as the program; whatever is built for
one request goes the ordinary way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Boolean, ClauseElement
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from sqlalchemy.sql import Executable

_DIALECT = sqlite_dialect(paramstyle="qmark")


class PreparedStatement(NamedTuple):
    """A statement as the driver takes it: its text, and where its values come from.

    `fixed` are the values that stand in the statement itself, `booleans` the places of the columns
    that SQLite gives as numbers.
    """

    text: str
    names: tuple[str, ...]
    fixed: Mapping[str, object]
    booleans: tuple[int, ...]

    def values(self, parameters: Mapping[str, object]) -> list[object]:
        """Return the values to bind, in order."""
        fixed = self.fixed
        return [parameters[name] if name in parameters else fixed[name] for name in self.names]

    def convert_booleans(self, row: Sequence[Any]) -> Sequence[Any]:
        """Return a row with its Booleans."""
        if not self.booleans:
            return row
        typed = list(row)
        for place in self.booleans:
            if typed[place] is not None:
                typed[place] = bool(typed[place])
        return typed


_prepared: dict[tuple[int, tuple[str, ...]], tuple[object, PreparedStatement]] = {}


def prepare(statement: Executable, parameters: Mapping[str, object]) -> PreparedStatement:
    """Return a statement prepared for parameters of these names."""
    key = (id(statement), tuple(parameters))
    known = _prepared.get(key)
    if known is None:
        # The statement is kept too, so that its id stays its own.
        known = _prepared[key] = (statement, _compile(statement, list(parameters)))
    return known[1]


def _compile(statement: Executable, names: list[str]) -> PreparedStatement:
    assert isinstance(statement, ClauseElement)  # noqa: S101
    compiled = statement.compile(dialect=_DIALECT, column_keys=names)
    assert isinstance(compiled, SQLCompiler)  # noqa: S101
    columns = compiled._result_columns  # noqa: SLF001
    return PreparedStatement(
        text=str(compiled),
        names=tuple(compiled.positiontup or ()),
        fixed=dict(compiled.params),
        booleans=tuple(
            place for place, column in enumerate(columns) if isinstance(column.type, Boolean)
        ),
    )

"""Examining a store: asking what holds.

Owns what is told of it: checks, each with what it found and what can be done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from afterlook.store.engines import file_of
from afterlook.store.examination import files
from afterlook.store.examination.connections import open_connection
from afterlook.store.examination.invariants import Invariant, list_invariants
from afterlook.store.migrate import HEAD, read_revision

_MAX_SHOWN = 5
_RESTORE = "restore a copy of the store (docs/operations.md says how)"
_REPORT = (
    f"{_RESTORE}. Unless something else wrote into the store, this is a defect of Afterlook: "
    "please report it, with these lines"
)


@dataclass
class Finding:
    """What is wrong, and what can be done."""

    what: str
    do: str


@dataclass
class Check:
    """What was looked at, and what is wrong with it."""

    name: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {"name": self.name, "ok": self.is_ok, "findings": [*map(asdict, self.findings)]}


def examine(location: Path | str) -> Iterator[Check]:
    """Examine a store, yielding each check when it is done. Nothing is written.

    All is read in one transaction, so that a server may go on writing meanwhile.
    """
    file = file_of(location)
    if file is not None:
        for name, found in files.look_at(file):
            yield Check(name, [Finding(*each) for each in found])
        if not file.exists():
            return
    is_quiet = file is not None and not files.has_log(file)
    try:
        with open_connection(location, file, is_quiet=is_quiet) as connection:
            yield from _examine(connection)
    except (DBAPIError, sqlite3.Error) as error:
        reason = getattr(error, "orig", None) or error
        advice = _RESTORE if file is not None else "see whether the database runs, and its address"
        yield Check("the store can be read", [Finding(" ".join(str(reason).split()), advice)])
    if file is not None and is_quiet and files.has_log(file):
        late = Finding("a server began to write meanwhile", "run `afterlook doctor` again")
        yield Check("nobody wrote where nobody was expected to", [late])


def _examine(connection: Connection) -> Iterator[Check]:
    if connection.dialect.name == "sqlite":
        yield _check_integrity(connection)
    schema = _check_schema(connection)
    yield schema
    if schema.is_ok:
        for invariant in list_invariants():
            yield _check_invariant(connection, invariant)


def _check_integrity(connection: Connection) -> Check:
    rows = connection.exec_driver_sql(f"PRAGMA integrity_check({_MAX_SHOWN})").scalars()
    found = [Finding(" ".join(row.split()), _RESTORE) for row in rows if row != "ok"]
    return Check("the file is a whole database", found)


def _check_schema(connection: Connection) -> Check:
    check = Check(f"its tables are those of this version (schema {HEAD})")
    revision = read_revision(connection)
    if revision is None:
        what = (
            "there is no store in it"
            if not inspect(connection).get_table_names()
            else ("it has tables, but no store")
        )
        do = "see whether this is the address that the server has; it makes a store at its start"
        check.findings.append(Finding(what, do))
    elif revision < HEAD:
        do = "start the server once: it brings the store up to date"
        check.findings.append(Finding(f"it has schema {revision}, of an older version", do))
    elif revision > HEAD:
        do = "use that version of Afterlook, or a newer one"
        check.findings.append(Finding(f"it has schema {revision}, of a newer version", do))
    return check


def _check_invariant(connection: Connection, invariant: Invariant) -> Check:
    limited = text(f"{invariant.statement} LIMIT {_MAX_SHOWN + 1}")
    rows = connection.execute(limited).all()
    check = Check(invariant.name)
    if rows:
        shown = "; ".join(_place(mailbox_id, key) for mailbox_id, key in rows[:_MAX_SHOWN])
        more = " and others" if len(rows) > _MAX_SHOWN else ""
        what = f"{invariant.wrong}: {shown}{more}. So {invariant.means}"
        check.findings.append(Finding(what, _REPORT))
    return check


def _place(mailbox_id: int | None, key: object) -> str:
    return f"{key}" if mailbox_id is None else f"mailbox {mailbox_id}, {key}"

"""Writing mailboxes as a document, and reading one; the inverse of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from afterlook.control.archive.checks import check
from afterlook.control.archive.entities import MAILBOX, Entity
from afterlook.control.archive.parts import flag_parts
from afterlook.errors import ServiceError
from afterlook.seeds.parts import InvalidEntryError, entry
from afterlook.store import contents
from afterlook.store.contents import Row
from afterlook.store.sessions import Session

FORMAT = "afterlook-mailboxes"
VERSION = 1

Document = dict[str, Any]


class ParsedMailbox(NamedTuple):
    """A mailbox of a document: what is kept of itself, and the rows of each table."""

    head: Row
    rows: dict[str, list[Row]]


def write(session: Session, mailbox_ids: Iterable[int]) -> Document:
    """Write mailboxes with everything in them, in the order of their users' names."""
    heads = contents.read_heads(session)
    mailboxes = [
        _write_mailbox(session, mailbox_id, heads[mailbox_id]) for mailbox_id in mailbox_ids
    ]
    mailboxes.sort(key=lambda each: (each["Upn"], each["Tid"], each["Oid"]))
    return {"Format": FORMAT, "Version": VERSION, "Mailboxes": mailboxes}


def _write_mailbox(session: Session, mailbox_id: int, head: Row) -> Document:
    rows: dict[str, list[Row]] = {}
    for name in contents.TABLES:
        columns = contents.COLUMNS[name]
        read = contents.read(session, name, mailbox_id)
        rows[name] = [dict(zip(columns, row, strict=True)) for row in read]
    return _write_entity(MAILBOX, head, rows, {})


_Index = dict[tuple[str, str], dict[Any, list[Row]]]


def _write_entity(entity: Entity, row: Row, rows: dict[str, list[Row]], index: _Index) -> Document:
    written = {name: value.write(row[column]) for name, (column, value) in entity.members.items()}
    for name, inner, column in entity.within:
        if entity is MAILBOX:
            found = rows[inner.table]
        else:
            found = _grouped(rows, inner.table, column, index).get(row["id"], [])
        written[name] = [_write_entity(inner, each, rows, index) for each in found]
    return written


def _grouped(
    rows: dict[str, list[Row]], table: str, column: str, index: _Index
) -> dict[Any, list[Row]]:
    """Return the rows of a table by what they are in."""
    known = index.get((table, column))
    if known is None:
        known = index[table, column] = defaultdict(list)
        for row in rows[table]:
            known[row[column]].append(row)
    return known


def read(document: Document) -> list[ParsedMailbox]:
    """Read what was written. Raises `InvalidEntryError`, which names entry and member."""
    if document.get("Format") != FORMAT or document.get("Version") != VERSION:
        reason = f"it must be {FORMAT}, Version {VERSION}: a file that `export` has written"
        raise InvalidEntryError("Format", reason)
    unknown = document.keys() - {"Format", "Version", "Mailboxes"}
    if unknown:
        raise InvalidEntryError(min(unknown), "it is no member here")
    read: list[ParsedMailbox] = []
    for index, given in enumerate(_expect_list("Mailboxes", document.get("Mailboxes"))):
        with entry("Mailboxes", index):
            rows: dict[str, list[Row]] = {name: [] for name in contents.TABLES}
            mailbox = ParsedMailbox(_read_entity(MAILBOX, given, rows), rows)
            flag_parts(rows)
            check(mailbox.head, rows)
            read.append(mailbox)
    _expect_different(read)
    return read


def _expect_list(name: str, given: object) -> list[Any]:
    if not isinstance(given, list):
        raise InvalidEntryError(name, "it must be a list")
    return given


def _read_entity(entity: Entity, given: Any, rows: dict[str, list[Row]]) -> Row:
    if not isinstance(given, dict):
        raise InvalidEntryError("", "it must be an object")
    known = {*entity.members, *(name for name, _, _ in entity.within)}
    unknown = given.keys() - known
    if unknown:
        raise InvalidEntryError(min(unknown), "it is no member here")
    needed = known - entity.later
    missing = [name for name in (*entity.members, *sorted(needed)) if name not in given]
    if missing:
        raise InvalidEntryError(missing[0], "it is required")
    row: Row = {}
    for name, (column, value) in entity.members.items():
        try:
            row[column] = value.read(given[name])
        except ValueError as error:
            raise InvalidEntryError(name, str(error)) from error
    _complete(entity, row)
    for name, inner, column in entity.within:
        for index, each in enumerate(_expect_list(name, given.get(name, []))):
            with entry(name, index):
                read = _read_entity(inner, each, rows)
                if entity is not MAILBOX:
                    read[column] = row["id"]
                rows[inner.table].append(read)
    return row


def _complete(entity: Entity, row: Row) -> None:
    if entity.complete is None:
        return
    try:
        entity.complete(row)
    except (ValueError, ServiceError) as error:
        raise InvalidEntryError("", str(error)) from error


def _expect_different(read: Sequence[ParsedMailbox]) -> None:
    known: dict[object, int] = {}
    for index, mailbox in enumerate(read):
        head = mailbox.head
        for key in ((head["tid"], head["oid"]), head["guid"]):
            other = known.setdefault(key, index)
            if other != index:
                reason = f"it is the same as Mailboxes[{other}]"
                raise InvalidEntryError(f"Mailboxes[{index}]", reason)

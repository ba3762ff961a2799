"""Keeping all mailboxes as they are under a name, and going back to that."""

from __future__ import annotations

from functools import partial

from afterlook.control import snapshots as contents_of
from afterlook.control.emulator import Emulator, Handler
from afterlook.control.errors import Conflict, ThingNotFound
from afterlook.control.operation import Operation, Parameters, Result
from afterlook.control.operations import state
from afterlook.control.operations.state import SnapshotName
from afterlook.control.replacement import replace
from afterlook.control.snapshots import KeptMailboxes, TooLargeError
from afterlook.control.values import write_instant
from afterlook.store import contents, snapshots
from afterlook.store.migrate import HEAD
from afterlook.store.sessions import Session, Transaction
from afterlook.store.snapshots import SnapshotRow

MAX_SNAPSHOTS = 100
MAX_BYTES = 256 * 1024 * 1024
"""Bytes of what a snapshot holds before it is compressed: it is written and read in memory."""

MAX_TOTAL = 1024 * 1024 * 1024
"""Bytes of all snapshots together, as they are kept."""


async def save(emulator: Emulator, parameters: SnapshotName) -> Result:
    """Keep all mailboxes. Raises `Conflict` where it would be too much."""

    def work(transaction: Transaction) -> SnapshotRow:
        return _save(transaction, parameters.name)

    return _describe(await emulator.store.maintain(work))


def _save(transaction: Transaction, name: str) -> SnapshotRow:
    contents.lock(transaction)
    try:
        kept = contents_of.write(transaction, MAX_BYTES)
    except TooLargeError as error:
        message = f"the mailboxes hold more than the {MAX_BYTES} bytes that a snapshot may have"
        raise Conflict(message) from error
    snapshots.remove(transaction, name)
    number, size = snapshots.get_total(transaction)
    if number >= MAX_SNAPSHOTS or size + len(kept.content) > MAX_TOTAL:
        message = (
            f"there are {number} snapshots of {size} bytes already, where {MAX_SNAPSHOTS} of "
            f"{MAX_TOTAL} bytes may be; delete one"
        )
        raise Conflict(message)
    row = SnapshotRow(name, transaction.now, HEAD, kept.mailboxes, kept.tasks, len(kept.content))
    snapshots.add(transaction, row, kept.content)
    return row


async def restore(emulator: Emulator, parameters: SnapshotName) -> Result:
    """Go back to a snapshot. Raises `ThingNotFound`, `Conflict`."""
    name = parameters.name

    def read(session: Session) -> tuple[SnapshotRow, KeptMailboxes]:
        row = _get(session, name)
        if row.revision != HEAD:
            message = (
                f"the snapshot {name} was saved by another version of Afterlook, with another "
                "schema; restore it there, and bring it here by export and import"
            )
            raise Conflict(message)
        return row, contents_of.read(snapshots.read(session, name))

    row, kept = await emulator.store.scan(read)
    await replace(emulator, partial(contents_of.restore, kept=kept))
    return _describe(row)


async def list_(emulator: Emulator, _: Parameters) -> Result:
    """List the snapshots."""
    rows = await emulator.store.scan(snapshots.list_all)
    return {"snapshots": [_describe(row) for row in rows]}


async def delete(emulator: Emulator, parameters: SnapshotName) -> Result:
    """Delete a snapshot. Raises `ThingNotFound`."""

    def work(transaction: Transaction) -> SnapshotRow:
        row = _get(transaction, parameters.name)
        snapshots.remove(transaction, parameters.name)
        return row

    return _describe(await emulator.store.maintain(work))


def _get(session: Session, name: str) -> SnapshotRow:
    row = snapshots.get(session, name)
    if row is None:
        message = f"there is no snapshot {name}; `snapshot list` lists all"
        raise ThingNotFound(message)
    return row


def _describe(row: SnapshotRow) -> Result:
    return {
        "name": row.name,
        "saved": write_instant(row.saved),
        "mailboxes": row.mailboxes,
        "tasks": row.tasks,
        "bytes": row.size,
    }


HANDLERS: dict[Operation, Handler] = {
    state.SAVE: save,
    state.RESTORE: restore,
    state.LIST: list_,
    state.DELETE: delete,
}

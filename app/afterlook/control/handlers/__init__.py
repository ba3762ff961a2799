"""What does each operation."""

from __future__ import annotations

from collections.abc import Mapping

from afterlook.control.emulator import Handler
from afterlook.control.handlers import (
    clock,
    documents,
    faults,
    journal,
    mailboxes,
    migration,
    snapshots,
    state,
)
from afterlook.control.operation import Operation

HANDLERS: Mapping[Operation, Handler] = {
    **clock.HANDLERS,
    **state.HANDLERS,
    **snapshots.HANDLERS,
    **documents.HANDLERS,
    **mailboxes.HANDLERS,
    **faults.HANDLERS,
    **journal.HANDLERS,
    **migration.HANDLERS,
}

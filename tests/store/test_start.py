"""Opening a store that is up to date, while somebody writes."""

import sqlite3
from contextlib import closing
from pathlib import Path

from afterlook.runtime.clock import SystemClock
from afterlook.runtime.ids import RandomIds
from afterlook.store.store import Store


def test_while_another_process_writes(tmp_path: Path) -> None:
    """A process of several must start, and end, though the store is locked meanwhile."""
    file = tmp_path / "afterlook.db"
    Store(file, "normal", SystemClock(), RandomIds()).close()
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        second = Store(file, "normal", SystemClock(), RandomIds(), is_there=True)
        second.close()
        assert second.is_closed
        other.rollback()

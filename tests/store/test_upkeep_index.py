"""Upkeep finds what it forgets by an index: it holds the writers' lock meanwhile."""

from pathlib import Path

from afterlook.store import changes
from tests.support.stores import NOW, new_mailbox, open_store


def test_expired_tombstones_are_found_by_their_index(tmp_path: Path) -> None:
    """SQLite takes a partial index only where the statement says what the index says."""
    store = open_store(f"sqlite:///{tmp_path / 'afterlook.db'}")
    asked: list[str] = []
    mailbox = new_mailbox(store)
    with store.new_mailbox_session() as transaction:
        driver = transaction._connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(asked.append)
        changes.list_mailboxes_with_expired(transaction, NOW)
        changes.purge_tombstones(transaction, mailbox.id, NOW, 500)
        driver.set_trace_callback(None)
        plans = [
            " ".join(row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {text}").fetchall())
            for text in asked
        ]
    store.close()
    assert len(plans) == 2
    assert all("INDEX change_log_tombstone" in plan for plan in plans), plans
    assert "change_log_tombstone (mailbox=? AND at<?)" in plans[1]
    assert "TEMP B-TREE" not in plans[1]

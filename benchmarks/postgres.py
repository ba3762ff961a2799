"""Afterlook on PostgreSQL: the same work, without a floor to hold it against.

Owns having a server and a filled mailbox in it. Must not know a target.
"""

from __future__ import annotations

from benchmarks import compare, mailbox, servers
from benchmarks.load import measure_in_turn
from tests.support.postgres import drop_database, fresh_database, start_postgres


def measure(tasks: int, rounds: int, seconds: int) -> dict[str, float]:
    """Return the requests per second of each kind of work on a mailbox of so many tasks."""
    with start_postgres() as admin_url:
        url = fresh_database(admin_url)
        try:
            ids = mailbox.fill(url, tasks)
            with servers.afterlook("--database", url) as server:
                return {
                    work.name: measure_in_turn([(server, work.load)], rounds, seconds)[0]
                    for work in compare.works(ids)
                }
        finally:
            drop_database(admin_url, url)

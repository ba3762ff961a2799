"""Growth: what a request costs as the mailbox grows. It should cost the same.

Owns the sizes, and measuring them side by side. Must not know a floor or a target.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import compare, mailbox, servers
from benchmarks.load import measure_in_turn

SIZES = {"1k": 1_000, "100k": 100_000, "1m": 1_000_000}
"""Tasks in a mailbox, by the names that `--sizes` takes."""


@dataclass(frozen=True)
class Grown:
    """A mailbox of so many tasks, being served; `ids` are those of some all over it."""

    size: int
    server: servers.Server
    ids: Sequence[str]


@dataclass(frozen=True)
class Growth:
    """Requests per second by size, for one kind of work."""

    name: str
    rates: dict[int, float]

    def share(self, size: int) -> float:
        """The rate at a size, as a share of that of the smallest mailbox."""
        return self.rates[size] / self.rates[min(self.rates)]


@contextmanager
def serve_mailboxes(sizes: Sequence[int], folder: Path) -> Iterator[list[Grown]]:
    """Make mailboxes of these sizes and serve them all at once, each by a server of its own."""
    with ExitStack() as stack:
        grown = []
        for size in sizes:
            data = folder / f"tasks-{size}"
            data.mkdir()
            stack.callback(shutil.rmtree, data)
            ids = mailbox.fill(f"sqlite:///{data / servers.FILE}", size)
            server = stack.enter_context(servers.afterlook("--data", str(data)))
            grown.append(Grown(size, server, ids))
        yield grown


def measure(grown: Sequence[Grown], rounds: int, seconds: int) -> list[Growth]:
    """Measure both kinds of reading on these mailboxes."""
    return [
        Growth(works[0].name, _rates(grown, works, rounds, seconds))
        for works in zip(*(compare.readings(one.ids) for one in grown), strict=True)
    ]


def _rates(
    grown: Sequence[Grown], works: Sequence[compare.Work], rounds: int, seconds: int
) -> dict[int, float]:
    todo = [(one.server, work.load) for one, work in zip(grown, works, strict=True)]
    rates = measure_in_turn(todo, rounds, seconds)
    return dict(zip((one.size for one in grown), rates, strict=True))

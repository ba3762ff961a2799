"""Refreshes: what one costs by what has changed at the providers, and by how many tasks they have.

Owns the changes. Measured in this process, by the use cases that `BeginCacheRefresh` and
`GetRefreshStatus` call, each in a transaction on a file: one user's refreshes begin five minutes
apart by the server's clock, so no client could ask for enough of them. What a request costs beside
these, which is the same for any list, would only hide what is looked for. Must not know how a list
is written to.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from afterlook.mailbox.identities import DEMO
from benchmarks.load import LoadError
from benchmarks.mailbox import BODY
from benchmarks.workmanagement import WEBS, Draft, Item, RefreshTiming, WorkManagementFixture

SIZES = (100, 10_000)
"""Few tasks and many, in as many lists."""

CHANGES = 10

TARGET = 1.5
"""How many times what it costs with few tasks a refresh may cost with many: an index is deeper."""

_TIMES = 200
_BATCH = 1_000


@dataclass(frozen=True)
class RefreshCosts:
    """Seconds that a refresh takes, with few tasks and with many: the medians of some in turn.

    `first` is the one that read the many, `idle` are those with nothing new, `busy` those
    with `CHANGES` changes.
    """

    sizes: tuple[int, int]
    times: int
    first: RefreshTiming
    idle: Sequence[float]
    busy: Sequence[float]


class _ProviderUser:
    """A user whose providers have so many tasks, all of them on the user's list."""

    def __init__(self, file: Path, count: int) -> None:
        self.fixture = WorkManagementFixture(file, DEMO)
        self._drafted = 0
        self._items: list[Item] = []
        while len(self._items) < count:
            self._items += self._new(min(_BATCH, count - len(self._items)))
        self.first = self.fixture.refresh()
        if self.first.changes != count:
            raise LoadError(f"the first refresh read {self.first.changes} tasks of {count}")

    def close(self) -> None:
        self.fixture.close()

    def change(self) -> None:
        """Change some tasks all over the lists: one is new, one deleted, the others retitled."""
        count = len(self._items)
        at = self._drafted * 37 % count
        self.fixture.remove(self._items[at])
        [self._items[at]] = self._new(1)
        for turn in range(1, CHANGES - 1):
            item = self._items[(at + turn * count // CHANGES) % count]
            self.fixture.write_over(item, f"Retitled by no. {self._drafted}")

    def _new(self, count: int) -> list[Item]:
        numbers = range(self._drafted, self._drafted + count)
        self._drafted += count
        return self.fixture.put([_draft(number) for number in numbers])


def measure(folder: Path, sizes: tuple[int, int] = SIZES, times: int = _TIMES) -> RefreshCosts:
    """Measure on files in a folder."""
    with ExitStack() as stack:
        few, many = (
            stack.enter_context(closing(_ProviderUser(folder / f"refreshes-{size}.db", size)))
            for size in sizes
        )
        idle, busy = [], []
        for _ in range(times):
            idle.append([_time_refresh(one, 0) for one in (few, many)])
            for one in (few, many):
                one.change()
            busy.append([_time_refresh(one, CHANGES) for one in (few, many)])
    medians = [[median(side) for side in zip(*kind, strict=True)] for kind in (idle, busy)]
    return RefreshCosts(sizes, times, many.first, *medians)


def _time_refresh(user: _ProviderUser, changes: int) -> float:
    """Refresh, and check that it read so many changes; return the seconds."""
    timing = user.fixture.refresh()
    if timing.changes != changes:
        raise LoadError(f"a refresh read {timing.changes} changes of {changes}")
    return timing.seconds


def _draft(number: int) -> Draft:
    lists = tuple(WEBS)
    return Draft(
        title=f"Shop for dinner no. {number}",
        body=BODY if number % 3 else None,
        start=None,
        due=None,
        is_done=number % 4 == 0,
        list=lists[number % len(lists)],
    )

"""Writers and copying clients at once on live servers: in the end all are even."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random
from threading import Event

import pytest

from tests.support import wire as wires
from tests.support.databases import new_database
from tests.support.wire import Engine
from tests.sync.client import ROOT, Client
from tests.sync.replica import Replica, differences, listed
from tests.sync.writers import Told, Writer

WRITERS, WRITES, AT_LENGTH = 4, 50, 2000
_KEPT = 50  # of the copies that one client began; each is as large as the collection
FOLDERS = f"{ROOT}/taskfolders"
SETUPS: list[tuple[Engine, int, int]] = [
    ("sqlite", 1, 1),
    ("postgresql", 2, 1),
    ("postgresql", 1, 2),
]


@pytest.fixture(params=SETUPS, ids=lambda setup: "{}-{}x{}".format(*setup))
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """Return the addresses of servers that share a store: so many, of so many processes each."""
    engine, servers, workers = request.param
    database = new_database(request, engine, tmp_path)
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                wires.live(database, engine, tmp_path, "--workers", str(workers))
            ).url
            for _ in range(servers)
        ]


class Copyist:
    """A client that copies while others write, page by page, from one server and another."""

    def __init__(self, name: int, client: Client, told: Told) -> None:
        self._client, self._told = client, told
        self._random = Random(name)
        self.replicas: list[Replica] = []

    def keep_up(self, address: str, sizes: range, done: Event) -> None:
        """Copy a collection, and keep up with it."""
        replica = self._begin(address)
        while not done.is_set():
            assert replica.turn(self._client.get, self._random.choice(sizes)) in ("page", "round")

    def begin_anew(self, address: str, sizes: range, done: Event) -> None:
        """Copy a collection again and again, and look once after what changed meanwhile."""
        while not done.is_set():
            replica = self._begin(address)
            for _ in range(2):
                replica.finish(self._client.get, self._random.choice(sizes))

    def wander(self, sizes: range, done: Event) -> None:
        """Copy one folder after the other for as long as each is there, or for a while."""
        while not done.is_set():
            with self._told.lock:
                folder = self._random.choice([self._told.default, *self._told.folders])
            replica = self._begin(f"{FOLDERS}('{folder}')/tasks")
            for _ in range(50):
                if replica.turn(self._client.get, self._random.choice(sizes)) == "gone":
                    self.replicas.pop()
                    break

    def _begin(self, address: str) -> Replica:
        self.replicas = [*self.replicas[-_KEPT:], Replica(address, 50)]
        return self.replicas[-1]


@pytest.mark.inferred("sync.concurrent", "sync.converges")
def test_writers_and_copies_at_once(urls: list[str]) -> None:
    write_and_copy(urls, WRITES)


@pytest.mark.crash
@pytest.mark.inferred("sync.concurrent", "sync.converges")
def test_writers_and_copies_at_length(urls: list[str]) -> None:
    write_and_copy(urls, AT_LENGTH)


def write_and_copy(urls: list[str], times: int) -> None:
    """Let writers write so many times each while others copy; expect all to be even then."""
    with ExitStack() as stack:
        clients = [stack.enter_context(Client(urls, number)) for number in range(12)]
        [default] = clients[0].get(FOLDERS, {}).body["value"]
        told, done = Told(str(default["Id"])), Event()
        first = Writer(100, clients[0], told)
        for _ in range(20):
            first.create()
        writers = [Writer(number, clients[number], told) for number in range(WRITERS)]
        copyists = [Copyist(number, clients[number + WRITERS], told) for number in range(5)]
        tasks = f"{FOLDERS}('{told.default}')/tasks"
        with ThreadPoolExecutor(len(clients)) as pool:
            copying = [
                pool.submit(copyists[0].keep_up, tasks, range(3, 8), done),
                pool.submit(copyists[1].begin_anew, tasks, range(40, 90), done),
                pool.submit(copyists[2].keep_up, FOLDERS, range(1, 4), done),
                pool.submit(copyists[3].begin_anew, FOLDERS, range(2, 20), done),
                pool.submit(copyists[4].wander, range(1, 6), done),
            ]
            try:
                list(pool.map(lambda writer: writer.write(times), writers))
            finally:
                done.set()
            for copy in copying:
                copy.result()
        expect_even(urls, told, [each for copyist in copyists for each in copyist.replicas])

    assert len(told.positions) == len(set(told.positions)) > WRITERS * times / 2


def expect_even(urls: list[str], told: Told, replicas: list[Replica]) -> None:
    """Expect every copy to equal the list on each server after one more round."""
    with ExitStack() as stack:
        each = [stack.enter_context(Client([url])) for url in urls]
        # Nobody writes any more: one list of each collection will do.
        lists = {
            address: [listed(client.get, address) for client in each]
            for address in {replica.address for replica in replicas}
            if each[0].get(address, {}).status == 200
        }
        hopping = stack.enter_context(Client(urls))
        for replica in replicas:
            outcome = replica.finish(hopping.get)
            folder = replica.address.removeprefix(FOLDERS).split("'")[1:2]
            assert (outcome == "gone") == (folder != [] and folder[0] in told.gone)
            if outcome == "gone":
                continue
            assert replica.begun == 1
            for found in lists[replica.address]:
                assert not differences(replica.state.entities, found)
            expected = told.tasks_of(folder[0]) if folder else told.all_folders()
            assert set(replica.state.entities) == expected

"""A server killed at any moment under writers and copying clients loses nothing it told them."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Semaphore

import pytest

from tests.support.databases import new_database
from tests.support.wire import Engine, run_server
from tests.sync.client import ROOT, Client, Refused
from tests.sync.lives import Account, There
from tests.sync.replica import Replica, differences, listed

FEW, MANY = 2, 10
SEEDS: list[tuple[Engine, int]] = [
    *(("sqlite", seed) for seed in range(1, 9)),
    *(("postgresql", seed) for seed in range(1, 4)),
]
FOLDERS = f"{ROOT}/taskfolders"
CRASHES = pytest.mark.inferred("sync.crash", "sync.survives-restart")


@CRASHES
def test_killed_a_few_times(database: str, tmp_path: Path) -> None:
    Lives(database, tmp_path, seed=0).live(FEW)


@CRASHES
@pytest.mark.crash
@pytest.mark.parametrize(("engine_", "seed"), SEEDS)
def test_killed_many_times(
    request: pytest.FixtureRequest, tmp_path: Path, engine_: Engine, seed: int
) -> None:
    Lives(new_database(request, engine_, tmp_path), tmp_path, seed).live(MANY)


class Lives:
    """The lives of a server on one store, and those who were told things in all of them."""

    def __init__(self, database: str, scratch: Path, seed: int) -> None:
        self._seed, self._random, self._scratch = seed, Random(seed), scratch
        self._flags = ["--port", "0", "--database", database, "--seed", "empty"]
        self._answers = Semaphore(0)
        self._accounts = [
            Account(f"writer {number}", seed, self._answers.release) for number in range(3)
        ]
        self._replicas: list[Replica] = []
        self._default = ""

    def live(self, times: int) -> None:
        """Let the server live and be killed so many times, and expect its word to hold each."""
        for life in range(times):
            answers, moment = self._random.randrange(150), self._random.random() / 100
            with (
                noted(f"seed {self._seed}, life {life}: {answers} answers and {moment:.4f} s"),
                run_server(self._scratch, *self._flags) as (url, process),
            ):
                self._meet(url)
                for work in self._work(url, answers, moment, process.pid):
                    work.result()
        with run_server(self._scratch, *self._flags) as (url, _):
            self._meet(url)

    def _work(self, url: str, answers: int, moment: float, server: int) -> list[Future[None]]:
        """Let all work at once until the server is killed, after some answers and a moment."""
        with ExitStack() as stack, ThreadPoolExecutor(10) as pool:
            clients = (stack.enter_context(Client([url])) for _ in range(10))
            working = [
                *(pool.submit(each.live, next(clients)) for each in self._accounts),
                *(pool.submit(copy, each, next(clients)) for each in self._replicas),
            ]
            try:
                # Where nothing comes any more, what a writer ended with says why.
                for _ in range(answers):
                    if not self._answers.acquire(timeout=10):
                        break
                time.sleep(moment)
            finally:
                os.kill(server, signal.SIGKILL)
        return working

    def _meet(self, url: str) -> None:
        """Expect what is there to agree with what everybody was told, and copies to go on."""
        with Client([url]) as client:
            there = {
                kind: listed(client.get, f"{ROOT}/{kind}") for kind in ("tasks", "taskfolders")
            }
            if not self._replicas:
                [self._default] = there["taskfolders"]
                tasks = f"{FOLDERS}('{self._default}')/tasks"
                self._replicas = [Replica(tasks, 3), Replica(tasks, 40), Replica(FOLDERS, 2)]
            for account in self._accounts:
                account.settle(there)
            self._expect_no_strangers(there)
            for replica in self._replicas:
                assert replica.finish(client.get) == "round"
                assert replica.begun == 1, "a token from before the crash was refused"
                listing = listed(client.get, replica.address)
                assert not differences(replica.state.entities, listing)
        positions = [number for account in self._accounts for number in account.positions]
        assert len(positions) == len(set(positions))
        highest = max([*positions, *(replica.latest for replica in self._replicas)])
        for account in self._accounts:
            account.floor = highest

    def _expect_no_strangers(self, there: There) -> None:
        owned = {key for account in self._accounts for key in account.owned}
        assert there["tasks"].keys() | there["taskfolders"].keys() == owned | {self._default}


def copy(replica: Replica, client: Client) -> None:
    """Copy for as long as the server lives."""
    with suppress(*Refused):
        while True:
            assert replica.turn(client.get) in ("page", "round")


@contextmanager
def noted(text: str) -> Iterator[None]:
    """Say with any failure what it was that failed."""
    try:
        yield
    except BaseException as error:
        error.add_note(text)
        raise

"""Making the attacks one after another, with a light client beside them.

Owns servers, their store, and what is measured of each attack. Must not know what one sends.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count, groupby
from pathlib import Path
from typing import NamedTuple

import orjson

from benchmarks import aggregated, servers
from benchmarks.attack import light, wire
from benchmarks.attack.stage import MEGABYTE, TASKS, Attack, BrokenError, Stage
from benchmarks.servers import Server
from tests.support.postgres import drop_database, fresh_database

_ROUNDS = 3
"""Times that an attack is made whose stall is too long: what a busy machine did comes once."""

MAX_SECONDS = 480
"""Seconds after which no further attack is begun."""

_FILLED = 2_000
_RESET_PEAK = "5"
_NUMBERS = count()


class Outcome(NamedTuple):
    """What came of an attack; `broken` says which bound was, or nothing."""

    attack: Attack
    answer: str
    stall: float
    memory: int
    seconds: float
    broken: str


def measure(attacks: Iterable[Attack], folder: Path, admin_url: str | None) -> Iterator[Outcome]:
    """Make the attacks, those together that can share a server."""
    engine = "sqlite" if admin_url is None else "postgresql"
    wanted = [attack for attack in attacks if engine in attack.engines]
    shared = [attack for attack in wanted if not (attack.flags or attack.alone)]
    apart = [attack for attack in wanted if attack.flags or attack.alone]
    groups = [shared, *([attack] for attack in apart)]
    if admin_url is None:
        aggregated.fill(folder / servers.FILE, _FILLED)
    ends = time.monotonic() + MAX_SECONDS
    for group in filter(None, groups):
        if time.monotonic() > ends:
            yield from (_unmade(attack, "no time left") for attack in group)
            continue
        made: list[Outcome] = []
        try:
            with _stage(group[0].flags, folder, admin_url) as stage:
                made += _on(stage, group)
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            # It did not start, or did not end.
            made += [_unmade(attack, str(error)[:80]) for attack in group[len(made) :]]
        yield from made


def _unmade(attack: Attack, why: str) -> Outcome:
    print(f"{attack.group} {attack.name}: {why}", file=sys.stderr, flush=True)
    return Outcome(attack, "", 0.0, 0, 0.0, why)


@contextmanager
def _stage(flags: tuple[str, ...], folder: Path, admin_url: str | None) -> Iterator[Stage]:
    """Run a server with a store that is filled."""
    data = folder / f"store-{next(_NUMBERS)}"
    data.mkdir()
    url = None if admin_url is None else fresh_database(admin_url)
    if url is None:
        shutil.copyfile(folder / servers.FILE, data / servers.FILE)
    where = ("--data", str(data)) if url is None else ("--database", url)
    try:
        with (
            (data / "log").open("wb") as log,
            servers.afterlook(*where, *flags, log=log) as server,
        ):
            yield Stage(server, data, _task(server), url)
    finally:
        if admin_url is not None and url is not None:
            drop_database(admin_url, url)


def _task(server: Server) -> str:
    made = wire.send(server.port, wire.write("POST", TASKS, b'{"Subject": "light"}'))
    return f"{TASKS}('{orjson.loads(made.body)['Id']}')"


def _on(stage: Stage, group: list[Attack]) -> Iterator[Outcome]:
    for is_watched, some in groupby(group, key=lambda attack: attack.stall is not None):
        if not is_watched:
            yield from (_make_attack(stage, attack, None) for attack in some)
            continue
        with light.beside(stage.server.port, stage.task) as client:
            yield from (_make_attack(stage, attack, client) for attack in some)


def _make_attack(stage: Stage, attack: Attack, client: light.Light | None) -> Outcome:
    """Make an attack, again where the light client had to wait: the shortest wait counts."""
    best: Outcome | None = None
    for _ in range(1 if attack.alone or client is None else _ROUNDS):
        found = _once(stage, attack, client)
        if best is None or found.stall < best.stall or not best.answer:
            best = found
        if not found.broken.startswith("stall"):
            break
    assert best is not None
    print(f"{attack.group} {attack.name}: {best.broken or 'holds'}", file=sys.stderr, flush=True)
    return best


def _once(stage: Stage, attack: Attack, client: light.Light | None) -> Outcome:
    resident = _begin_peak(stage.server)
    if client is not None:
        client.seen()
    began = time.perf_counter()
    answer = broken = ""
    try:
        answer = attack.run(stage)
    except BrokenError as error:
        broken = str(error)
    except OSError as error:
        broken = f"{type(error).__name__}: {error}"
    seconds = time.perf_counter() - began
    seen = light.Seen(0, 0, 0.0, 0.0) if client is None else client.seen()
    memory = max(0, _peak(stage.server) - resident)
    if not broken and attack.stall is not None and seen.longest > attack.stall:
        broken = f"stall of {seen.longest * 1000:.0f} ms"
    if not broken and seen.failures:
        broken = f"{seen.failures} of the light client's requests failed"
    if not broken and memory > attack.memory:
        broken = f"{memory // MEGABYTE} MB more memory"
    return Outcome(attack, answer, seen.longest, memory, seconds, broken)


def _begin_peak(server: Server) -> int:
    """Forget the peak of a process's memory; return what it holds."""
    try:
        Path(f"/proc/{server.process.pid}/clear_refs").write_text(_RESET_PEAK, "ascii")
        return server.resident_bytes()
    except OSError:
        return 0


def _peak(server: Server) -> int:
    try:
        return server.peak_bytes()
    except (OSError, IndexError):
        return 0

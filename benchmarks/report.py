"""The report: what was measured, on what, in Markdown.

Owns tables and the facts about the machine, none of which tells whose machine it is. Must not
measure anything but the disk.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks import batches, filters, sync
from benchmarks.batches import Batches
from benchmarks.compare import Comparison
from benchmarks.filters import Filters
from benchmarks.growth import Growth
from benchmarks.load import CONNECTIONS, tool
from benchmarks.start import TARGET_SECONDS
from benchmarks.sync import Sync

_LIBRARIES = (
    *("fastapi", "starlette", "uvicorn", "uvloop", "httptools"),
    *("orjson", "pydantic", "sqlalchemy", "psycopg"),
)


@dataclass
class Results:
    """Everything that one run measured."""

    tasks: int
    command: str
    disk_seconds: float
    busy: float = field(default_factory=lambda: os.getloadavg()[0])
    same_answers: int = 0
    comparisons: Sequence[Comparison] = ()
    new_start: float = 0
    existing_start: float = 0
    resident_bytes: int = 0
    batches: Batches | None = None
    growth: Sequence[Growth] = ()
    sync: Sync | None = None
    filters: Filters | None = None
    postgres: Mapping[str, float] = field(default_factory=dict)


def markdown(results: Results) -> str:
    """Write the results as one Markdown document."""
    parts = ["# Measured speed", _facts(results)]
    if results.comparisons:
        parts += [*_against_the_floor(results), *_start(results)]
    if results.batches is not None:
        parts += _batches(results.batches)
    if results.growth:
        parts += _growth(results.growth)
    if results.sync is not None:
        parts += _sync(results.sync)
    if results.filters is not None:
        parts += _filters(results.filters)
    if results.postgres:
        parts += _postgres(results.postgres)
    return "\n\n".join(parts) + "\n"


def disk_seconds(folder: Path) -> float:
    """Return how long the disk takes to keep 4 KiB for good: no durable write can be faster."""
    times = []
    with Path(folder, "probe").open("wb", buffering=0) as file:
        for _ in range(200):
            started = time.perf_counter()
            file.write(bytes(4096))
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - started)
    return median(times)


def _facts(results: Results) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    disk = f"the disk keeps 4 KiB for good in {results.disk_seconds * 1e6:.0f} µs"
    facts = (
        f"{datetime.now(UTC):%Y-%m-%d}, `{results.command}`",
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}; {disk}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}",
        f"load by {tool()}, {CONNECTIONS} connections; servers of one process each",
        f"load average before the run: {results.busy:.1f}; above 0.5 others disturb the figures",
    )
    return "\n".join(f"* {fact}" for fact in facts)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "?")


def _against_the_floor(results: Results) -> Iterable[str]:
    yield f"## Against the floor: {results.tasks:,} tasks on SQLite"
    yield _table(
        ("work", "floor, 1/s", "Afterlook, 1/s", "ratio", "target", "met"),
        (
            (
                *(one.work.name, f"{one.floor:,.0f}", f"{one.afterlook:,.0f}"),
                *(f"{one.ratio:.2f}", f"≥ {one.work.target:.2f}"),
                _met(yes=one.ratio >= one.work.target),
            )
            for one in results.comparisons
        ),
    )
    yield (
        "The floor is a bare Starlette application on `sqlite3` and `orjson` doing the same work "
        f"on the same rows (`benchmarks/floor.py`). In this run {results.same_answers} answers of "
        "both were compared and found equal, byte for byte."
    )


def _start(results: Results) -> Iterable[str]:
    yield "## Start and memory"
    starts = {
        "first answer, new data directory, demo seed": results.new_start,
        f"first answer, existing mailbox of {results.tasks:,} tasks": results.existing_start,
    }
    rows = [
        (name, f"{seconds:.2f} s", f"≤ {TARGET_SECONDS} s", _met(yes=seconds <= TARGET_SECONDS))
        for name, seconds in starts.items()
    ]
    memory = f"{results.resident_bytes / 2**20:.0f} MiB"
    rows.append(("resident memory after the run", memory, "", ""))
    yield _table(("what", "measured", "target", "met"), rows)


def _batches(measured: Batches) -> Iterable[str]:
    yield f"## A batch of {batches.SIZE} GETs"
    times = f"{measured.ratio:.1f} times as fast"
    row = (f"{measured.apart * 1e3:.2f} ms", f"{measured.together * 1e3:.2f} ms", times)
    target = (f"≥ {batches.TARGET:.0f}", _met(yes=measured.ratio >= batches.TARGET))
    yield _table(("one after the other", "as one batch", "", "target", "met"), [(*row, *target)])
    yield "By one client on one connection, which waits for each answer."


def _growth(growth: Sequence[Growth]) -> Iterable[str]:
    sizes = list(growth[0].rates)
    yield "## Growth: requests per second by tasks in the mailbox"
    yield _table(
        ("work", *(f"{size:,}" for size in sizes)),
        (
            (one.name, *(f"{one.rates[size]:,.0f} ({one.share(size):.2f})" for size in sizes))
            for one in growth
        ),
    )
    yield "In parentheses: the share of the smallest mailbox's rate; 1.00 is flat."


def _sync(measured: Sync) -> Iterable[str]:
    small, large = measured.sizes
    yield f"## Synchronisation: a folder of {large:,} tasks"
    yield _table(
        ("round, 1/s", f"{small:,} tasks", f"{large:,} tasks", "cost", "target", "met"),
        (
            (
                *(one.name, f"{one.small:,.0f}", f"{one.large:,.0f}", f"{one.ratio:.2f}"),
                *(f"≤ {sync.TARGET_GROWTH}", _met(yes=one.ratio <= sync.TARGET_GROWTH)),
            )
            for one in measured.rounds
        ),
    )
    yield _table(("what", "measured", "target", "met"), _enumeration(measured))
    held = measured.enumeration
    sizes = [held.before, held.halfway, held.after, held.peak]
    before, halfway, after, peak = (f"{size / 2**20:.0f} MiB" for size in sizes)
    yield (
        f"The enumeration took {held.seconds:.1f} s in pages of {sync.PAGE:,}, by one client on "
        f"one connection. The server held {before} before it, {halfway} half-way (with the cache "
        f"of one connection more), {after} in the end, and never more than {peak}."
    )
    yield (
        f"The replicas hold {sync.REPLICAS:,} different deltaTokens: since each got its own, "
        "something changed in another folder."
    )


def _enumeration(measured: Sync) -> Iterable[Sequence[str]]:
    one, polling = measured.enumeration, measured.polling
    yield (
        *("full enumeration", f"{one.rate:,.0f} tasks/s", f"≥ {sync.TARGET_TASKS:,} tasks/s"),
        _met(yes=one.rate >= sync.TARGET_TASKS),
    )
    yield (
        *("its last tenth, by the time of its first", f"{one.slope:.2f}"),
        *(f"≤ {sync.TARGET_LINEAR}", _met(yes=one.slope <= sync.TARGET_LINEAR)),
    )
    yield (
        *("most memory in it, by what is held half-way", f"{one.swelling:.2f}"),
        *(f"≤ {sync.TARGET_MEMORY}", _met(yes=one.swelling <= sync.TARGET_MEMORY)),
    )
    polls = f"{polling.polls:,.0f}/s, {polling.ratio:.2f} of {polling.gets:,.0f}/s"
    yield (
        *(f"polls of {sync.REPLICAS:,} replicas, by GET one task", polls),
        *(f"≥ {sync.TARGET_POLLS:.2f}", _met(yes=polling.ratio >= sync.TARGET_POLLS)),
    )


def _filters(measured: Filters) -> Iterable[str]:
    yield f"## Filters: {filters.TASKS:,} tasks"
    read, made = measured.parse, measured.translate
    row = (f"{read * 1e3:.3f} ms", f"{made * 1e3:.3f} ms", f"{(read + made) * 1e3:.3f} ms")
    met = _met(yes=read + made <= filters.TARGET_SECONDS)
    target = f"≤ {filters.TARGET_SECONDS * 1e3} ms"
    yield _table(("read", "made SQL", "together", "target", "met"), [(*row, target, met)])
    yield f"Of `{filters.TYPICAL}`, the statement's compilation included, which is kept otherwise."
    yield _table(
        ("work, 1/s", *(one.engine for one in measured.answers)),
        (
            (name, *(f"{one.rates[name]:,.0f}" for one in measured.answers))
            for name in measured.answers[0].rates
        ),
    )
    for one in measured.answers:
        yield f"{one.engine} finds the first page by: `{one.plan}`"


def _postgres(rates: Mapping[str, float]) -> Iterable[str]:
    yield "## On PostgreSQL"
    yield _table(
        ("work", "Afterlook, 1/s"), ((name, f"{rate:,.0f}") for name, rate in rates.items())
    )
    yield "The server of the tests, on the same machine, without `fsync`: no floor, no target."


def _met(*, yes: bool) -> str:
    return "yes" if yes else "**no**"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a table that reads well as plain text too."""
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(drawn)

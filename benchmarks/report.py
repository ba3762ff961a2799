"""The report: what was measured, on what, in Markdown.

Owns the order of its sections, those on plain requests, and the facts about the machine,
none of which tells whose machine it is. Must not measure anything but the disk.
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

from benchmarks import batches, page_section, sections, traffic
from benchmarks.aggregated import ReadRates
from benchmarks.batches import Batches
from benchmarks.compare import Comparison
from benchmarks.filters import Filters
from benchmarks.graph import DeltaRounds, Reading
from benchmarks.growth import Growth
from benchmarks.layout import met, table
from benchmarks.load import CONNECTIONS, tool
from benchmarks.page import PageTimes
from benchmarks.refreshes import RefreshCosts
from benchmarks.start import TARGET_SECONDS
from benchmarks.sync import Sync
from benchmarks.traffic import TrafficRates

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
    graph: Sequence[Reading] = ()
    traffic: TrafficRates | None = None
    growth: Sequence[Growth] = ()
    sync: Sync | None = None
    delta: DeltaRounds | None = None
    aggregated: ReadRates | None = None
    refreshes: RefreshCosts | None = None
    page: PageTimes | None = None
    filters: Filters | None = None
    postgres: Mapping[str, float] = field(default_factory=dict)


def markdown(results: Results) -> str:
    """Write the results as one Markdown document."""
    parts = ["# Measured speed", _facts(results)]
    if results.comparisons:
        parts += [*_against_the_floor(results), *_start(results)]
    if results.batches is not None:
        parts += _batches(results.batches)
    if results.graph:
        parts += sections.graph_reading(results.graph)
    if results.traffic is not None:
        parts += traffic.show(results.traffic)
    if results.growth:
        parts += _growth(results.growth)
    if results.sync is not None:
        parts += sections.synchronisation(results.sync)
    if results.delta is not None:
        parts += sections.delta_rounds(results.delta)
    if results.aggregated is not None and results.refreshes is not None:
        parts += sections.work(results.aggregated, results.refreshes)
    if results.page is not None:
        parts += page_section.show(results.page)
    if results.filters is not None:
        parts += sections.filtering(results.filters)
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
    yield table(
        ("work", "floor, 1/s", "Afterlook, 1/s", "ratio", "target", "met"),
        (
            (
                *(one.work.name, f"{one.floor:,.0f}", f"{one.afterlook:,.0f}"),
                *(f"{one.ratio:.2f}", f"≥ {one.work.target:.2f}"),
                met(yes=one.ratio >= one.work.target),
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
        (name, f"{seconds:.2f} s", f"≤ {TARGET_SECONDS} s", met(yes=seconds <= TARGET_SECONDS))
        for name, seconds in starts.items()
    ]
    memory = f"{results.resident_bytes / 2**20:.0f} MiB"
    rows.append(("resident memory after the run", memory, "", ""))
    yield table(("what", "measured", "target", "met"), rows)


def _batches(measured: Batches) -> Iterable[str]:
    yield f"## A batch of {batches.SIZE} GETs"
    times = f"{measured.ratio:.1f} times as fast"
    row = (f"{measured.apart * 1e3:.2f} ms", f"{measured.together * 1e3:.2f} ms", times)
    target = (f"≥ {batches.TARGET:.0f}", met(yes=measured.ratio >= batches.TARGET))
    yield table(("one after the other", "as one batch", "", "target", "met"), [(*row, *target)])
    yield "By one client on one connection, which waits for each answer."


def _growth(growth: Sequence[Growth]) -> Iterable[str]:
    sizes = list(growth[0].rates)
    yield "## Growth: requests per second by tasks in the mailbox"
    yield table(
        ("work", *(f"{size:,}" for size in sizes)),
        (
            (one.name, *(f"{one.rates[size]:,.0f} ({one.share(size):.2f})" for size in sizes))
            for one in growth
        ),
    )
    yield "In parentheses: the share of the smallest mailbox's rate; 1.00 is flat."


def _postgres(rates: Mapping[str, float]) -> Iterable[str]:
    yield "## On PostgreSQL"
    yield table(
        ("work", "Afterlook, 1/s"), ((name, f"{rate:,.0f}") for name, rate in rates.items())
    )
    yield "The server of the tests, on the same machine, without `fsync`: no floor, no target."

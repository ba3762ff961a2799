"""`python -m benchmarks`: measure, print, and where asked write `results.md`.

Owns the flags and the order of a run. Figures decide nothing: the exit code is 1 only where the
floor and Afterlook give different answers, or an answer is an error.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import (
    aggregated,
    batches,
    compare,
    filters,
    graph,
    growth,
    load,
    mailbox,
    page,
    postgres,
    refreshes,
    report,
    servers,
    start,
    sync,
    traffic,
)

_RESULTS = Path(__file__).with_name("results.md")
_TASKS = 20_000


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks; return the exit code."""
    parser = _parser()
    flags = parser.parse_args(arguments)
    if flags.sync_only and flags.sizes is not None and len(flags.sizes) < 2:
        parser.error("--sync-only takes two --sizes")
    if flags.write and (flags.sync_only or flags.graph_only or flags.work_only or flags.page_only):
        parser.error("results.md is of a whole run")
    rounds, seconds = (3, 1) if flags.quick else (flags.rounds, flags.seconds)
    print(f"Load by {load.tool()}.", file=sys.stderr)
    command = f'make bench ARGS="{shlex.join(arguments)}"' if arguments else "make bench"
    try:
        with tempfile.TemporaryDirectory(prefix="afterlook-bench-") as name:
            results = _measure(flags, Path(name), command, rounds, seconds)
    except (compare.DifferentBytesError, load.LoadError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    text = report.markdown(results)
    print(text, end="")
    if flags.write:
        _RESULTS.write_text(text, "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="rounds of 1 s, and no 1m")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each work. [5]")
    parser.add_argument("--seconds", type=int, default=2, help="length of a round. [2]")
    parser.add_argument(
        "--sizes",
        type=_sizes,
        help=f"for growth and synchronisation, of {','.join(growth.SIZES)}; '' for none. [all]",
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--sync-only", action="store_true", help="nothing but synchronisation")
    only.add_argument("--graph-only", action="store_true", help="nothing but Microsoft Graph")
    only.add_argument("--work-only", action="store_true", help="nothing but Work Management")
    only.add_argument("--page-only", action="store_true", help="nothing but the My Tasks page")
    parser.add_argument("--postgres", action="store_true", help="measure on PostgreSQL too")
    parser.add_argument("--write", action="store_true", help="keep it all in results.md")
    return parser


def _sizes(text: str) -> list[int]:
    try:
        return sorted(growth.SIZES[name.strip().lower()] for name in text.split(",") if name)
    except KeyError as error:
        raise argparse.ArgumentTypeError(f"no size {error}") from error


def _measure(
    flags: argparse.Namespace, folder: Path, command: str, rounds: int, seconds: int
) -> report.Results:
    results = report.Results(_TASKS, command, report.disk_seconds(folder))
    if flags.sync_only:
        _grow(results, flags, folder, rounds, seconds)
        return results
    if flags.graph_only:
        _graph(results, flags, folder, rounds, seconds)
        return results
    if flags.work_only:
        _work(results, folder, rounds, seconds)
        return results
    if flags.page_only:
        _open_page(results, folder)
        return results
    data, copy = folder / "data", folder / "floor.db"
    data.mkdir()
    ids = mailbox.fill(f"sqlite:///{data / servers.FILE}", _TASKS)
    todo = compare.works(ids)
    shutil.copyfile(data / servers.FILE, copy)

    _tell("start")
    results.new_start, results.existing_start = start.on_new_data(), start.on_existing_data(data)
    with servers.floor(copy) as floor, servers.afterlook("--data", str(data)) as afterlook:
        results.same_answers = compare.check_same_bytes(floor, afterlook, todo)
        _tell("floor and Afterlook, in turn")
        results.comparisons = compare.compare(floor, afterlook, todo, rounds, seconds)
        _tell("batches")
        results.batches = batches.measure(afterlook, ids, rounds, seconds)
        _tell("Microsoft Graph")
        results.graph = graph.measure(afterlook, ids, rounds, seconds)
        results.resident_bytes = afterlook.resident_bytes()
    _tell("journal and metrics")
    results.traffic = traffic.measure(data, folder, todo[0].load, rounds, seconds)

    _grow(results, flags, folder, rounds, seconds)
    _work(results, folder, rounds, seconds)
    _open_page(results, folder)
    _tell(f"filters on {filters.TASKS:,} tasks")
    results.filters = filters.measure(folder, rounds, seconds, on_postgres=flags.postgres)
    if flags.postgres:
        _tell("PostgreSQL")
        results.postgres = postgres.measure(_TASKS, rounds, seconds)
    return results


def _grow(
    results: report.Results, flags: argparse.Namespace, folder: Path, rounds: int, seconds: int
) -> None:
    """Measure what needs mailboxes of several sizes."""
    sizes = flags.sizes
    if sizes is None:
        sizes = [size for size in growth.SIZES.values() if not flags.quick or size < 1_000_000]
    if flags.sync_only:
        sizes = [sizes[0], sizes[-1]]
    _tell(f"mailboxes of {', '.join(f'{size:,}' for size in sizes)} tasks")
    with growth.serve_mailboxes(sizes, folder) as grown:
        if grown and not flags.sync_only:
            _tell("growth")
            results.growth = growth.measure(grown, rounds, seconds)
        if len(grown) > 1:
            _tell("delta queries")
            results.delta = graph.measure_delta(grown[0], grown[-1], rounds, seconds)
            _tell("synchronisation")
            results.sync = sync.measure(grown[0], grown[-1], rounds, seconds)


def _graph(
    results: report.Results, flags: argparse.Namespace, folder: Path, rounds: int, seconds: int
) -> None:
    """Measure Microsoft Graph alone: reading, and delta rounds where there are two sizes."""
    sizes = flags.sizes or [_TASKS]
    _tell(f"Microsoft Graph, {', '.join(f'{size:,}' for size in sizes)} tasks")
    with growth.serve_mailboxes(sizes, folder) as grown:
        results.graph = graph.measure(grown[0].server, grown[0].ids, rounds, seconds)
        if len(grown) > 1:
            results.delta = graph.measure_delta(grown[0], grown[-1], rounds, seconds)


def _work(results: report.Results, folder: Path, rounds: int, seconds: int) -> None:
    """Measure Work Management."""
    _tell(f"{aggregated.TASKS:,} aggregated tasks")
    results.aggregated = aggregated.measure(folder, rounds, seconds)
    _tell("refreshes")
    results.refreshes = refreshes.measure(folder)


def _open_page(results: report.Results, folder: Path) -> None:
    """Measure the My Tasks page."""
    _tell("the My Tasks page")
    results.page = page.measure(folder)
    if results.page is None:
        print("There is no Chromium: apt-get install chromium.", file=sys.stderr)


def _tell(step: str) -> None:
    print(f"Measuring: {step} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What the benchmarks of Work Management measure is what they say that they do."""

from pathlib import Path

import pytest

from benchmarks import aggregated, refreshes, report, servers
from benchmarks.aggregated import ReadRates
from benchmarks.load import LoadError
from benchmarks.refreshes import RefreshCosts
from benchmarks.workmanagement import RefreshTiming

TASKS = 150
FOUND = TASKS * aggregated.FOUND // aggregated.TASKS


def test_both_wires_give_the_same_tasks(tmp_path: Path) -> None:
    """Those that are neither old nor completed, however few there are."""
    aggregated.fill(tmp_path / servers.FILE, TASKS)
    csom, outlook = aggregated.loads()

    with servers.afterlook("--data", str(tmp_path)) as server:
        by_csom, by_outlook = aggregated.check_same_rows(server, csom, outlook, FOUND)
        with pytest.raises(LoadError, match=f"of {FOUND + 1} tasks CSOM gave {FOUND}"):
            aggregated.check_same_rows(server, csom, outlook, FOUND + 1)

    assert 0 < by_csom < by_outlook


def test_refreshes_tell_of_what_changed(tmp_path: Path) -> None:
    """The first of all tasks, each later one of the changes: else measuring fails."""
    measured = refreshes.measure(tmp_path, sizes=(20, 1_200), times=3)

    assert measured.first.changes == 1_200
    assert 0 < measured.first.longest < measured.first.seconds
    assert [len(measured.idle), len(measured.busy)] == [2, 2]
    assert min(*measured.idle, *measured.busy) > 0


@pytest.mark.parametrize(("slow", "met"), [(3.0, "yes"), (3.1, "**no**")])
def test_targets_that_are_missed_stand_out(slow: float, met: str) -> None:
    read = ReadRates(csom=100, outlook=100 * slow, csom_bytes=1024, outlook_bytes=2048)
    timing = RefreshTiming(10_000, 0.5, 0.1)
    refreshed = RefreshCosts((100, 10_000), 7, timing, (1e-4, 1e-4), (1e-3, 2e-3))
    results = report.Results(0, "make bench", 1e-4, aggregated=read, refreshes=refreshed)

    text = report.markdown(results)

    cells = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    assert [
        "",
        "read 200 active tasks",
        f"{100 * slow:.0f}",
        "100",
        f"{slow:.2f}",
        "≤ 3",
        met,
        "",
    ] in cells
    assert ["", "10 changes", "1.00 ms", "2.00 ms", "2.00", "≤ 1.5", "**no**", ""] in cells

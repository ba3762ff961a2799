"""The section of the report on the My Tasks page. Must not measure anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks import page
from benchmarks.layout import met, table
from benchmarks.page import Actions, PageTimes
from benchmarks.page_actions import WITH_SERVER, Times

_LONG_TASK_MILLISECONDS = 50


def show(measured: PageTimes) -> Iterable[str]:
    """Show how soon the page is painted, and how soon after what a user does."""
    yield "## The My Tasks page, in Chromium on the same machine"
    yield table(("what", "least", "median", "longest", "target", "met"), _paints(measured))
    sizes = [one.tasks for one in measured.actions]
    yield table(
        (
            "from input to paint: median (least, longest)",
            *(f"{size:,} tasks" for size in sizes),
            "met",
        ),
        _actions(measured.actions),
    )
    budgets = ", ".join(
        f"{most} ms with {size:,} tasks" for size, most in page.TARGET_ACTION.items()
    )
    yield (
        f"The budget is {budgets}, each of which has a row. What waits for the server has none; a "
        "search waits for a pause of 250 ms in typing as well."
    )
    yield table(
        (
            f"tasks of the main thread over {_LONG_TASK_MILLISECONDS} ms",
            *(f"{size:,} tasks" for size in sizes),
        ),
        _long(measured.actions),
    )
    yield "How many, and the longest. The budget is none."


def _paints(measured: PageTimes) -> Iterable[Sequence[str]]:
    for rate, times in measured.paints.items():
        most = page.TARGET_PAINT[rate]
        slower = f", a processor {rate} times slower" if rate > 1 else ""
        name = f"first paint of {page.ROWS} rows{slower}"
        yield (name, *_figures(times), f"≤ {most} ms", met(yes=times.median <= most))
    for one in measured.readings:
        most = page.TARGET_READ.get(one.tasks, 0)
        name = f"ReadTasks with Include, {one.tasks:,} tasks, {one.bytes / 1024:,.0f} KiB"
        target = (f"≤ {most} ms", met(yes=one.times.median <= most)) if most else ("", "")
        yield (name, *_figures(one.times), *target)


def _figures(times: Times) -> Sequence[str]:
    return [f"{one:.0f} ms" for one in times]


def _actions(measured: Sequence[Actions]) -> Iterable[Sequence[str]]:
    for name in measured[0].times:
        times = [(one.times[name], page.TARGET_ACTION[one.tasks]) for one in measured]
        is_met = met(yes=all(time.median <= most for time, most in times))
        figures = [
            f"{time.median:.0f} ms ({time.least:.0f}, {time.longest:.0f})" for time, _ in times
        ]
        yield (name, *figures, "" if name in WITH_SERVER else is_met)


def _long(measured: Sequence[Actions]) -> Iterable[Sequence[str]]:
    for name in ("at_start", "in_drawing", "in_actions"):
        found: list[Sequence[float]] = [getattr(one, name) for one in measured]
        words = {"at_start": "while the page begins", "in_drawing": "while all rows are drawn"}
        yield (
            words.get(name, "in the actions above"),
            *(f"{len(times)}, {max(times):.0f} ms" if times else "none" for times in found),
        )

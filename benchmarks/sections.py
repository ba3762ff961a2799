"""Sections of the report on work of one kind: synchronisation, Work Management, filters.

Owns their tables, and the words between them. Must not measure anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks import aggregated, filters, graph, refreshes, sync
from benchmarks.aggregated import ReadRates
from benchmarks.filters import Filters
from benchmarks.graph import DeltaRounds, Reading
from benchmarks.layout import met, table
from benchmarks.refreshes import RefreshCosts
from benchmarks.sync import Sync


def synchronisation(measured: Sync) -> Iterable[str]:
    """Show what synchronisation costs."""
    small, large = measured.sizes
    yield f"## Synchronisation: a folder of {large:,} tasks"
    yield table(
        ("round, 1/s", f"{small:,} tasks", f"{large:,} tasks", "cost", "target", "met"),
        (
            (
                *(one.name, f"{one.small:,.0f}", f"{one.large:,.0f}", f"{one.ratio:.2f}"),
                *(f"≤ {sync.TARGET_GROWTH}", met(yes=one.ratio <= sync.TARGET_GROWTH)),
            )
            for one in measured.rounds
        ),
    )
    yield table(("what", "measured", "target", "met"), _enumeration(measured))
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
        met(yes=one.rate >= sync.TARGET_TASKS),
    )
    yield (
        *("its last tenth, by the time of its first", f"{one.slope:.2f}"),
        *(f"≤ {sync.TARGET_LINEAR}", met(yes=one.slope <= sync.TARGET_LINEAR)),
    )
    yield (
        *("most memory in it, by what is held half-way", f"{one.swelling:.2f}"),
        *(f"≤ {sync.TARGET_MEMORY}", met(yes=one.swelling <= sync.TARGET_MEMORY)),
    )
    polls = f"{polling.polls:,.0f}/s, {polling.ratio:.2f} of {polling.gets:,.0f}/s"
    yield (
        *(f"polls of {sync.REPLICAS:,} replicas, by GET one task", polls),
        *(f"≥ {sync.TARGET_POLLS:.2f}", met(yes=polling.ratio >= sync.TARGET_POLLS)),
    )


def graph_reading(readings: Sequence[Reading]) -> Iterable[str]:
    """Show what reading by Microsoft Graph costs."""
    yield "## Microsoft Graph, against Outlook REST on the same server"
    yield table(
        ("work, 1/s", "Outlook REST", "Graph", "ratio", "target", "met"),
        (
            (
                *(one.name, f"{one.outlook:,.0f}", f"{one.graph:,.0f}", f"{one.ratio:.2f}"),
                *(f"≥ {graph.TARGET}", met(yes=one.ratio >= graph.TARGET)),
            )
            for one in readings
        ),
    )


def delta_rounds(measured: DeltaRounds) -> Iterable[str]:
    """Show what delta queries cost."""
    small, large = measured.sizes
    yield "## Delta queries of Microsoft Graph"
    rates = (f"{measured.small:,.0f}", f"{measured.large:,.0f}", f"{measured.ratio:.2f}")
    is_met = met(yes=measured.ratio <= graph.TARGET_GROWTH)
    yield table(
        ("round, 1/s", f"{small:,} tasks", f"{large:,} tasks", "cost", "target", "met"),
        [("nothing new", *rates, f"≤ {graph.TARGET_GROWTH}", is_met)],
    )


def filtering(measured: Filters) -> Iterable[str]:
    """Show what filters cost."""
    yield f"## Filters: {filters.TASKS:,} tasks"
    read, made = measured.parse, measured.translate
    row = (f"{read * 1e3:.3f} ms", f"{made * 1e3:.3f} ms", f"{(read + made) * 1e3:.3f} ms")
    is_met = met(yes=read + made <= filters.TARGET_SECONDS)
    target = f"≤ {filters.TARGET_SECONDS * 1e3} ms"
    yield table(("read", "made SQL", "together", "target", "met"), [(*row, target, is_met)])
    yield f"Of `{filters.TYPICAL}`, the statement's compilation included, which is kept otherwise."
    yield table(
        ("work, 1/s", *(one.engine for one in measured.answers)),
        (
            (name, *(f"{one.rates[name]:,.0f}" for one in measured.answers))
            for name in measured.answers[0].rates
        ),
    )
    for one in measured.answers:
        yield f"{one.engine} finds the first page by: `{one.plan}`"


def work(read: ReadRates, refreshed: RefreshCosts) -> Iterable[str]:
    """Show what Work Management costs."""
    yield f"## Work Management: {aggregated.TASKS:,} tasks on the user's list"
    rates = (f"{read.outlook:,.0f}", f"{read.csom:,.0f}", f"{read.ratio:.2f}")
    is_met = met(yes=read.ratio <= aggregated.TARGET)
    yield table(
        ("work, 1/s", "Outlook REST", "CSOM", "cost", "target", "met"),
        [(f"read {aggregated.FOUND} active tasks", *rates, f"≤ {aggregated.TARGET:.0f}", is_met)],
    )
    yield (
        f"By example 4.1 of [MS-WMCSOM] as it stands, {read.csom_bytes / 1024:.0f} KiB, and by "
        f"`$filter={aggregated.FILTER}`, {read.outlook_bytes / 1024:.0f} KiB. Both were found to "
        "give the same tasks."
    )
    few, many = refreshed.sizes
    yield table(
        ("refresh", f"{few:,} tasks", f"{many:,} tasks", "cost", "target", "met"),
        _refreshes(refreshed),
    )
    first = refreshed.first
    yield (
        f"Medians of {refreshed.times} in turn, in this process: a user's refreshes begin five "
        f"minutes apart. The first one told of all {first.changes:,} tasks in {first.seconds:.2f} "
        f"s, in transactions of up to {first.longest * 1e3:.0f} ms."
    )


def _refreshes(measured: RefreshCosts) -> Iterable[Sequence[str]]:
    kinds = {"nothing new": measured.idle, f"{refreshes.CHANGES} changes": measured.busy}
    for name, (few, many) in kinds.items():
        cost = many / few
        yield (
            *(name, f"{few * 1e3:.2f} ms", f"{many * 1e3:.2f} ms", f"{cost:.2f}"),
            *(f"≤ {refreshes.TARGET}", met(yes=cost <= refreshes.TARGET)),
        )

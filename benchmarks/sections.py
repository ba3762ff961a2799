"""Sections of the report on work of one kind: synchronisation, filters.

Owns their tables, and the words between them. Must not measure anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks import filters, sync
from benchmarks.filters import Filters
from benchmarks.layout import met, table
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

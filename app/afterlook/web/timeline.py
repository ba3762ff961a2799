"""The timeline: where on it the bar of each task is, in hundredths of its width.

Owns how bars are packed into rows: each into the first that has room for it and its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.task_query import TickRange
from afterlook.web.days import day_of, write_full, write_short
from afterlook.web.texts import say

MAX_ROWS = 8
MAX_IN_TABLE = 200
"""Tasks of the timeline that are told as a table too."""

_LABEL = 19.0
"""The room that a name gets at least, in hundredths of the width."""

_GAP = 0.8
_MARK = 1.6
_MAX_DAYS_MARKED = 8
_ROW_HEIGHT = 34
_HEAD_HEIGHT = 26


class Bar(NamedTuple):
    """A task on the timeline: a box for its bar and its name.

    `box` and `room` are where the box begins and how wide it is, in hundredths of the timeline;
    `x` and `width` are the bar's, in hundredths of the box. The name of one that `is_flipped`
    ends where its mark begins.
    """

    id: int
    name: str
    dates: str
    box: float
    room: float
    x: float
    width: float
    y: int
    is_flipped: bool
    begin: tuple[int, int]
    is_point: bool
    is_completed: bool
    is_late: bool

    @property
    def end(self) -> float:
        """Where on the timeline the next bar of the row may begin."""
        return self.box + self.room + _GAP


class Mark(NamedTuple):
    """A day that is named above the bars."""

    x: float
    text: str


class Timeline(NamedTuple):
    """Bars in the order of time, and those that are told in the table, which need no room.

    `hidden` is how many have no bar, `untold` how many are not in the table either.
    """

    bars: list[Bar]
    told: list[Bar]
    hidden: int
    untold: int
    marks: list[Mark]
    today: float
    height: int


def lay_out(
    tasks: Iterable[WorkTaskRow], range_: TickRange, now: Instant, unread: int = 0
) -> Timeline:
    """Lay tasks out that have a date within a range; `unread` are those that were not read."""
    assert range_.first is not None  # noqa: S101
    assert range_.last is not None  # noqa: S101
    first, width = range_.first, range_.last + 1 - range_.first
    rows: list[list[Bar]] = []
    known = [_bar(task, first, width, now) for task in sorted(tasks, key=_begin)]
    for bar in known:
        row = next((row for row in rows if bar.box >= row[-1].end), None)
        if row is not None:
            row.append(bar)
        elif len(rows) < MAX_ROWS:
            rows.append([bar])
    bars = [bar for number, row in enumerate(rows) for bar in _place(row, number)]
    bars.sort(key=lambda bar: bar.begin)
    height = _HEAD_HEIGHT + max(len(rows), 1) * _ROW_HEIGHT + 6
    told = known[:MAX_IN_TABLE]
    count = len(known) + unread
    hidden, untold = count - len(bars), count - len(told)
    return Timeline(
        bars, told, hidden, untold, _marks(first, width), _percent(now - first, width), height
    )


def _place(row: Sequence[Bar], number: int) -> Iterable[Bar]:
    """Yield the bars of a row at its height, with the room that each has before the next."""
    for bar, following in zip_longest(row, row[1:]):
        room = (100.0 if following is None else following.box - _GAP) - bar.box
        scale = bar.room / room
        yield bar._replace(
            room=round(room, 2),
            x=round(bar.x * scale, 2),
            width=round(bar.width * scale, 2),
            y=_HEAD_HEIGHT + number * _ROW_HEIGHT,
        )


def _begin(row: WorkTaskRow) -> tuple[int, int]:
    return (row.start if row.start is not None else row.due or 0), row.id


def _bar(row: WorkTaskRow, first: int, width: int, now: Instant) -> Bar:
    is_point = row.start is None or row.due is None or row.due < row.start
    begin = _begin(row)[0]
    # A due date is a whole day: its bar ends with it.
    end = begin if is_point else (row.due or 0) + TICKS_PER_DAY
    x = min(max(_percent(begin - first, width), 0.0), 100.0 - _MARK)
    length = _MARK if is_point else min(max(_percent(end - first, width) - x, _MARK), 100.0 - x)
    room = max(length, _LABEL)
    # At the right end a name has its room to the left.
    box = round(min(x, 100.0 - room), 2)
    in_box = round(100 * (x - box) / room, 2), round(100 * length / room, 2)
    is_late = not row.is_completed and row.due is not None and day_of(row.due) < day_of(now)
    dates = _dates(row)
    is_flipped = is_point and box < x
    return Bar(
        *(row.id, row.name, dates, box, room, *in_box, 0, is_flipped, _begin(row)),
        is_point=is_point,
        is_completed=row.is_completed,
        is_late=is_late,
    )


def _dates(row: WorkTaskRow) -> str:
    start = write_full(day_of(row.start)) if row.start is not None else ""
    due = write_full(day_of(row.due)) if row.due is not None else ""
    if start and due:
        return say("from_to", start=start, due=due)
    return say("due_date", date=due) if due else start


def _marks(first: int, width: int) -> list[Mark]:
    """Name a day of each week, or of so many as there is room for."""
    days = width // TICKS_PER_DAY
    step = max(-(-days // _MAX_DAYS_MARKED), min(7, days))
    return [
        Mark(
            _percent(number * TICKS_PER_DAY, width),
            write_short(day_of(first + number * TICKS_PER_DAY)),
        )
        for number in range(0, days, step)
        if _percent(number * TICKS_PER_DAY, width) < 94.0  # noqa: PLR2004
    ]


def _percent(ticks: int, width: int) -> float:
    return round(100 * ticks / width, 2)

"""What the list and the mailbox both can say of a task, and whose word counts.

Owns how each side's task looks to the other, and the merging of three: what both agreed on last,
and what either has made of it. Pure. Must not know a session.

A date is a day: in the mailbox the one that was written, in whatever zone. What the list says goes
into the zone that the task's dates are in there, or is a day in no zone. Where the mailbox has kept
an instant only, from before it kept days, it is the day that most likely began then. What a side
cannot say is not asked of it: a time of day and an HTML body stay as they are for as long as what
both can say of them does. A text beyond the list's bounds is never cut: its task stays out.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import orjson

from afterlook.mailbox import walls
from afterlook.mailbox.values import COMPLETED, NOT_STARTED, TaskValues, WallTime
from afterlook.mailbox.walls import Walls
from afterlook.runtime.instants import LAST_INSTANT, TICKS_PER_DAY, TICKS_PER_SECOND, Instant
from afterlook.store.rows import TaskRow
from afterlook.store.workmanagement.rows import NaiveTicks, WorkTaskRow
from afterlook.workmanagement.fields import LONGEST_DESCRIPTION, LONGEST_TITLE
from afterlook.workmanagement.plaintext import of_html

NAMELESS = "(No subject)"
"""The name in the list of a task that has no subject: the list must have one."""

_TEXT, _HTML = 0, 1
_NORMAL, _HIGH = 1, 2
_LIKELIEST = (13 * 60 + 45) * 60 * TICKS_PER_SECOND
"""The farthest east of midnights in UTC that are taken for the next day's: the Chatham Islands in
summer. Beyond that more people live in Hawaii, at -10, than at +14; before it, most in New Zealand.
"""

_LAST_DAY = LAST_INSTANT // TICKS_PER_DAY


class Unlistable(Exception):
    """A task of the mailbox has a text that the list cannot hold."""


class Image(NamedTuple):
    """A task as both sides can say it."""

    name: str
    description: str | None
    start: NaiveTicks | None
    due: NaiveTicks | None
    is_completed: bool
    is_pinned: bool


def of_listed(task: WorkTaskRow) -> Image:
    """Return how a task of the list looks."""
    return Image(
        name=task.name,
        description=task.description,
        start=_day(task.start),
        due=_day(task.due),
        is_completed=task.is_completed,
        is_pinned=task.pinned is not None,
    )


def of_outlook(task: TaskRow) -> Image:
    """Return how a task of the mailbox looks. Raises `Unlistable`."""
    subject = task.subject or ""
    body = of_html(task.body) if task.body_type == _HTML else task.body
    if body is None or len(body) > LONGEST_DESCRIPTION or len(subject) > LONGEST_TITLE:
        raise Unlistable
    return Image(
        name=name_of(task),
        description=body or None,
        start=_written_day(task, "start"),
        due=_written_day(task, "due"),
        is_completed=task.status == COMPLETED,
        is_pinned=task.importance == _HIGH,
    )


def name_of(task: TaskRow) -> str:
    """Return what a task of the mailbox is called in the list."""
    return task.subject if task.subject and task.subject.strip() else NAMELESS


def merged(base: Image, listed: Image, outlook: Image, *, listed_is_later: bool) -> Image:
    """Return what both are to be: field by field what one of them has changed since `base`.

    Where both have, and differ, the later counts. A task is not due before it starts, nor started
    without being due, for the mailbox cannot say so: Due follows Start.
    """
    later = listed if listed_is_later else outlook
    picked: list[Any] = [
        theirs if ours == before else ours if theirs in (before, ours) else last
        for before, ours, theirs, last in zip(base, listed, outlook, later, strict=True)
    ]
    return settled(Image._make(picked))


def settled(image: Image) -> Image:
    """Return an image with dates that the mailbox can hold."""
    start, due = image.start, image.due
    if start is not None and (due is None or due < start):
        return image._replace(due=start)
    return image


def listed_values(wanted: Image, listed: WorkTaskRow, now: Instant) -> dict[str, object]:
    """Return what to write over a task of the list, so that it looks as wanted."""
    seen = of_listed(listed)
    values: dict[str, object] = {
        name: value
        for name, value in wanted._asdict().items()
        if name != "is_pinned" and value != getattr(seen, name)
    }
    if wanted.is_pinned != seen.is_pinned:
        values["pinned"] = now if wanted.is_pinned else None
    return values


def outlook_values(wanted: Image, seen: Image | None, outlook: TaskRow | None) -> TaskValues:
    """Return what to write over a task of the mailbox that looks like `seen`, or has yet to be."""
    values = _dates(wanted, seen, {} if outlook is None else walls.read(outlook.walls))
    if seen is None or wanted.name != seen.name:
        values["subject"] = wanted.name
    if seen is None or wanted.description != seen.description:
        values["body_type"], values["body"] = _TEXT, wanted.description or ""
    if wanted.is_completed != (seen is not None and seen.is_completed):
        values["status"] = COMPLETED if wanted.is_completed else NOT_STARTED
    if wanted.is_pinned != (seen is not None and seen.is_pinned):
        values["importance"] = _HIGH if wanted.is_pinned else _NORMAL
    return values


def written(image: Image) -> str:
    """Return an image as its text."""
    return orjson.dumps(list(image)).decode()


def read(text: str) -> Image:
    """Return an image from its text."""
    return Image._make(orjson.loads(text))


def _dates(wanted: Image, seen: Image | None, kept: Walls) -> TaskValues:
    """Return which dates to write, both in one zone, so that they stay in order.

    It is the zone of the date that stays, else that of those that are written over, else none.
    """
    asked = {name: getattr(wanted, name) for name in walls.DAYS}
    changed = [name for name, day in asked.items() if day != (seen and getattr(seen, name))]
    staying = [kept[name].zone for name in walls.DAYS if name in kept and name not in changed]
    replaced = [kept[name].zone for name in reversed(walls.DAYS) if name in kept]
    key = (*staying, *replaced, walls.NO_ZONE)[0]
    given = {name: WallTime(asked[name], key) for name in changed if asked[name] is not None}
    if any(walls.instant(wall) is None for wall in given.values()):
        given = {name: wall._replace(zone=walls.NO_ZONE) for name, wall in given.items()}
    instants = {name: walls.instant(given[name]) if name in given else None for name in changed}
    return cast("TaskValues", {**instants, "walls": given} if instants else {})


def _written_day(task: TaskRow, name: str) -> NaiveTicks | None:
    """Return the day on which a date of the mailbox is."""
    instant, wall = getattr(task, name), walls.read(task.walls).get(name)
    if instant is None:
        return None
    return _day(instant + _LIKELIEST if wall is None or wall.ticks % TICKS_PER_DAY else wall.ticks)


def _day(ticks: int | None) -> NaiveTicks | None:
    """Return a day's first tick. The first day of all is none, as in .NET."""
    if ticks is None:
        return None
    return min(ticks // TICKS_PER_DAY, _LAST_DAY) * TICKS_PER_DAY or None

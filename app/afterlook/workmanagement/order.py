"""The user's own order of the list.

Owns where a task goes when it is moved: between two positions, or if they stand too close, after
all positions have been set apart again.
"""

from __future__ import annotations

from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import tasks

TOP = -1
"""What to move a task after, to have it first of all."""


def reorder_task(session: WriteSession, key: int, after: int) -> bool:
    """Move a task to right below another, or to the top; tell whether both are there."""
    moved = tasks.get(session, key)
    if moved is None or key == after:
        return moved is not None
    if after == TOP:
        tasks.set_position(session, key, tasks.get_top_position(session))
        return True
    if tasks.get(session, after) is None:
        return False
    position = _room_below(session, after, key)
    if position is None:
        tasks.renumber(session)
        position = _room_below(session, after, key)
    assert position is not None  # noqa: S101
    tasks.set_position(session, key, position)
    return True


def _room_below(session: WriteSession, above: int, moved: int) -> int | None:
    """Return a position between a task and the one below it, or None where they stand too close."""
    row = tasks.get(session, above)
    assert row is not None  # noqa: S101
    below = tasks.get_position_below(session, row.position, moved)
    if below is None:
        return row.position + tasks.GAP
    middle = (row.position + below) // 2
    return middle if middle > row.position else None

"""How the dates and the status of a task hang together.

Owns the rules of Outlook Task REST, "Specifying the StartDateTime and DueDateTime properties",
"Update tasks" and "Complete tasks", and the house's answers where they are silent. Pure: asked
values and a stored task in, settled values out.
"""

from __future__ import annotations

from afterlook.errors import InvalidRequest
from afterlook.mailbox.values import COMPLETED, NOT_STARTED, TaskValues
from afterlook.runtime.instants import Instant
from afterlook.store.rows import TaskRow


def settle(asked: TaskValues, stored: TaskRow, today: Instant) -> TaskValues:
    """Return `asked` with what follows from it for the other dates and the status.

    `today` is the start of the present day in the caller's zone. Raises `InvalidRequest` where
    Start is later than Due in one body.
    """
    return {**asked, **_span(asked, stored), **_completion(asked, stored, today)}


def _span(asked: TaskValues, stored: TaskRow) -> TaskValues:
    if "due" in asked:
        return _span_by_due(asked, stored)
    start = asked.get("start")
    if start is not None and (stored.due is None or start > stored.due):
        return {"due": start}
    return {}


def _span_by_due(asked: TaskValues, stored: TaskRow) -> TaskValues:
    due = asked["due"]
    if due is None:
        return {"start": None}
    if "start" not in asked:
        return {"start": due} if stored.start is not None and stored.start > due else {}
    if asked["start"] is not None and asked["start"] > due:
        reason = "StartDateTime must not be later than DueDateTime."
        raise InvalidRequest(reason=reason)
    return {}


def _completion(asked: TaskValues, stored: TaskRow, today: Instant) -> TaskValues:
    date = asked.get("completed")
    if "status" in asked:
        if asked["status"] != COMPLETED:
            return {"completed": None}
        kept = today if stored.completed is None else stored.completed
        return {"completed": kept if date is None else date}
    if date is not None:
        return {"status": COMPLETED}
    if "completed" in asked and stored.status == COMPLETED:
        return {"status": NOT_STARTED}
    return {}

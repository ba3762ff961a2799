"""How the dates and the status of a task hang together.

Owns the rules of Outlook Task REST, "Specifying the StartDateTime and DueDateTime properties",
"Update tasks" and "Complete tasks", and the house's answers where they are silent. Pure: written
values and a stored task in, settled values out.
"""

from __future__ import annotations

from afterlook.errors import InvalidRequest
from afterlook.mailbox.values import COMPLETED, NOT_STARTED, TaskValues
from afterlook.runtime.instants import Instant
from afterlook.store.rows import TaskRow


def settle(written: TaskValues, stored: TaskRow, today: Instant) -> TaskValues:
    """Return `written` with what follows from it for the other dates and the status.

    `today` is the start of the present day in the caller's zone. Raises `InvalidRequest` where
    Start is later than Due in one body.
    """
    return {**written, **_span(written, stored), **_completion(written, stored, today)}


def _span(written: TaskValues, stored: TaskRow) -> TaskValues:
    if "due" in written:
        return _span_by_due(written, stored)
    start = written.get("start")
    if start is not None and (stored.due is None or start > stored.due):
        return {"due": start}
    return {}


def _span_by_due(written: TaskValues, stored: TaskRow) -> TaskValues:
    due = written["due"]
    if due is None:
        return {"start": None}
    if "start" not in written:
        return {"start": due} if stored.start is not None and stored.start > due else {}
    if written["start"] is not None and written["start"] > due:
        reason = "StartDateTime must not be later than DueDateTime."
        raise InvalidRequest(reason=reason)
    return {}


def _completion(written: TaskValues, stored: TaskRow, today: Instant) -> TaskValues:
    date = written.get("completed")
    if "status" in written:
        if written["status"] != COMPLETED:
            return {"completed": None}
        kept = today if stored.completed is None else stored.completed
        return {"completed": kept if date is None else date}
    if date is not None:
        return {"status": COMPLETED}
    if "completed" in written and stored.status == COMPLETED:
        return {"status": NOT_STARTED}
    return {}

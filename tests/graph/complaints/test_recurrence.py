"""Series: ranges that are refused, ids that stay, occurrences that come twice."""

import pytest

from tests.support.todo import DEFAULT, Entity, Todo, error_of

DUE = {"dateTime": "2026-03-04T00:00:00", "timeZone": "UTC"}
DAILY = {
    "pattern": {"type": "daily", "interval": 1},
    "range": {"type": "noEnd", "startDate": "2026-03-04"},
}


def tasks(todo: Todo) -> list[Entity]:
    """Return the tasks of the default list, by what they are due."""
    found = todo.get(f"{DEFAULT}/tasks").json()["value"]
    return sorted(found, key=lambda task: str(task["dueDateTime"]["dateTime"]))


@pytest.mark.observed("graph.complaint.13")
@pytest.mark.once
def test_13_recurrence_range_refused(todo: Todo, seen: Todo) -> None:
    """A range with dates is taken in PATCH; it was seen refused there, though not in POST."""
    address = todo.address(todo.new_task(dueDateTime=DUE))
    assert todo.patch(address, {"recurrence": DAILY}).json()["recurrence"]["pattern"]["interval"]

    task = seen.new_task(dueDateTime=DUE, recurrence=DAILY)
    error = error_of(seen.patch(seen.address(task), {"recurrence": DAILY}), 400)
    assert (error["code"], error["innerError"]["code"]) == ("invalidRequest", "InvalidModel")


@pytest.mark.observed("graph.complaint.14")
@pytest.mark.in_process
def test_14_same_id_after_completing(todo: Todo) -> None:
    """The id goes on as the next occurrence, with a reminder as far off; what is done is new."""
    reminder = {"dateTime": "2026-03-04T07:00:00", "timeZone": "UTC"}
    task = todo.new_task(
        dueDateTime=DUE, recurrence=DAILY, isReminderOn=True, reminderDateTime=reminder
    )
    todo.patch(todo.address(task), {"status": "completed"})
    done, following = tasks(todo)
    assert (following["id"], following["status"]) == (task["id"], "notStarted")
    assert following["dueDateTime"]["dateTime"].startswith("2026-03-05T00")
    assert following["reminderDateTime"]["dateTime"].startswith("2026-03-05T07")
    assert (done["id"] != task["id"], done["status"]) == (True, "completed")


@pytest.mark.observed("graph.complaint.15")
@pytest.mark.in_process
def test_15_new_due_date_makes_a_double(todo: Todo, seen: Todo) -> None:
    """One occurrence is put off, and the series goes on beside it; lists may hide the series."""
    task = todo.new_task(dueDateTime=DUE, recurrence=DAILY)
    later = {"dateTime": "2026-03-09T00:00:00", "timeZone": "UTC"}
    todo.patch(todo.address(task), {"dueDateTime": later})
    open_tasks = tasks(todo)
    assert {one["status"] for one in open_tasks} == {"notStarted"}
    assert len({one["id"] for one in open_tasks}) == 2

    seen.new_task(dueDateTime=DUE, recurrence=DAILY)
    (listed,) = seen.get(f"{DEFAULT}/tasks").json()["value"]
    (filtered,) = seen.get(f"{DEFAULT}/tasks?$filter=status ne 'completed'").json()["value"]
    assert ("recurrence" in listed, "recurrence" in filtered) == (False, True)

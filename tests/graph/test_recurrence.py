"""Recurring tasks on To Do."""

import pytest

from tests.support.todo import DEFAULT, Todo, error_of

DUE = {"dateTime": "2026-06-01T00:00:00", "timeZone": "UTC"}
DAILY = {"type": "daily", "interval": 1}


def done_and_open(todo: Todo) -> tuple[list[str], list[str]]:
    tasks = todo.get(f"{DEFAULT}/tasks").json()["value"]
    done = [task["id"] for task in tasks if task["status"] == "completed"]
    return done, [task["id"] for task in tasks if task["status"] != "completed"]


@pytest.mark.observed("graph.recurrence")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "given", [{}, {"range": None}, {"range": {"type": "noEnd", "startDate": "2026-06-01"}}]
)
def test_all_members(todo: Todo, given: dict[str, object]) -> None:
    task = todo.new_task(dueDateTime=DUE, recurrence={"pattern": DAILY, **given})

    assert task["recurrence"] == {
        "pattern": {
            "type": "daily",
            "interval": 1,
            "month": 0,
            "dayOfMonth": 0,
            "daysOfWeek": [],
            "firstDayOfWeek": "sunday",
            "index": "first",
        },
        "range": {
            "type": "noEnd",
            "startDate": "2026-06-01",
            "endDate": "0001-01-01",
            "recurrenceTimeZone": "UTC",
            "numberOfOccurrences": 0,
        },
    }


@pytest.mark.observed("graph.series")
@pytest.mark.in_process
def test_an_occurrence_is_done(todo: Todo) -> None:
    task = todo.new_task(dueDateTime=DUE, recurrence={"pattern": DAILY})

    answer = todo.patch(todo.address(task), {"status": "completed"}).json()

    assert (answer["id"], answer["status"]) == (task["id"], "notStarted")
    assert answer["dueDateTime"]["dateTime"] == "2026-06-02T00:00:00.0000000"
    done, left = done_and_open(todo)
    assert left == [task["id"]]
    assert len(done) == 1
    old = todo.outlook({"id": done[0]})
    assert (old["Status"], old["Recurrence"]) == ("Completed", None)


@pytest.mark.observed("graph.series")
@pytest.mark.in_process
def test_the_last_one(todo: Todo) -> None:
    range_ = {"type": "numbered", "startDate": "2026-06-01", "numberOfOccurrences": 1}
    task = todo.new_task(dueDateTime=DUE, recurrence={"pattern": DAILY, "range": range_})

    answer = todo.patch(todo.address(task), {"status": "completed"}).json()

    assert (answer["id"], answer["status"]) == (task["id"], "completed")
    assert done_and_open(todo) == ([task["id"]], [])


@pytest.mark.observed("graph.recurrence")
@pytest.mark.in_process
def test_the_end_of_a_series(todo: Todo) -> None:
    task = todo.new_task(dueDateTime=DUE, recurrence={"pattern": DAILY})

    assert "recurrence" not in todo.patch(todo.address(task), {"recurrence": None}).json()


@pytest.mark.inferred("graph.errors")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "recurrence",
    [
        5,
        {"pattern": {"type": "hourly", "interval": 1}},
        {"pattern": {"type": "daily", "interval": 0}},
        {"pattern": DAILY, "range": 5},
        {"pattern": DAILY, "range": {"type": "numbered", "startDate": "2026-06-01"}},
        {"pattern": DAILY, "range": {"type": "noEnd", "startDate": "soon"}},
        {"range": {"type": "noEnd", "startDate": "2026-06-01"}},
    ],
)
def test_refused(todo: Todo, recurrence: object) -> None:
    body = {"title": "Milk", "dueDateTime": DUE, "recurrence": recurrence}

    assert error_of(todo.post(f"{DEFAULT}/tasks", body), 400)["code"] == "invalidRequest"
    assert done_and_open(todo) == ([], [])

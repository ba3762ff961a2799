"""Dates, zones and completion on To Do."""

import pytest

from tests.support.todo import DEFAULT, Todo, error_of

UTC = "UTC"


def due(todo: Todo, date_time: str, zone: str) -> dict[str, str]:
    task = todo.new_task(dueDateTime={"dateTime": date_time, "timeZone": zone})
    shown: dict[str, str] = task["dueDateTime"]
    return shown


@pytest.mark.observed("graph.due")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("date_time", "zone", "told"),
    [
        ("2026-06-01T04:10:00", "GMT Standard Time", "2026-05-31T23:00:00.0000000"),
        ("2026-01-15T04:10:00", "Etc/GMT", "2026-01-15T00:00:00.0000000"),
        ("2026-06-01T16:00:00", "Eastern Standard Time", "2026-06-01T04:00:00.0000000"),
        ("2026-06-01T16:00:00", "America/New_York", "2026-06-01T04:00:00.0000000"),
        ("2026-06-01", "Pacific/Kiritimati", "2026-05-31T10:00:00.0000000"),
        ("2026-06-01", "Hawaiian Standard Time", "2026-06-01T10:00:00.0000000"),
    ],
)
def test_midnight(todo: Todo, date_time: str, zone: str, told: str) -> None:
    assert due(todo, date_time, zone) == {"dateTime": told, "timeZone": UTC}


@pytest.mark.observed("graph.offset")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("date_time", "zone"),
    [
        ("2026-06-01T00:00:00Z", "Etc/GMT"),
        ("2026-06-01T00:00:00.000Z", "UTC"),
        ("2026-06-01T02:00:00+02:00", "UTC"),
        ("2026-05-31T22:00:00-02:00", "Etc/GMT"),
    ],
)
def test_offsets(todo: Todo, date_time: str, zone: str) -> None:
    assert due(todo, date_time, zone)["dateTime"] == "2026-06-01T00:00:00.0000000"


@pytest.mark.observed("graph.reminder")
@pytest.mark.in_process
def test_reminder(todo: Todo) -> None:
    given = {"dateTime": "2026-06-01T16:30:15.1234567", "timeZone": "Eastern Standard Time"}
    task = todo.new_task(reminderDateTime=given)

    told = {"dateTime": "2026-06-01T20:30:15.1234567", "timeZone": UTC}
    assert task["reminderDateTime"] == told
    assert task["isReminderOn"] is False


@pytest.mark.observed("graph.prefer-zone")
@pytest.mark.in_process
def test_preferred_zone(todo: Todo) -> None:
    zone = "Mountain Standard Time"
    task = todo.new_task(dueDateTime={"dateTime": "2026-06-01T00:00:00", "timeZone": zone})

    shown = todo.get(todo.address(task), Prefer=f'outlook.timezone="{zone}"')
    assert shown.headers["Preference-Applied"] == f'outlook.timezone="{zone}"'
    assert shown.json()["dueDateTime"] == {
        "dateTime": "2026-06-01T00:00:00.0000000",
        "timeZone": zone,
    }
    assert shown.json()["createdDateTime"] == task["createdDateTime"]


@pytest.mark.inferred("graph.errors")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "date",
    [
        {"dateTime": "2026-06-01T00:00:00", "timeZone": "Middle Earth"},
        {"dateTime": "2026-13-01T00:00:00", "timeZone": "UTC"},
        {"dateTime": "soon", "timeZone": "UTC"},
        {"dateTime": 5, "timeZone": "UTC"},
        "2026-06-01",
        ["x"],
    ],
)
def test_bad_dates(todo: Todo, date: object) -> None:
    response = todo.post(f"{DEFAULT}/tasks", {"title": "Milk", "dueDateTime": date})

    assert error_of(response, 400)["code"] == "invalidRequest"
    assert todo.get(f"{DEFAULT}/tasks").json()["value"] == []


@pytest.mark.observed("graph.completed")
@pytest.mark.in_process
def test_completed(todo: Todo) -> None:
    task = todo.new_task()
    at = todo.address(task)
    ignored = {"completedDateTime": {"dateTime": "2026-01-01T00:00:00", "timeZone": UTC}}

    assert "completedDateTime" not in todo.patch(at, ignored).json()
    done = todo.patch(at, {"status": "completed"}).json()
    assert done["completedDateTime"]["dateTime"].endswith("T00:00:00.0000000")
    dated = todo.patch(at, ignored).json()
    assert dated["completedDateTime"]["dateTime"] == "2026-01-01T00:00:00.0000000"
    opened = todo.patch(at, {"status": "notStarted", "completedDateTime": None}).json()
    assert (opened["status"], "completedDateTime" in opened) == ("notStarted", False)

"""Days that come out as others, and bodies that lose their markup."""

import pytest

from tests.support.todo import Todo


@pytest.mark.observed("graph.complaint.1")
@pytest.mark.once
def test_1_due_time_dropped_to_midnight(todo: Todo) -> None:
    """A due date keeps its day alone, a reminder its time."""
    at = {"dateTime": "2026-03-04T04:10:00", "timeZone": "Greenwich Standard Time"}
    task = todo.new_task(dueDateTime=at, reminderDateTime=at)
    assert task["dueDateTime"] == {"dateTime": "2026-03-04T00:00:00.0000000", "timeZone": "UTC"}
    assert task["reminderDateTime"]["dateTime"] == "2026-03-04T04:10:00.0000000"


@pytest.mark.observed("graph.complaint.2")
@pytest.mark.once
@pytest.mark.parametrize(
    ("zone", "told"),
    [("Line Islands Standard Time", "2026-03-03T10"), ("Hawaiian Standard Time", "2026-03-04T10")],
)
def test_2_due_date_one_day_off_by_zone(todo: Todo, zone: str, told: str) -> None:
    """UTC tells another day than the zone in which a task was written, by the old API too."""
    due = {"DateTime": "2026-03-04T00:00:00", "TimeZone": zone}
    made = todo.create("tasks", {"Subject": "Rent", "DueDateTime": due})
    address = todo.address({"id": made["Id"]})
    assert todo.get(address).json()["dueDateTime"] == {
        "dateTime": f"{told}:00:00.0000000",
        "timeZone": "UTC",
    }
    local = todo.get(address, Prefer=f'outlook.timezone="{zone}"').json()["dueDateTime"]
    assert local == {"dateTime": "2026-03-04T00:00:00.0000000", "timeZone": zone}


@pytest.mark.observed("graph.complaint.3")
@pytest.mark.once
def test_3_completed_on_the_wrong_day_in_other_zone_names(todo: Todo) -> None:
    """Midnight in UTC is the evening before in the west; zones come back by Windows' names."""
    address = todo.address(todo.new_task())
    utc = todo.patch(address, {"status": "completed"}).json()["completedDateTime"]
    assert (utc["dateTime"][10:], utc["timeZone"]) == ("T00:00:00.0000000", "UTC")
    west = todo.get(address, Prefer='outlook.timezone="America/Denver"').json()["completedDateTime"]
    assert west["timeZone"] == "Mountain Standard Time"
    assert west["dateTime"] < utc["dateTime"]
    assert west["dateTime"][10:] in {"T17:00:00.0000000", "T18:00:00.0000000"}


@pytest.mark.observed("graph.complaint.4")
@pytest.mark.once
def test_4_html_body_comes_back_as_text(todo: Todo) -> None:
    html = {"content": "<html><body><b>Two</b> litres</body></html>", "contentType": "html"}
    task = todo.new_task(body=html)
    assert task["body"]["contentType"] == "text"
    assert task["body"]["content"].strip() == "Two litres"

"""Where the documents are silent (docs/decisions.md): what completes a task and what does not."""

import pytest

from tests.spec.exchanges import Json, date
from tests.support.frozen import Frozen
from tests.support.outlook import PACIFIC, key, prefer
from tests.support.wire import Mailbox

OPEN = {"Subject": "Shop for dinner"}
DONE = {"Status": "Completed", "CompletedDateTime": date("2016-04-20")}
# Already the 23rd in UTC, still the 22nd in Pacific time.
EVENING = "2016-04-23T02:28:38Z"


@pytest.mark.inferred("house.completed-today")
@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize(
    ("zone", "completed"),
    [(None, date("2016-04-23")), (PACIFIC, date("2016-04-22", PACIFIC))],
)
def test_completed_without_a_date(
    frozen: Frozen, method: str, zone: str | None, completed: object
) -> None:
    """It is done today, where the caller wants to be."""
    frozen.at(EVENING)
    me, headers = frozen.me, {} if zone is None else {"Prefer": prefer(zone)}
    address = "tasks" if method == "POST" else f"tasks('{key(me.create('tasks', OPEN))}')"

    task = me.send(method, address, {"Status": "Completed"}, **headers).json()

    assert (task["Status"], task["CompletedDateTime"]) == ("Completed", completed)


@pytest.mark.inferred("house.completed-by-date")
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_date_without_status(me: Mailbox, method: str) -> None:
    """Who says when it was done says that it was."""
    address = "tasks" if method == "POST" else f"tasks('{key(me.create('tasks', OPEN))}')"

    task = me.send(method, address, {"CompletedDateTime": date("2016-04-20")}).json()

    assert (task["Status"], task["CompletedDateTime"]) == ("Completed", date("2016-04-20"))


@pytest.mark.inferred("house.uncompleted")
@pytest.mark.in_process
@pytest.mark.parametrize("status", ["NotStarted", "InProgress", "WaitingOnOthers", "Deferred"])
@pytest.mark.parametrize("date_too", [{}, {"CompletedDateTime": {}}, {"CompletedDateTime": None}])
def test_another_status_uncompletes(me: Mailbox, status: str, date_too: Json) -> None:
    """The date goes with the status, whether the body says so or not."""
    address = f"tasks('{key(me.create('tasks', DONE))}')"

    task = me.patch(address, {"Status": status} | date_too).json()

    assert (task["Status"], task["CompletedDateTime"]) == (status, None)

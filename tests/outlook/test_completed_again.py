"""Completing what is completed already."""

import pytest

from tests.support.outlook import PACIFIC, prefer
from tests.support.samples import utc
from tests.support.wire import Mailbox


@pytest.mark.inferred("dates.completed-once")
@pytest.mark.parametrize("zone", [PACIFIC, "UTC"])
def test_the_day_stays(me: Mailbox, zone: str) -> None:
    """Whoever completes it again, in whatever zone."""
    body = {"Status": "Completed", "CompletedDateTime": utc("2016-04-22")}
    created = me.create("tasks", body)

    answer = me.post(f"tasks('{created['Id']}')/complete", Prefer=prefer(zone))

    assert answer.status_code == 200
    again = me.get(f"tasks('{created['Id']}')").json()
    assert again["CompletedDateTime"] == created["CompletedDateTime"]
    assert again["Status"] == "Completed"


@pytest.mark.inferred("dates.completed-once")
def test_a_reopened_task(me: Mailbox) -> None:
    """It is completed anew, as of the present day."""
    body = {"Status": "Completed", "CompletedDateTime": utc("2016-04-22")}
    address = f"tasks('{me.create('tasks', body)['Id']}')"
    assert me.patch(address, {"Status": "InProgress"}).json()["CompletedDateTime"] is None

    completed = me.post(f"{address}/complete").json()["value"][0]

    assert completed["CompletedDateTime"] not in (None, utc("2016-04-22"))

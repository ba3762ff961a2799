"""A series over a day that its zone has left out."""

import pytest

from tests.support.outlook import prefer
from tests.support.samples import zoned
from tests.support.wire import Mailbox

SAMOA = "Samoa Standard Time"


@pytest.mark.inferred("dates.missing-days")
def test_the_next_day_follows(me: Mailbox) -> None:
    """Samoa had no 30 December 2011."""
    series = {
        "Pattern": {"Type": "Daily", "Interval": 1},
        "Range": {
            "Type": "NoEnd",
            "StartDate": "2011-12-29",
            "RecurrenceTimeZone": SAMOA,
        },
    }
    date = zoned("2011-12-29T00:00:00", SAMOA)
    body = {"StartDateTime": date, "DueDateTime": date, "Recurrence": series}
    address = f"tasks('{me.create('tasks', body)['Id']}')"

    shown = []
    for _ in range(3):
        shown.append(me.get(address, Prefer=prefer(SAMOA)).json()["StartDateTime"]["DateTime"][:10])
        assert me.post(f"{address}/complete").status_code == 200

    assert shown == ["2011-12-29", "2011-12-31", "2012-01-01"]

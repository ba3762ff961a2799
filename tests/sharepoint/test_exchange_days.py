"""Calendar days over both wires: as they were written in Outlook, and as the list has them."""

import pytest

from tests.outlook.helpers import prefer
from tests.sharepoint.exchange import DUE, START, User
from tests.sharepoint.test_exchange import date
from tests.support.samples import utc, zoned
from tests.support.wire import Mailbox

ZONES = [
    *("UTC", "Dateline Standard Time", "Hawaiian Standard Time", "Pacific Standard Time"),
    *("Tokyo Standard Time", "New Zealand Standard Time", "Chatham Islands Standard Time"),
    *("Tonga Standard Time", "Line Islands Standard Time"),
]
DAY, LATER = "2027-01-15", "2027-07-20"


@pytest.fixture
def user(me: Mailbox) -> User:
    """Return a user who has opted in."""
    new = User(me)
    assert new.opt_in() == 1
    return new


def due_in(user: User, subject: str, zone: str) -> object:
    """Return Due of a task of the mailbox as a reader in a zone sees it."""
    id_ = user.outlook()[subject]["Id"]
    return user.me.get(f"tasks('{id_}')", Prefer=prefer(zone)).json()["DueDateTime"]


@pytest.mark.inferred("dates.list-day")
def test_from_every_zone_and_back(user: User) -> None:
    """A day of Outlook is that day in the list; another one there is that one in Outlook."""
    for zone in ZONES:
        user.posted(zone, DueDateTime=zoned(DAY, zone))
    user.job()
    tasks = user.listed()
    assert {name: task["DueDate"] for name, task in tasks.items()} == dict.fromkeys(
        ZONES, date(DAY)
    )

    for task in tasks.values():
        user.update(task["Id"], DUE, LATER)
    user.job()

    assert {task["DueDate"] for task in user.listed().values()} == {date(LATER)}
    for zone in ZONES:
        assert due_in(user, zone, zone) == zoned(f"{LATER}T00:00:00.0000000", zone)


@pytest.mark.inferred("dates.list-day")
def test_a_day_of_the_list(user: User) -> None:
    """It is that day wherever it is read, and stays so when it comes back."""
    for zone in ZONES:
        user.create(zone, DAY)
    user.job()
    assert user.outlook()["Tonga Standard Time"]["DueDateTime"] == utc(f"{DAY}T00:00:00.0000000")

    for name in ZONES:
        for zone in ZONES:
            assert due_in(user, name, zone) == zoned(f"{DAY}T00:00:00.0000000", zone)
        id_ = user.outlook()[name]["Id"]
        shown = user.me.get(f"tasks('{id_}')", Prefer=prefer(name)).json()
        user.patched(id_, **shown | {"Importance": "High"})
    user.job()
    for name, task in user.listed().items():
        assert task["DueDate"] == date(DAY)
        user.update(task["Id"], START, DAY)
        assert due_in(user, name, name) == zoned(f"{DAY}T00:00:00.0000000", name)
    user.job()

    for task in user.listed().values():
        assert task["DueDate"] == task["StartDate"] == date(DAY)


@pytest.mark.inferred("dates.list-day")
@pytest.mark.in_process
@pytest.mark.parametrize("zone", ZONES)
def test_a_series_from_a_day_of_the_list(user: User, zone: str) -> None:
    """It goes on by days, whatever the zone that it is given."""
    user.create("Mine", DAY)
    user.job()
    id_ = user.outlook()["Mine"]["Id"]
    range_ = {"Type": "NoEnd", "StartDate": DAY, "RecurrenceTimeZone": zone}
    user.patched(id_, Recurrence={"Pattern": {"Type": "Weekly", "Interval": 1}, "Range": range_})
    shown = user.me.get(f"tasks('{id_}')", Prefer=prefer(zone)).json()
    user.patched(id_, **shown)
    user.me.post(f"tasks('{id_}')/complete")
    user.job()

    assert user.me.get(f"tasks('{id_}')", Prefer=prefer(zone)).json()["DueDateTime"] == zoned(
        "2027-01-22T00:00:00.0000000", zone
    )
    user.me.patch(f"tasks('{id_}')", {"Subject": "Series"})
    user.job()
    assert user.listed()["Series"]["DueDate"] == date("2027-01-22")

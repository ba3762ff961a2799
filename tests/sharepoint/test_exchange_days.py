"""Calendar days over both wires: as they were written in Outlook, and as the list has them."""

from operator import eq, ge, gt, le, lt, ne

import pytest

from tests.sharepoint.exchange import DUE, START, User, date
from tests.support.outlook import prefer
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
        rendered = user.me.get(f"tasks('{id_}')", Prefer=prefer(name)).json()
        user.patched(id_, **rendered | {"Importance": "High"})
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
    rendered = user.me.get(f"tasks('{id_}')", Prefer=prefer(zone)).json()
    user.patched(id_, **rendered)
    user.me.post(f"tasks('{id_}')/complete")
    user.job()

    assert user.me.get(f"tasks('{id_}')", Prefer=prefer(zone)).json()["DueDateTime"] == zoned(
        "2027-01-22T00:00:00.0000000", zone
    )
    user.me.patch(f"tasks('{id_}')", {"Subject": "Series"})
    user.job()
    assert user.listed()["Series"]["DueDate"] == date("2027-01-22")


MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
COMPARISONS = {"lt": lt, "le": le, "eq": eq, "ne": ne, "ge": ge, "gt": gt}


@pytest.mark.inferred("data.day-filters")
@pytest.mark.in_process
@pytest.mark.parametrize("zone", ZONES)
def test_filtered_as_shown(user: User, zone: str) -> None:
    """A filter compares a day of the list with what its reader is shown, in any zone."""
    for day in ("2027-01-14", DAY, "2027-01-16"):
        user.create(day, day)
        user.posted(f"{day} there", DueDateTime=zoned(day, zone))
    user.posted("never")
    user.job()
    listing = "taskfolders('Tasks')/tasks?$top=100"
    rendered = {
        task["Subject"]: task["DueDateTime"]["DateTime"][:19]
        for task in user.me.get(listing, Prefer=prefer(zone)).json()["value"]
        if task["DueDateTime"]
    }
    assert len(rendered) == 6
    for bound in (f"{DAY}T00:00:00", "2027-01-14T23:59:59", f"{DAY}T00:00:01"):
        for name, holds in COMPARISONS.items():
            wanted = {subject for subject, at in rendered.items() if holds(at, bound)}
            request_ = {
                f"DueDateTime/DateTime {name} '{bound}'",
                f"not (not ('{bound}' {MIRRORED.get(name, name)} DueDateTime/DateTime))",
            } | ({f"DueDateTime/DateTime in ('{bound}','1999-01-01')"} if name == "eq" else set())
            for filter_ in request_:
                answer = user.me.get(f"{listing}&$filter={filter_}", Prefer=prefer(zone))
                assert answer.status_code == 200, answer.text
                result = {task["Subject"] for task in answer.json()["value"]}
                assert result - {"never"} == wanted, filter_


@pytest.mark.inferred("data.day-filters")
def test_sorted_as_shown(user: User) -> None:
    """A day of the list sorts among the reader's own midnights by its day."""
    for zone in ZONES:
        for day in ("2027-01-16", DAY, "2027-01-14"):
            user.create(f"{day} {zone}", day)
            user.posted(f"{day} {zone} there", DueDateTime=zoned(day, zone))
    user.job()
    for zone in ZONES:
        mine = f"endswith(Subject,'{zone}') or endswith(Subject,'{zone} there')"
        for direction in ("asc", "desc"):
            query = f"$top=100&$filter={mine}&$orderby=DueDateTime/DateTime {direction}"
            answer = user.me.get(f"taskfolders('Tasks')/tasks?{query}", Prefer=prefer(zone))
            dates = [task["DueDateTime"]["DateTime"] for task in answer.json()["value"]]
            assert len(dates) == 6
            assert dates == sorted(dates, reverse=direction == "desc")


@pytest.mark.inferred("data.day-filters")
def test_a_filter_as_long_as_one_may_be(user: User) -> None:
    """It works in every zone that it works in UTC in."""
    user.create("Task", DAY)
    user.job()
    many = ",".join(f"'{DAY}'" for _ in range(390))
    both = f"DueDateTime/DateTime ge '{DAY}' and StartDateTime/DateTime eq null"
    either = " or ".join([both] * 50)
    for filter_ in (f"DueDateTime/DateTime in ({many})", either, f"not ({either} and {both})"):
        for zone in ("UTC", "Tokyo Standard Time"):
            place = f"taskfolders('Tasks')/tasks?$filter={filter_}"
            answer = user.me.get(place, Prefer=prefer(zone))
            assert answer.status_code == 200, (zone, answer.text)

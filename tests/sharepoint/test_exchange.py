"""Exchange sync over both wires: Outlook REST on one side, ProcessQuery on the other."""

from typing import Any

import pytest

from tests.sharepoint.exchange import (
    COMPLETED,
    DESCRIPTION,
    DUE,
    MANAGER,
    NAME,
    SESSION,
    START,
    User,
    date,
)
from tests.sharepoint.om.client import SESSIONS
from tests.support.samples import utc
from tests.support.wire import Mailbox

NEVER = "/Date(1,0,1,0,0,0,0)/"


@pytest.fixture
def user(me: Mailbox) -> User:
    """Return a user who has opted in."""
    new = User(me)
    assert new.opt_in() == 1
    return new


@pytest.mark.spec("exchange.opt-in", "exchange.info")
def test_opting_in(me: Mailbox) -> None:
    new = User(me)
    before = new.info()
    assert (before["IsOptedIn"], before["LastSyncResult"]) == (False, 0)
    assert new.opt_in() == 1
    assert new.opt_in() == 5
    info = new.info()
    assert (info["IsOptedIn"], info["LastSyncResult"]) == (True, 1)
    assert info["LastEndTime"] != before["LastEndTime"]


@pytest.mark.spec("exchange.errors")
@pytest.mark.parametrize("body", ["b" * 64_000, "<p>b" * 32_001], ids=["text", "html"])
def test_a_text_that_the_list_cannot_hold(user: User, body: str) -> None:
    """Is not cut: its task stays out, and that is told."""
    kind = "HTML" if body.startswith("<") else "Text"
    long = user.posted("Long", Body={"ContentType": kind, "Content": body})
    user.posted("Short")
    user.job()
    assert list(user.listed()) == ["Short"]
    assert user.info()["LastSyncResult"] == 6
    user.patched(long, Body={"ContentType": "Text", "Content": "b"})
    user.job()
    assert sorted(user.listed()) == ["Long", "Short"]
    assert user.info()["LastSyncResult"] == 1


@pytest.mark.spec("exchange.opt-out", "exchange.begin")
def test_opting_out(user: User) -> None:
    assert user.ask(MANAGER, "OptOutOfExchangeSync") is True
    assert user.info()["IsOptedIn"] is False
    user.create("Mine")
    assert user.ask(SESSION, "BeginExchangeSync") is False
    assert user.outlook() == {}


@pytest.mark.spec("exchange.begin", "exchange.pending")
@pytest.mark.parametrize("session", SESSIONS)
def test_jobs(user: User, session: str) -> None:
    assert user.ask(session, "BeginExchangeSync") is True
    assert user.ask(session, "IsExchangeJobPending") is False
    assert user.ask(MANAGER, "IsExchangeJobPending") is False


@pytest.mark.spec("exchange.both-ways")
def test_what_is_there_before(me: Mailbox) -> None:
    new = User(me)
    new.create("Listed")
    new.posted("Outlook")
    assert new.opt_in() == 1

    assert set(new.listed()) == set(new.outlook()) == {"Listed", "Outlook"}


@pytest.mark.inferred("exchange.fields")
def test_from_outlook(user: User) -> None:
    id_ = user.posted(
        "Outlook",
        Body={"ContentType": "Text", "Content": "Text"},
        StartDateTime=utc("2016-04-25T00:00:00"),
        DueDateTime={"DateTime": "2016-04-26T00:00:00", "TimeZone": "Eastern Standard Time"},
    )
    user.job()
    task = user.listed()["Outlook"]
    assert (task["Description"], task["IsCompleted"], task["PinAge"]) == ("Text", False, 0)
    assert (task["StartDate"], task["DueDate"]) == (date("2016-04-25"), date("2016-04-26"))

    user.patched(id_, Subject="Renamed", Status="Completed", DueDateTime=None)
    user.job()
    task = user.listed()["Renamed"]
    assert task["IsCompleted"] is True
    assert task["DueDate"] == task["StartDate"] == NEVER
    assert user.me.delete(f"tasks('{id_}')").status_code == 204
    user.job()
    assert user.listed() == {}


@pytest.mark.inferred("exchange.fields")
def test_from_the_list(user: User) -> None:
    key = user.create("Listed", "4/26/2016")
    user.job()
    task = user.outlook()["Listed"]
    assert task["Body"] == {"ContentType": "Text", "Content": "Text"}
    assert task["DueDateTime"] == utc("2016-04-26T00:00:00.0000000")

    changes: dict[int, str | None] = {
        NAME: "Renamed",
        DESCRIPTION: None,
        START: "4/20/2016",
        DUE: "4/21/2016",
        COMPLETED: "1",
    }
    for field, value in changes.items():
        user.update(key, field, value)
    user.job()
    renamed = user.outlook()["Renamed"]
    assert renamed["Id"] == task["Id"]
    assert renamed["Body"]["Content"] == ""
    assert renamed["StartDateTime"] == utc("2016-04-20T00:00:00.0000000")
    assert renamed["DueDateTime"] == utc("2016-04-21T00:00:00.0000000")
    assert renamed["Status"] == "Completed"
    assert renamed["CompletedDateTime"] is not None
    user.write("DeleteTask", key)
    user.job()
    assert user.outlook() == {}


@pytest.mark.spec("exchange.pins")
def test_pins(user: User) -> None:
    key, id_ = user.create("Listed", pinned=True), user.posted("Outlook", Importance="High")
    user.job()
    assert user.outlook()["Listed"]["Importance"] == "High"
    assert user.listed()["Outlook"]["PinAge"] == 1

    user.write("RemovePinOnTask", key)
    user.patched(id_, Importance="Low")
    user.job()
    assert user.outlook()["Listed"]["Importance"] == "Normal"
    assert user.listed()["Outlook"]["PinAge"] == 0


@pytest.mark.inferred("exchange.editable")
def test_what_comes_from_outlook_is_editable(user: User) -> None:
    user.posted("Outlook")
    user.job()
    task = user.listed()["Outlook"]
    assert (task["IsPersonal"], task["IsReadOnly"], task["LocationId"]) == (True, False, -1)
    assert task["EditUrl"] == f"EditTask.aspx?taskId={task['Id']}"
    assert task["SerializedCustomDataForClient"] is None
    user.update(task["Id"], NAME, "Renamed")
    user.job()
    assert set(user.outlook()) == {"Renamed"}


@pytest.mark.inferred("exchange.html")
def test_html(user: User) -> None:
    body = {"ContentType": "HTML", "Content": "<p>One</p><p><b>Two</b></p>"}
    user.posted("Outlook", Body=body)
    user.job()
    task = user.listed()["Outlook"]
    assert task["Description"] == "One\nTwo"
    user.update(task["Id"], DUE, "4/26/2016")
    user.job()
    assert user.outlook()["Outlook"]["Body"]["ContentType"] == "HTML"
    user.update(task["Id"], DESCRIPTION, "Three")
    user.job()
    assert user.outlook()["Outlook"]["Body"] == {"ContentType": "Text", "Content": "Three"}


@pytest.mark.inferred("exchange.conflicts")
@pytest.mark.parametrize("last", ["list", "outlook"])
def test_conflicts(user: User, last: str) -> None:
    key = user.create("Task")
    user.job()
    id_ = user.outlook()["Task"]["Id"]
    if last == "list":
        user.patched(id_, Subject="outlook", Importance="High")
    user.update(key, DESCRIPTION, "Described")
    user.update(key, NAME, "list")
    if last == "outlook":
        user.patched(id_, Subject="outlook", Importance="High")
    user.job()

    assert set(user.listed()) == set(user.outlook()) == {last}
    assert user.listed()[last]["PinAge"] == 1
    assert user.outlook()[last]["Body"]["Content"] == "Described"


@pytest.mark.inferred("exchange.conflicts")
def test_changes_outlive_deletions(user: User) -> None:
    one, two = user.create("One"), user.create("Two")
    user.job()
    ids = {name: task["Id"] for name, task in user.outlook().items()}
    user.write("DeleteTask", one)
    user.patched(ids["One"], Categories=["Red"])
    user.me.delete(f"tasks('{ids['Two']}')")
    user.update(two, DESCRIPTION, "Kept")
    user.job()

    assert set(user.listed()) == set(user.outlook()) == {"One", "Two"}
    assert user.outlook()["One"]["Categories"] == ["Red"]
    assert user.outlook()["Two"]["Body"]["Content"] == "Kept"


@pytest.mark.inferred("exchange.once")
def test_nothing_to_do(user: User) -> None:
    user.create("Listed", "4/26/2016 1:30 PM", pinned=True)
    user.posted("Outlook", Body={"ContentType": "HTML", "Content": "<p>Text</p>"})
    user.job()
    before = user.listed(), user.outlook()
    user.job()
    assert (user.listed(), user.outlook()) == before


@pytest.mark.inferred("exchange.series")
def test_series(user: User) -> None:
    pattern = {"Type": "Daily", "Interval": 1}
    range_ = {"Type": "Numbered", "StartDate": "2016-04-26", "NumberOfOccurrences": 2}
    due: Any = utc("2016-04-26T00:00:00")
    recurrence = {"Pattern": pattern, "Range": range_}
    id_ = user.posted("Daily", DueDateTime=due, Recurrence=recurrence)
    user.job()
    key = user.listed()["Daily"]["Id"]
    user.update(key, NAME, "First")
    user.update(key, COMPLETED, "1")
    user.job()

    listed, outlook = user.listed(), user.outlook()
    assert (listed["First"]["Id"], listed["First"]["IsCompleted"]) == (key, True)
    assert outlook["First"]["Status"] == "Completed"
    assert outlook["Daily"]["Id"] == id_
    assert listed["Daily"]["DueDate"] == date("2016-04-27")
    user.me.post(f"tasks('{id_}')/complete")
    user.job()
    assert user.listed()["Daily"]["IsCompleted"] is True
    assert len(user.listed()) == len(user.outlook()) == 2


@pytest.mark.inferred("exchange.again")
def test_opting_in_again(user: User) -> None:
    key = user.create("Changed")
    user.create("Same")
    user.job()
    user.ask(MANAGER, "OptOutOfExchangeSync")
    user.update(key, DESCRIPTION, "New")
    user.update(key, NAME, "Listed")
    assert user.opt_in() == 1

    assert set(user.listed()) == set(user.outlook()) == {"Changed", "Listed", "Same"}
    user.job()
    assert len(user.listed()) == len(user.me.get("tasks?$top=100").json()["value"]) == 3

"""What every session can tell beside its tasks."""

from datetime import UTC, datetime, timedelta

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant, to_datetime
from afterlook.sharepoint.om.declarations import NO_DATE
from tests.sharepoint.om import rows
from tests.sharepoint.om.client import SESSIONS, Client, Request
from tests.sharepoint.om.rows import PERSONAL


def later(clock: FrozenClock, seconds: int) -> None:
    clock.instant = Instant(clock.instant + seconds * TICKS_PER_SECOND)


@pytest.mark.parametrize("session", SESSIONS)
def test_refresh(client: Client, clock: FrozenClock, session: str) -> None:
    """It is over at once; within five minutes there is no other."""
    name = "SP.WorkManagement.OM.CreateRefreshJobResult"
    begun = {"_ObjectType_": name, "CreatedJob": True, "CurrentJobId": 1, "EncounteredError": False}
    assert client.ask(session, "BeginCacheRefresh") == begun
    ignored = begun | {"CreatedJob": False, "CurrentJobId": -1}
    assert client.ask(session, "BeginCacheRefresh") == ignored
    later(clock, 299)
    assert client.ask(session, "BeginCacheRefresh") == ignored
    later(clock, 1)
    assert client.ask(session, "BeginCacheRefresh") == begun | {"CurrentJobId": 2}

    status = client.ask(session, "GetRefreshStatus", 1)
    assert (status["AggregatorRefreshState"], status["RefreshId"]) == (3, 1)
    assert status["RefreshFinished"].tzinfo is UTC
    # It is that of an error, and there was none.
    assert status["CorrelationId"] is None


def test_refresh_of_others(client: Client) -> None:
    """The throttle is each user's own."""
    other = Client(client.store, rows.another_mailbox(client))

    assert client.ask("SortableSession", "BeginCacheRefresh")["CreatedJob"] is True
    assert other.ask("SortableSession", "BeginCacheRefresh")["CreatedJob"] is True


def test_a_clock_that_was_set_back(client: Client, clock: FrozenClock) -> None:
    client.ask("SortableSession", "BeginCacheRefresh")
    later(clock, -86_400)

    assert client.ask("SortableSession", "BeginCacheRefresh")["CreatedJob"] is True


def test_status_of_a_refresh_that_was_not(client: Client) -> None:
    """It did not take place: that ends the page's waiting."""
    status = client.ask("SortableSession", "GetRefreshStatus", 7)

    assert (status["AggregatorRefreshState"], status["RefreshFinished"]) == (2, NO_DATE)


def test_parts_of_a_status(client: Client) -> None:
    """No location has changed, and no provider took part."""
    client.ask("SortableSession", "BeginCacheRefresh")
    request = Request()
    status = request.method(request.session("SortableSession"), "GetRefreshStatus", 1)
    parts = [
        request.query(request.property(status, name), items=True)
        for name in ("TaskChangesByLocation", "ProviderStatuses")
    ]
    answers = client.send(request.xml())

    assert [answers[part]["_Child_Items_"] for part in parts] == [[], []]


def test_history(client: Client, clock: FrozenClock) -> None:
    """The latest first, since an instant in any kind of date."""
    for _ in range(3):
        client.ask("SortableSession", "BeginCacheRefresh")
        later(clock, 300)
    second = to_datetime(Instant(clock.instant - 600 * TICKS_PER_SECOND))

    def ids(since: datetime | None) -> list[int]:
        request = Request()
        history = request.method(request.session("SortableSession"), "GetRefreshHistory", since)
        number = request.query(request.property(history, "Refreshes"), items=True)
        items = client.send(request.xml())[number]["_Child_Items_"]
        return [item["RefreshId"] for item in items]

    assert ids(None) == ids(NO_DATE) == [3, 2, 1]
    assert ids(second) == ids(second.replace(tzinfo=None)) == [3, 2]
    assert ids(second + timedelta(days=1)) == []


def test_history_is_bounded(client: Client, clock: FrozenClock) -> None:
    for _ in range(102):
        client.ask("SortableSession", "BeginCacheRefresh")
        later(clock, 300)
    data = client.ask("SortableSession", "GetRefreshStatus", 2)
    assert data["AggregatorRefreshState"] == 2
    assert client.ask("SortableSession", "GetRefreshStatus", 3)["AggregatorRefreshState"] == 3


def test_health(client: Client, clock: FrozenClock) -> None:
    """In whole seconds, as all that is told of time."""
    before = client.ask("SortableSession", "GetRefreshHealthInfo")
    assert before == {
        "_ObjectType_": "SP.WorkManagement.OM.RefreshHealthInfo",
        "LatestRefreshTime": NO_DATE,
        "NewTasks": 0,
        "Succeeded": False,
    }
    clock.instant = Instant(clock.instant + TICKS_PER_SECOND // 2)
    client.ask("SortableSession", "BeginCacheRefresh")
    after = client.ask("SortableSession", "GetRefreshHealthInfo")

    now = to_datetime(client.store.now()).replace(microsecond=0)
    assert (after["LatestRefreshTime"], after["Succeeded"]) == (now, True)


def test_refresh_single_task(client: Client) -> None:
    key = client.create("Task")
    request = Request()
    session = request.session("SortableSession")
    numbers = []
    for number in (key, 99):
        refreshed = request.method(session, "RefreshSingleTask", number)
        result = request.property(refreshed, "Result")
        numbers += [request.query(refreshed), request.query(result)]
    answers = client.send(request.xml())
    match, task, lost, nothing = (answers[number] for number in numbers)

    assert (match["RefreshState"], match["ErrorCorrelationId"]) == (3, None)
    assert task == client.read()[0]
    assert (lost["RefreshState"], nothing) == (4, None)


def test_callout(client: Client) -> None:
    """Where the task is, and where it is edited."""
    project = rows.location(client, "Site: List")
    mine, other = client.create("Mine"), client.create("Other", location=project)

    assert client.ask("SortableSession", "GetCalloutInfo", mine) == {
        "_ObjectType_": "SP.WorkManagement.OM.CalloutInfo",
        "Contacts": [],
        "DirectLinkTitle": None,
        "DirectLinkUrl": None,
        "Hierarchy": [],
        "Predecessors": [],
        "Successors": [],
        "Title": "Personal",
        "Url": f"EditTask.aspx?taskId={mine}",
    }
    callout = client.ask("SortableSession", "GetCalloutInfo", other)
    assert (callout["Title"], callout["DirectLinkTitle"]) == ("Site: List", "Site: List")
    assert callout["DirectLinkUrl"] == f"https://host/sites/{project}"
    assert client.ask("SortableSession", "GetCalloutInfo", 99) is None


def test_all_that_is_no_task(client: Client) -> None:
    """Its only name for the locations is a misspelt one."""
    client.ask("SortableSession", "BeginCacheRefresh")
    request = Request()
    data = request.method(request.session("SortableSession"), "ReadAllNonTaskData")
    names = ("AllLocatons", "PersistedProperties", "ScriptExtensions", "UserSettings")
    parts = [request.query(request.property(data, name), items=True) for name in names]
    history = request.property(data, "RefreshHistory")
    refreshes = request.query(request.property(history, "Refreshes"), items=True)
    answers = client.send(request.xml())
    locations, persisted, extensions, settings = (answers[part] for part in parts)

    assert locations["_Child_Items_"] == [PERSONAL]
    assert persisted["_ObjectType_"] == "SP.WorkManagement.OM.PersistedProperties"
    assert extensions["_Child_Items_"] == []
    assert settings["ImportantLocationIds"] == []
    assert len(answers[refreshes]["_Child_Items_"]) == 1


@pytest.mark.parametrize("session", SESSIONS)
def test_exchange(client: Client, session: str) -> None:
    """Nothing happens for a user who has not opted in."""
    assert client.ask(session, "BeginExchangeSync", scalar=True) is False
    assert client.ask(session, "IsExchangeJobPending", scalar=True) is False

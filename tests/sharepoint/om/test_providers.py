"""Tasks of providers: refreshed, written through, promoted, and what is told of them."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, Instant, to_datetime
from afterlook.sharepoint import text_budget
from afterlook.sharepoint.om.declarations import NO_DATE
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest import list_items
from afterlook.sharepoint.rest.errors import Unavailable
from afterlook.sharepoint.text_budget import QueryThrottled
from afterlook.store.workmanagement import provider_items, refreshes
from afterlook.store.workmanagement.rows import ProviderItemRow
from afterlook.workmanagement.refresh import reader as refresh_reader
from tests.sharepoint.om.client import Client, Request, Result
from tests.support.exchange_sync import Sides
from tests.support.provider_lists import PROJECTS, ProviderFixture

HOST = "https://host"
"""What the client asks."""

TITLE, DUE, START, DESCRIPTION, EDIT_URL, COMPLETED = 21, 5, 28, 4, 6, 13
PROMOTE = "PromotePersonalTaskToProviderTaskInLocation"
CREATE_AND_PROMOTE = "CreatePersonalTaskAndPromoteToProviderTask"


@pytest.fixture
def providers(client: Client) -> ProviderFixture:
    """Return the sites of the client's user."""
    return ProviderFixture(client.store, client.mailbox)


@pytest.fixture
def number(providers: ProviderFixture) -> int:
    """Return a list with one task of the user's, which has been aggregated."""
    number = providers.make("Our tasks")
    providers.put(number, "Theirs")
    providers.begin()
    return number


def item_of(providers: ProviderFixture, number: int, item: int = 1) -> ProviderItemRow | None:
    with providers.store.read_session(providers.mailbox) as session:
        return provider_items.get(session, number, item)


def update(client: Client, field: int, value: str | None, key: int = 1) -> Result:
    return client.write("UpdateTaskWithLocalizedValue", key, field, value)


def refreshed(client: Client, key: int = 1) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Read one task from its source; return what is told, and the task."""
    request = Request()
    told = request.method(request.session("SortableSession"), "RefreshSingleTask", key)
    outcome, task = request.query(told), request.query(request.property(told, "Result"))
    answers = client.send(request.xml())
    return answers[outcome], answers[task]


def test_a_task_of_a_site(client: Client, number: int) -> None:
    (task,) = client.read()

    assert (task["Name"], task["IsPersonal"], task["IsReadOnly"]) == ("Theirs", False, False)
    assert task["LocationId"] == 2
    assert task["EditUrl"] == f"{HOST}/sites/a/Lists/Our%20tasks/EditForm.aspx?ID=1"
    assert json.loads(task["SerializedCustomDataForClient"]) == {
        "webPath": "/sites/a",
        "webName": "a",
        "listViewPath": "/sites/a/Lists/Our%20tasks/AllItems.aspx",
        "listName": "Our tasks",
        "id": 1,
        "isWorkflowTask": False,
    }


def test_a_task_of_a_project(client: Client, providers: ProviderFixture) -> None:
    """It can be read and written, not deleted."""
    project = providers.make("Move", PROJECTS)
    item = providers.put(project, "Pack")
    providers.begin()
    (task,) = client.read()

    data = json.loads(task["SerializedCustomDataForClient"])
    assert data["isProjectServerTask"] is True
    assert (data["taskData"]["pwaUrl"], data["taskData"]["assnUid"]) == (HOST + PROJECTS, item.guid)
    assert str(UUID(data["taskData"]["taskUid"])) == data["taskData"]["taskUid"]
    guid = providers.get(project).guid
    assert task["EditUrl"] == f"{HOST}{PROJECTS}/TaskDetails.aspx?proj={guid}&assn={item.guid}"
    assert client.write("DeleteTask", 1).error == 14
    assert update(client, COMPLETED, "1").error == 0
    changed = item_of(providers, project)
    assert changed is not None
    assert (changed.percent, changed.status) == (1.0, "Completed")


@pytest.mark.parametrize(
    ("field", "value", "name", "expected"),
    [
        (TITLE, "Ours", "title", "Ours"),
        (DESCRIPTION, "Text", "body", "Text"),
        (START, "1/2/2012", "start", None),
        (DUE, "1/2/2012", "due", None),
        (COMPLETED, "1", "status", "Completed"),
    ],
)
def test_writing_through(
    client: Client,
    providers: ProviderFixture,
    number: int,
    field: int,
    value: str,
    name: str,
    expected: Any,
) -> None:
    """What is written on the list is written at the source, and is nothing new to a refresh."""
    result = update(client, field, value)
    item = item_of(providers, number)
    assert (result.error, result.task) == (0, client.read()[0])
    assert item is not None
    assert item.version == 2
    written = getattr(item, name)
    assert written == (expected or written)
    assert written

    before = client.read()
    assert refreshed(client)[1] == before[0]


def test_what_the_source_does_not_take(
    client: Client, providers: ProviderFixture, number: int
) -> None:
    assert update(client, EDIT_URL, "Other.aspx").error == 14
    assert update(client, TITLE, "").error == 12
    providers.take_down(number)
    assert update(client, TITLE, "Other").error == 7
    assert client.write("DeleteTask", 1).error == 7
    assert client.names() == ["Theirs"]


def test_a_list_that_cannot_be_asked(
    client: Client, providers: ProviderFixture, number: int
) -> None:
    """Cannot be written to by REST either."""
    providers.take_down(number)
    context = RequestContext(
        client.store.for_client(client.mailbox), client.mailbox, "https://host"
    )
    with pytest.raises(Unavailable):
        asyncio.run(
            list_items.write(
                context, lambda session: list_items.reload(session, providers.get(number))
            )
        )


def test_nobody_writes_over_what_they_have_not_seen(
    client: Client, providers: ProviderFixture, number: int
) -> None:
    """The one who wrote a field first wins, and the other is shown it; other fields are free."""
    providers.change(number, 1, title="Changed", due=None)
    result = update(client, TITLE, "Mine")
    assert result.error == 4
    assert result.task is not None
    assert result.task["Name"] == "Changed"

    assert update(client, TITLE, "Mine").error == 0
    providers.change(number, 1, body="Changed")
    result = update(client, TITLE, "Mine again")
    assert result.error == 0
    assert result.task is not None
    assert result.task["Description"] == "Changed"


def test_a_source_that_is_gone(client: Client, providers: ProviderFixture, number: int) -> None:
    providers.delete(number, 1)
    assert update(client, TITLE, "Mine").error == 3
    told, task = refreshed(client)

    assert (told["RefreshState"], told["ErrorCorrelationId"], task) == (3, None, None)
    assert client.read() == []


@pytest.mark.parametrize("name", ["UpdateTaskWithLocalizedValue", "DeleteTask"])
def test_what_is_assigned_to_somebody_else(
    client: Client, providers: ProviderFixture, number: int, name: str
) -> None:
    """It is nobody else's to write, though it is on the list until a refresh."""
    providers.change(number, 1, assigned=[2])
    values = [TITLE, "Mine"] if name.startswith("Update") else []
    assert client.write(name, 1, *values).error == 3
    item = item_of(providers, number)

    assert item is not None
    assert (item.title, item.version) == ("Theirs", 2)


def test_deleting(client: Client, providers: ProviderFixture, number: int) -> None:
    """Nothing is left of it that a refresh would have to be told of."""
    assert client.write("DeleteTask", 1).error == 0
    assert client.read() == []
    assert item_of(providers, number) is None
    assert providers.get(number).items == 0
    with providers.store.read_session(providers.mailbox) as session:
        assert provider_items.list_changed(session, number, 0, 10) == []


def test_refreshing_one(client: Client, providers: ProviderFixture, number: int) -> None:
    providers.change(number, 1, title="Changed")
    providers.put(number, "Another")
    told, task = refreshed(client)
    assert (told["RefreshState"], task) == (3, client.read()[0])
    assert client.names() == ["Changed"]

    providers.take_down(number)
    told, task = refreshed(client)
    assert (told["RefreshState"], task) == (4, client.read()[0])
    assert len(told["ErrorCorrelationId"]) == 36


def test_what_is_the_users_own(client: Client, providers: ProviderFixture, number: int) -> None:
    """Pins, marks and the place in the list outlast what the source says."""
    client.write("PinTask", 1)
    client.write("AddAttributeToTask", 1, "mark")
    client.create("Mine")
    client.ask("UserOrderedSession", "ReorderTask", 1, -1, scalar=True)
    providers.change(number, 1, title="Changed")
    _, task = refreshed(client)

    assert task is not None
    assert (task["PinAge"], task["CustomAttributes"]) == (1, ["mark"])
    assert client.names() == ["Changed", "Mine"]
    moved = client.ask(
        "LocationOrientedUserOrderedSession", "MovePersonalTaskToLocation", 1, -1, scalar=True
    )
    assert moved is False


def test_tasks_of_a_workflow(client: Client, providers: ProviderFixture, number: int) -> None:
    """Their form must be filled in, so they are read-only here."""
    providers.change(number, 1, is_workflow=True)
    _, task = refreshed(client)

    assert task is not None
    assert task["IsReadOnly"] is True
    assert json.loads(task["SerializedCustomDataForClient"])["isWorkflowTask"] is True
    assert update(client, TITLE, "Mine").error == 14


def test_promoting(client: Client, providers: ProviderFixture, number: int) -> None:
    """A copy is made in the list, and the task is then its pointer."""
    given = {"description": "Text", "start": "1/1/2012", "due": "1/2/2012"}
    key = client.create("Mine", **given, completed=True, pinned=True)
    dates = [client.read()[0][name] for name in ("StartDate", "DueDate")]
    result = client.write(PROMOTE, key, 2)
    item = item_of(providers, number, 2)

    assert (result.error, result.task) == (0, client.read()[0])
    assert result.task is not None
    assert item is not None
    assert (item.title, item.body, item.assigned, item.status) == (
        *("Mine", "Text", ",1,", "Completed"),
    )
    assert (result.task["Id"], result.task["IsPersonal"], result.task["PinAge"]) == (key, False, 1)
    assert result.task["LocationId"] == 2
    assert [result.task["StartDate"], result.task["DueDate"]] == dates
    assert NO_DATE not in dates
    assert client.write(PROMOTE, key, 2).error == 15
    assert refreshed(client, key)[1] == result.task


def test_promoting_into_what_has_expired(
    client: Client, clock: FrozenClock, providers: ProviderFixture, number: int
) -> None:
    """A place where somebody puts a task is in use again."""
    client.create("Mine")
    clock.instant = Instant(clock.instant + 200 * TICKS_PER_DAY)

    def listed() -> list[int]:
        answer = client.ask("UserSettingsManager", "GetAllLocations")
        return [location["Id"] for location in answer["_Child_Items_"]]

    assert listed() == [-1]
    assert client.write(PROMOTE, 2, 2).error == 0
    assert listed() == [-1, 1, 2]


def test_creating_and_promoting(client: Client, providers: ProviderFixture, number: int) -> None:
    result = client.write(CREATE_AND_PROMOTE, "New", None, None, "1/2/2012", False, False, 2)

    assert result.error == 0
    assert result.task is not None
    assert (result.task["IsPersonal"], result.task["LocationId"]) == (False, 2)
    assert item_of(providers, number, 2) is not None


def test_promoting_that_fails(
    client: Client, providers: ProviderFixture, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The personal task stays: there is no list, it is a project, it is full, or down."""
    providers.put(providers.make("Move", PROJECTS), "Pack")
    with providers.store.write_session(providers.mailbox) as session:
        refresh_reader.read_portion(session, providers.latest())
    key = client.create("Mine")
    for location in (1, 3, 4):
        assert client.write(PROMOTE, key, location).error == 16
    monkeypatch.setattr("afterlook.workmanagement.providers.items.MAX_ITEMS", 1)
    assert client.write(PROMOTE, key, 2).error == 16
    monkeypatch.undo()
    providers.take_down(number)
    result = client.write(CREATE_AND_PROMOTE, "Also", None, None, None, False, False, 2)
    assert result.error == 16
    assert result.task is not None
    assert result.task["IsPersonal"] is True
    assert client.names()[:2] == ["Also", "Mine"]


def test_callout(client: Client, providers: ProviderFixture, number: int) -> None:
    """Who else has the task, what it is part of, and what it hangs together with."""
    for title in ("Whole", "Part", "Before"):
        providers.put(number, title, assigned=[])
    providers.change(number, 3, parent=2)
    for other in range(5, 12):
        providers.put(number, f"Other {other}", assigned=[])
    providers.change(number, 1, parent=3, predecessors=[4, 5], assigned=[1, 7, 2])
    providers.delete(number, 5)
    providers.put(number, "After", assigned=[], predecessors=[11, 1])
    providers.put(number, "Not after", assigned=[], predecessors=[11])
    callout = client.ask("SortableSession", "GetCalloutInfo", 1)

    assert callout["Contacts"] == ["User 7", "User 2"]
    assert callout["Hierarchy"] == ["Whole", "Part"]
    assert (callout["Predecessors"], callout["Successors"]) == (["Before"], ["After"])
    assert (callout["Title"], callout["DirectLinkTitle"]) == ("a: Our tasks", "a: Our tasks")
    assert callout["DirectLinkUrl"] == f"{HOST}/sites/a/Lists/Our%20tasks/AllItems.aspx"
    assert callout["Url"] == f"{HOST}/sites/a/Lists/Our%20tasks/EditForm.aspx?ID=1"

    providers.change(number, 2, parent=1)
    again = client.ask("SortableSession", "GetCalloutInfo", 1)
    assert again["Hierarchy"] == ["Whole", "Part"]


def test_status_and_health_of_a_refresh(client: Client, providers: ProviderFixture) -> None:
    number = providers.make()
    providers.put(number, "Task")
    providers.put(number, "Done", checkmark=True)
    client.ask("SortableSession", "BeginCacheRefresh")
    providers.take_down(number)
    request = Request()
    session = request.session("SortableSession")
    status = request.method(session, "GetRefreshStatus", 1)
    changes, statuses = (
        request.query(request.property(status, name), items=True)
        for name in ("TaskChangesByLocation", "ProviderStatuses")
    )
    health = request.method(session, "GetRefreshHealthInfo")
    told = request.query(health)
    errors = request.query(request.property(health, "ProviderErrors"), items=True)
    answers = client.send(request.xml())

    (change,) = answers[changes]["_Child_Items_"]
    assert {name: value for name, value in change.items() if name[0] != "_"} == {
        "ActiveAddedCount": 1,
        "AddedCount": 2,
        "RemovedCount": 0,
        "RootLocationId": 1,
        "UpdatedCount": 0,
    }
    (provider,) = answers[statuses]["_Child_Items_"]
    assert (provider["ProviderKey"], provider["ProviderLocalizedName"]) == ("SharePoint",) * 2
    assert provider["RootLocationId"] == 1
    assert provider["RefreshStarted"].tzinfo is provider["RefreshFinished"].tzinfo is UTC
    assert (answers[told]["NewTasks"], answers[told]["Succeeded"]) == (2, True)
    assert answers[errors]["_Child_Items_"] == []


def test_provider_errors(client: Client, providers: ProviderFixture, number: int) -> None:
    providers.take_down(number)
    with providers.store.write_session(providers.mailbox) as session:
        refreshes.delete_until(session, 1)
    client.ask("SortableSession", "BeginCacheRefresh")
    request = Request()
    health = request.method(request.session("SortableSession"), "GetRefreshHealthInfo")
    told = request.query(health)
    errors = request.query(request.property(health, "ProviderErrors"), items=True)
    answers = client.send(request.xml())

    assert answers[told]["Succeeded"] is False
    (error,) = answers[errors]["_Child_Items_"]
    assert (error["LocalizedName"], error["LastSuccessfulRefresh"]) == ("SharePoint", NO_DATE)
    assert isinstance(error["CorrelationId"], str)
    assert isinstance(error["LastSuccessfulRefresh"], datetime)


def test_every_write_error(
    client: Client, providers: ProviderFixture, number: int, clock: FrozenClock
) -> None:
    """Each of the sixteen is answered to somebody."""
    project = providers.make("Project", PROJECTS)
    down = providers.make("Down")
    for source in (project, down):
        providers.put(source, "Task")
    clock.instant = Instant(clock.instant + TICKS_PER_DAY)
    providers.begin()
    providers.take_down(down)
    provided = {task.location: task.id for task in providers.tasks()}
    of_site, of_project, of_down = (
        providers.get(source).location or 0 for source in (number, project, down)
    )
    own, gone = client.create("Own"), client.create("Gone")
    client.write("DeleteTask", gone)
    providers.change(number, 1, title="Changed meanwhile")
    many = client.create("Many attributes")
    for index in range(100):
        client.write("AddAttributeToTask", many, str(index))

    outcomes = [
        update(client, TITLE, "x", key=999),
        update(client, 0, "x", key=own),
        update(client, TITLE, "x", key=gone),
        update(client, TITLE, "x", key=provided[of_site]),
        client.write("AddAttributeToTask", many, "x"),
        client.create_whole("x", location=999),
        update(client, TITLE, "x", key=provided[of_down]),
        client.create_whole("x", due="tomorrow"),
        client.create_whole("x", start="tomorrow"),
        client.create_whole("x", description="x" * 64_000),
        update(client, COMPLETED, "perhaps", key=own),
        client.create_whole(" "),
        client.create_whole("x", url="not an address"),
        client.write("DeleteTask", provided[of_project]),
        client.write(PROMOTE, provided[of_site], of_site),
        client.write(PROMOTE, own, of_project),
    ]
    assert [result.error for result in outcomes] == list(range(1, 17))
    assert all(result.message for result in outcomes)


def test_exchange_is_a_provider_of_who_has_opted_in(
    client: Client, providers: ProviderFixture, clock: FrozenClock
) -> None:
    """A refresh synchronises with it, and tells so; without it nothing is told."""
    sides = Sides(client.store, client.mailbox)
    sides.post(subject="Posted")
    providers.put(providers.make(), "Task")
    assert [one["ProviderKey"] for one in statuses(client)] == ["SharePoint"]
    sides.opt_in()
    sides.post(subject="Posted later")
    clock.instant = Instant(clock.instant + TICKS_PER_DAY)
    site, exchange = statuses(client)
    assert site["ProviderKey"] == "SharePoint"
    assert (exchange["ProviderKey"], exchange["ProviderLocalizedName"]) == ("Exchange", "Exchange")
    assert (exchange["RootLocationId"], exchange["RefreshFinished"]) == (
        -1,
        to_datetime(clock.instant).replace(microsecond=0),
    )
    assert "Posted later" in providers.names()


def statuses(client: Client) -> list[dict[str, Any]]:
    """Refresh; return what is told of the providers."""
    request = Request()
    session = request.session("SortableSession")
    request.query(request.method(session, "BeginCacheRefresh"))
    history = request.method(session, "GetRefreshHistory", NO_DATE)
    request.query(request.property(history, "Refreshes"), items=True)
    client.send(request.xml())
    with client.store.read_session(client.mailbox) as reading:
        latest = refreshes.get_latest(reading)
    assert latest is not None
    request = Request()
    session = request.session("SortableSession")
    result = request.method(session, "GetRefreshStatus", latest.id)
    number = request.query(request.property(result, "ProviderStatuses"), items=True)
    whole = request.query(result)
    answers = client.send(request.xml())
    assert answers[whole]["AggregatorRefreshState"] == 3
    assert answers[whole]["CorrelationId"] is None
    answer: list[dict[str, Any]] = answers[number]["_Child_Items_"]
    return answer


def test_a_task_of_exchange_is_read_from_its_source(client: Client) -> None:
    """One task by itself: what has changed there is here, and what is gone is gone."""
    sides = Sides(client.store, client.mailbox)
    first, second = sides.post(subject="First"), sides.post(subject="Second")
    sides.opt_in()
    keys = {task.name: key for key, task in sides.listed.items()}
    sides.patch(first, subject="Changed")
    sides.remove(second)
    told, task = refreshed(client, keys["First"])
    assert told["RefreshState"] == 3
    assert task is not None
    assert task["Name"] == "Changed"
    told, task = refreshed(client, keys["Second"])
    assert (told["RefreshState"], told["ErrorCorrelationId"], task) == (3, None, None)
    assert sides.listed.keys() == {keys["First"]}
    sides.opt_out()
    sides.patch(first, subject="Not heard of")
    told, task = refreshed(client, keys["First"])
    assert task is not None
    assert task["Name"] == "Changed"


def test_callouts_are_whole(client: Client, providers: ProviderFixture) -> None:
    """However many tasks one is related to, and however deep it lies."""
    number = providers.make()
    count = 150
    for index in range(1, count + 1):
        providers.put(number, str(index), parent=index - 1 or None, predecessors=[1] * (index > 1))
    providers.begin()
    key = next(task.id for task in providers.tasks() if task.name == str(count))
    one = next(task.id for task in providers.tasks() if task.name == "1")
    answer = client.ask("SortableSession", "GetCalloutInfo", key)
    assert answer["Hierarchy"] == [str(index) for index in range(1, count)]
    answer = client.ask("SortableSession", "GetCalloutInfo", one)
    assert answer["Successors"] == [str(index) for index in range(2, count + 1)]
    providers.change(number, 1, parent=3)
    answer = client.ask("SortableSession", "GetCalloutInfo", one)
    assert answer["Hierarchy"] == ["2", "3"]


def test_a_callout_that_is_too_long(
    client: Client, providers: ProviderFixture, monkeypatch: Any
) -> None:
    number = providers.make()
    for index in range(5):
        providers.put(number, "x" * 255, predecessors=[1] * (index > 0))
    providers.begin()
    monkeypatch.setattr(text_budget, "MAX_TEXT", 500 + 4 * 257)
    assert client.ask("SortableSession", "GetCalloutInfo", 1) is not None
    monkeypatch.setattr(text_budget, "MAX_TEXT", 500 + 4 * 257 - 1)
    with pytest.raises(QueryThrottled):
        client.ask("SortableSession", "GetCalloutInfo", 1)

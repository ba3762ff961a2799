"""UserSettingsManager: what a user sets, and where tasks come from."""

from typing import Any

import pytest

from afterlook.csom.errors import InvalidClientQuery, WrongFormat
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.sharepoint.om.declarations import NO_DATE
from afterlook.sharepoint.om.errors import ArgumentMissing, OutOfRange
from tests.sharepoint.om import rows
from tests.sharepoint.om.client import Client, Request
from tests.sharepoint.om.rows import PERSONAL

MANAGER = "UserSettingsManager"
DEFAULTS = {
    "DaysAfterCurrentDateTimelineEnds": 21,
    "DaysATaskIsConsideredNewTask": 7,
    "DaysBeforeCurrentDateTimelineStarts": 7,
    "ImportantLocationIds": [],
    "ImportantTasksLimit": 30,
    "InactiveMonthsBeforeLocationExpiration": 6,
    "LateTasksLimit": 30,
    "OldTasksLimit": -1,
    "UpcomingTasksLimit": 14,
}
PERSISTED = {
    "FilteredLocationIds": [],
    "GroupByProjects": False,
    "HasShownMarkAsImportantCallout": False,
    "HasShownTaskListTooLongNotification": False,
    "QuickLaunchLandingPage": None,
}


def put(client: Client, settings: dict[str, Any] | None, colors: Any = None) -> None:
    """Set settings, and colours by the ids of locations."""
    request = Request()
    given = None if settings is None else request.make("UserSettings", **(DEFAULTS | settings))
    if isinstance(colors, dict):
        colors = [request.make("Location", Id=key, Color=colors[key]) for key in colors]
    request.call(request.make(MANAGER), "SetUserSettings", given, colors)
    assert all(value == {"IsNull": False} for value in client.send(request.xml()).values())


def locations(client: Client, name: str, *values: Any) -> dict[int, dict[str, Any]]:
    """Return locations by their ids."""
    items = client.ask(MANAGER, name, *values)["_Child_Items_"]
    return {item["Id"]: item for item in items}


def test_settings(client: Client) -> None:
    """The defaults, and what was set instead of them."""
    name = {"_ObjectType_": "SP.WorkManagement.OM.UserSettings"}
    assert client.ask(MANAGER, "GetUserSettings") == name | DEFAULTS
    changed = dict.fromkeys(DEFAULTS, 5) | {"ImportantLocationIds": [3, 1]}
    put(client, changed)

    assert client.ask(MANAGER, "GetUserSettings") == name | changed
    put(client, {"ImportantLocationIds": None, "OldTasksLimit": 0})
    assert client.ask(MANAGER, "GetUserSettings") == name | DEFAULTS | {"OldTasksLimit": 0}


@pytest.mark.parametrize("value", [-(2**31), -2, 0, 36_501, 2**31 - 1])
@pytest.mark.parametrize("name", [name for name in DEFAULTS if name != "ImportantLocationIds"])
def test_settings_take_any_int32(client: Client, name: str, value: int) -> None:
    """And whatever is asked with one, there is an answer."""
    put(client, {name: value})
    assert client.ask(MANAGER, "GetUserSettings")[name] == value
    client.create("Task", pinned=True)
    assert len(client.read()) == 1
    assert locations(client, "GetAllLocations") == {-1: PERSONAL}


@pytest.mark.parametrize("kind", ["LocationDisplaySetting", "Location"])
def test_colors_by_either_type(client: Client, kind: str) -> None:
    number = rows.location(client, "Site: List")
    request = Request()
    update = request.make(kind, Id=number, Color="112233")
    request.call(request.make(MANAGER), "SetUserSettings", request.make("UserSettings"), [update])
    client.send(request.xml())
    assert locations(client, "GetAllLocations")[number]["Color"] == "112233"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"ImportantLocationIds": list(range(1001))}, "ImportantLocationIds"),
    ],
)
def test_settings_out_of_range(client: Client, given: dict[str, Any], name: str) -> None:
    with pytest.raises(OutOfRange, match=name):
        put(client, given)
    assert client.ask(MANAGER, "GetUserSettings")["OldTasksLimit"] == -1


@pytest.mark.once
@pytest.mark.parametrize("color", ["red", "#12", "#GGGGGG", "url(x)"])
def test_colors_that_are_none(client: Client, color: str) -> None:
    with pytest.raises(OutOfRange, match="Color"):
        put(client, {}, {1: color})


def test_nothing_to_set(client: Client) -> None:
    with pytest.raises(ArgumentMissing, match="settings"):
        put(client, None)
    with pytest.raises(ArgumentMissing, match="persistedProperties"):
        client.ask(MANAGER, "SetPersistedProperties", None, scalar=True)
    with pytest.raises(WrongFormat):
        put(client, {}, ["#112233"])


def test_locations(client: Client) -> None:
    """The personal one is everybody's; colours and importance are set with the settings."""
    assert locations(client, "GetAllLocations") == {-1: PERSONAL}
    one, two = rows.location(client, "Site: One"), rows.location(client, "Site: Two")
    put(client, {"ImportantLocationIds": [two]}, {one: "#0072C6", two: None, 99: "FFF"})

    result = locations(client, "GetAllLocations")
    assert list(result) == [-1, one, two]
    assert result[one] == PERSONAL | {
        "Color": "#0072C6",
        "Id": one,
        "Important": False,
        "Name": "Site: One",
        "RootProviderKey": "SharePoint",
        "Url": f"https://host/sites/{one}",
    }
    assert (result[two]["Color"], result[two]["Important"]) == (None, True)
    assert list(locations(client, "GetImportantLocations")) == [-1, two]
    places = client.ask(MANAGER, "GetLocations", [two, 99, -1, two])["_Child_Items_"]
    assert [(item["Id"], item["Important"]) for item in places] == [(two, True), (-1, True)]
    assert locations(client, "GetLocations", [one])[one]["Important"] is False
    assert locations(client, "GetLocations", []) == locations(client, "GetLocations", None) == {}


def test_locations_expire(client: Client, clock: FrozenClock) -> None:
    """After so many months without a task, unless there is no such limit."""
    old = rows.location(client, "Old")
    clock.instant = Instant(clock.instant + 100 * TICKS_PER_DAY)
    new = rows.location(client, "New")

    assert list(locations(client, "GetAllLocations")) == [-1, old, new]
    put(client, {"InactiveMonthsBeforeLocationExpiration": 3})
    assert list(locations(client, "GetAllLocations")) == [-1, new]
    assert list(locations(client, "GetLocations", [old])) == [old]
    for unlimited in (-1, 0, 36_500):
        put(client, {"InactiveMonthsBeforeLocationExpiration": unlimited})
        assert list(locations(client, "GetAllLocations")) == [-1, old, new]


def test_what_is_new_follows_the_settings(client: Client, clock: FrozenClock) -> None:
    client.create("Task")
    put(client, {"DaysBeforeCurrentDateTimelineStarts": 30})
    clock.instant = Instant(clock.instant + 8 * TICKS_PER_DAY)
    new = {"type_": "BooleanCriterion", "CompareType": 1}
    query: dict[str, Any] = {"FieldFilter": {"type_": "TaskFilter", "IsNewCriterion": new}}
    assert client.names(**query) == []

    for days, expected in ((8, ["Task"]), (7, []), (0, ["Task"]), (-1, ["Task"])):
        put(client, {"DaysATaskIsConsideredNewTask": days})
        assert client.names(**query) == expected


def test_what_is_stale_follows_the_settings(client: Client, clock: FrozenClock) -> None:
    """By the limit on important tasks, and no other."""
    client.create("Task", pinned=True)
    clock.instant = Instant(clock.instant + 8 * TICKS_PER_DAY)
    others = {name: 1 for name in DEFAULTS if name.endswith("Limit")}

    for days, age in ((8, 1), (7, 2), (0, 1), (-1, 1)):
        put(client, others | {"ImportantTasksLimit": days})
        assert client.read()[0]["PinAge"] == age


def test_persisted_properties(client: Client) -> None:
    """They are written whole."""
    name = {"_ObjectType_": "SP.WorkManagement.OM.PersistedProperties"}
    assert client.ask(MANAGER, "GetPersistedProperties") == name | PERSISTED
    given = {
        "FilteredLocationIds": [-1, 2],
        "GroupByProjects": True,
        "HasShownMarkAsImportantCallout": True,
        "HasShownTaskListTooLongNotification": True,
        "QuickLaunchLandingPage": "AllTasks.aspx",
    }
    for values in (given, PERSISTED):
        request = Request()
        properties = request.make("PersistedProperties", **values)
        request.call(request.make(MANAGER), "SetPersistedProperties", properties)
        client.send(request.xml())
        assert client.ask(MANAGER, "GetPersistedProperties") == name | values


@pytest.mark.parametrize(
    ("name", "value"),
    [("QuickLaunchLandingPage", "x" * 256), ("FilteredLocationIds", list(range(1001)))],
)
def test_too_much_to_persist(client: Client, name: str, value: Any) -> None:
    request = Request()
    properties = request.make("PersistedProperties", **{name: value})
    request.call(request.make(MANAGER), "SetPersistedProperties", properties)
    with pytest.raises(OutOfRange, match=name):
        client.send(request.xml())


def test_settings_and_properties_do_not_mix(client: Client) -> None:
    """Nor does what is counted suffer from either."""
    client.create("Task")
    put(client, {"OldTasksLimit": 6})
    request = Request()
    properties = request.make("PersistedProperties", GroupByProjects=True)
    request.call(request.make(MANAGER), "SetPersistedProperties", properties)
    client.send(request.xml())

    assert client.ask(MANAGER, "GetUserSettings")["OldTasksLimit"] == 6
    assert client.ask(MANAGER, "GetPersistedProperties")["GroupByProjects"] is True
    assert client.create("Other") == 2


def test_exchange(client: Client) -> None:
    """Nobody is opted in at first; opting in is followed by a job."""
    state = {
        "_ObjectType_": "SP.WorkManagement.OM.ExchangeUserSyncState",
        "IsOptedIn": False,
        "LastEndTime": NO_DATE,
        "LastSyncResult": 0,
    }
    assert client.ask(MANAGER, "GetExchangeSyncInfo") == state
    assert client.ask(MANAGER, "OptOutOfExchangeSync", scalar=True) is True
    assert client.ask("SortableSession", "BeginExchangeSync", scalar=True) is False
    assert client.ask(MANAGER, "GetExchangeSyncInfo") == state
    assert client.ask(MANAGER, "OptIntoExchangeSync", scalar=True) == 1
    assert client.ask(MANAGER, "OptIntoExchangeSync", scalar=True) == 5
    assert client.ask(MANAGER, "IsExchangeJobPending", scalar=True) is False
    ended = client.ask(MANAGER, "GetExchangeSyncInfo")
    assert (ended["IsOptedIn"], ended["LastSyncResult"]) == (True, 1)
    assert ended["LastEndTime"] != NO_DATE


def test_what_is_read_only_cannot_be_set(client: Client) -> None:
    request = Request()
    state = request.method(request.make(MANAGER), "GetExchangeSyncInfo")
    request.actions.append(
        f'<SetProperty Id="99" ObjectPathId="{state.path}" Name="IsOptedIn">'
        '<Parameter Type="Boolean">true</Parameter></SetProperty>'
    )
    with pytest.raises(InvalidClientQuery):
        client.send(request.xml())

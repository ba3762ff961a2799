"""Metadata levels: none, minimal and full, by `Accept` and by `$format`."""

from typing import Any

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import WEEKLY, Json, call, expect_refusal
from tests.support.samples import utc
from tests.support.wire import Mailbox

NONE = "application/json;odata.metadata=none"
MINIMAL = "application/json;odata.metadata=minimal"
FULL = "application/json;odata.metadata=full"
READS = [
    "tasks",
    "tasks?$top=1",
    "tasks('{task}')",
    "tasks?$select=Subject",
    "taskfolders",
    "taskfolders('{folder}')",
    "taskfolders('{folder}')/tasks",
    "taskgroups",
    "taskgroups('{group}')",
    "taskgroups('{group}')/taskfolders",
    "/api/beta/me",
]
NAMESPACE = "#Microsoft.OutlookServices"


def _media_type(level: str) -> str:
    return (
        f"application/json;odata.metadata={level};odata.streaming=true;"
        "IEEE754Compatible=false;charset=utf-8"
    )


def _without_metadata(value: Any) -> Any:
    """Drop what `none` drops."""
    if isinstance(value, list):
        return [_without_metadata(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _without_metadata(part)
        for name, part in value.items()
        if "@odata." not in name or name.endswith((".nextLink", ".count", ".deltaLink"))
    }


def _formatted(address: str, format_: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}$format={format_}"


@pytest.mark.inferred("level.accept", "level.none", "level.named")
@pytest.mark.in_process
@pytest.mark.parametrize("address", READS)
def test_none(filled: Filled, address: str) -> None:
    minimal = filled.me.get(filled.at(address))
    none = filled.me.get(filled.at(address), Accept=NONE)

    assert none.status_code == 200
    assert none.headers.get_list("content-type") == [_media_type("none")]
    assert none.json() == _without_metadata(minimal.json())
    assert list(none.json()) == list(_without_metadata(minimal.json()))
    assert none.headers.get("ETag") == minimal.headers.get("ETag")


@pytest.mark.inferred("level.none")
def test_none_leads_on(filled: Filled) -> None:
    """The link to the next page stays, and that page is like this one."""
    filled.me.create("tasks", {"Subject": "second"})

    by_accept = filled.me.get("tasks?$top=1", Accept=NONE).json()
    assert sorted(by_accept) == ["@odata.nextLink", "value"]
    by_format = filled.me.get(_formatted("tasks?$top=1", NONE)).json()
    following = filled.me.get(by_format["@odata.nextLink"])
    assert following.headers["content-type"] == _media_type("none")
    assert [next(iter(one)) for one in following.json()["value"]] == ["Id"]


@pytest.mark.inferred("level.minimal", "level.named")
@pytest.mark.in_process
@pytest.mark.parametrize("address", READS)
def test_minimal(filled: Filled, address: str) -> None:
    plain = filled.me.get(filled.at(address))

    for asked in (
        filled.me.get(filled.at(address), Accept=MINIMAL),
        filled.me.get(filled.at(address), Accept="application/json"),
        filled.me.get(filled.at(address), Accept="application/json;odata=minimalmetadata"),
    ):
        assert asked.content == plain.content
        assert asked.headers.get_list("content-type") == [_media_type("minimal")]


@pytest.mark.inferred("level.full", "level.accept", "level.named")
@pytest.mark.in_process
@pytest.mark.parametrize("address", READS)
def test_full_only_adds(filled: Filled, address: str) -> None:
    """All that minimal has is there too, with the same values and in the same order."""
    minimal = filled.me.get(filled.at(address)).json()
    full = filled.me.get(filled.at(address), Accept=FULL)

    assert full.headers.get_list("content-type") == [_media_type("full")]
    _adds_to(minimal, full.json())


def _adds_to(minimal: Any, full: Any) -> None:
    if isinstance(minimal, dict):
        assert [name for name in full if name in minimal] == list(minimal)
        for name in set(full) - set(minimal):
            assert name[0] == "#" or "@odata." in name, name
        for name, value in minimal.items():
            if "$format" not in str(value):
                _adds_to(value, full[name])
    elif isinstance(minimal, list):
        assert len(full) == len(minimal)
        for one, other in zip(minimal, full, strict=True):
            _adds_to(one, other)
    else:
        assert full == minimal


@pytest.mark.inferred("level.full")
def test_full_task(filled: Filled) -> None:
    changes = {"Recurrence": WEEKLY, "Categories": ["Red"], "DueDateTime": utc("2016-04-25T00:00")}
    assert filled.me.patch(filled.at("tasks('{task}')"), changes).status_code == 200

    task = filled.me.get(filled.at("tasks('{task}')"), Accept=FULL).json()

    address = task["@odata.id"]
    assert list(task)[:6] == [
        "@odata.context",
        "@odata.type",
        "@odata.id",
        "@odata.etag",
        "@odata.editLink",
        "Id",
    ]
    assert task["@odata.type"] == f"{NAMESPACE}.Task"
    assert task["@odata.editLink"] == address
    assert {name: value for name, value in task.items() if name.endswith("@odata.type")} == {
        "@odata.type": f"{NAMESPACE}.Task",
        "CreatedDateTime@odata.type": "#DateTimeOffset",
        "LastModifiedDateTime@odata.type": "#DateTimeOffset",
        "Categories@odata.type": "#Collection(String)",
        "Importance@odata.type": f"{NAMESPACE}.Importance",
        "Sensitivity@odata.type": f"{NAMESPACE}.Sensitivity",
        "Status@odata.type": f"{NAMESPACE}.TaskStatus",
    }
    assert task["Body"] == {
        "@odata.type": f"{NAMESPACE}.ItemBody",
        "ContentType@odata.type": f"{NAMESPACE}.BodyType",
        "ContentType": "Text",
        "Content": "",
    }
    assert task["DueDateTime"]["@odata.type"] == f"{NAMESPACE}.DateTimeTimeZone"
    assert task["CompletedDateTime"] is None
    pattern = task["Recurrence"]["Pattern"]
    assert pattern["Interval@odata.type"] == "#Int32"
    days = "#Collection(Microsoft.OutlookServices.DayOfWeek)"
    assert pattern["DaysOfWeek@odata.type"] == days
    assert task["Recurrence"]["Range"]["StartDate@odata.type"] == "#Date"
    assert task[f"{NAMESPACE}.Complete"] == {
        "title": "Complete",
        "target": f"{address}/Microsoft.OutlookServices.Complete",
    }
    names = list(task)
    for name in names:
        if name.endswith("@odata.type") and name[0] != "@":
            assert names[names.index(name) + 1] == name.partition("@")[0]


@pytest.mark.inferred("level.full")
def test_what_full_offers_is_there(filled: Filled) -> None:
    """The edit link, the links to other entities, and the action."""
    for collection in ("tasks", "taskfolders", "taskgroups"):
        for entity in filled.me.get(collection, Accept=FULL).json()["value"]:
            _offers(filled.me, entity)
    user = filled.me.get("/api/beta/me", Accept=FULL).json()
    for name in ("Tasks", "TaskFolders", "TaskGroups"):
        assert filled.me.get(user[f"{name}@odata.navigationLink"]).status_code == 200


def _offers(me: Mailbox, entity: Json) -> None:
    address = entity["@odata.id"]
    assert me.get(entity["@odata.editLink"]).json()["Id"] == entity["Id"]
    for name in ("Tasks", "TaskFolders"):
        link = entity.get(f"{name}@odata.navigationLink")
        if link is not None:
            assert link == f"{address}/{name}"
            assert entity[f"{name}@odata.associationLink"] == f"{address}/{name}/$ref"
            assert me.get(link).status_code == 200
    if entity["@odata.type"] == f"{NAMESPACE}.Task":
        assert me.post(entity[f"{NAMESPACE}.Complete"]["target"]).status_code == 200


@pytest.mark.inferred("level.full")
def test_full_of_a_selection(filled: Filled) -> None:
    """Links and actions are not offered when they were not selected."""
    task = filled.me.get(filled.at("tasks('{task}')?$select=Status"), Accept=FULL).json()

    assert list(task) == [
        "@odata.context",
        "@odata.type",
        "@odata.id",
        "@odata.etag",
        "@odata.editLink",
        "Id",
        "Status@odata.type",
        "Status",
    ]


@pytest.mark.inferred("level.accept")
@pytest.mark.parametrize(("accept", "level"), [(NONE, "none"), (FULL, "full")])
def test_writes(filled: Filled, accept: str, level: str) -> None:
    """A representation that a write answers with has the level too."""
    for method, address, body in (
        ("POST", "tasks", {"Subject": "x"}),
        ("POST", "taskfolders", {"Name": level}),
        ("POST", "taskgroups", {"Name": level}),
        ("PATCH", "tasks('{task}')", {"Subject": "y"}),
        ("POST", "tasks('{task}')/complete", None),
    ):
        response = filled.me.send(method, filled.at(address), body, Accept=accept)
        assert response.headers.get_list("content-type") == [_media_type(level)]
        content = response.json()
        entity = content["value"][0] if "value" in content else content
        assert entity.get("@odata.type") == {
            "none": None,
            "full": f"{NAMESPACE}.{_type_of(address)}",
        }.get(level)
        assert ("@odata.context" in content) == (level == "full")


def _type_of(address: str) -> str:
    names = {"taskfolders": "TaskFolder", "taskgroups": "TaskGroup"}
    return names.get(address, "Task")


@pytest.mark.inferred("level.format")
@pytest.mark.once
@pytest.mark.parametrize("address", READS)
def test_format(filled: Filled, address: str) -> None:
    """`$format` chooses too, percent-encoded or not, and it outranks `Accept`."""
    at = filled.at(address)
    for format_, level in (
        ("json", "minimal"),
        ("application/json", "minimal"),
        (NONE, "none"),
        (FULL.replace("/", "%2F").replace(";", "%3B").replace("=", "%3D"), "full"),
    ):
        response = filled.me.get(_formatted(at, format_), Accept=FULL if level != "full" else NONE)
        assert response.status_code == 200
        assert response.headers.get_list("content-type") == [_media_type(level)]


@pytest.mark.inferred("level.format-refused")
@pytest.mark.once
@pytest.mark.parametrize("address", [*READS, "/api/beta/", "/api/beta/$metadata"])
def test_format_that_there_is_not(filled: Filled, address: str) -> None:
    for format_ in ("atom", "text/html", "application/json%3Bodata%3Dverbose", ""):
        if "$metadata" in address and "json" in format_:
            continue
        response = filled.me.get(_formatted(filled.at(address), format_))
        expect_refusal(response, 415, "ErrorUnsupportedMediaType", "application/json")
    if "$metadata" not in address:
        response = filled.me.get(_formatted(filled.at(address), "xml"))
        expect_refusal(response, 415, "ErrorUnsupportedMediaType", "'xml'")


@pytest.mark.inferred("level.lenient")
@pytest.mark.once
@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "application/xml",
        "application/atom+xml;odata.metadata=full",
        "application/json;odata=verbose",
        "application/json;odata.metadata=some",
        "",
    ],
)
def test_accept_that_rules_us_out(filled: Filled, accept: str) -> None:
    at = filled.at("tasks('{task}')")
    response = call(filled.me, "GET", at, headers=[("Accept", accept)])

    assert response.status_code == 200
    assert response.content == filled.me.get(at).content
    assert response.headers.get_list("content-type") == [_media_type("minimal")]


@pytest.mark.inferred("level.accept")
def test_accept_of_many_lines(filled: Filled) -> None:
    """Lines of one name are one list."""
    lines = [("Accept", "text/plain"), ("Accept", f"{MINIMAL};q=0.5"), ("Accept", NONE)]
    response = call(filled.me, "GET", "tasks", headers=lines)

    assert response.headers["content-type"] == _media_type("none")

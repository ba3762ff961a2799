"""Properties at an address of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

from afterlook.odata.edm import EntityType
from afterlook.outlook.edm import TASK, TASK_FOLDER, TASK_GROUP
from tests.support.mailboxes import Filled, Person
from tests.support.outlook import FULL, ONE_DAY, WEEKLY, everything, expect_refusal, key, prefer

PLACES: list[tuple[str, str, EntityType]] = [
    ("tasks('{task}')", "Tasks('{task}')", TASK),
    (
        "taskfolders('{folder}')/tasks('{task}')",
        "TaskFolders('{folder}')/Tasks('{task}')",
        TASK,
    ),
    ("taskfolders('{folder}')", "TaskFolders('{folder}')", TASK_FOLDER),
    (
        "taskgroups('{group}')/taskfolders('{folder}')",
        "TaskGroups('{group}')/TaskFolders('{folder}')",
        TASK_FOLDER,
    ),
    ("taskgroups('{group}')", "TaskGroups('{group}')", TASK_GROUP),
]


def members(value: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Walk through an entity's members and their parts, annotations aside."""
    for name, inner in value.items():
        if name.startswith("@"):
            continue
        yield f"{above}{name}", inner
        if isinstance(inner, dict):
            yield from members(inner, f"{above}{name}/")


@pytest.mark.spec("property.value", "property.context", "property.parts", "property.null")
@pytest.mark.in_process
@pytest.mark.parametrize(("address", "context", "of"), PLACES)
@pytest.mark.parametrize("body", [{}, FULL], ids=["bare", "full"])
def test_every_property(
    filled: Filled, address: str, context: str, of: EntityType, body: dict[str, object]
) -> None:
    """Each is what the entity has under its name, whatever the depth; a null is a 204."""
    filled.me.patch(filled.at("tasks('{task}')"), body)
    entity = filled.me.get(filled.at(address)).json()
    shown = dict(members(entity))
    assert {part.name for part in of} <= set(shown)

    for path, value in shown.items():
        response = filled.me.get(f"{filled.at(address)}/{path}")
        if value is None:
            assert (response.status_code, response.content) == (204, b""), path
            continue
        assert response.status_code == 200, response.text
        answer = response.json()
        told, fragment = answer.pop("@odata.context").split("#")
        assert told == entity["@odata.context"].partition("#")[0]
        assert fragment == f"Me/{filled.at(context)}/{path}".replace("=", "%3D")
        assert answer == (value if isinstance(value, dict) else {"value": value})


@pytest.mark.spec("property.null")
def test_parts_of_null(filled: Filled) -> None:
    task = filled.at("tasks('{task}')")
    for path in ("DueDateTime", "DueDateTime/DateTime", "Recurrence/Pattern/Interval"):
        response = filled.me.get(f"{task}/{path}")
        assert (response.status_code, response.content) == (204, b""), path
        assert "content-type" not in response.headers


@pytest.mark.inferred("property.case")
@pytest.mark.once
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("tasks('{task}')/subject", "Subject"),
        ("TASKS/{task}/SUBJECT/", "Subject"),
        ("tasks('{task}')/duedatetime/timezone", "DueDateTime/TimeZone"),
        ("tasks('{task}')/%53ubject", "Subject"),
        ("taskfolders/{folder}/NAME", "Name"),
        ("taskGroups/{group}/groupkey", "GroupKey"),
    ],
)
def test_spellings(filled: Filled, address: str, name: str) -> None:
    filled.me.patch(filled.at("tasks('{task}')"), {"DueDateTime": ONE_DAY})

    response = filled.me.get(filled.at(address))

    assert response.status_code == 200, response.text
    assert response.json()["@odata.context"].endswith(f"')/{name}")
    assert response.json()["value"]


@pytest.mark.inferred("property.zone")
def test_zone(filled: Filled) -> None:
    task, zone = filled.at("tasks('{task}')"), {"Prefer": prefer("Tokyo Standard Time")}
    entity = filled.me.patch(task, {"DueDateTime": ONE_DAY}, **zone).json()

    for path in ("DueDateTime/DateTime", "DueDateTime/TimeZone", "CreatedDateTime"):
        response = filled.me.get(f"{task}/{path}", **zone)
        first, _, part = path.partition("/")
        assert response.json()["value"] == (entity[first][part] if part else entity[first])
        assert response.headers["Preference-Applied"] == zone["Prefer"]
    assert entity["CreatedDateTime"].endswith("+09:00")


@pytest.mark.spec("property.context")
def test_of_a_named_user(person: Person) -> None:
    task = key(person.create("tasks", {"Subject": "mine"}))

    answer = person.get(f"/api/v2.0/users('{person.upn}')/tasks('{task}')/Subject").json()

    assert answer["value"] == "mine"
    fragment = f"Users('{person.upn}')/Tasks('{task}')/Subject".replace("=", "%3D")
    assert answer["@odata.context"].endswith(f"/api/v2.0/$metadata#{fragment}")


@pytest.mark.inferred("property.unknown")
@pytest.mark.once
@pytest.mark.parametrize(
    ("address", "segment"),
    [
        ("tasks('{task}')/Title", "Title"),
        ("tasks('{task}')/Name", "Name"),
        ("tasks('{task}')/DateTime", "DateTime"),
        ("tasks('{task}')/Subject/Title", "Title"),
        ("tasks('{task}')/Subject/DateTime", "DateTime"),
        ("tasks('{task}')/Body%2FContent", "Body/Content"),
        ("tasks('{task}')/Subject('x')", "Subject"),
        ("tasks('{task}')/Subject%0A", "Subject\n"),
        ("tasks('{task}')/@odata.id", "@odata.id"),
        ("taskfolders('{folder}')/Subject", "Subject"),
        ("taskfolders('{folder}')/GroupKey", "GroupKey"),
        ("taskgroups('{group}')/ParentGroupKey", "ParentGroupKey"),
        ("Subject", "Subject"),
    ],
)
def test_no_property(filled: Filled, address: str, segment: str) -> None:
    for method in ("GET", "POST", "PATCH"):
        response = filled.me.send(method, filled.at(address), {})
        expect_refusal(response, 400, "RequestBroker-ParseUri", f"for the segment '{segment}'")


@pytest.mark.inferred("property.entity")
@pytest.mark.once
def test_no_entity(filled: Filled) -> None:
    me, gone = filled.me, filled.at("tasks('{task}')")
    me.delete(gone)

    for address in (gone, filled.at("taskfolders('{folder}')/tasks('{task}')")):
        expect_refusal(me.get(f"{address}/Subject"), 404, "ErrorItemNotFound")
        expect_refusal(me.get(f"{address}/Body/Content/$value"), 404, "ErrorItemNotFound")
    for collection, name in (("tasks", "Subject"), ("taskfolders", "Name"), ("taskgroups", "Name")):
        expect_refusal(me.get(f"{collection}('x')/{name}"), 400, "ErrorInvalidIdMalformed")
    other = key(me.create("taskgroups", {"Name": "Empty"}))
    elsewhere = filled.at(f"taskgroups('{other}')/taskfolders('{{folder}}')/Name")
    expect_refusal(me.get(elsewhere), 404, "ErrorItemNotFound")


@pytest.mark.inferred("property.read-only")
@pytest.mark.once
@pytest.mark.parametrize("below", ["Subject", "Body", "Body/Content", "Subject/$value"])
def test_methods(filled: Filled, below: str) -> None:
    task, before = filled.at("tasks('{task}')"), everything(filled.me)

    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        response = filled.me.send(method, f"{task}/{below}", {"value": "changed"})
        expect_refusal(response, 405, "ErrorMethodNotAllowed", method)
        assert response.headers["Allow"] == "GET, HEAD"
    got, head = (filled.me.send(method, f"{task}/{below}") for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "odata-version", "etag"):
        assert head.headers[name] == got.headers[name]

    assert everything(filled.me) == before


@pytest.mark.inferred("property.value")
def test_headers_and_options(filled: Filled) -> None:
    task = filled.at("tasks('{task}')")

    response = filled.me.get(f"{task}/Subject")

    assert response.headers["ETag"] == filled.me.get(task).json()["@odata.etag"]
    assert filled.me.get(f"{task}/Subject?custom=1").status_code == 200
    expect_refusal(filled.me.get(f"{task}/Subject?$top=1"), 400, "ErrorInvalidUrlQuery", "top")


@pytest.mark.spec("property.parts")
def test_recurrence(filled: Filled) -> None:
    task = filled.at("tasks('{task}')")
    filled.me.patch(task, {"Recurrence": WEEKLY})

    interval = filled.me.get(f"{task}/recurrence/pattern/interval")
    days = filled.me.get(f"{task}/Recurrence/Pattern/DaysOfWeek")

    assert (interval.json()["value"], days.json()["value"]) == (2, ["Monday", "Friday"])


@pytest.mark.inferred("property.levels")
@pytest.mark.parametrize("by_accept", [True, False])
def test_metadata_levels(filled: Filled, by_accept: bool) -> None:
    """Without metadata there is no context; with all of it, the type that JSON does not tell."""
    task = filled.at("tasks('{task}')")
    filled.me.patch(task, {"DueDateTime": ONE_DAY, "Recurrence": WEEKLY})

    def at(level: str, name: str) -> dict[str, Any]:
        media_type = f"application/json;odata.metadata={level}"
        address = f"{task}/{name}" if by_accept else f"{task}/{name}?$format={media_type}"
        headers = {"Accept": media_type} if by_accept else {}
        response = filled.me.get(address, **headers)
        assert response.status_code == 200, response.text
        assert f"odata.metadata={level}" in response.headers["content-type"]
        return dict(response.json())

    due = filled.me.get(f"{task}/DueDateTime").json()
    context = due.pop("@odata.context")
    assert at("none", "Subject") == {"value": "Shop for dinner"}
    assert at("none", "DueDateTime") == due
    types = {
        "Subject": None,
        "Importance": "#Microsoft.OutlookServices.Importance",
        "Categories": "#Collection(String)",
        "CreatedDateTime": "#DateTimeOffset",
        "DueDateTime": "#Microsoft.OutlookServices.DateTimeTimeZone",
        "Recurrence/Pattern/Interval": "#Int32",
    }
    assert {name: at("full", name).get("@odata.type") for name in types} == types
    assert at("full", "DueDateTime")["@odata.context"] == context

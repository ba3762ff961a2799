"""What the service says of itself: `$metadata`, the service document, and its user."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from afterlook.odata import csdl
from tests.support.mailboxes import Filled, Person
from tests.support.outlook import FULL, PACIFIC, expect_refusal, prefer, values
from tests.support.wire import Mailbox, Wire
from tests.tools import metadata

pytestmark = pytest.mark.once

VERSIONS = pytest.mark.parametrize("version", ["beta", "v2.0", "Beta", "V2.0"])
XML = "application/xml;charset=utf-8"
JSON = "application/json;charset=utf-8"
PYTHON: dict[str, type] = {"Edm.Boolean": bool, "Edm.Int32": int}


@VERSIONS
@pytest.mark.inferred("metadata.document")
def test_metadata(me: Mailbox, version: str) -> None:
    response = me.get(f"/api/{version}/$metadata")

    assert response.status_code == 200
    assert response.headers.get_list("content-type") == [XML]
    assert response.headers.get_list("odata-version") == ["4.0"]
    assert response.headers.get_list("cache-control") == ["private"]
    assert response.text == metadata.FILE.read_text("utf-8")


@pytest.mark.inferred("metadata.document")
def test_what_it_declares(me: Mailbox) -> None:
    schema = ET.fromstring(me.get("/api/beta/$metadata").content)[0][0]
    declared = {(one.tag.partition("}")[2], one.attrib["Name"]) for one in schema}

    assert schema.attrib == {"Namespace": "Microsoft.OutlookServices"}
    for name in ("Entity", "Item", "User", "Task", "TaskFolder", "TaskGroup"):
        assert ("EntityType", name) in declared
    for name in ("DateTimeTimeZone", "ItemBody", "PatternedRecurrence"):
        assert ("ComplexType", name) in declared
    for name in ("Importance", "Sensitivity", "TaskStatus", "BodyType"):
        assert ("EnumType", name) in declared
    assert ("Action", "Complete") in declared
    assert ("EntityContainer", "EntityContainer") in declared


@pytest.mark.inferred("metadata.json")
@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        ("", "application/json", JSON),
        ("?$format=json", "application/xml", JSON),
        ("?$format=application/json", "*/*", JSON),
        ("", "application/xml", XML),
        ("", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", XML),
        ("?$format=xml", "application/json", XML),
    ],
)
def test_xml_or_json(me: Mailbox, query: str, accept: str, media_type: str) -> None:
    response = me.get(f"/api/beta/$metadata{query}", Accept=accept)

    assert response.status_code == 200
    assert response.headers.get_list("content-type") == [media_type]
    if media_type == JSON:
        document = response.json()
        assert document["$EntityContainer"] == "Microsoft.OutlookServices.EntityContainer"
        assert document["Microsoft.OutlookServices"]["EntityContainer"] == {
            "$Kind": "EntityContainer",
            "Users": {"$Collection": True, "$Type": "Microsoft.OutlookServices.User"},
            "Me": {"$Type": "Microsoft.OutlookServices.User"},
        }


@pytest.mark.inferred("metadata.addresses")
@pytest.mark.parametrize(
    "address", ["$Metadata", "$METADATA/", "%24metadata", "/$metadata", "$metadata?custom=1"]
)
def test_spellings(me: Mailbox, address: str) -> None:
    assert me.get(f"/api/beta/{address}").headers["content-type"] == XML


@pytest.mark.inferred("metadata.addresses")
@pytest.mark.parametrize(
    ("address", "segment"),
    [
        ("me/$metadata", "$metadata"),
        ("me/tasks/x/$metadata", "$metadata"),
        ("$metadata/x", "x"),
        ("metadata", "metadata"),
        ("$meta", "$meta"),
        ("me/me", "me"),
    ],
)
def test_elsewhere(me: Mailbox, address: str, segment: str) -> None:
    response = me.get(f"/api/beta/{address}")
    expect_refusal(response, 400, "RequestBroker-ParseUri", f"segment '{segment}'")


@pytest.mark.inferred("metadata.addresses")
@pytest.mark.parametrize("address", ["/api/beta", "/api/beta/", "/api/beta/$metadata"])
def test_read_only(me: Mailbox, address: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        response = me.send(method, address)
        expect_refusal(response, 405, "ErrorMethodNotAllowed", method)
        assert response.headers["Allow"] == "GET, HEAD"
    head = me.send("HEAD", address)
    assert (head.status_code, head.content) == (200, b"")
    for option in ("$top=1", "$select=Id", "$filter=x"):
        expect_refusal(
            me.get(f"{address}?{option}"), 400, "ErrorInvalidUrlQuery", option.split("=")[0]
        )


@pytest.mark.inferred("metadata.public")
@pytest.mark.parametrize("address", ["/api/beta/", "/api/beta/$metadata"])
def test_without_a_token(wire: Wire, address: str) -> None:
    """And whatever the token is."""
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "nonsense"}):
        assert wire.client.get(address, headers=headers).status_code == 200


@VERSIONS
@pytest.mark.inferred("metadata.service-document")
def test_service_document(me: Mailbox, version: str) -> None:
    for address in (f"/api/{version}", f"/api/{version}/", f"/API/{version}//"):
        response = me.get(address)
        assert response.status_code == 200
        assert response.json() == {
            "@odata.context": f"{me.wire.url}/api/{version.lower()}/$metadata",
            "value": [
                {"name": "Me", "kind": "Singleton", "url": "Me"},
                {"name": "Users", "kind": "EntitySet", "url": "Users"},
            ],
        }


@pytest.mark.inferred("metadata.service-document", "level.none")
def test_service_document_at_a_level(me: Mailbox) -> None:
    bare = me.get("/api/beta/", Accept="application/json;odata.metadata=none")
    assert list(bare.json()) == ["value"]
    assert "odata.metadata=none" in bare.headers["content-type"]
    full = me.get("/api/beta/?$format=application/json;odata.metadata=full")
    assert list(full.json()) == ["@odata.context", "value"]


@pytest.mark.observed("metadata.user")
def test_user(person: Person) -> None:
    mailbox = f"{person.oid}@{person.tid}"
    root = f"{person.wire.url}/api/beta"
    shown: dict[str, object] = {
        "@odata.id": f"{root}/Users('{mailbox}')",
        "Id": mailbox,
        "EmailAddress": person.upn,
        "DisplayName": person.create("tasks", {})["Owner"],
        "Alias": person.oid[:8],
    }
    for address, named in (("Me", "Me"), (f"users('{mailbox}')", f"Users('{mailbox}')")):
        response = person.get(f"/api/beta/{address}")
        assert response.status_code == 200
        assert response.json() == {"@odata.context": f"{root}/$metadata#{named}"} | shown
    chosen = person.get("/api/beta/me?$select=alias").json()
    assert list(chosen) == ["@odata.context", "@odata.id", "Id", "Alias"]
    assert chosen["@odata.context"] == f"{root}/$metadata#Me(Alias)"
    expect_refusal(person.get("/api/beta/users('nobody')"), 403, "ErrorAccessDenied")
    expect_refusal(person.get("/api/beta/users"), 400, "RequestBroker-ParseUri", "'users'")


@pytest.mark.inferred("metadata.truth")
def test_entities_are_as_declared(filled: Filled) -> None:
    """Whether they have everything or nothing."""
    types = filled.me.get("/api/beta/$metadata", Accept="application/json").json()
    schema = types["Microsoft.OutlookServices"]
    task = filled.me.create("tasks", FULL)
    filled.me.create("tasks", {})
    for address, name in (
        ("tasks", "Task"),
        ("taskfolders", "TaskFolder"),
        ("taskgroups", "TaskGroup"),
    ):
        for entity in values(filled.me.get(address, Prefer=prefer(PACIFIC))):
            _conforms(entity, name, schema)
    _conforms(filled.me.get("/api/beta/me").json(), "User", schema)
    assert task["Recurrence"]


def _conforms(value: dict[str, Any], type_: str, schema: dict[str, Any]) -> None:
    declared: dict[str, Any] = {}
    line: str | None = type_
    while line is not None:
        own = schema[line.rpartition(".")[2]]
        declared |= {
            name: one
            for name, one in own.items()
            if name[0] != "$" and one.get("$Kind") != "NavigationProperty"
        }
        line = own.get("$BaseType")
    assert {name for name in value if name[0] != "@"} == set(declared)
    for name, one in declared.items():
        if value[name] is None:
            assert one.get("$Nullable"), name
            continue
        for item in value[name] if one.get("$Collection") else [value[name]]:
            _is_a(item, one.get("$Type", "Edm.String"), schema)


def _is_a(value: Any, type_: str, schema: dict[str, Any]) -> None:
    if type_.startswith("Edm."):
        assert type(value) is PYTHON.get(type_, str)
        return
    named = schema[type_.rpartition(".")[2]]
    if named["$Kind"] == "EnumType":
        assert value in named
    else:
        _conforms(value, type_, schema)


@pytest.mark.inferred("metadata.csdl")
def test_namespaces(me: Mailbox) -> None:
    """Clients find their way by these names."""
    document = ET.fromstring(me.get("/api/v2.0/$metadata").content)
    assert document.tag == f"{{{csdl.EDMX}}}Edmx"
    assert document[0][0].tag == f"{{{csdl.EDM}}}Schema"

"""Attachments below /beta/me/outlook: docs/reference/graph.md §2."""

import pytest

from tests.graph.outlook.faces import Json, ask, in_graph, made, read, without_addresses
from tests.support.wire import Mailbox

_BASE = ["id", "contentType", "isInline", "lastModifiedDateTime", "name", "size"]
FILE: Json = {"@odata.type": "#microsoft.graph.fileAttachment", "name": "a.txt"}
FILE |= {"contentBytes": "aGFsbG8="}
LINK: Json = {"@odata.type": "#microsoft.graph.referenceAttachment", "name": "b"}
LINK |= {"sourceUrl": "https://contoso.example/b", "providerType": "oneDriveConsumer"}
LINK |= {"permission": "organizationEdit"}
MESSAGE: Json = {
    "@odata.type": "#microsoft.graph.message",
    "subject": "Größe",
    "importance": "high",
    "body": {"contentType": "html", "content": "<b>Normal</b>"},
    "toRecipients": [{"emailAddress": {"name": "Normal", "address": "a@contoso.example"}}],
    "flag": {"flagStatus": "notFlagged"},
    "singleValueExtendedProperties": [{"id": "String 0x1a", "value": "Subject"}],
    "attachments": [LINK],
}
ITEM: Json = {"@odata.type": "microsoft.graph.itemAttachment", "name": "c", "item": MESSAGE}
KINDS = [
    (FILE, ["contentBytes", "contentId", "contentLocation"]),
    (
        LINK,
        ["sourceUrl", "providerType", "thumbnailUrl", "previewUrl", "permission", "isFolder"],
    ),
    (ITEM, []),
]
NEW_EXPANSION = "?$expand=microsoft.graph.itemattachment/item"
OLD_EXPANSION = "?$expand=Microsoft.OutlookServices.ItemAttachment/Item"


@pytest.fixture
def at(me: Mailbox) -> str:
    """Return the address of the attachments of a task."""
    return f"tasks('{made(me, 'tasks', {'subject': 'x'})['id']}')/attachments"


@pytest.mark.spec("graph-outlook.attachments", "graph-outlook.members")
@pytest.mark.parametrize(("given", "members"), KINDS)
def test_kinds(me: Mailbox, at: str, given: Json, members: list[str]) -> None:
    entity = made(me, at, given)
    assert list(entity) == ["@odata.context", "@odata.type", *_BASE, *members]
    for name, value in given.items():
        if name != "item":
            assert entity[name].removeprefix("#") == value.removeprefix("#")
    one = f"{at}('{entity['id']}')"
    assert read(me, one) == entity
    assert without_addresses(entity) == in_graph(me.get(one).json())
    assert without_addresses(read(me, at)["value"]) == [without_addresses(entity)]
    assert ask(me, "DELETE", one).status_code == 204
    assert read(me, at)["value"] == []


@pytest.mark.spec("graph-outlook.attachments", "graph-outlook.same")
def test_items(me: Mailbox, at: str) -> None:
    """An item is kept as the Outlook API keeps it, and shown as Graph shows it, by both length."""
    one = f"{at}('{made(me, at, ITEM)['id']}')"
    response = ask(me, "GET", one + NEW_EXPANSION)
    assert response.json()["item"] == MESSAGE
    assert int(response.headers["Content-Length"]) == len(response.content)
    context = response.json()["item@odata.context"]
    assert context.endswith("/microsoft.graph.itemAttachment/item/$entity")
    kept = me.get(one + OLD_EXPANSION).json()["Item"]
    assert kept["Body"] == {"ContentType": "HTML", "Content": "<b>Normal</b>"}
    assert kept["SingleValueExtendedProperties"] == [
        {"PropertyId": "String 0x1a", "Value": "Subject"}
    ]
    assert kept["Attachments"][0]["@odata.type"] == "#Microsoft.OutlookServices.ReferenceAttachment"
    listed = read(me, at + NEW_EXPANSION)["value"]
    assert [each["item"] for each in listed] == [MESSAGE]
    task = at.removesuffix("/attachments")
    within = read(me, f"{task}?$expand=attachments($expand=microsoft.graph.itemattachment/item)")
    assert within["attachments"][0]["item"] == MESSAGE
    unknown = ask(me, "GET", one + OLD_EXPANSION)
    assert unknown.status_code == 400


@pytest.mark.spec("graph-outlook.attachments")
@pytest.mark.once
def test_written_back(me: Mailbox, at: str) -> None:
    """A task may come back with the attachments that it was read with."""
    for given, _ in KINDS:
        made(me, at, given)
    task = at.removesuffix("/attachments")
    expanded = f"{task}?$expand=attachments($expand=microsoft.graph.itemattachment/item)"
    whole = read(me, expanded)
    assert [each["item"] for each in whole["attachments"][2:]] == [MESSAGE]
    answer = ask(me, "PATCH", task, whole | {"subject": "y"})
    assert (answer.status_code, answer.json()["subject"]) == (200, "y")
    whole["attachments"][1]["permission"] = "view"
    refused = ask(me, "PATCH", task, whole)
    assert refused.status_code == 400
    assert "'attachments'" in refused.json()["error"]["message"]
    copied = made(me, "tasks", read(me, expanded))
    assert copied["hasAttachments"] is True


@pytest.mark.inferred("graph-outlook.attachments")
@pytest.mark.once
def test_large_contents(me: Mailbox, at: str) -> None:
    """What is sent in parts is sent whole, and an item is as long as was announced."""
    text = "ö" * 200_000
    item = ITEM | {"item": {"@odata.type": "#microsoft.graph.message", "subject": text}}
    one = f"{at}('{made(me, at, item)['id']}')"
    response = ask(me, "GET", one + NEW_EXPANSION)
    assert response.json()["item"]["subject"] == text
    assert int(response.headers["Content-Length"]) == len(response.content)
    bytes_ = "QUJD" * 100_000
    one = f"{at}('{made(me, at, FILE | {'contentBytes': bytes_})['id']}')"
    assert read(me, one)["contentBytes"] == bytes_
    assert ask(me, "GET", f"{one}/$value").content == b"ABC" * 100_000

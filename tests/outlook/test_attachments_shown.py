"""How attachments are shown: zones, metadata levels, and nothing at all."""

from datetime import datetime

import pytest

from tests.outlook.attaching import attach, attached, listed, new_task
from tests.support.attachments import ALL, EVENT, ITEMS, NOTICE, SPACE, file
from tests.support.outlook import Json, call, expect_refusal, key, prefer
from tests.support.wire import Mailbox

NONE = "application/json;odata.metadata=none"
FULL = "application/json;odata.metadata=full"
KINDS = ["file", "item", "reference"]


@pytest.mark.inferred("attached.zone")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("zone", "ending"),
    [("India Standard Time", "+05:30"), ("UTC", "Z"), ("Asia/Tokyo", "+09:00")],
)
def test_zones(me: Mailbox, zone: str, ending: str) -> None:
    """On every way to an attachment it is the same instant, to the second."""
    task = new_task(me)
    added = attach(me, task, NOTICE)
    header = {"Prefer": prefer(zone)}
    address = f"{task}/attachments('{key(added)}')"

    one = me.get(address, **header)
    shown = [
        one.json(),
        me.get(f"{task}/attachments", **header).json()["value"][0],
        me.get(f"{task}?$expand=Attachments", **header).json()["Attachments"][0],
        me.post(f"{task}/attachments", NOTICE, **header).json(),
    ]

    assert one.headers["preference-applied"] == prefer(zone)
    for each in shown:
        assert each["LastModifiedDateTime"].endswith(ending)
        assert "." not in each["LastModifiedDateTime"]
    instants = {each["LastModifiedDateTime"] for each in shown[:3]}
    assert len(instants) == 1
    instant = datetime.fromisoformat(instants.pop())
    assert instant == datetime.fromisoformat(str(added["LastModifiedDateTime"]))


@pytest.mark.inferred("attached.minimal")
@pytest.mark.in_process
@pytest.mark.parametrize("body", ALL, ids=KINDS)
def test_return_minimal(me: Mailbox, body: Json) -> None:
    """204, with the address by which it is found."""
    task = new_task(me)
    response = me.post(f"{task}/attachments", body, Prefer="return=minimal")

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["preference-applied"] == "return=minimal"
    assert response.headers["location"] == response.headers["odata-entityid"]
    assert me.get(response.headers["location"]).json()["Name"] == body["Name"]
    assert len(listed(me, task)) == 1


def _without_metadata(entity: Json) -> Json:
    return {name: value for name, value in entity.items() if "@odata." not in name}


@pytest.mark.inferred("attached.levels", "level.none")
@pytest.mark.in_process
@pytest.mark.parametrize("body", ALL, ids=KINDS)
def test_none(me: Mailbox, body: Json) -> None:
    """No annotation is left, and every property."""
    task = new_task(me)
    address = attached(me, task, body)

    plain = me.get(address).json()
    assert me.get(address, Accept=NONE).json() == _without_metadata(plain)
    [one] = me.get(f"{task}/attachments", Accept=NONE).json()["value"]
    assert one == _without_metadata(plain)
    [expanded] = me.get(f"{task}?$expand=Attachments", Accept=NONE).json()["Attachments"]
    assert expanded == one


@pytest.mark.inferred("attached.levels", "level.full")
def test_full(me: Mailbox) -> None:
    """The types that JSON does not tell, the links to edit by and to the item."""
    task = new_task(me)
    for body in ALL:
        attach(me, task, body)
    file_, item, link = me.get(f"{task}/attachments", Accept=FULL).json()["value"]

    for each in (file_, item, link):
        assert each["@odata.editLink"] == each["@odata.id"]
        assert each["LastModifiedDateTime@odata.type"] == "#DateTimeOffset"
        assert each["Size@odata.type"] == "#Int32"
    assert file_["ContentBytes@odata.type"] == "#Binary"
    assert file_["ContentBytes"] == NOTICE["ContentBytes"]
    assert item["Item@odata.navigationLink"] == f"{item['@odata.id']}/Item"
    assert link["ProviderType@odata.type"] == f"#{SPACE}.ReferenceAttachmentProvider"


@pytest.mark.inferred("attached.levels")
@pytest.mark.in_process
@pytest.mark.parametrize("accept", [NONE, FULL, "application/json"])
def test_items_at_each_level(me: Mailbox, accept: str) -> None:
    """As they were given: nothing is added inside, and nothing taken away but the sign."""
    task = new_task(me)
    address = attached(me, task, EVENT)
    given = {**EVENT["Item"], "@odata.type": f"#{SPACE}.Event"}

    assert me.get(f"{address}?$expand={ITEMS}", Accept=accept).json()["Item"] == given
    collection = me.get(f"{task}/attachments?$expand={ITEMS}", Accept=accept).json()
    assert collection["value"][0]["Item"] == given


@pytest.mark.inferred("attached.levels")
def test_full_with_expand(me: Mailbox) -> None:
    """The task and what is attached to it."""
    task = new_task(me)
    attach(me, task, file("a", b"\0\xff"))
    found = me.get(f"{task}?$expand=Attachments", Accept=FULL).json()

    [one] = found["Attachments"]
    assert one["@odata.type"] == f"#{SPACE}.FileAttachment"
    assert one["ContentBytes"] == "AP8="
    assert found["Attachments@odata.navigationLink"] == f"{found['@odata.id']}/Attachments"


@pytest.mark.inferred("attached.levels", "error.head")
@pytest.mark.parametrize("rest", ["", "/attachments", "?$expand=Attachments"])
def test_head(me: Mailbox, rest: str) -> None:
    """As GET without a body, its length among the headers."""
    task = new_task(me)
    attach(me, task, file("a", b"x" * 300_000))
    got, head = me.get(f"{task}{rest}"), call(me, "HEAD", f"{task}{rest}")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert int(got.headers["content-length"]) == len(got.content)


@pytest.mark.inferred("attached.value", "option.unsupported")
@pytest.mark.once
def test_format(me: Mailbox) -> None:
    """`$format` is known here too."""
    task = new_task(me)
    attach(me, task, NOTICE)

    found = me.get(f"{task}/attachments?$format=application/json;odata.metadata=none").json()
    assert list(found) == ["value"]
    expect_refusal(me.get(f"{task}/attachments?$format=xml"), 415, "ErrorUnsupportedMediaType")

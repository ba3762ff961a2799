"""Where the documents are silent (docs/decisions.md): properties that a body may name."""

import json

import pytest

from tests.spec.exchanges import Json, every_kind, named, unchanged
from tests.support.outlook import expect_refusal, key
from tests.support.wire import Mailbox


@pytest.mark.inferred("house.unknown-property")
@pytest.mark.once
@every_kind
@pytest.mark.parametrize("name", ["Nonsense", "subject", "name", "PercentComplete", ""])
def test_an_unknown_property(me: Mailbox, collection: str, name: str) -> None:
    """Names count letter by letter; what the type does not declare is refused, not dropped."""
    address = f"{collection}('{key(me.create(collection, named(collection, 'known')))}')"
    body = named(collection, "other") | {name: "x"}

    for response in (
        unchanged(me, collection, lambda: me.post(collection, body)),
        unchanged(me, address, lambda: me.patch(address, body)),
    ):
        assert f"'{name}'" in expect_refusal(response, 400, "RequestBodyRead")


@pytest.mark.inferred("house.unknown-property")
@pytest.mark.once
@pytest.mark.parametrize(
    "body",
    [
        {"Body": {"ContentType": "Text", "Content": "", "Length": 0}},
        {"DueDateTime": {"DateTime": "2016-04-26T00:00:00", "TimeZone": "UTC", "Day": 26}},
    ],
)
def test_an_unknown_property_of_a_complex_value(me: Mailbox, body: Json) -> None:
    """The same goes for what is inside."""
    response = unchanged(me, "tasks", lambda: me.post("tasks", body))

    expect_refusal(response, 400, "RequestBodyRead")


@pytest.mark.inferred("house.read-only")
@pytest.mark.in_process
@pytest.mark.parametrize("value", [None, {"rubbish": []}], ids=json.dumps)
@pytest.mark.parametrize(
    ("collection", "name"),
    [
        *[("tasks", name) for name in ("Id", "ChangeKey", "CreatedDateTime", "Owner")],
        *[("tasks", name) for name in ("LastModifiedDateTime", "AssignedTo", "HasAttachments")],
        ("tasks", "ParentFolderId"),
        *[("taskfolders", name) for name in ("Id", "ChangeKey", "IsDefaultFolder")],
        ("taskfolders", "ParentGroupKey"),
        *[("taskgroups", name) for name in ("Id", "ChangeKey", "IsDefaultGroup", "GroupKey")],
    ],
)
def test_a_read_only_property(me: Mailbox, collection: str, name: str, value: object) -> None:
    """Whatever its value, it is passed over without an error."""
    created = me.create(collection, named(collection, "known") | {name: value})

    response = me.patch(f"{collection}('{key(created)}')", {name: value})

    assert response.status_code == 200
    assert response.json() == me.get(f"{collection}('{key(created)}')").json() == created

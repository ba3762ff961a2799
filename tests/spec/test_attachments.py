"""Outlook Task REST, "Get attachments": the samples, but for ids, keys and hosts."""

import pytest

from tests.spec.exchanges import context, date
from tests.support.attachments import ALL, EVENT, NOTICE, PICTURE, event, notice, picture
from tests.support.frozen import Frozen
from tests.support.outlook import key
from tests.support.samples import same, task
from tests.support.wire import Mailbox

ADDED = ("2016-11-22T02:24:21.1234567Z", "2016-12-01T22:27:13Z", "2016-12-07T21:14:05.9999999Z")
STAMPS = ("2016-11-22T02:24:21Z", "2016-12-01T22:27:13Z", "2016-12-07T21:14:05Z")
BODY = (
    '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n'
    "</head>\r\n<body>\r\n<p>Prepare for Thanksgiving gathering.<br>\r\n</p>\r\n</body>\r\n</html>"
)


def below(me: Mailbox, task_id: str) -> str:
    """Return the context URL of a task's attachments."""
    return context(me, f"Tasks('{task_id}')/Attachments")


@pytest.mark.spec(
    *("attachments.list", "attachments.type", "attachments.stamp", "attachments.file-members"),
    *("attachments.item-members", "attachments.reference-members", "attached.size"),
)
def test_collection(frozen: Frozen) -> None:
    """A file, an event and a link, each as the sample has it."""
    me, task_id = frozen.me, key(frozen.me.create("tasks", {"Subject": "Holiday prep"}))
    for body, stamp in zip(ALL, ADDED, strict=True):
        frozen.at(stamp)
        me.create(f"tasks('{task_id}')/attachments", body)

    response = me.get(f"tasks('{task_id}')/attachments")

    assert response.status_code == 200
    shown = [
        draw(None, stamp) for draw, stamp in zip((notice, event, picture), STAMPS, strict=True)
    ]
    assert same(response.json(), {"@odata.context": below(me, task_id), "value": shown})


@pytest.mark.spec(
    *("attachments.get", "attachments.file-members", "attachments.item-members"),
    *("attachments.reference-members", "url.attachment-id"),
)
@pytest.mark.parametrize(("body", "sample"), [(NOTICE, notice), (EVENT, event), (PICTURE, picture)])
def test_one(me: Mailbox, body: object, sample: object) -> None:
    """Of each kind: as in the collection, with the context of an entity."""
    assert callable(sample)
    task_id = key(me.create("tasks", {}))
    added = me.create(f"tasks('{task_id}')/attachments", body)

    response = me.get(f"tasks('{task_id}')/attachments('{key(added)}')")

    assert response.status_code == 200
    assert same(response.json(), sample(f"{below(me, task_id)}/$entity"))
    assert response.json()["Id"] == added["Id"]


@pytest.mark.spec("attachments.get", "url.entity-id", "url.task-id", "url.attachment-id")
def test_by_the_entity_id(me: Mailbox) -> None:
    """@odata.id names the user, the task and the attachment, and answers."""
    created = me.create("tasks", {})
    added = me.create(f"tasks('{key(created)}')/attachments", NOTICE)

    address = f"{created['@odata.id']}/Attachments('{key(added)}')"

    assert added["@odata.id"] == address
    assert same(me.get(address).json()["ContentBytes"], NOTICE["ContentBytes"])


@pytest.mark.spec("attachments.expand", "attachments.has-attachments", "attachments.file-members")
def test_expanded(frozen: Frozen) -> None:
    """The attachments follow the task's own properties, behind a context of their own."""
    me = frozen.me
    frozen.at("2016-11-22T01:27:31.3918881Z")
    created = me.create(
        "tasks",
        {
            "Subject": "Holiday prep",
            "Body": {"ContentType": "HTML", "Content": BODY},
            "StartDateTime": date("2016-11-22"),
            "DueDateTime": date("2016-11-24"),
        },
    )
    task_id = key(created)
    frozen.at("2016-11-22T02:24:21.1705747Z")
    me.create(f"tasks('{task_id}')/attachments", NOTICE)

    response = me.get(f"tasks('{task_id}')?$expand=attachments")

    assert response.status_code == 200
    shown = task(
        context(me, "Tasks/$entity"),
        Id=task_id,
        CreatedDateTime="2016-11-22T01:27:31.3918881Z",
        LastModifiedDateTime="2016-11-22T02:24:21.1705747Z",
        Body={"ContentType": "HTML", "Content": BODY},
        DueDateTime=date("2016-11-24"),
        HasAttachments=True,
        StartDateTime=date("2016-11-22"),
        Subject="Holiday prep",
    )
    shown |= {
        "Attachments@odata.context": below(me, task_id),
        "Attachments": [notice(None, "2016-11-22T02:24:21Z")],
    }
    assert same(response.json(), shown)
    assert response.json()["ChangeKey"] != created["ChangeKey"]

"""Outlook Task REST, "Add attachments" and "Delete attachments"."""

import pytest

from tests.spec.exchanges import context, unchanged
from tests.support.attachments import ALL, EVENT, NOTICE, PICTURE, event, link, notice, picture
from tests.support.outlook import expect_refusal, key, values
from tests.support.samples import same
from tests.support.wire import Mailbox


@pytest.mark.spec(
    *("attachments.add-file", "attachments.add-item", "attachments.add-reference"),
    *("attachments.file-content-type", "attachments.reference-lenient", "attachments.type"),
    *("attachments.reference-writable", "attached.size"),
)
@pytest.mark.parametrize(("body", "sample"), [(NOTICE, notice), (EVENT, event), (PICTURE, picture)])
def test_sample(me: Mailbox, body: object, sample: object) -> None:
    """Added as the sample adds it, the answer is the sample's: 201 and the attachment."""
    assert callable(sample)
    task_id = key(me.create("tasks", {"Subject": "Holiday prep"}))

    response = me.post(f"tasks('{task_id}')/attachments", body)

    assert response.status_code == 201
    path = f"Tasks('{task_id}')/Attachments/$entity"
    assert same(response.json(), sample(context(me, path)))
    assert response.headers["Location"] == response.json()["@odata.id"]


@pytest.mark.spec("attachments.add-file", "attachments.has-attachments")
def test_the_answer_is_what_is_read(me: Mailbox) -> None:
    """The attachment that POST shows is the one that GET finds, and the task knows of it."""
    address = f"tasks('{key(me.create('tasks', {}))}')"
    added = me.create(f"{address}/attachments", NOTICE)

    assert me.get(f"{address}/attachments('{key(added)}')").json() == added
    assert me.get(address).json()["HasAttachments"] is True


@pytest.mark.spec("attachments.reference-required")
@pytest.mark.parametrize("missing", ["Name", "SourceUrl"])
def test_required_of_a_reference(me: Mailbox, missing: str) -> None:
    """Without either nothing is attached."""
    address = f"tasks('{key(me.create('tasks', {}))}')"
    body = {name: value for name, value in PICTURE.items() if name != missing}

    response = unchanged(me, address, lambda: me.post(f"{address}/attachments", body))

    assert missing in expect_refusal(response, 400, "ErrorInvalidRequest")


@pytest.mark.spec("attachments.reference-folder")
@pytest.mark.parametrize("given", [True, "True", "true"])
def test_a_folder(me: Mailbox, given: object) -> None:
    """The link says of itself that it leads to a folder."""
    address = f"tasks('{key(me.create('tasks', {}))}')/attachments"

    assert me.create(address, link(IsFolder=given))["IsFolder"] is True


@pytest.mark.spec("attachments.delete", "attachments.has-attachments")
@pytest.mark.parametrize("body", ALL, ids=["file", "item", "reference"])
def test_delete(me: Mailbox, body: object) -> None:
    """204 without a body, and it is gone; the neighbour stays."""
    task = f"tasks('{key(me.create('tasks', {}))}')"
    kept, gone = (me.create(f"{task}/attachments", each) for each in (NOTICE, body))

    response = me.delete(f"{task}/attachments('{key(gone)}')")

    assert (response.status_code, response.content) == (204, b"")
    assert [each["Id"] for each in values(me.get(f"{task}/attachments"))] == [kept["Id"]]
    expect_refusal(me.get(f"{task}/attachments('{key(gone)}')"), 404, "ErrorItemNotFound")
    assert me.get(task).json()["HasAttachments"] is True


@pytest.mark.spec("attachments.delete", "attachments.has-attachments")
def test_delete_the_last(me: Mailbox) -> None:
    """The task has none any more."""
    task = f"tasks('{key(me.create('tasks', {}))}')"
    added = me.create(f"{task}/attachments", NOTICE)

    assert me.delete(f"{task}/attachments('{key(added)}')").status_code == 204
    assert me.get(task).json()["HasAttachments"] is False
    assert values(me.get(f"{task}/attachments")) == []

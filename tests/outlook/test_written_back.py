"""Whole entities that were read come back: at full metadata, with what was expanded."""

import pytest

from tests.outlook.attaching import attach, listed, new_task
from tests.outlook.recurring import numbered
from tests.support.mailboxes import Filled
from tests.support.outlook import Json, expect_refusal, values
from tests.support.wire import Mailbox

TYPE = "#Microsoft.OutlookServices."
FILE: Json = {"@odata.type": f"{TYPE}FileAttachment", "Name": "a.txt", "ContentBytes": "aGVsbG8="}
LINK: Json = {
    "@odata.type": f"{TYPE}ReferenceAttachment",
    "Name": "Hydrangea",
    "SourceUrl": "https://contoso.example/hydrangea",
}
ITEM: Json = {
    "@odata.type": f"{TYPE}ItemAttachment",
    "Name": "Party",
    "Item": {"@odata.type": f"{TYPE}Event", "Subject": "Party"},
}
NAME = "String {00020329-0000-0000-C000-000000000046} Name Recipe"
EXPANSIONS = (
    "Attachments",
    f"SingleValueExtendedProperties($filter=PropertyId eq '{NAME}')",
    f"Attachments,SingleValueExtendedProperties($filter=PropertyId eq '{NAME}')",
    "Attachments($expand=Microsoft.OutlookServices.ItemAttachment/Item)",
)


def filled_task(me: Mailbox) -> str:
    """Return the address of a task that has everything."""
    whole = {
        "Body": {"ContentType": "HTML", "Content": "<b/>"},
        "Recurrence": numbered(3),
        "SingleValueExtendedProperties": [{"PropertyId": NAME, "Value": "Rye"}],
    }
    task = f"tasks('{me.create('tasks', whole)['Id']}')"
    for given in (FILE, ITEM, LINK):
        attach(me, task, given)
    return task


@pytest.mark.inferred("v2.written-back")
@pytest.mark.in_process
@pytest.mark.parametrize("level", ["minimal", "full"])
@pytest.mark.parametrize("expand", ["", *EXPANSIONS])
def test_tasks(me: Mailbox, level: str, expand: str) -> None:
    """By PATCH nothing changes; by POST there is another that has the same."""
    task = filled_task(me)
    accept = {"Accept": f"application/json;odata.metadata={level}"}
    option = f"?$expand={expand}" if expand else ""
    read = me.get(f"{task}{option}", **accept).json()

    patched = me.patch(task, read)
    posted = me.post("tasks", read)

    assert patched.status_code == 200, patched.text
    assert posted.status_code == 201, posted.text
    again = me.get(f"{task}{option}", **accept).json()
    ours = {"@odata.etag", "ChangeKey", "LastModifiedDateTime"}
    assert {k: v for k, v in again.items() if k not in ours} == {
        k: v for k, v in read.items() if k not in ours
    }
    if "Attachments" in read:
        assert posted.json()["HasAttachments"] is True
        copies = listed(me, f"tasks('{posted.json()['Id']}')")
        shown = ("Name", "ContentType", "Size", "ContentBytes", "SourceUrl")
        assert [[one.get(name) for name in shown] for one in copies] == [
            [one.get(name) for name in shown] for one in read["Attachments"]
        ]


@pytest.mark.inferred("v2.written-back")
def test_folders_and_groups(filled: Filled) -> None:
    for address in ("taskfolders('{folder}')", "taskgroups('{group}')"):
        place = filled.at(address)
        read = filled.me.get(place, Accept="application/json;odata.metadata=full").json()
        assert filled.me.patch(place, read).status_code == 200
        made = filled.me.post(address.partition("(")[0], read | {"Name": f"Other {address}"})
        assert made.status_code == 201, made.text


@pytest.mark.inferred("v2.written-back")
@pytest.mark.parametrize("given", [FILE, LINK])
def test_attachments(me: Mailbox, given: Json) -> None:
    task = new_task(me)
    entity = attach(me, task, given)
    full = {"Accept": "application/json;odata.metadata=full"}
    read = me.get(f"{task}/attachments('{entity['Id']}')", **full).json()

    assert me.post(f"{task}/attachments", read).status_code == 201

    one, other = listed(me, task)
    assert {**one, **{k: other[k] for k in ("@odata.id", "Id", "LastModifiedDateTime")}} == other


@pytest.mark.inferred("v2.attachments-in-a-body")
@pytest.mark.once
@pytest.mark.parametrize("given", [None, {}, "x", [None], [FILE], [ITEM], [LINK], [{"Name": "x"}]])
def test_new_attachments(me: Mailbox, given: object) -> None:
    """Refused by what is true: each has an address of its own to be added at."""
    task = new_task(me)
    for response in (
        me.post("tasks", {"Subject": "x", "Attachments": given}),
        me.patch(task, {"Attachments": given}),
    ):
        expect_refusal(response, 400, "ErrorInvalidRequest", "POST", "attachments")
    assert len(values(me.get("tasks"))) == 1


@pytest.mark.inferred("v2.attachments-in-a-body")
def test_no_attachments(me: Mailbox) -> None:
    task = new_task(me)
    assert me.post("tasks", {"Subject": "x", "Attachments": []}).status_code == 201
    assert me.patch(task, {"Attachments": []}).status_code == 200


@pytest.mark.inferred("v2.attachments-in-a-body")
@pytest.mark.once
@pytest.mark.parametrize(
    "change",
    [{"Name": "other"}, {"ContentBytes": "AAAA"}, {"IsInline": True}, {"SourceUrl": "x:y"}],
)
def test_changed_attachments(me: Mailbox, change: Json) -> None:
    """One that is not as it was read would be lost."""
    task = new_task(me)
    attach(me, task, FILE)
    [one] = me.get(f"{task}?$expand=Attachments").json()["Attachments"]
    for response in (
        me.post("tasks", {"Subject": "x", "Attachments": [one | change]}),
        me.patch(task, {"Attachments": [one | change]}),
    ):
        expect_refusal(response, 400, "ErrorInvalidRequest", "as they were read")
    assert len(values(me.get("tasks"))) == 1


@pytest.mark.inferred("v2.attachments-in-a-body")
def test_attachments_of_others(me: Mailbox, filled: Filled) -> None:
    task, other = new_task(me), new_task(me)
    one = attach(me, other, FILE)
    expect_refusal(me.patch(task, {"Attachments": [one]}), 404, "ErrorItemNotFound")
    assert me.delete(f"{other}/attachments('{one['Id']}')").status_code == 204
    expect_refusal(me.post("tasks", {"Attachments": [one]}), 404, "ErrorItemNotFound")

"""Attachments within `$batch`."""

from base64 import b64decode, urlsafe_b64decode

import pytest

from tests.outlook.attaching import attach, attached, listed, new_task
from tests.outlook.batches import (
    GOING_ON,
    Inner,
    by_json,
    by_parts,
    change_set,
    get,
    grouped,
    part,
    post,
    send_json,
    send_parts,
)
from tests.support.attachments import ALL, CHEESE, EVENT, ITEMS, NOTICE, file
from tests.support.outlook import everything, key
from tests.support.wire import Mailbox

BINARY = bytes(range(256)) * 3000


@pytest.mark.inferred("attached.batch")
def test_json(me: Mailbox) -> None:
    """Added, read, expanded, and deleted, each as it would be alone."""
    task = new_task(me)
    address = attached(me, task, file("x", BINARY))
    answers = by_json(
        send_json(
            me,
            [
                *(
                    post(str(number), f"{task}/attachments", body)
                    for number, body in enumerate(ALL)
                ),
                get("3", f"{task}/attachments"),
                get("4", f"{task}?$expand=Attachments"),
                get("5", f"{address}"),
                get("6", f"{task}/attachments?$expand={ITEMS}&$filter=Name eq '{EVENT['Name']}'"),
                {"id": "7", "method": "DELETE", "url": address},
                get("8", f"{task}/attachments/$count"),
            ],
        )
    )

    assert [answers[str(number)].status for number in range(9)] == [201] * 3 + [200] * 4 + [
        204,
        200,
    ]
    assert [answers[str(number)].body["Name"] for number in range(3)] == [e["Name"] for e in ALL]
    assert answers["3"].body["value"] == answers["4"].body["Attachments"]
    assert b64decode(answers["5"].body["ContentBytes"]) == BINARY
    assert answers["6"].body["value"][0]["Item"]["Subject"] == EVENT["Item"]["Subject"]
    assert str(answers["8"].body) == "3"


@pytest.mark.inferred("attached.batch", "attached.value")
def test_value(me: Mailbox) -> None:
    """Bare bytes, in both forms of a batch."""
    task = new_task(me)
    binary, text = (
        attached(me, task, file(name, content))
        for name, content in [("x.bin", BINARY), ("x.txt", CHEESE)]
    )
    answers = by_json(send_json(me, [get("1", f"{binary}/$value"), get("2", f"{text}/$value")]))
    parts = by_parts(send_parts(me, part(f"GET {binary}/$value"), part(f"GET {text}/$value")))

    assert urlsafe_b64decode(answers["1"].body) == BINARY
    assert answers["2"].body == CHEESE.decode()
    assert [one.body for one in parts if isinstance(one, Inner)] == [BINARY, CHEESE]
    assert answers["1"].headers["content-security-policy"] == "sandbox"


@pytest.mark.inferred("attached.batch")
def test_to_what_the_batch_makes(me: Mailbox) -> None:
    """By the reference to the task, within a group and after it."""
    requests = [
        *grouped(
            post("1", "tasks", {"Subject": "x"}),
            post("2", "$1/attachments", file("a", BINARY)),
            post("3", "$1/attachments", EVENT),
            get("4", "$1?$expand=Attachments"),
            get("5", "$2/$value"),
        ),
        get("6", "$2"),
        get("7", f"$3?$expand={ITEMS}"),
        {"id": "8", "method": "DELETE", "url": "$2"},
        get("9", "$1"),
    ]
    answers = by_json(send_json(me, requests))

    assert {name: one.status for name, one in answers.items()} == {
        **dict.fromkeys("123", 201),
        **dict.fromkeys("45679", 200),
        "8": 204,
    }
    assert [each["Name"] for each in answers["4"].body["Attachments"]] == ["a", EVENT["Name"]]
    assert b64decode(answers["4"].body["Attachments"][0]["ContentBytes"]) == BINARY
    assert urlsafe_b64decode(answers["5"].body) == BINARY
    assert b64decode(answers["6"].body["ContentBytes"]) == BINARY
    assert answers["7"].body["Item"]["Start"] == EVENT["Item"]["Start"]
    assert answers["9"].body["HasAttachments"] is True


@pytest.mark.inferred("attached.batch")
def test_a_group_attaches_whole_or_not_at_all(me: Mailbox) -> None:
    """A bad one undoes those before it, contents and all."""
    task = new_task(me)
    attach(me, task, NOTICE)
    before = everything(me), listed(me, task)
    requests = grouped(
        post("1", f"{task}/attachments", file("a", BINARY)),
        {"id": "2", "method": "DELETE", "url": f"{task}/attachments('{key(before[1][0])}')"},
        post("3", f"{task}/attachments", {**NOTICE, "ContentBytes": "x"}),
    )
    answers = by_json(send_json(me, requests, **GOING_ON))

    assert [answers[name].status for name in "123"] == [424, 424, 400]
    assert (everything(me), listed(me, task)) == before


@pytest.mark.inferred("attached.batch")
def test_a_change_set(me: Mailbox) -> None:
    """Two to one task, and one deleted: each has a key of its own."""
    task = new_task(me)
    address = attached(me, task, NOTICE)
    body = '{"@odata.type": "Microsoft.OutlookServices.FileAttachment", "Name": "%s",'
    body += ' "ContentBytes": "bWFj"}'
    changes = change_set(
        part(f"POST {task}/attachments", body % "a", "1"),
        part(f"POST {task}/attachments", body % "b", "2"),
        part(f"DELETE {address}", content_id="3"),
    )
    [answers, one] = by_parts(send_parts(me, changes, part(f"GET {task}/attachments")))

    assert isinstance(answers, list)
    assert isinstance(one, Inner)
    assert [each.status for each in answers] == [201, 201, 204]
    assert [each["Name"] for each in one.body["value"]] == ["a", "b"]
    assert len({each["Id"] for each in listed(me, task)}) == 2
    assert me.get(task).json()["HasAttachments"] is True


@pytest.mark.inferred("attached.batch-limit")
def test_most_that_is_read(alone: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be too much is refused, in its place; writes are not counted."""
    task = new_task(alone)
    attach(alone, task, file("x", bytes(30_000)))
    monkeypatch.setattr("afterlook.outlook.batch.subrequests.MAX_READ", 100_000)
    reads = [get(str(number), f"{task}/attachments") for number in range(3)]
    write = post("3", f"{task}/attachments", file("y", bytes(90_000)))
    answers = by_json(send_json(alone, [*reads, write], Prefer="odata.continue-on-error"))

    assert [answers[str(number)].status for number in range(4)] == [200, 200, 413, 201]
    assert alone.get(f"{task}/attachments/$count").text == "2"

"""Ids of attachments: whose they are, what is none, and what names nothing."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import uuid4

import pytest

from tests.outlook.attaching import attach, attached, listed, new_task
from tests.support.attachments import NOTICE
from tests.support.mailboxes import Filled
from tests.support.outlook import everything, expect_refusal, key
from tests.support.wire import Mailbox, Wire
from tests.support.wrong_ids import MALFORMED, spoilt


def refused_everywhere(me: Mailbox, address: str, status: int, code: str) -> None:
    """Expect the same of every way to ask for an attachment."""
    for response in (me.get(address), me.get(f"{address}/$value"), me.delete(address)):
        expect_refusal(response, status, code)


@pytest.mark.observed("attached.ids")
def test_begins_with_the_task_s(me: Mailbox) -> None:
    """As the service's did: its letters, then sixteen bytes of its own."""
    task = new_task(me)
    first, second = (key(attach(me, task, NOTICE)) for _ in range(2))

    for attachment in (first, second):
        assert len(attachment) == 180
        assert attachment.startswith(task[7:-2].rstrip("=") + "BEgAQA")
    assert first != second


@pytest.mark.inferred("attached.ids", "error.unchanged")
@pytest.mark.once
def test_malformed(me: Mailbox) -> None:
    """What has not the form, however it is spoilt."""
    task = new_task(me)
    own = key(attach(me, task, NOTICE))
    before = everything(me), listed(me, task)

    for wrong in (*MALFORMED, *spoilt(own), own[:152], own + own):
        address = f"{task}/attachments('{wrong}')"
        refused_everywhere(me, address, 400, "ErrorInvalidIdMalformed")
    assert (everything(me), listed(me, task)) == before


@pytest.mark.inferred("attached.ids")
def test_other_kinds(filled: Filled) -> None:
    """A task's id is no attachment's, nor the other way round."""
    task = filled.at("tasks('{task}')")
    own = key(attach(filled.me, task, NOTICE))

    for other in (filled.task, filled.folder, filled.group):
        address = f"{task}/attachments('{other}')"
        refused_everywhere(filled.me, address, 400, "ErrorInvalidIdMalformed")
    expect_refusal(filled.me.get(f"tasks('{own}')"), 400, "ErrorInvalidIdMalformed")
    expect_refusal(filled.me.get(f"tasks('{own}')/attachments"), 400, "ErrorInvalidIdMalformed")
    expect_refusal(filled.me.get(f"taskfolders('{own}')"), 400, "ErrorInvalidIdMalformed")


@pytest.mark.inferred("attached.ids", "error.unchanged")
def test_another_task_s(me: Mailbox) -> None:
    """It is there, but not here."""
    one, other = new_task(me), new_task(me)
    theirs = key(attach(me, other, NOTICE))
    attach(me, one, NOTICE)
    before = everything(me)

    refused_everywhere(me, f"{one}/attachments('{theirs}')", 404, "ErrorItemNotFound")
    assert everything(me) == before
    assert len(listed(me, other)) == 1


@pytest.mark.inferred("attached.ids", "error.unchanged")
def test_another_mailbox_s(wire: Wire, me: Mailbox) -> None:
    """The same numbers in the store, and still not ours: by the task's id, and by our task's."""
    other = Mailbox(wire, uuid4().hex)
    mine, theirs = new_task(me), new_task(other)
    attached(me, mine, NOTICE)
    address = attached(other, theirs, NOTICE)
    own = address.partition("/")[2]

    refused_everywhere(me, address, 404, "ErrorItemNotFound")
    refused_everywhere(me, f"{mine}/{own}", 404, "ErrorItemNotFound")
    expect_refusal(me.get(f"{theirs}/attachments"), 404, "ErrorItemNotFound")
    expect_refusal(me.post(f"{theirs}/attachments", NOTICE), 404, "ErrorItemNotFound")
    assert len(listed(other, theirs)) == len(listed(me, mine)) == 1


@pytest.mark.inferred("attached.gone", "attached.ids")
def test_gone_and_never_been(me: Mailbox) -> None:
    """Deleted, or of a number that nothing has had yet."""
    task = new_task(me)
    address = attached(me, task, NOTICE)
    never = bytearray(urlsafe_b64decode(address.rpartition("('")[2][:-2]))
    never[-6] ^= 0x40
    assert me.delete(address).status_code == 204
    before = everything(me)

    refused_everywhere(me, address, 404, "ErrorItemNotFound")
    written = urlsafe_b64encode(never).decode()
    refused_everywhere(me, f"{task}/attachments('{written}')", 404, "ErrorItemNotFound")
    assert everything(me) == before


@pytest.mark.inferred("attached.ids", "url.attachment-id")
def test_without_padding(me: Mailbox) -> None:
    """Clients leave it off."""
    address = attached(me, new_task(me), NOTICE)

    assert me.get(address.replace("=", "")).json()["Name"] == NOTICE["Name"]
    assert me.get(address.replace("=", "%3D")).json()["Name"] == NOTICE["Name"]

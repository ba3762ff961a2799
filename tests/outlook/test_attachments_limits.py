"""How much can be attached: the largest body, and the most attachments."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.outlook.attaching import at, listed, new_task
from tests.support import wire as wires
from tests.support.attachments import FILE, file
from tests.support.outlook import JSON, call, everything, expect_refusal, write
from tests.support.wire import Mailbox

LIMIT = 36 * 1024 * 1024
MOST = 250


def sized(size: int) -> bytes:
    """Write a file's body of so many bytes."""
    frame = b'{"@odata.type": "%s", "Name": "x", "ContentBytes": "%s"}'
    room = size - len(frame % (FILE.encode(), b""))
    return (frame % (FILE.encode(), b"bWFj" * (room // 4))).ljust(size)


@pytest.mark.inferred("limit.body-fits", "attached.bytes")
def test_largest_body(me: Mailbox) -> None:
    """4 MiB with all that belongs to it."""
    task = new_task(me)
    response = write(me, "POST", f"{task}/attachments", sized(LIMIT))

    assert response.status_code == 201
    content = me.get(f"{at(task, response.json())}/$value").content
    assert content == b"mac" * (len(content) // 3)
    assert len(content) > LIMIT * 0.74


@pytest.mark.inferred("limit.body", "error.unchanged")
def test_too_large(me: Mailbox) -> None:
    """Announced or not, nothing is attached."""
    task = new_task(me)
    before = everything(me)
    body = sized(LIMIT + 1)

    def chunks() -> Iterator[bytes]:
        for start in range(0, len(body), 65536):
            yield body[start : start + 65536]

    announced = write(me, "POST", f"{task}/attachments", body)
    expect_refusal(announced, 413, "ErrorMessageSizeExceeded", "exceeds the maximum supported size")
    chunked = call(me, "POST", f"{task}/attachments", chunks(), [("Content-Type", JSON)])
    expect_refusal(chunked, 413, "ErrorMessageSizeExceeded")
    assert everything(me) == before
    assert listed(me, task) == []


@pytest.mark.inferred("limit.body-fits", "limit.body")
def test_a_larger_limit(tmp_path: Path) -> None:
    """Up to 150 MiB by the setting; this one is told 9."""
    flags = {"max_body": 9 * 1024 * 1024}
    with wires.in_process(f"sqlite:///{tmp_path / 'x.db'}", "sqlite", None, **flags) as wire:
        me = Mailbox(wire, uuid4().hex)
        task = new_task(me)
        content = bytes(range(256)) * (6 * 4096)
        added = me.create(f"{task}/attachments", file("x", content))

        assert me.get(f"{at(task, added)}/$value").content == content
        response = write(me, "POST", f"{task}/attachments", sized(9 * 1024 * 1024 + 1))
        expect_refusal(response, 413, "ErrorMessageSizeExceeded")


@pytest.mark.inferred("attached.most")
def test_most(me: Mailbox) -> None:
    """One more than 250 is refused; when one goes there is room again."""
    task = new_task(me)
    body = [{"id": str(n), "method": "POST", "url": f"{task}/attachments",
             "body": file(str(n))} for n in range(MOST)]  # fmt: skip
    for start in range(0, MOST, 20):
        answers = me.post("$batch", {"requests": body[start : start + 20]}).json()["responses"]
        assert {answer["status"] for answer in answers} == {201}
    before = everything(me)

    response = me.post(f"{task}/attachments", file("one more"))
    expect_refusal(response, 413, "ErrorMessageSizeExceeded")
    assert everything(me) == before
    found = me.get(f"{task}?$expand=Attachments").json()["Attachments"]
    assert [each["Name"] for each in found] == [str(number) for number in range(MOST)]
    assert me.get(f"{task}/attachments/$count").text == "250"
    me.delete(at(task, found[7]))
    assert me.post(f"{task}/attachments", file("one more")).status_code == 201

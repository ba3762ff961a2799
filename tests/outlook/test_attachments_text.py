"""Text that looks like the marks which stand for contents: it stays what it is."""

from uuid import uuid4

import pytest

from tests.outlook.attaching import at, attach, attached, listed, new_task
from tests.support.attachments import ITEMS, NOTICE, file, item, link
from tests.support.outlook import Json, expect_refusal
from tests.support.wire import Mailbox, Wire

MARKS = [
    "\\u0000base64 {0} {1}",
    '"\\u0000base64 {0} {1}"',
    '\\"\\u0000json {0} {1}\\"',
    "\\\\u0000base64 {0} {1}",
    "u0000base64 {0} {1}",
    "base64 {0} {1}",
    '","ContentBytes":"\\u0000base64 {0} {1}","x":"',
    "\u0001base64 {0} {1}",
]


def texts() -> list[str]:
    """Return text that would be the mark of one of a mailbox's first writes."""
    return [mark.format(number, 14) for mark in MARKS for number in (0x113, 0x114, 0x115)]


@pytest.mark.inferred("attached.text")
@pytest.mark.in_process
@pytest.mark.parametrize("form", range(len(MARKS)))
def test_literal_marks(me: Mailbox, form: int) -> None:
    """In names, subjects and bodies, addresses, items and their members' names."""
    for text in texts()[3 * form : 3 * form + 3]:
        task = new_task(me, Subject=text, Body={"Content": text}, Categories=[text])
        attach(me, task, NOTICE)
        attach(me, task, file(text, ContentId=text, ContentLocation=text, ContentType=text))
        attach(me, task, item(text, Subject=text, ToRecipients=[{"EmailAddress": {"Name": text}}]))
        attach(me, task, link(text, SourceUrl=text, PreviewUrl=text, ThumbnailUrl=text))
        shown = me.get(f"{task}?$expand=Attachments").json()

        assert [shown["Subject"], shown["Body"]["Content"], *shown["Categories"]] == [text] * 3
        first, second, third, fourth = shown["Attachments"]
        assert first["ContentBytes"] == second["ContentBytes"] == NOTICE["ContentBytes"]
        members = ("Name", "ContentId", "ContentLocation", "ContentType")
        assert [second[name] for name in members] == [text] * 4
        assert [fourth[name] for name in ("SourceUrl", "PreviewUrl", "ThumbnailUrl")] == [text] * 3
        expanded = me.get(f"{at(task, third)}?$expand={ITEMS}").json()["Item"]
        deep = expanded["ToRecipients"][0]["EmailAddress"]["Name"]
        assert (expanded["Subject"], deep) == (text, text)
        assert me.get(f"{at(task, second)}/$value").text == "mac and cheese"


@pytest.mark.inferred("attached.text", "error.unchanged")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "body",
    [
        file("\0base64 275 14"),
        file("x", ContentId="\0base64 275 14"),
        item("x", Subject="\0json 275 14"),
        item("x", **{"\0base64 275 14": 1}),
        link("x", SourceUrl="\0base64 275 14"),
    ],
)
def test_no_mark_gets_in(me: Mailbox, body: Json) -> None:
    """The character that begins one is refused in every text."""
    task = new_task(me)
    expect_refusal(
        me.post(f"{task}/attachments", body), 400, "UnableToDeserializePostBody", "U+0000"
    )
    assert listed(me, task) == []


@pytest.mark.inferred("attached.text")
def test_of_another_mailbox(wire: Wire, me: Mailbox) -> None:
    """Nor is another mailbox's content shown, whose numbers are the same."""
    other = Mailbox(wire, uuid4().hex)
    address = attached(other, new_task(other), file("x", b"secret"))
    task = new_task(me)
    mine = attached(me, task, file("x", b"public"))

    assert me.get(f"{mine}/$value").content == b"public"
    assert other.get(f"{address}/$value").content == b"secret"
    assert "c2VjcmV0" not in me.get("tasks?$expand=Attachments").text

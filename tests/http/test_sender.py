"""The `send` of one request, alone: which headers go out with an answer, and when."""

import asyncio
import gzip

import pytest
from starlette.types import Message

from afterlook.http.guards import SAFE
from afterlook.http.sender import Sender

ID = (b"request-id", b"1")
TYPE = (b"content-type", b"application/json")
Pairs = list[tuple[bytes, bytes]]


def start(status: int, *headers: tuple[bytes, bytes]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": [*headers]}


def body(content: bytes, *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": more}


def send(*messages: Message, accepted: bytes = b"", added: Pairs | None = None) -> list[Message]:
    """Send messages by a sender; return what went out."""
    sent: list[Message] = []

    async def keep(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        sender = Sender(keep, [(b"accept-encoding", accepted)], [ID] if added is None else added)
        for message in messages:
            await sender(message)

    asyncio.run(run())
    return sent


def test_what_is_added_follows_the_headers_of_the_answer() -> None:
    sent = send(start(200, TYPE), body(b"{}"), added=[(b"vary", b"Origin"), ID])
    assert sent == [start(200, TYPE, (b"vary", b"Origin"), ID), body(b"{}")]


def test_it_has_begun_before_anything_went_out() -> None:
    """A start alone may still be taken back; with the first part of the body it is sent."""
    sent: list[Message] = []

    async def keep(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        sender = Sender(keep, [], [])
        assert (sender.has_begun, sender.has_sent) == (False, False)
        await sender(start(200, TYPE))
        assert (sender.has_begun, sender.has_sent, sent) == (True, False, [])
        await sender(body(b"{}"))
        assert (sender.has_begun, sender.has_sent, len(sent)) == (True, True, 2)

    asyncio.run(run())


def test_a_second_start_replaces_one_that_never_went_out() -> None:
    assert send(start(200, TYPE), start(500), body(b"no"))[0]["status"] == 500


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_refusal_goes_with_what_makes_browsers_show_it_as_text(status: int) -> None:
    own = (b"Content-Security-Policy", b"default-src 'self'")
    assert send(start(status, TYPE), body(b""))[0] == start(status, TYPE, ID, *SAFE)
    assert send(start(status, own), body(b""))[0] == start(status, own, ID, *SAFE[1:])


def test_others_do_not() -> None:
    assert send(start(304), body(b""))[0] == start(304, ID)


def test_a_whole_answer_is_compressed_for_whoever_asks() -> None:
    content = b'{"a": "' + b"x" * 5000 + b'"}'
    first, second = send(start(200, TYPE), body(content), accepted=b"gzip")
    assert gzip.decompress(second["body"]) == content
    names = [name for name, _ in first["headers"]]
    assert names == [
        b"content-type",
        b"vary",
        b"content-encoding",
        b"content-length",
        b"request-id",
    ]
    assert dict(first["headers"])[b"content-length"] == str(len(second["body"])).encode()


def test_what_comes_in_parts_is_passed_on_as_it_comes() -> None:
    parts = [body(b"x" * 5000, more=True), body(b"y" * 5000)]
    assert send(start(200, TYPE), *parts, accepted=b"gzip") == [start(200, TYPE, ID), *parts]

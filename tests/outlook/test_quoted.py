"""Answers that quote contents: put together as they are sent, or broken off."""

import asyncio
from base64 import b64encode
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import ItemNotFound
from afterlook.outlook.streaming import (
    ReadPart,
    StreamingJSONResponse,
    make_placeholder,
    send_parts,
)

PART = 30


def fetching(contents: dict[int, bytes]) -> ReadPart:
    """Return what gets parts of contents; a part that is not there is gone."""

    async def fetch(number: int, place: int) -> bytes:
        part = contents[number][place * PART : (place + 1) * PART]
        if not part:
            raise ItemNotFound
        return part

    return fetch


def sent(reply: StreamingJSONResponse) -> list[dict[str, Any]]:
    """Send an answer; return the messages."""
    messages: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        messages.append(message)

    async def receive() -> Any:
        raise AssertionError

    asyncio.run(reply({"type": "http"}, receive, send))
    return messages


def body(messages: list[dict[str, Any]]) -> bytes:
    """Return the body that was sent, whose length must be the one announced."""
    whole = b"".join(message["body"] for message in messages[1:])
    assert dict(messages[0]["headers"])[b"content-length"] == str(len(whole)).encode()
    assert [message.get("more_body", False) for message in messages[1:]][-1] is False
    return whole


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    contents=st.lists(st.binary(max_size=100), max_size=4),
    texts=st.lists(st.text('\\u0"base64 json123é', max_size=30), max_size=4),
)
def test_quotes_and_nothing_else(contents: list[bytes], texts: list[str]) -> None:
    """Contents stand where their marks stood, text stays what it was."""
    quoted = dict(enumerate(contents, 1))
    document = {
        "texts": texts,
        "files": [
            make_placeholder(number, len(content), "base64") for number, content in quoted.items()
        ],
        **{text: text for text in texts},
    }
    answer = orjson.loads(body(sent(StreamingJSONResponse(document, fetching(quoted)))))

    assert answer.pop("files") == [b64encode(content).decode() for content in contents]
    assert answer == {"texts": texts, **{text: text for text in texts}} or "texts" in texts


def test_json_stands_as_it_is() -> None:
    """Without has_placeholders, and what looks like a mark in it stays."""
    inner = orjson.dumps({"a": make_placeholder(9, 9, "json"), "b": [1, "é"]})
    document = {"item": make_placeholder(1, len(inner), "json"), "after": 1}

    whole = body(sent(StreamingJSONResponse(document, fetching({1: inner}))))

    assert whole == b'{"item":' + inner + b',"after":1}'


def test_small_parts_go_together() -> None:
    """One message for what is short, several for what is long, none of them large."""
    short = sent(
        StreamingJSONResponse({"a": make_placeholder(1, 4, "base64")}, fetching({1: b"1234"}))
    )
    content = bytes(200_000)
    long = sent(
        StreamingJSONResponse(
            {"a": make_placeholder(1, len(content), "base64")}, fetching({1: content})
        )
    )

    assert len(short) == 2
    assert len(long) > 3
    assert max(len(message["body"]) for message in long[1:]) < 2 * 64 * 1024
    assert orjson.loads(body(long)) == {"a": b64encode(content).decode()}


def test_gone_before_the_first_byte() -> None:
    """Nothing was sent, so that it can be answered."""
    with pytest.raises(ItemNotFound):
        sent(StreamingJSONResponse({"a": make_placeholder(1, 4, "base64")}, fetching({1: b""})))


def test_gone_on_the_way() -> None:
    """What was sent was right, and the answer has no end."""
    messages: list[dict[str, Any]] = []

    async def parts() -> Any:
        yield bytes(70_000)
        raise ItemNotFound

    async def send(message: Any) -> None:
        messages.append(message)

    with pytest.raises(ItemNotFound):
        asyncio.run(send_parts(200, [], parts(), send))
    assert [message["type"] for message in messages] == [
        "http.response.start",
        "http.response.body",
    ]
    assert messages[-1]["more_body"] is True


def test_nothing_to_send() -> None:
    """An empty file is an answer too."""
    messages: list[dict[str, Any]] = []

    async def parts() -> Any:
        for _ in range(0):
            yield b""

    async def send(message: Any) -> None:
        messages.append(message)

    asyncio.run(send_parts(200, [], parts(), send))
    assert [message["type"] for message in messages] == [
        "http.response.start",
        "http.response.body",
    ]

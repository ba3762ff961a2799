"""Batches as tests write and read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any

import httpx2
import orjson

from tests.support.outlook import Json, call
from tests.support.wire import Mailbox

MIXED = "multipart/mixed; boundary=batch_1"
GOING_ON = {"Prefer": "odata.continue-on-error"}


@dataclass
class Inner:
    """One answer in a batch; header names are lower-case."""

    name: str | None
    status: int
    headers: dict[str, str]
    body: Any


def get(name: str, url: str, **members: object) -> Json:
    """Return a GET for a JSON batch."""
    return {"id": name, "method": "GET", "url": url, **members}


def post(name: str, url: str, body: object, **members: object) -> Json:
    """Return a POST for a JSON batch."""
    return {"id": name, "method": "POST", "url": url, "body": body, **members}


def grouped(*requests: Json, group: str = "g") -> list[Json]:
    """Put the requests of a JSON batch into a group."""
    return [{**request, "atomicityGroup": group} for request in requests]


def send_json(
    me: Mailbox, requests: Iterable[object], address: str = "$batch", **headers: str
) -> httpx2.Response:
    """Send a JSON batch."""
    return me.post(address, {"requests": list(requests)}, **headers)


def by_json(response: httpx2.Response) -> dict[str, Inner]:
    """Read the answers of a JSON batch, by their ids."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/json")
    body = response.json()
    assert list(body) == ["responses"]
    answers = {}
    for each in body["responses"]:
        assert set(each) <= {"id", "status", "headers", "body"}
        headers = {key.lower(): value for key, value in each["headers"].items()}
        answers[each["id"]] = Inner(each["id"], each["status"], headers, each.get("body"))
    assert len(answers) == len(body["responses"])
    return answers


def part(request: str, body: str = "", content_id: str | None = None, **headers: str) -> str:
    """Write a request as a part."""
    named = "" if content_id is None else f"Content-ID: {content_id}\r\n"
    own = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    json = "Content-Type: application/json\r\n" if body else ""
    return (
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
        f"{named}\r\n{request} HTTP/1.1\r\n{own}{json}\r\n{body}"
    )


def change_set(*parts: str) -> str:
    """Write a change set as a part."""
    return f"Content-Type: multipart/mixed; boundary=set_1\r\n\r\n{joined('set_1', parts)}"


def joined(boundary: str, parts: Iterable[str]) -> str:
    """Write parts with their boundaries."""
    return "".join(f"--{boundary}\r\n{one}\r\n" for one in parts) + f"--{boundary}--\r\n"


def send_parts(
    me: Mailbox, *parts: str, address: str = "$batch", **headers: str
) -> httpx2.Response:
    """Send a multipart batch."""
    lines = [("Content-Type", MIXED), *headers.items()]
    return call(me, "POST", address, joined("batch_1", parts).encode(), lines)


def by_parts(response: httpx2.Response) -> list[Inner | list[Inner]]:
    """Read the answers of a multipart batch; those of a change set are a list of their own."""
    assert response.status_code == 200, response.text
    head = f"Content-Type: {response.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + response.content)
    assert message.get_content_type() == "multipart/mixed"
    assert not message.defects
    return [
        [_inner(one) for one in _parts(each)] if each.is_multipart() else _inner(each)
        for each in _parts(message)
    ]


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    assert isinstance(payload, list)
    return [each for each in payload if isinstance(each, Message)]


def _inner(message: Message) -> Inner:
    assert message["Content-Type"] == "application/http"
    assert message["Content-Transfer-Encoding"] == "binary"
    raw = message.get_payload(decode=True)
    assert isinstance(raw, bytes)
    line, _, rest = raw.partition(b"\r\n")
    version, status, _ = line.decode().split(" ", 2)
    assert version == "HTTP/1.1"
    inner = message_from_bytes(rest)
    headers = {key.lower(): value for key, value in inner.items()}
    content = rest.partition(b"\r\n\r\n")[2]
    is_json = headers.get("content-type", "").startswith("application/json")
    body: Any = orjson.loads(content) if is_json else content
    return Inner(message["Content-ID"], int(status), headers, body)

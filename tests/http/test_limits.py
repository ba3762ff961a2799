"""Sizes, hosts, and values that take long to read."""

from collections.abc import Iterator

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import WRITES, call, envelope, everything, expect_refusal, values, write
from tests.support.wire import Mailbox

HOSTS = [
    "evil.example",
    "evil.example:80",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "127.0.0.2",
    "0.0.0.0",
    "[::2]",
    "localhost@evil.example",
    "localhost:@evil.example",
    "localhost:80@evil.example",
    "[::1]evil.example",
    "localhost:80.evil.example",
]
LIMIT = 4 * 1024 * 1024


def sized(size: int) -> bytes:
    """Write a body of so many bytes."""
    frame = b'{"Subject": "%s"}'
    return frame % (b"x" * (size - len(frame) + 2))


@pytest.mark.inferred("limit.body-fits")
def test_largest_body(me: Mailbox) -> None:
    response = write(me, "POST", "tasks?custom", sized(LIMIT))

    assert response.status_code == 201
    assert len(values(me.get("tasks"))[0]["Subject"]) > LIMIT - 100


@pytest.mark.inferred("limit.body", "error.unchanged")
@pytest.mark.parametrize(("method", "address"), [*WRITES[:3], ("POST", "tasks('{task}')/complete")])
def test_too_large(filled: Filled, method: str, address: str) -> None:
    """With its length announced, and in chunks without."""
    before = everything(filled.me)
    body = sized(LIMIT + 1)

    def chunks() -> Iterator[bytes]:
        for start in range(0, len(body), 65536):
            yield body[start : start + 65536]

    announced = write(filled.me, method, filled.at(address), body)
    expect_refusal(announced, 413, "ErrorMessageSizeExceeded")
    json = [("Content-Type", "application/json")]
    chunked = call(filled.me, method, filled.at(address), chunks(), json)
    expect_refusal(chunked, 413, "ErrorMessageSizeExceeded")

    assert everything(filled.me) == before


@pytest.mark.inferred("limit.url")
@pytest.mark.parametrize("address", ["tasks('{long}')", "tasks?x={long}", "{long}", "/{long}"])
def test_too_long_an_address(me: Mailbox, address: str) -> None:
    response = me.get(address.format(long="x" * 20_000))

    expect_refusal(response, 414, "ErrorUriTooLong")


@pytest.mark.inferred("error.host", "error.unchanged")
@pytest.mark.parametrize("host", HOSTS)
def test_hosts(filled: Filled, host: str) -> None:
    before = everything(filled.me)

    for method, address in (("GET", "tasks"), ("POST", "tasks"), ("GET", "/openapi.json")):
        response = filled.me.send(method, address, Host=host)
        assert response.status_code in (400, 421), (host, response.text)
        envelope(response)

    assert everything(filled.me) == before


@pytest.mark.inferred("limit.headers")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Prefer", "a" * 20_000 + " " * 20_000 + "b"),
        ("Prefer", " =" * 20_000 + "b"),
        ("Prefer", ";" * 40_000 + '"'),
        ("Prefer", 'a="' + '\\"' * 20_000),
        ("If-Match", "a" + " " * 12_000 + '"'),
        ("If-Match", '"' * 40_000 + "x"),
        ("Prefer", "a=" + " " * 16_000 + 'b"'),
        ("If-Match", "W/" * 6_000 + '"'),
        ("Authorization", "Bearer " + "." * 40_000),
    ],
)
def test_long_headers_are_answered(alone: Mailbox, name: str, value: str) -> None:
    """How long it takes to read them is bounded by the expressions: `test_patterns`."""
    task = alone.create("tasks", {})["Id"]

    response = alone.patch(f"tasks('{task}')", {}, **{name: value})

    assert response.status_code in (200, 404, 412, 431)

"""Bytes as no client's library sends them, against a server as a user starts it.

A marker hides where one reader of HTTP may see a second request and another a body: it must never
be carried out.
"""

import socket
from collections.abc import Iterator

import httpx2
import pytest

from tests.support.wire import run_server

JSON = b"Host: localhost\r\nContent-Type: application/json\r\n"
CONTENT = b'{"Subject": "smuggled"}'
HIDDEN = (
    b"POST /api/beta/me/tasks HTTP/1.1\r\n" + JSON + b"Content-Length: %d\r\n\r\n" % len(CONTENT)
) + CONTENT
POST = b"POST /api/beta/me/tasks('x')/complete HTTP/1.1\r\n" + JSON
CHUNK = b"%x\r\n" % len(HIDDEN) + HIDDEN + b"\r\n0\r\n\r\n"


def chunked(*lines: bytes, body: bytes = b"0\r\n\r\n" + HIDDEN) -> bytes:
    """Write a request with odd framing, behind which the marker may be seen."""
    return POST + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body


LENGTH, TE = b"Content-Length: %d" % (5 + len(HIDDEN)), b"Transfer-Encoding: chunked"
SMUGGLING = {
    "cl.te": chunked(LENGTH, TE),
    "te.cl": chunked(TE, LENGTH),
    "te.cl-short": chunked(TE, b"Content-Length: 4", body=CHUNK),
    "two-lengths": chunked(b"Content-Length: 0", LENGTH),
    "two-lengths-turned": chunked(LENGTH, b"Content-Length: 0"),
    "length-list": chunked(b"Content-Length: 0, %d" % len(HIDDEN)),
    "length-plus": chunked(b"Content-Length: +5"),
    "length-minus": chunked(b"Content-Length: -5"),
    "length-hex": chunked(b"Content-Length: 0x5"),
    "length-blank": chunked(b"Content-Length: 5 5"),
    "length-empty": chunked(b"Content-Length:"),
    "length-huge": chunked(b"Content-Length: 18446744073709551621"),
    "length-underscore": chunked(b"Content-Length: 1_0"),
    "te-blank-before-colon": chunked(LENGTH, b"Transfer-Encoding : chunked"),
    "te-tab": chunked(LENGTH, b"Transfer-Encoding:\x0bchunked"),
    "te-fold": chunked(LENGTH, b"Transfer-Encoding:\r\n chunked"),
    "te-xchunked": chunked(LENGTH, b"Transfer-Encoding: xchunked"),
    "te-identity": chunked(LENGTH, b"Transfer-Encoding: chunked, identity"),
    "te-twice": chunked(LENGTH, TE, TE),
    "te-and-identity": chunked(LENGTH, TE, b"Transfer-Encoding: identity"),
    "te-quoted": chunked(LENGTH, b'Transfer-Encoding: "chunked"'),
    "te-line-feed": chunked(LENGTH, b"X: x\nTransfer-Encoding: chunked"),
    "te-carriage-return": chunked(LENGTH, b"X: x\rTransfer-Encoding: chunked"),
    "te-in-1.0": chunked(LENGTH, TE).replace(b"HTTP/1.1", b"HTTP/1.0", 1),
}
CHUNKED = POST + TE + b"\r\n\r\n"
FRAMING = {
    "chunk-not-hex": CHUNKED + b"xyz\r\n" + HIDDEN,
    "chunk-minus": CHUNKED + b"-1\r\n" + HIDDEN,
    "chunk-0x": CHUNKED + b"0x0\r\n\r\n" + HIDDEN,
    "chunk-blank": CHUNKED + b" 0\r\n\r\n" + HIDDEN,
    "chunk-overflow": CHUNKED + b"f" * 17 + b"\r\n" + HIDDEN,
    "chunk-too-short": CHUNKED + b"1\r\n" + HIDDEN,
    "chunk-line-feed": CHUNKED + b"0\n\n" + HIDDEN,
    "chunk-carriage-return": CHUNKED + b"0\r\r" + HIDDEN,
    "chunk-no-end": CHUNKED + b"2\r\n{}xx0\r\n\r\n" + HIDDEN,
    "chunk-extension": CHUNKED + b"2;a=\n0\r\n\r\n" + HIDDEN,
    "trailer-no-colon": CHUNKED + b"0\r\nx\r\n\r\n" + HIDDEN,
    "trailer-blank": CHUNKED + b"0\r\nX : y\r\n\r\n" + HIDDEN,
    "no-method": b" /api/beta/me/tasks HTTP/1.1\r\n" + JSON + b"\r\n" + HIDDEN,
    "no-version": b"GET /api/beta/me/tasks\r\n" + JSON + b"\r\n" + HIDDEN,
    "version-0.9": b"GET / HTTP/0.9\r\n" + JSON + b"\r\n" + HIDDEN,
    "version-2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HIDDEN,
    "version-9": b"GET / HTTP/9.9\r\n" + JSON + b"\r\n" + HIDDEN,
    "version-long": b"GET / HTTP/1.10\r\n" + JSON + b"\r\n" + HIDDEN,
    "version-lower": b"GET / http/1.1\r\n" + JSON + b"\r\n" + HIDDEN,
    "version-empty": b"GET / HTTP/\r\n" + JSON + b"\r\n" + HIDDEN,
    "method-lower": b"post / HTTP/1.1\r\n" + JSON + b"\r\n" + HIDDEN,
    "method-odd": b"PO(ST / HTTP/1.1\r\n" + JSON + b"\r\n" + HIDDEN,
    "target-blank": b"GET / x HTTP/1.1\r\n" + JSON + b"\r\n" + HIDDEN,
    "target-nul": b"GET /\x00 HTTP/1.1\r\n" + JSON + b"\r\n" + HIDDEN,
    "target-high": b"GET /\xff HTTP/1.1\r\n" + JSON + b"\r\n" + HIDDEN,
    "target-connect": b"CONNECT localhost:1 HTTP/1.1\r\n" + JSON + b"\r\n",
    "target-host": b"GET http://evil.example/livez HTTP/1.1\r\n" + JSON + b"\r\n" + HIDDEN,
    "target-ftp": b"GET ftp://localhost/livez HTTP/1.1\r\n" + JSON + b"\r\n" + HIDDEN,
    "header-no-colon": b"GET / HTTP/1.1\r\n" + JSON + b"x\r\n\r\n" + HIDDEN,
    "header-blank": b"GET / HTTP/1.1\r\n" + JSON + b"X : y\r\n\r\n" + HIDDEN,
    "header-empty": b"GET / HTTP/1.1\r\n" + JSON + b": y\r\n\r\n" + HIDDEN,
    "header-nul": b"GET / HTTP/1.1\r\n" + JSON + b"X: \x00\r\n\r\n" + HIDDEN,
    "header-control": b"GET / HTTP/1.1\r\n" + JSON + b"X: \x01\r\n\r\n" + HIDDEN,
    "header-fold-first": b"GET / HTTP/1.1\r\n X: y\r\n" + JSON + b"\r\n" + HIDDEN,
    "header-carriage-return": b"GET / HTTP/1.1\r\n" + JSON + b"X: y\rZ: z\r\n\r\n" + HIDDEN,
    "host-none": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "host-twice": b"GET / HTTP/1.1\r\nConnection: close\r\n" + JSON + JSON + b"\r\n",
    "host-odd": b"GET / HTTP/1.1\r\nConnection: close\r\nHost: a b\r\n\r\n",
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 200,
    "garbage": bytes(range(256)) * 4,
}
LIVE = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
HEADS = {
    "one-large": (b"GET / HTTP/1.1\r\nX: " + b"x" * 2_000_000, 431),
    "many-small": (b"GET / HTTP/1.1\r\n" + b"a:b\r\n" * 100_000, 431),
    "many-empty": (b"GET /livez HTTP/1.1\r\nHost: localhost\r\n" + b"a:\r\n" * 201 + b"\r\n", 431),
    "endless-address": (b"GET /" + b"x" * 2_000_000, 414),
    "endless-method": (b"G" * 200_000, 400),
    "behind-a-request": (LIVE * 2 + b"GET / HTTP/1.1\r\nX: " + b"x" * 500_000, 431),
}  # fmt: skip


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server without tasks."""
    scratch = tmp_path_factory.mktemp("framing")
    with run_server(scratch, "--port", "0", "--ephemeral", "--seed", "empty") as (address, _):
        yield address


def exchange(url: str, sent: bytes, *, ends: bool = True) -> bytes:
    """Send bytes, and that there are no more; return what comes back until the server ends it."""
    port = httpx2.URL(url).port
    assert port is not None
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        try:
            connection.sendall(sent)
            if ends:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        try:
            while part := connection.recv(65536):
                received += part
        except ConnectionResetError:
            pass
    return received


def statuses(received: bytes) -> list[int]:
    """Return the statuses of the answers that came one after another."""
    return [int(part[4:7]) for part in received.split(b"HTTP/")[1:]]


def expect_unharmed(url: str) -> None:
    """Expect nothing done, and a server that answers."""
    listed = httpx2.get(f"{url}/api/beta/me/tasks", timeout=30)
    assert listed.status_code == 200
    assert listed.json()["value"] == []


@pytest.mark.inferred("front.framing")
@pytest.mark.parametrize("name", SMUGGLING)
def test_smuggling(url: str, name: str) -> None:
    """A message that can be read in two ways is not read in any."""
    answers = statuses(exchange(url, SMUGGLING[name]))

    assert answers in ([400], [431], []), answers
    expect_unharmed(url)


@pytest.mark.inferred("front.framing")
@pytest.mark.parametrize("name", FRAMING)
def test_framing(url: str, name: str) -> None:
    answers = statuses(exchange(url, FRAMING[name]))

    assert answers in ([400], [421], []), answers
    expect_unharmed(url)


@pytest.mark.inferred("front.head")
@pytest.mark.parametrize("name", HEADS)
def test_endless_heads(url: str, name: str) -> None:
    """Each is answered as soon as it is known to be too long, with what was whole before it."""
    sent, status = HEADS[name]
    answers = statuses(exchange(url, sent))

    assert answers == ([200, 200] if name == "behind-a-request" else []) + [status]
    expect_unharmed(url)


@pytest.mark.inferred("front.framing")
def test_trailers_are_no_headers(url: str) -> None:
    """The guards have read the headers by then."""
    lines = [b"X-Forwarded-Host: evil.example", b"Authorization: Bearer x", b"Host: evil.example"]
    sent = (
        b"POST /api/beta/me/tasks('x')/complete HTTP/1.1\r\nConnection: close\r\n"
        + JSON + TE + b"\r\n\r\n2\r\n{}\r\n0\r\n" + b"\r\n".join(lines) + b"\r\n\r\n"
    )  # fmt: skip
    received = exchange(url, sent)

    assert statuses(received) == [400]
    assert b"ErrorInvalidIdMalformed" in received
    endless = CHUNKED + b"2\r\n{}\r\n0\r\n" + b"X: " + b"x" * 1_000_000
    assert statuses(exchange(url, endless)) == [400]
    expect_unharmed(url)


@pytest.mark.inferred("front.head")
def test_pipelining(url: str) -> None:
    """Answers come in the order of the requests, as many as may wait for each other."""
    last = LIVE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert statuses(exchange(url, LIVE * 20 + last, ends=False)) == [200] * 21
    many = statuses(exchange(url, LIVE * 5000, ends=False))
    assert many[-1] == 400
    assert 60 <= len(many) < 5000


@pytest.mark.inferred("front.framing")
@pytest.mark.parametrize("host", [b"localhost", b"LOCALHOST:80"])
def test_absolute_addresses(url: str, host: bytes) -> None:
    head = b"GET http://%s/livez HTTP/1.1\r\nConnection: close\r\nHost: %s\r\n\r\n"
    assert statuses(exchange(url, head % (host, host.lower()))) == [200]

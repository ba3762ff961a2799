"""Raw bytes over loopback: no client library bounds or mends what is sent.

Owns writing a request down, sending it, and reading an answer within a time. Must not know what an
attack is.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

TOKEN = "benchmarks"
SECONDS = 20.0
_PORTION = 256 * 1024


@dataclass(frozen=True)
class Answer:
    """An answer: its status, 0 where the connection was closed without one; the body's start."""

    status: int
    size: int
    head: bytes
    body: bytes


def write(
    method: str,
    target: str,
    body: bytes = b"",
    headers: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Write a request down; a header that is given takes the place of the usual one."""
    usual = {
        "Host": "localhost",
        "Authorization": f"Bearer {TOKEN}",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    lines = [f"{method} {target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in {**usual, **headers}.items() if value]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def connect(port: int, seconds: float = SECONDS) -> socket.socket:
    """Open a connection."""
    return socket.create_connection(("127.0.0.1", port), timeout=seconds)


def send(port: int, request: bytes, seconds: float = SECONDS) -> Answer:
    """Send a request on a connection of its own; return the answer, read to its end."""
    with connect(port, seconds) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        return receive(connection)


def receive(connection: socket.socket) -> Answer:
    """Read one answer to its end."""
    raw = b""
    try:
        while b"\r\n\r\n" not in raw:
            part = connection.recv(_PORTION)
            if not part:
                return Answer(0, 0, raw, b"")
            raw += part
        head, _, rest = raw.partition(b"\r\n\r\n")
        status, length = int(head.split(b" ", 2)[1]), _length(head)
        kept, size = [rest], len(rest)
        while size < length and (part := connection.recv(_PORTION)):
            size += len(part)
            if size < 4 * _PORTION:
                kept.append(part)
    except (ConnectionResetError, BrokenPipeError):
        return Answer(0, 0, raw, b"")
    return Answer(status, size, head, b"".join(kept))


def is_closed(connection: socket.socket) -> bool:
    """Tell whether the other side closed a connection, or answered on it."""
    connection.settimeout(0)
    try:
        connection.recv(_PORTION)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)

"""What reaches the transport of what is answered: heads joined to bodies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from afterlook.http.writes import JoinedWrites

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"
INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n"


class Transport(asyncio.Transport):
    """A transport that keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[bytes | str] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Note what is written."""
        self.told.append(bytes(data))

    def close(self) -> None:
        """Note that it was closed."""
        self.told.append("closed")


class Case:
    """Writes to a transport, and what the event loop is to call next."""

    def __init__(self) -> None:
        self.transport = Transport()
        self.soon: list[Callable[[], None]] = []
        self.writes = JoinedWrites(self.transport, self.soon.append)
        self.writes.begin()

    def turn_the_loop(self) -> None:
        """Call what is to be called."""
        while self.soon:
            self.soon.pop()()


@pytest.fixture
def case() -> Case:
    return Case()


def test_a_head_goes_out_with_its_body(case: Case) -> None:
    case.writes.write(HEAD)
    case.writes.write(b"body")
    case.turn_the_loop()
    assert case.transport.told == [HEAD + b"body"]


def test_a_head_that_nothing_follows_goes_out_as_soon_as_the_loop_goes_on(case: Case) -> None:
    case.writes.write(HEAD)
    assert case.transport.told == []
    case.turn_the_loop()
    case.writes.write(b"part")
    case.writes.write(b"another")
    assert case.transport.told == [HEAD, b"part", b"another"]


def test_who_waits_to_be_told_to_go_on_is_told_at_once(case: Case) -> None:
    case.writes.write(INTERIM)
    assert case.transport.told == [INTERIM]
    case.writes.write(HEAD)
    case.writes.write(b"body")
    assert case.transport.told == [INTERIM, HEAD + b"body"]


def test_a_long_body_is_not_copied(case: Case) -> None:
    body = b"x" * 100_000
    case.writes.write(HEAD)
    case.writes.write(body)
    assert case.transport.told == [HEAD, body]


def test_nothing_is_lost_where_the_connection_is_closed(case: Case) -> None:
    case.writes.write(HEAD)
    case.writes.close()
    case.turn_the_loop()
    assert case.transport.told == [HEAD, "closed"]


def test_each_answer_has_a_head_of_its_own(case: Case) -> None:
    for _ in range(2):
        case.writes.begin()
        case.writes.write(HEAD)
        case.writes.write(b"")
    case.turn_the_loop()
    assert case.transport.told == [HEAD, HEAD]

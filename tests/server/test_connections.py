"""The bound on connections of a server as a user starts it, and what it is made from."""

import resource
import socket
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from afterlook.http.descriptors import allow_connections
from tests.support.wire import run_server


@pytest.mark.inferred("front.slow")
def test_most_connections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes while there are too many hears so, and is served once there are not."""
    monkeypatch.setenv("AFTERLOOK_MAX_CONNECTIONS", "3")
    with run_server(tmp_path, "--port", "0", "--ephemeral") as (url, _):
        port = httpx2.URL(url).port
        assert port is not None
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
        for one in silent:
            # Answered, and so among the connections for certain.
            one.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert one.recv(4096).startswith(b"HTTP/1.1 200")
        for _ in range(5):
            answer = httpx2.get(f"{url}/livez", timeout=30)
            assert answer.status_code == 503
            assert answer.headers["Connection"] == "close"
        for one in silent:
            one.close()
        with httpx2.Client(transport=httpx2.HTTPTransport(retries=3)) as client:
            statuses = [client.get(f"{url}/livez", timeout=30).status_code for _ in range(20)]
        assert statuses[-1] == 200


@pytest.mark.inferred("front.slow")
def test_no_descriptors_left(tmp_path: Path) -> None:
    """The limit may be lower than the bound on connections: nobody is cut off without a word."""
    with run_server(tmp_path, "--port", "0", "--ephemeral") as (url, process), ExitStack() as stack:
        address = ("127.0.0.1", httpx2.URL(url).port or 0)
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (150, 150))
        for _ in range(400):
            one = stack.enter_context(socket.create_connection(address))
            one.sendall(b"GET /livez HTTP/1.1\r\n")
        answer = httpx2.get(f"{url}/livez", timeout=30)
        assert answer.status_code == 503
        assert answer.headers["Connection"] == "close"
        stack.close()
        with httpx2.Client(transport=httpx2.HTTPTransport(retries=3)) as client:
            statuses = [client.get(f"{url}/readyz", timeout=30).status_code for _ in range(20)]
        assert statuses[-1] == 200


@pytest.mark.parametrize(
    ("soft", "hard", "wanted", "granted"),
    [
        (1024, 4096, 1000, 1000),
        (256, 1_000_000, 60_000, 60_000),
        (256, 512, 1000, 256),
        (64, 64, 1000, 32),
        (1024, resource.RLIM_INFINITY, 1000, 1000),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, 1000, 1000),
        (1, 1, 1, 1),
    ],
)
def test_descriptors(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, wanted: int, granted: int
) -> None:
    """The soft limit is raised as far as it goes, and the store is left what it needs."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, __: None)
    assert allow_connections(wanted) == granted


def test_a_limit_that_cannot_be_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int, __: tuple[int, int]) -> None:
        raise ValueError

    monkeypatch.setattr(resource, "getrlimit", lambda _: (300, 4096))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert allow_connections(1000) == 150

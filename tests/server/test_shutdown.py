"""How a server ends: on request, with requests in flight, and killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import httpx2
import pytest

from afterlook import server
from tests.support.wire import run_server

BODY = b'{"Subject": "in flight"}'
REQUEST = (
    b"POST /api/beta/me/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
    b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY)
)


@contextmanager
def connected(url: str) -> Iterator[socket.socket]:
    """Open a bare connection."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=15) as connection:
        yield connection


def children(process: "subprocess.Popen[str]") -> set[int]:
    """Return the ids of the processes that a server runs."""
    task = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return {int(child) for child in task.read_text().split()}


def gone(processes: set[int]) -> bool:
    """Tell whether processes end by themselves."""
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{process}").exists() for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize(
    ("ending", "workers"), [(signal.SIGTERM, "2"), (signal.SIGINT, "1")], ids=["SIGTERM", "SIGINT"]
)
def test_a_clean_end(tmp_path: Path, ending: signal.Signals, workers: str) -> None:
    """A request in flight is answered, the exit code is 0, and no process is left."""
    flags = ("--port", "0", "--ephemeral", "--seed", "empty", "--workers", workers)
    with run_server(tmp_path, *flags) as (url, process):
        assert httpx2.get(f"{url}/readyz", timeout=30).status_code == 200
        with connected(url) as idle, connected(url) as busy:
            busy.sendall(REQUEST + BODY[:5])
            time.sleep(0.3)
            workers_ = children(process)
            process.send_signal(ending)
            time.sleep(0.3)
            busy.sendall(BODY[5:])
            answer = b"".join(iter(lambda: busy.recv(65536), b""))
            assert answer.startswith(b"HTTP/1.1 201"), answer
            assert b"in flight" in answer
            assert idle.recv(1) == b""
        output, _ = process.communicate(timeout=20)

    assert process.returncode == 0, output
    assert output.rstrip().endswith("Stopped.")
    assert "Traceback" not in output
    assert gone(workers_)


def test_an_end_before_the_client_is_done(tmp_path: Path) -> None:
    """A client that never finishes its request keeps the server for the time of grace alone."""
    impatient = "from afterlook import cli, server; server._GRACE_SECONDS = 1; cli.main()"
    port_file = tmp_path / "port"
    command = [sys.executable, "-c", impatient, "serve", "--ephemeral", "--port", "0"]
    with subprocess.Popen([*command, "--port-file", str(port_file)], cwd=tmp_path) as process:
        while not port_file.exists():
            time.sleep(0.05)
        url = port_file.read_text("utf-8").strip()
        assert httpx2.get(f"{url}/readyz", timeout=30).status_code == 200
        with connected(url) as slow:
            slow.sendall(REQUEST)
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0


def test_killed_twice(tmp_path: Path) -> None:
    """Every write that was acknowledged before `kill -9` is there after the restart."""
    acknowledged: list[str] = []

    def write(url: str, name: int) -> None:
        with httpx2.Client(base_url=url, headers={"Authorization": "Bearer x"}) as client:
            for number in range(10_000):
                subject = f"{name}/{number}"
                try:
                    answer = client.post("/api/beta/me/tasks", json={"Subject": subject})
                except httpx2.HTTPError:
                    return
                assert answer.status_code == 201
                acknowledged.append(subject)

    for round_ in range(2):
        with run_server(tmp_path, "--port", "0", "--seed", "empty") as (url, process):
            writers = [
                Thread(target=write, args=(url, round_ * 10 + number)) for number in range(3)
            ]
            for writer in writers:
                writer.start()
            # However slow the machine is: in the midst of writes.
            wanted, ends = len(acknowledged) + 12, time.monotonic() + 20
            while len(acknowledged) < wanted and time.monotonic() < ends:
                time.sleep(0.01)
            os.kill(process.pid, signal.SIGKILL)
            for writer in writers:
                writer.join()
    with run_server(tmp_path, "--port", "0", "--seed", "empty") as (url, _):
        kept = listed(url)

    assert len(acknowledged) > 20
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    # At most what was in flight may be there unacknowledged.
    assert len(kept) <= len(acknowledged) + 2 * 3


def listed(url: str) -> list[str]:
    """Return the subjects of all tasks, page by page."""
    subjects: list[str] = []
    link: str | None = f"{url}/api/beta/me/tasks?$top=1000"
    while link:
        page = httpx2.get(link, headers={"Authorization": "Bearer x"}, timeout=30).json()
        subjects += [task["Subject"] for task in page["value"]]
        link = page.get("@odata.nextLink")
    return subjects


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    """The server goes on when one of its processes dies."""
    flags = ("--port", "0", "--ephemeral", "--workers", "2")
    with run_server(tmp_path, *flags) as (url, process):
        assert httpx2.get(f"{url}/readyz", timeout=30).status_code == 200
        victim = max(children(process))
        os.kill(victim, signal.SIGKILL)
        deadline = time.monotonic() + 15
        while victim in children(process) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert victim not in children(process)
        assert httpx2.get(f"{url}/readyz", timeout=30).status_code == 200


def test_workers_end_with_their_server(tmp_path: Path) -> None:
    """Where the server itself is killed, its processes do not go on serving behind its back."""
    flags = ("--port", "0", "--seed", "empty", "--workers", "2")
    with run_server(tmp_path, *flags) as (url, process):
        assert httpx2.get(f"{url}/readyz", timeout=30).status_code == 200
        orphans = children(process)
        process.kill()
        process.wait()
        ended = gone(orphans)
        for orphan in orphans:
            with suppress(ProcessLookupError):
                os.kill(orphan, signal.SIGKILL)

    assert ended


def test_an_end_while_somebody_watches(tmp_path: Path) -> None:
    """The feed of the console has no end of its own, and so is not waited for."""
    flags = ("--port", "0", "--ephemeral", "--seed", "empty")
    with run_server(tmp_path, *flags) as (url, process), connected(url) as console:
        console.sendall(b"GET /_emulator/api/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert console.recv(65536).startswith(b"HTTP/1.1 200")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=server._GRACE_SECONDS - 1)
        assert process.returncode == 0

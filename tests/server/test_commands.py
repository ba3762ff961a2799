"""`afterlook ready`, `afterlook version` and `--version`."""

import json
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest

from afterlook import __version__, cli
from tests.support.server import Run, expect_failure, run_here
from tests.support.wire import run_server


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running server."""
    scratch = tmp_path_factory.mktemp("ready")
    with run_server(scratch, "--port", "0", "--ephemeral") as (address, _):
        yield address


@pytest.fixture
def nobody() -> Iterator[str]:
    """Return an address where a server takes connections and speaks no HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(1)
                    connection.sendall(b"220 mail.example ESMTP\r\n")

        Thread(target=greet, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def test_ready(run: Run, url: str) -> None:
    """A ready server is told by exit code 0, by flag or by variable."""
    port = url.rpartition(":")[2]

    for ended in (run("ready", "--url", url), run("ready", "--url", f"{url}/")):
        assert (ended.returncode, ended.stderr) == (0, "")
    assert run("ready", AFTERLOOK_PORT=port).returncode == 0


def test_ready_does_not_ask_a_proxy(run: Run, url: str) -> None:
    """A server on this machine is asked directly, whatever proxy the environment names."""
    proxy = "http://127.0.0.1:1"

    assert run("ready", "--url", url, http_proxy=proxy, HTTP_PROXY=proxy).returncode == 0


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1", "127.0.0.1:1", "", "http://", "http://127.0.0.1:port", "http://[::1",
     "ftp://127.0.0.1", "http://a b"],
)  # fmt: skip
def test_not_ready(address: str) -> None:
    """Exit code 1 and a reason for any address that does not answer."""
    ended = run_here("ready", "--url", address)

    told = expect_failure(ended)
    assert "not ready" in told
    assert "urlopen" not in told
    assert "Errno" not in told
    assert ended.returncode == 1


def test_somebody_else_is_not_ready(nobody: str) -> None:
    """A server of another kind is not ready."""
    assert "not ready" in expect_failure(run_here("ready", "--url", nobody))


def test_ready_by_a_port_file(run: Run, url: str, tmp_path: Path) -> None:
    """The file is read again until the server has written it."""
    file = tmp_path / "url"
    assert str(file) in expect_failure(run_here("ready", "--port-file", str(file)))
    file.write_text(f"{url}\n", "utf-8")
    assert run("ready", "--port-file", str(file)).stdout == f"ready: {url}\n"
    file.write_bytes(b"\xff")
    assert "not ready" in expect_failure(run_here("ready", "--port-file", str(file)))
    both = run_here("ready", "--port-file", str(file), "--url", url)
    assert "exclude each other" in expect_failure(both)


def test_ready_is_this_server(run: Run, tmp_path: Path) -> None:
    """A server that has another name, or none, is not the one that was started."""
    with run_server(tmp_path, "--port", "0", "--ephemeral", "--instance", "mine") as (url, _):
        assert run("ready", "--url", url, "--instance", "mine").returncode == 0
        assert run("ready", "--url", url).returncode == 0
        other = run("ready", "--url", url, AFTERLOOK_INSTANCE="yours")
        assert "it is not yours that listens there, but mine" in expect_failure(other)


def test_instance_of_no_name(run: Run, url: str) -> None:
    """A server without a name is nobody's."""
    told = expect_failure(run("ready", "--url", url, "--instance", "mine"))
    assert "but a server of no name" in told


def test_ready_with_a_broken_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """An impossible setting is told as `serve` tells it."""
    monkeypatch.setenv("AFTERLOOK_PORT", "http")

    assert "AFTERLOOK_PORT" in expect_failure(run_here("ready"))


def test_waiting_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--wait` ends when its time is over, by the clock."""
    naps: list[float] = []
    clock = SimpleNamespace(sleep=naps.append, monotonic=lambda: sum(naps))
    monkeypatch.setattr(cli, "time", clock)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    expect_failure(run_here("ready", "--url", f"http://127.0.0.1:{port}", "--wait", "1"))

    assert 1 <= sum(naps) < 1.2


def test_waiting(tmp_path: Path) -> None:
    """`--wait` goes on until a server is there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "afterlook", "ready", "--url", f"http://127.0.0.1:{port}"]
    with subprocess.Popen([*command, "--wait", "20"], stdout=subprocess.PIPE, text=True) as waiting:
        time.sleep(0.5)
        assert waiting.poll() is None
        with run_server(tmp_path, "--port", str(port), "--ephemeral") as (url, _):
            output, _ = waiting.communicate(timeout=20)
    assert (waiting.returncode, output) == (0, f"ready: {url}\n")


def test_version(run: Run) -> None:
    """As a line and as JSON."""
    told = json.loads(run("version", "--json").stdout)

    assert told["afterlook"] == __version__
    assert told["python"] == platform.python_version()
    assert __version__ in run("version").stdout
    assert run_here("--version").stdout == run_here("version").stdout


@pytest.mark.parametrize("arguments", [(), ("--help",), ("serve", "--help"), ("ready", "--help")])
def test_help(arguments: tuple[str, ...]) -> None:
    """Help is always near."""
    ended = run_here(*arguments)

    assert "Usage:" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr

"""`afterlook exec`: a server for the time of a command."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from tests.support.server import Run, expect_failure, run_here

EXEC = [sys.executable, "-m", "afterlook", "exec"]
SECONDS = 60


def is_gone(url: str) -> bool:
    """Tell whether nothing answers there any more."""
    try:
        httpx2.get(f"{url}/livez", timeout=5)
    except httpx2.TransportError:
        return True
    return False


def wait_until_gone(url: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_gone(url):
        assert time.monotonic() < deadline, "the server is still there"
        time.sleep(0.05)


def test_a_command_finds_the_server(run: Run) -> None:
    """It has an address of its own, and ends with the command, whose exit code counts."""
    script = 'curl -sf "$AFTERLOOK_URL/api/beta/me/tasks" && echo " $AFTERLOOK_URL"; exit 3'
    ended = run("exec", "--seed", "empty", "--", "sh", "-c", script)

    assert ended.returncode == 3, ended.stderr
    answer, _, url = ended.stdout.strip().rpartition(" ")
    assert answer.endswith('"value":[]}')
    assert not url.endswith(":8025")
    assert is_gone(url)


def test_a_signal_is_for_the_command(tmp_path: Path) -> None:
    """The server is there until the command has dealt with it."""
    script = (
        "trap 'curl -sf $AFTERLOOK_URL/readyz; exit 5' TERM; echo up; while :; do sleep 0.1; done"
    )
    command = [*EXEC, "--workers", "2", "--", "bash", "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGTERM)
        # Not to the end of it: whoever is left behind would keep it open.
        assert process.stdout.read(5) == "ready"
        assert process.wait(SECONDS) == 5


def test_ctrl_c_is_for_the_command(tmp_path: Path) -> None:
    """It reaches whatever runs in a terminal's foreground, and the server is not of it."""
    script = (
        "trap 'sleep 1; curl -sf $AFTERLOOK_URL/readyz; exit 5' INT; echo up; "
        "while :; do sleep 0.1; done"
    )
    with subprocess.Popen(
        [*EXEC, "--", "bash", "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.read(5) == "ready"
        assert process.wait(SECONDS) == 5


def test_killed_with_the_server(tmp_path: Path) -> None:
    """However it ends, no server is left behind."""
    command = [*EXEC, "--", "sh", "-c", "echo $AFTERLOOK_URL; exec sleep 60"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, start_new_session=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        process.kill()
        wait_until_gone(url)
        os.killpg(process.pid, signal.SIGTERM)


def test_a_server_that_ends_first(run: Run) -> None:
    """Tests that were green against nothing are not green."""
    script = "kill -9 $(pgrep -P $PPID -f 'testing[.]child')"
    ended = run("exec", "--", "sh", "-c", f"{script}; sleep 0.5; true")

    assert ended.returncode == 1
    assert "the server ended before the command did" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["pytest"], 1, "write `--` before the command"),
        (["--seed", "empty", "--"], 1, "name a command"),
        (["--port-file", "url", "--", "true"], 1, "--port-file is taken"),
    ],
)
def test_refuses_at_once(arguments: list[str], code: int, said: str) -> None:
    ended = run_here("exec", *arguments)
    assert said in expect_failure(ended)
    assert ended.returncode == code


def test_a_server_that_does_not_start(run: Run) -> None:
    """What the server says of it is not lost."""
    told = expect_failure(run("exec", "--seed", "nope", "--", "true"))
    assert "there is no seed 'nope'" in told
    assert "the server did not start" in told


def test_commands_that_cannot_run(run: Run, tmp_path: Path) -> None:
    """As a shell has it."""
    (tmp_path / "text").write_text("no program", "utf-8")
    ended = run("exec", "--", "./text")
    assert ended.returncode == 126, ended.stderr
    assert run("exec", "--", "no-such-command").returncode == 127

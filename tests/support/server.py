"""The command line as a user calls it, and tasks on the server that it started."""

import subprocess
from collections.abc import Callable

import httpx2
from typer.testing import CliRunner

from afterlook import cli


def add(url: str, subject: str, token: str | None = None) -> None:
    """Create a task."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    content = {"Subject": subject}
    created = httpx2.post(f"{url}/api/beta/me/tasks", json=content, headers=headers, timeout=30)
    assert created.status_code == 201, created.text


Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run_here(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run what ends at once in this process, which is faster."""
    ended = CliRunner().invoke(cli.app, arguments)
    problem = ended.exception
    trace = "" if isinstance(problem, SystemExit | None) else f"Traceback: {problem!r}"
    return subprocess.CompletedProcess(
        arguments, ended.exit_code, ended.stdout, ended.stderr + trace
    )


def expect_failure(ended: "subprocess.CompletedProcess[str]") -> str:
    """Expect an ending with an error told in words; return them."""
    assert ended.returncode not in (0, -9), ended.stdout
    assert "Traceback" not in ended.stderr, ended.stderr
    assert ended.stderr.strip()
    return ended.stderr

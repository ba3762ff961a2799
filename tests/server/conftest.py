"""The command line as a user calls it, with nothing of this machine's settings."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from afterlook import cli

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("AFTERLOOK_") and not name.startswith("AFTERLOOK_TEST_"):
            monkeypatch.delenv(name)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs `afterlook` to its end; keywords are its environment."""

    def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "afterlook", *arguments],
            cwd=tmp_path,
            env=os.environ | variables,
            capture_output=True,
            text=True,
            timeout=15,
            check=False,
        )

    return run


def run_here(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run what ends at once in this process, which is faster."""
    ended = CliRunner().invoke(cli.app, arguments)
    problem = ended.exception
    trace = "" if isinstance(problem, SystemExit | None) else f"Traceback: {problem!r}"
    return subprocess.CompletedProcess(
        arguments, ended.exit_code, ended.stdout, ended.stderr + trace
    )


def refused(ended: "subprocess.CompletedProcess[str]") -> str:
    """Expect an ending with an error told in words; return them."""
    assert ended.returncode not in (0, -9), ended.stdout
    assert "Traceback" not in ended.stderr, ended.stderr
    assert ended.stderr.strip()
    return ended.stderr

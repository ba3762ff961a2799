"""The command line as a user calls it, with nothing of this machine's settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.server import Run


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
            timeout=60,
            check=False,
        )

    return run

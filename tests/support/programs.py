"""Programs of clients of others: how tests run them, and read what they saw.

Each is told in its one argument where the server is and by what token, as JSON, and prints what it
saw as JSON.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.node import ROOT, do_without, find_node, read_module

PYTHON = Path(f"{sys.prefix}.clients", "bin", "python")
"""The interpreter of the clients' own environment, which `make test` makes."""

_MAX_SECONDS = 300


@dataclass(frozen=True)
class RunningServer:
    """A running server, and whom to trust for its HTTPS, which is on the same port."""

    url: str
    authority: Path

    @property
    def secure_url(self) -> str:
        """The base URL for clients that send tokens by HTTPS alone."""
        return self.url.replace("http:", "https:", 1)


def run_python(program: str, server: RunningServer, token: str) -> dict[str, Any]:
    """Run a program of `tests/clients/programs`; without the clients, skip the test."""
    if not PYTHON.exists():
        do_without(f"there is no {PYTHON} here: make test")
    return _run(
        [str(PYTHON), str(ROOT / "tests" / "clients" / "programs" / program)], server, token
    )


def run_node(program: str, package: str, server: RunningServer, token: str) -> dict[str, Any]:
    """Run a program of `tests/js`, which calls by HTTPS; without its package, skip the test."""
    read_module(f"{package}/package.json")
    command = [find_node(), str(ROOT / "tests" / "js" / program)]
    return _run(command, RunningServer(server.secure_url, server.authority), token)


def _run(command: list[str], server: RunningServer, token: str) -> dict[str, Any]:
    asked = json.dumps({"url": server.url, "token": token})
    environment = {
        "PATH": os.environ["PATH"],
        "TZ": "UTC",  # pymstodo takes what the server tells for local time
        "NODE_EXTRA_CA_CERTS": str(server.authority),
    }
    ended = subprocess.run(
        [*command, asked],
        env=environment,
        capture_output=True,
        text=True,
        timeout=_MAX_SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout))

"""Starting a server for the time of a test run.

Owns its process: that it is ready when it is handed out, and ends whatever happens.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from afterlook.runtime.files import temporary_directory

_STORE_OPTIONS = frozenset({"--data", "--database", "--ephemeral"})
_INTERVAL_SECONDS = 0.02
_END_SECONDS = 15


class NotStartedError(Exception):
    """The server did not start; the text says why."""


@contextmanager
def run_server(
    options: Sequence[str] = (), wait: float = 60
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run `afterlook serve` with options; yield its base URL, and its process.

    It has a free port and a temporary store, unless the options say otherwise. What it says of
    failures goes to this process's standard error. Raises `NotStartedError`.
    """
    _expect_options(options)
    with temporary_directory() as directory:
        port_file = directory / "url"
        process = subprocess.Popen(  # noqa: S603 # what is run is this package
            [
                *(sys.executable, "-m", "afterlook.testing.child", "serve"),
                *("--port", "0", "--port-file", str(port_file)),
                *(() if _names_store(options) else ("--ephemeral",)),
                *options,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            # Ctrl-C is for the tests: the server is there until they have ended.
            start_new_session=True,
        )
        try:
            yield _wait_until_ready(process, port_file, wait), process
        finally:
            _end(process)


def _expect_options(options: Sequence[str]) -> None:
    for option in options:
        if option.partition("=")[0] == "--port-file":
            message = "--port-file is taken: the command finds the URL in AFTERLOOK_URL"
            raise NotStartedError(message)


def _names_store(options: Sequence[str]) -> bool:
    return any(option.partition("=")[0] in _STORE_OPTIONS for option in options)


def _wait_until_ready(process: subprocess.Popen[bytes], port_file: Path, wait: float) -> str:
    # No proxy: the server is asked itself, whatever the environment says of the internet.
    opener = build_opener(ProxyHandler({}))
    deadline = time.monotonic() + wait
    while time.monotonic() < deadline:
        if process.poll() is not None:
            message = f"the server did not start (exit code {process.returncode})"
            raise NotStartedError(message)
        try:
            url = port_file.read_text("utf-8").strip()
            with opener.open(f"{url}/readyz", timeout=wait):
                return url
        except OSError:
            time.sleep(_INTERVAL_SECONDS)
    message = f"the server was not ready within {wait:g} seconds"
    raise NotStartedError(message)


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None  # noqa: S101
    process.stdin.close()
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

"""`afterlook exec`: start a server, run a command against it, stop it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from afterlook.runtime.environment import with_url
from afterlook.testing.server_process import run_server

if TYPE_CHECKING:
    from types import FrameType

_NOT_EXECUTABLE = 126
_NOT_FOUND = 127
_KILLED = 128
_PASSED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def execute(options: Sequence[str], command: Sequence[str]) -> int:
    """Run a command with `AFTERLOOK_URL` set to a server's base URL; return its exit code.

    As a shell has it: 128 and the signal's number where one ended it, 127 for a command that is
    not found, 126 for one that cannot be run. Raises `NotStartedError`.
    """
    with run_server(options) as (url, server):
        code = _run(command, url)
        if server.poll() is not None:
            sys.stderr.write("afterlook: the server ended before the command did\n")
            return code or 1
    return code


def _run(command: Sequence[str], url: str) -> int:
    with _Signals() as signals:
        try:
            process = subprocess.Popen(command, env=with_url(url))  # noqa: S603 # as it is asked for
        except FileNotFoundError:
            sys.stderr.write(f"afterlook: {command[0]}: command not found\n")
            return _NOT_FOUND
        except OSError as error:
            sys.stderr.write(f"afterlook: {command[0]}: {error.strerror}\n")
            return _NOT_EXECUTABLE
        signals.pass_to(process)
        code = process.wait()
    return code if code >= 0 else _KILLED - code


class _Signals:
    """Leaves it to a command what a signal means; Ctrl-C has reached it by itself.

    From before it starts: a signal that came in between would end this process, and leave the
    command.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._early: list[int] = []

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._receive) for number in _PASSED}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def pass_to(self, process: subprocess.Popen[bytes]) -> None:
        """Pass signals on from now on, and those that have come already."""
        self._process = process
        for number in self._early:
            process.send_signal(number)

    def _receive(self, number: int, _: FrameType | None) -> None:
        if number == signal.SIGINT and os.isatty(0):
            return
        if self._process is None:
            self._early.append(number)
        else:
            self._process.send_signal(number)

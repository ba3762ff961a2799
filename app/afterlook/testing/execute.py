"""`afterlook exec`: start a server, run a command against it, stop it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from afterlook.runtime.environment import with_url
from afterlook.testing.serving import serving

if TYPE_CHECKING:
    from types import FrameType

_NOT_EXECUTABLE = 126
_NOT_FOUND = 127
_KILLED = 128


def execute(options: Sequence[str], command: Sequence[str]) -> int:
    """Run a command with `AFTERLOOK_URL` set to a server's base URL; return its exit code.

    As a shell has it: 128 and the signal's number where one ended it, 127 for a command that is
    not found, 126 for one that cannot be run. Raises `NotStartedError`.
    """
    with serving(options) as (url, server):
        code = _run(command, url)
        if server.poll() is not None:
            sys.stderr.write("afterlook: the server ended before the command did\n")
            return code or 1
    return code


def _run(command: Sequence[str], url: str) -> int:
    try:
        process = subprocess.Popen(command, env=with_url(url))  # noqa: S603 # it is what is asked for
    except FileNotFoundError:
        sys.stderr.write(f"afterlook: {command[0]}: command not found\n")
        return _NOT_FOUND
    except OSError as error:
        sys.stderr.write(f"afterlook: {command[0]}: {error.strerror}\n")
        return _NOT_EXECUTABLE
    with _passing_signals(process):
        code = process.wait()
    return code if code >= 0 else _KILLED - code


@contextmanager
def _passing_signals(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Leave it to a command what a signal means; Ctrl-C has reached it by itself."""

    def pass_on(number: int, _: FrameType | None) -> None:
        if number != signal.SIGINT or not os.isatty(0):
            process.send_signal(number)

    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    before = [signal.signal(number, pass_on) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)

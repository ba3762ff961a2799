"""A server that ends with whoever started it: `python -m afterlook.testing.child serve …`.

However its starter ends, `kill -9` included, the pipe that is this process's standard input closes.
"""

from __future__ import annotations

import os
import signal
import threading


def _end_with_input() -> None:
    # Not by `sys.stdin`, whose lock would be held at the end of the interpreter.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_end_with_input, daemon=True).start()
    from afterlook.cli import app

    app(prog_name="afterlook")

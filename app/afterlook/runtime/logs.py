"""One log line for each kind of failure and second, and then how many more there were.

Owns what is of one kind: the same message before anything is filled in, from the same exception.
"""

from __future__ import annotations

import logging
from threading import Lock, Timer

_SECONDS = 1.0


class Repeats(logging.Filter):
    """Lets the first record of a kind through, and a second later one with the number of others."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        super().__init__()
        self._seconds = seconds
        self._lock = Lock()
        self._further: dict[object, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is the first of its kind in this second."""
        error = record.exc_info[0] if record.exc_info else None
        kind = (record.name, record.levelno, str(record.msg), error)
        with self._lock:
            if kind in self._further:
                self._further[kind] += 1
                return False
            self._further[kind] = 0
        timer = Timer(self._seconds, self._sum_up, [kind, record])
        timer.daemon = True
        timer.start()
        return True

    def _sum_up(self, kind: object, record: logging.LogRecord) -> None:
        with self._lock:
            further = self._further.pop(kind)
        if further:
            again = logging.makeLogRecord(record.__dict__)
            again.msg = f"{record.getMessage()} ({further} more of this kind within a second)"
            again.args, again.exc_info, again.exc_text = (), None, None
            logging.getLogger(record.name).callHandlers(again)


def bound_repeats() -> None:
    """Have the loggers of the program and of what serves it say everything once a second."""
    for name in ("afterlook", "uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        if not any(isinstance(known, Repeats) for known in logger.filters):
            logger.addFilter(Repeats())

"""The log: its form, which request a line is about, and that no failure floods it.

Of records of one kind (the same message before anything is filled in, the same exception) one line
is written in a second, and then how many more there were. Only the top configures the log; others
use `logging`, and never log a token, a cookie, a password or a digest.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any, Literal, TextIO

from afterlook.runtime.upload_urls import mask_session_id

if TYPE_CHECKING:
    from uuid import UUID

    from afterlook.runtime.ids import Ids

LogForm = Literal["text", "json"]

ACCESS = "afterlook.access"
"""The logger of requests that were answered."""

RESPONSE_FIELDS = ("query", "scheme", "client", "status", "bytes", "ms")
"""What is said of the response to a request, beside which request it was."""

REQUEST_ID = "afterlook.request_id"
"""The key in the ASGI scope of a request's id."""

current_scope: ContextVar[MutableMapping[str, Any] | None] = ContextVar(
    "current_scope", default=None
)
"""The ASGI scope of the request that is being answered, as it came."""

_SECONDS = 1.0


class RepeatFilter(logging.Filter):
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
        if not any(isinstance(known, RepeatFilter) for known in logger.filters):
            logger.addFilter(RepeatFilter())


def configure(form: LogForm, level: str) -> None:
    """Have everything logged to standard error in one form, from this level on."""
    handler = _StandardError()
    handler.setFormatter(_LazyFormatter(form))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # Whoever asks for these lines wants them whatever else is logged.
    logging.getLogger(ACCESS).setLevel(logging.INFO)


class _LazyFormatter(logging.Formatter):
    """Writes lines in one form; what that takes is imported when there is a first one."""

    def __init__(self, form: LogForm) -> None:
        super().__init__()
        self._form: LogForm = form
        self._formatter: logging.Formatter | None = None

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        if self._formatter is None:
            from afterlook.runtime.log_forms import make_formatter  # noqa: PLC0415

            self._formatter = make_formatter(self._form)
        return self._formatter.format(record)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes where standard error is now; where it is closed, there is nobody to tell."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Where standard error is."""
        return sys.stderr

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        if sys.stderr is not None:  # as it is where the process was started without one
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Go on: the next record may have somebody to read it."""


def describe_request(scope: MutableMapping[str, Any]) -> dict[str, str]:
    """Return the id, method and path of a request, as they came: nothing in them breaks a line.

    The path lets nobody in.
    """
    path = scope.get("raw_path") or scope["path"].encode("utf-8", "backslashreplace")
    return {
        "request_id": str(scope.get(REQUEST_ID, "")),
        "method": scope["method"],
        "path": mask_session_id(path.partition(b"?")[0].decode("ascii", "backslashreplace")),
    }


class TracedIds:
    """The ids of requests: each is noted with the request that it is made for."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def guid(self) -> UUID:
        """Return a new id."""
        made = self._ids.guid()
        scope = current_scope.get()
        if scope is not None:
            scope[REQUEST_ID] = made
        return made

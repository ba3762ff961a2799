"""The two forms of a line of the log: text for people, JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import structlog
from structlog.stdlib import ProcessorFormatter

from afterlook.runtime.logs import RESPONSE_FIELDS, LogForm, current_scope, describe_request

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor


def make_formatter(form: LogForm) -> ProcessorFormatter:
    """Return what makes a line of a record, in one form."""
    return ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.ExtraAdder(["request_id", "method", "path", *RESPONSE_FIELDS]),
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_request,
        ],
        processors=[ProcessorFormatter.remove_processors_meta, *_RENDERERS[form]],
    )


def _add_request(_: object, __: str, event: EventDict) -> EventDict:
    """Add which request it was that failed, unless the event says so itself."""
    scope = current_scope.get()
    if scope is not None and "request_id" not in event:
        event.update(describe_request(scope))
    return event


_RENDERERS: dict[LogForm, list[Processor]] = {
    "json": [
        structlog.processors.format_exc_info,
        structlog.processors.EventRenamer("message"),
        structlog.processors.JSONRenderer(lambda event, **_: orjson.dumps(event, str).decode()),
    ],
    "text": [
        structlog.dev.ConsoleRenderer(
            colors=False,
            pad_event_to=0,
            pad_level=False,
            sort_keys=False,
            exception_formatter=structlog.dev.plain_traceback,
        )
    ],
}

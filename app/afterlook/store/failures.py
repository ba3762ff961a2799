"""What the database says went wrong, as the errors that a service answers with.

Owns that translation for both drivers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from afterlook.errors import StoreUnavailable, TookTooLong
from afterlook.store.execution import Execution

_QUERY_CANCELED = "57014"


@contextmanager
def as_service_errors(execution: Execution | None = None) -> Iterator[None]:
    """Raise `StoreUnavailable`, `TookTooLong`, or what work was stopped with, for any failure."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:
        if execution is not None and execution.error is not None:
            raise execution.error from error
        if getattr(getattr(error, "orig", None), "sqlstate", None) == _QUERY_CANCELED:
            raise TookTooLong from error
        raise StoreUnavailable from error

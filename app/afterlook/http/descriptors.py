"""Descriptors of this process: how many of them connections may take.

Owns what is left to the store, to what is printed, and to telling clients that there are too many.
"""

from __future__ import annotations

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

_MAX_DESCRIPTORS = 65_536
_RESERVED = 256


def allow_connections(wanted: int) -> int:
    """Return how many connections a process can keep, raising the limit as far as it goes."""
    if sys.platform == "win32":
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = min(hard if hard != resource.RLIM_INFINITY else _MAX_DESCRIPTORS, _MAX_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < most:
        # A system may have a limit of its own that it does not tell.
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    available = _MAX_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft
    return max(1, min(wanted, available - _count_reserved(available)))


def is_reserved(newest: int) -> bool:
    """Tell whether `newest`, just opened, is one of those reserved for other uses than connections.

    The system gives the lowest free number, so a number this high means that all below are taken.
    The limit is read each time, because it may have been lowered since the start.
    """
    limit = _limit()
    return limit is not None and newest >= limit - _count_reserved(limit)


def max_refusals() -> int:
    """Return how many reserved descriptors may be held by clients that are being turned away."""
    limit = _limit()
    return (_RESERVED if limit is None else _count_reserved(limit)) // 2


def _limit() -> int | None:
    if sys.platform == "win32":
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft


def _count_reserved(limit: int) -> int:
    return min(_RESERVED, limit - limit // 2)

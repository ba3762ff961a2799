"""Garbage collection, which is paused while modules are imported.

A collection looks at every object there is, and whoever is being served then waits.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collection(*, freeze: bool = False) -> Iterator[None]:
    """Disable garbage collection within the block, for imports: what they make stays.

    With `freeze`, at the start of a process, what is there at the end is left out of all later
    collections; so it is where the process has frozen objects before. Elsewhere the objects are
    somebody else's too.
    """
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if freeze or gc.get_freeze_count():
            gc.freeze()
        if is_on:
            gc.enable()

"""The garbage collector: kept from looking at what stays.

It looks at all that is there whenever many objects were made, and whoever is served then waits.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def importing(*, begins: bool = False) -> Iterator[None]:
    """Within the block, look for no garbage: what is imported stays.

    What is there at its end is left out of every later look, if this `begins` a process, or the
    process has left out something before. Elsewhere the objects are somebody else's too.
    """
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if begins or gc.get_freeze_count():
            gc.freeze()
        if is_on:
            gc.enable()

"""What the garbage collector is kept from, and that it goes on afterwards."""

import gc
import subprocess
import sys

import pytest

from afterlook.runtime.garbage import pause_collection


def test_within_the_block() -> None:
    """It rests, and begins again, even if what is imported cannot be."""
    assert gc.isenabled()
    with pause_collection():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ImportError), pause_collection():
        raise ImportError
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("before", "options", "expected"),
    [("", "", False), ("", "freeze=True", True), ("gc.freeze()", "", True)],
)
def test_what_is_left_out(before: str, options: str, expected: bool) -> None:
    """Objects of a process that is not ours alone stay as they are."""
    program = f"""
import gc
from afterlook.runtime.garbage import pause_collection
gc.disable()
{before}
at_first = gc.get_freeze_count()
with pause_collection({options}):
    import json.tool
assert not gc.isenabled()
print(gc.get_freeze_count() > at_first)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == str(expected)

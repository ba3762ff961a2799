"""Texts with which a portion of a job, or a page, ends before it is full: nothing is left out."""

import pytest

from afterlook.store import feeds, pages
from afterlook.workmanagement import jobs
from afterlook.workmanagement.exchange import SyncResult
from tests.workmanagement.exchanging import Sides

ROOM = 1000
LENGTHS = {
    "long first": (900,) * 8 + (0,) * 5,
    "long last": (0,) * 5 + (900,) * 8,
    "more than all room": (1200, 0, 1200, 1200, 0),
    "just full": (ROOM - 10, 10, 0, ROOM, 0),
}


@pytest.mark.parametrize("lengths", LENGTHS.values(), ids=LENGTHS)
@pytest.mark.parametrize("portion", [3, 200])
def test_a_portion_that_ends_with_its_text(
    sides: Sides, monkeypatch: pytest.MonkeyPatch, lengths: tuple[int, ...], portion: int
) -> None:
    """All tasks come into the list, by the first job as by a later one; before the list's own."""
    monkeypatch.setattr(jobs, "PORTION", portion)
    mine = sides.list_task("mine")
    names = ["mine"]
    for turn in ("first", "later"):
        for number, length in enumerate(lengths):
            names.append(f"{turn} {number}")
            sides.post(subject=names[-1], body="x" * length, body_type=0)
        with monkeypatch.context() as patched:
            patched.setattr(pages, "MAX_PAGE_TEXT", ROOM)
            patched.setattr(feeds, "MAX_PAGE_TEXT", ROOM)
            if turn == "first":
                sides.opt_in()
            else:
                sides.job()
        assert sorted(task.name for task in sides.listed.values()) == sorted(names)
        assert sorted(task.subject or "" for task in sides.outlook.values()) == sorted(names)
        assert sides.state.result is SyncResult.SUCCESS
    assert mine in sides.pairs

"""Texts with which a portion of a job ends before it is full: nothing is left out."""

import pytest

from afterlook.mailbox.plaintext import from_html
from afterlook.workmanagement.exchange_sync import job as sync_job
from afterlook.workmanagement.exchange_sync import synced_fields
from afterlook.workmanagement.exchange_sync.state import SyncResult
from tests.support.exchange_sync import Sides

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
    monkeypatch.setattr(sync_job, "MAX_PORTION", portion)
    monkeypatch.setattr(sync_job, "MAX_PORTION_TEXT", ROOM)
    mine = sides.create_list_task("mine")
    names = ["mine"]
    for turn in ("first", "later"):
        for number, length in enumerate(lengths):
            names.append(f"{turn} {number}")
            sides.post(subject=names[-1], body="x" * length, body_type=0)
        if turn == "first":
            sides.opt_in()
        else:
            sides.job()
        assert sorted(task.name for task in sides.listed.values()) == sorted(names)
        assert sorted(task.subject or "" for task in sides.outlook.values()) == sorted(names)
        assert sides.state.result is SyncResult.SUCCESS
    assert mine in sides.pairs


def test_html_is_read_once(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each version of a task: others wait meanwhile."""
    read: list[str] = []

    def counted(body: str, most: int) -> str | None:
        read.append(body)
        return from_html(body, most)

    monkeypatch.setattr(synced_fields, "from_html", counted)
    bodies = [f"<p>{number}" for number in range(3)]
    numbers = [sides.post(body=body, body_type=1) for body in bodies]
    sides.opt_in()
    assert read == bodies

    read.clear()
    sides.patch(numbers[0], body="<p>new", body_type=1)
    (key, *_) = (key for key, number in sides.pairs.items() if number == numbers[1])
    sides.write(key, name="New")
    sides.job()
    assert read == ["<p>new", "<p>1", "<p>1"]

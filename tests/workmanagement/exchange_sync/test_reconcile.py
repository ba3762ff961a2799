"""What becomes of a pair: what is carried over, what stays, and what is deleted."""

import pytest

from afterlook.runtime.instants import TICKS_PER_DAY
from tests.support.exchange_sync import Sides


def test_times_of_day_stay(sides: Sides, pair: tuple[int, int]) -> None:
    """The mailbox knows days only; for as long as the day is the same, the time is kept."""
    key, number = pair
    due = sides.listed[key].due
    assert due is not None
    assert due % TICKS_PER_DAY
    assert sides.outlook[number].due == due - due % TICKS_PER_DAY
    sides.patch(number, subject="Renamed")
    sides.job()
    assert (sides.listed[key].due, sides.listed[key].name) == (due, "Renamed")


def test_html_stays(sides: Sides, pair: tuple[int, int]) -> None:
    """Until the description is really changed."""
    key, number = pair
    sides.patch(number, body="<p>In <b>HTML</b></p>", body_type=1)
    sides.job()
    assert sides.listed[key].description == "In HTML"
    sides.write(key, name="Renamed", description="In HTML")
    sides.job()
    row = sides.outlook[number]
    assert (row.subject, row.body_type, row.body) == ("Renamed", 1, "<p>In <b>HTML</b></p>")

    sides.write(key, description="In text")
    sides.job()
    assert (sides.outlook[number].body_type, sides.outlook[number].body) == (0, "In text")


def test_what_the_list_does_not_know_stays(sides: Sides, pair: tuple[int, int]) -> None:
    """Low importance is no pin, and being in progress is not being completed."""
    key, number = pair
    sides.patch(number, importance=0, status=1, subject="s" * 255, categories='["Red"]')
    sides.job()
    assert sides.listed[key].name == "s" * 255
    sides.write(key, description="More")
    sides.job()

    row = sides.outlook[number]
    assert (row.importance, row.status, row.subject) == (0, 1, "s" * 255)
    assert (row.body, row.categories) == ("More", '["Red"]')


def test_dates_that_the_mailbox_cannot_hold(sides: Sides, pair: tuple[int, int]) -> None:
    """Due follows Start, and the list shows what the mailbox has made of it."""
    key, number = pair
    sides.write(key, start="2016-05-01")
    sides.job()
    row = sides.listed[key]
    assert row.start == row.due == sides.outlook[number].due
    sides.write(key, due=None)
    sides.job()
    assert sides.listed[key].due == row.start


@pytest.mark.parametrize("last", ["list", "mailbox"])
def test_conflicts(sides: Sides, pair: tuple[int, int], last: str) -> None:
    """The side that was written last has the field; what only one has written is kept."""
    key, number = pair
    if last == "list":
        sides.patch(number, subject="Outlook", importance=2)
    sides.write(key, name="Listed", description="Listed")
    if last == "mailbox":
        sides.patch(number, subject="Outlook", importance=2)
    sides.job()

    name = {"list": "Listed", "mailbox": "Outlook"}[last]
    row, copy = sides.listed[key], sides.outlook[number]
    assert (row.name, row.description, row.pinned is not None) == (name, "Listed", True)
    assert (copy.subject, copy.body, copy.importance) == (name, "Listed", 2)


def test_deletions(sides: Sides, pair: tuple[int, int]) -> None:
    key, _ = pair
    other = sides.create_list_task("Other")
    sides.job()
    sides.delete(key)
    sides.remove(sides.pairs[other])
    sides.job()

    assert not sides.listed
    assert not sides.outlook


def test_a_change_survives_a_deletion(sides: Sides, pair: tuple[int, int]) -> None:
    """Whatever was changed, and whichever was later."""
    key, number = pair
    other = sides.create_list_task("Other", description="Kept")
    sides.job()
    sides.patch(number, categories='["Red"]')
    sides.delete(key)
    sides.remove(sides.pairs[other])
    sides.pin(other, pinned=True)
    sides.job()

    assert sorted(task.name for task in sides.listed.values()) == ["Other", "Task"]
    assert key not in sides.listed
    assert sides.outlook[number].categories == '["Red"]'
    assert sides.outlook[sides.pairs[other]].body == "Kept"


def test_pairs_are_suspended_in_locations(sides: Sides, pair: tuple[int, int]) -> None:
    """Nothing is carried over then, nor deleted; when they wake everything is."""
    key, number = pair
    place = sides.create_location()
    sides.create_list_task("Elsewhere", location=place)
    sides.move(key, place)
    sides.job()
    sides.write(key, description="New text")
    sides.patch(number, subject="New name")
    sides.job()
    assert len(sides.outlook) == 1
    assert (sides.listed[key].name, sides.outlook[number].body) == ("Task", "Text")

    sides.move(key, -1)
    sides.job()
    assert (sides.listed[key].name, sides.outlook[number].body) == ("New name", "New text")


def test_deletions_while_suspended(sides: Sides, pair: tuple[int, int]) -> None:
    key, number = pair
    place, other = sides.create_location(), sides.create_list_task("Other")
    sides.job()
    for task in (key, other):
        sides.move(task, place)
    sides.delete(key)
    sides.remove(sides.pairs[other])
    sides.job()
    assert (list(sides.outlook), list(sides.listed)) == ([number], [other])

    sides.move(other, -1)
    sides.job()
    assert sides.outlook[sides.pairs[other]].subject == "Other"

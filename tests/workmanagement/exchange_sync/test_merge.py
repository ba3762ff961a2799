"""Three-way merge of the fields that both sides hold."""

from datetime import datetime

from hypothesis import given

from afterlook.mailbox.values import WallTime
from afterlook.mailbox.walls import NO_ZONE
from afterlook.runtime.instants import from_datetime
from afterlook.workmanagement.dates import to_naive_ticks
from afterlook.workmanagement.exchange_sync.merge import merge, outlook_task_changes, settle_dates
from afterlook.workmanagement.exchange_sync.synced_fields import SyncedFields
from tests.workmanagement.exchange_sync.strategies import FIELDS

BASE = SyncedFields("Name", None, None, None, is_completed=False, is_pinned=False)


@given(FIELDS, FIELDS, FIELDS)
def test_merging(base: SyncedFields, listed: SyncedFields, outlook: SyncedFields) -> None:
    """One side alone is followed, dates as the mailbox holds them; of two the later wins."""
    assert merge(base, base, outlook, list_is_later=True) == settle_dates(outlook)
    assert merge(base, listed, base, list_is_later=False) == settle_dates(listed)
    assert merge(base, listed, listed, list_is_later=False) == settle_dates(listed)
    ours = merge(base, listed, outlook, list_is_later=True)
    theirs = merge(base, listed, outlook, list_is_later=False)
    for name in ("name", "description", "is_completed", "is_pinned"):
        before, one, two = (getattr(fields, name) for fields in (base, listed, outlook))
        if one != before != two:
            assert (getattr(ours, name), getattr(theirs, name)) == (one, two)


def test_fields_of_both_sides() -> None:
    """Different fields do not get into each other's way."""
    listed, outlook = BASE._replace(name="New"), BASE._replace(is_pinned=True)

    for is_later in (True, False):
        both = merge(BASE, listed, outlook, list_is_later=is_later)
        assert both == BASE._replace(name="New", is_pinned=True)


def test_only_what_differs_is_written() -> None:
    assert outlook_task_changes(BASE, BASE, None) == {}
    due = to_naive_ticks(datetime.fromisoformat("2016-04-26"))
    assert outlook_task_changes(BASE._replace(due=due), BASE, None) == {
        "due": from_datetime(datetime.fromisoformat("2016-04-26T00:00:00Z")),
        "walls": {"due": WallTime(due, NO_ZONE)},
    }
    seen = BASE._replace(due=due, is_pinned=True, is_completed=True)
    assert outlook_task_changes(BASE, seen, None) == {
        "due": None,
        "walls": {},
        "importance": 1,
        "status": 0,
    }

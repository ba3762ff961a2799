"""How tasks of either side read in the fields that both can hold."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given

from afterlook.mailbox.dates import parse_day
from afterlook.mailbox.timezones import find_zone
from afterlook.runtime.instants import LAST_INSTANT, Instant
from afterlook.workmanagement.dates import to_naive_datetime
from afterlook.workmanagement.exchange_sync import synced_fields
from afterlook.workmanagement.exchange_sync.synced_fields import SyncedFields, Unlistable
from tests.support.rows import BLANK_TASK
from tests.workmanagement.exchange_sync.strategies import FIELDS


@pytest.mark.parametrize(
    "name",
    [
        *("UTC", "Eastern Standard Time", "Pacific Standard Time", "Tokyo Standard Time"),
        *("India Standard Time", "Hawaiian Standard Time", "AUS Eastern Standard Time"),
    ],
)
@pytest.mark.parametrize("day", ["2016-01-31", "2016-04-26", "2016-10-30"])
def test_days(name: str, day: str) -> None:
    """The midnight of a day anywhere is that day in the list."""
    instant = parse_day(f"{day}T00:00:00", find_zone(name)).instant
    fields = synced_fields.from_outlook_task(BLANK_TASK._replace(start=instant, due=instant))

    assert (
        to_naive_datetime(fields.start)
        == to_naive_datetime(fields.due)
        == datetime.fromisoformat(day)
    )


def test_the_last_day_and_the_first() -> None:
    last = synced_fields.from_outlook_task(BLANK_TASK._replace(due=LAST_INSTANT)).due
    assert to_naive_datetime(last) == datetime.fromisoformat("9999-12-31")
    assert synced_fields.from_outlook_task(BLANK_TASK._replace(due=Instant(0))).due is None


def test_what_a_list_cannot_hold() -> None:
    """A name it must have, and texts have bounds there."""
    for subject in (None, "", " \t"):
        assert (
            synced_fields.from_outlook_task(BLANK_TASK._replace(subject=subject)).name
            == "(No subject)"
        )
    whole = synced_fields.from_outlook_task(
        BLANK_TASK._replace(subject="s" * 255, body="b" * 63_999)
    )
    assert (whole.name, whole.description) == ("s" * 255, "b" * 63_999)


@pytest.mark.parametrize(
    "values",
    [
        {"subject": "s" * 256},
        {"body": "b" * 64_000},
        {"body": "b" * 64_000, "body_type": 1},
        {"body": "<p>" * 10 + "b " * 32_001, "body_type": 1},
        {"body": "<p>b" * 32_001, "body_type": 1},
        {"body": " " * 1_000_000 + "b", "body_type": 1},
        {"body": "<i> " * 1_000_000 + "b", "body_type": 1},
    ],
    ids=["subject", "text", "html", "words", "blocks", "spaces", "between"],
)
def test_what_is_too_long_is_not_cut(values: dict[str, Any]) -> None:
    with pytest.raises(Unlistable):
        synced_fields.from_outlook_task(BLANK_TASK._replace(**values))


@given(FIELDS)
def test_json_round_trip(fields: SyncedFields) -> None:
    assert synced_fields.from_json(synced_fields.to_json(fields)) == fields

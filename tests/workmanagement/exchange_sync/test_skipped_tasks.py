"""Tasks of the mailbox with texts that the list cannot hold: never cut, and reported."""

from typing import Any

import pytest

from afterlook.store.workmanagement import exchange_skips
from afterlook.workmanagement.exchange_sync.state import SyncResult
from tests.support.exchange_sync import Sides

LONG = [
    {"subject": "s" * 256},
    {"body": "b" * 64_000, "body_type": 0},
    {"body": "<p>b" * 32_001, "body_type": 1},
]
SHORT: dict[str, Any] = {"subject": "Outlook", "body": "", "body_type": 0}


def result_of(sides: Sides) -> SyncResult:
    """Return how the last job went."""
    return sides.state.result


each_text = pytest.mark.parametrize("long", LONG, ids=["subject", "text", "html"])


@each_text
def test_skipped_and_reported(sides: Sides, long: dict[str, Any]) -> None:
    """Such a task stays out, all others come, and every job tells so until it fits."""
    number = sides.post(**long)
    sides.post(subject="Other")
    sides.opt_in()
    assert [task.name for task in sides.listed.values()] == ["Other"]
    assert result_of(sides) == SyncResult.SYNC_WITH_ERRORS

    sides.job()
    assert result_of(sides) == SyncResult.SYNC_WITH_ERRORS

    sides.patch(number, **SHORT)
    sides.job()
    assert sorted(task.name for task in sides.listed.values()) == ["Other", "Outlook"]
    assert result_of(sides) == SyncResult.SUCCESS


@each_text
def test_a_pair_is_suspended(sides: Sides, long: dict[str, Any]) -> None:
    """What it had in the list stays, and both sides are merged once it fits again."""
    number = sides.post(subject="Outlook")
    sides.opt_in()
    (key,) = sides.listed
    before = sides.outlook[number]

    sides.patch(number, **long)
    sides.write(key, is_completed="1")
    sides.job()
    assert sides.listed[key].name == "Outlook"
    assert sides.listed[key].description is None
    assert sides.outlook[number].completed is None
    assert result_of(sides) == SyncResult.SYNC_WITH_ERRORS

    sides.patch(number, **SHORT, importance=2)
    sides.job()
    assert list(sides.listed) == [key]
    assert sides.listed[key].pinned is not None
    assert sides.outlook[number].status != before.status
    assert result_of(sides) == SyncResult.SUCCESS


@each_text
def test_deleted_on_either_side(sides: Sides, long: dict[str, Any]) -> None:
    """A deletion in the list does not delete what has changed since; the list cannot have it."""
    number, other = sides.post(subject="Outlook"), sides.post(subject="Other")
    sides.opt_in()
    keys = {pair: key for key, pair in sides.pairs.items()}
    for one in (number, other):
        sides.patch(one, **long)
    sides.delete(keys[number])
    sides.remove(other)
    sides.job()

    assert list(sides.outlook) == [number]
    assert sides.listed == {}
    assert result_of(sides) == SyncResult.SYNC_WITH_ERRORS


@each_text
def test_suspended_in_a_location(sides: Sides, long: dict[str, Any]) -> None:
    """A pair that nobody wants carried over is no error."""
    number = sides.post(subject="Outlook")
    sides.opt_in()
    (key,) = sides.listed
    sides.move(key, sides.create_location())
    sides.patch(number, **long)
    sides.job()
    assert result_of(sides) == SyncResult.SUCCESS


@each_text
def test_gone_before_it_fits(sides: Sides, long: dict[str, Any]) -> None:
    """One that was skipped and is deleted, or suspended, or opted out of, is no error more."""
    number, other = sides.post(subject="Outlook"), sides.post(**long)
    sides.opt_in()
    (key,) = sides.listed
    assert result_of(sides) == SyncResult.SYNC_WITH_ERRORS
    sides.remove(other)
    sides.job()
    assert result_of(sides) == SyncResult.SUCCESS

    sides.patch(number, **long)
    sides.job()
    assert result_of(sides) == SyncResult.SYNC_WITH_ERRORS
    sides.move(key, sides.create_location())
    sides.job()
    assert result_of(sides) == SyncResult.SUCCESS

    sides.opt_out()
    sides.patch(number, **SHORT)
    sides.opt_in()
    assert result_of(sides) == SyncResult.SUCCESS


def test_known_without_reading_the_mailbox(sides: Sides) -> None:
    """By what jobs kept in mind: a mailbox may hold a hundred thousand tasks."""
    with sides.store.write_session(sides.mailbox) as session:
        statement = exchange_skips._ANY.compile(
            session._connection,
            compile_kwargs={"render_postcompile": True},
        )
        if session.dialect != "sqlite":
            return
        plan = session._connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", tuple(1 for _ in statement.positiontup or ())
        )
        steps = [row[3] for row in plan]
    assert steps[0].startswith("SEARCH work_exchange_left_out")
    assert not [step for step in steps if step.startswith("SCAN")]

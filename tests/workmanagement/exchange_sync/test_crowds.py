"""Exchange sync among many writers, and with recurring tasks among the others."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from afterlook.mailbox.recurrence import (
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
)
from afterlook.workmanagement.dates import to_naive_datetime
from afterlook.workmanagement.exchange_sync import job as sync_job
from tests.support.exchange_sync import Sides, day

MANY = 8


def agreed(sides: Sides) -> None:
    """Run a job: both sides are the same then, and another one changes nothing."""
    sides.job()
    listed, outlook = sides.synced()
    assert listed == outlook
    assert sorted(sides.pairs.values()) == sorted(sides.outlook)
    before = sides.everything()
    sides.job()
    assert sides.everything() == before


def test_many_at_once(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers on both sides, and jobs that overlap: nothing is lost, and nothing comes twice."""
    monkeypatch.setattr(sync_job, "MAX_PORTION", 2)
    sides.opt_in()

    def work(number: int) -> None:
        for turn in range(6):
            name = f"{number} {turn}"
            if number % 4 == 0:
                sides.write(sides.create_list_task(name), description=name)
            elif number % 4 == 1:
                sides.patch(sides.post(subject=name), body=name)
            else:
                sides.portion()

    with ThreadPoolExecutor(MANY) as pool:
        assert list(pool.map(work, range(MANY))) == [None] * MANY
    sides.finish()
    agreed(sides)
    wanted = sorted(f"{number} {turn}" for number in (0, 1, 4, 5) for turn in range(6))
    assert sorted(row.name for row in sides.listed.values()) == wanted
    assert sorted(row.body for row in sides.outlook.values()) == wanted


@pytest.mark.parametrize("seed", range(4))
def test_series_among_others(sides: Sides, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Whatever is done to occurrences on either side, both come to the same."""
    monkeypatch.setattr(sync_job, "MAX_PORTION", 3)
    chance = random.Random(seed)
    sides.opt_in()
    for number in range(3):
        bounds = Range(
            RangeType.Numbered, to_naive_datetime(day(1)).date(), number_of_occurrences=4
        )
        recurrence = PatternedRecurrence(Pattern(PatternType.Daily, number + 1), bounds)
        sides.post(subject=f"Series {number}", due=day(1), start=day(1), recurrence=recurrence)
    agreed(sides)
    for _ in range(60):
        keys, numbers = [*sides.listed], [*sides.outlook]
        if not keys or not numbers:
            sides.create_list_task()
            continue
        key, number = chance.choice(keys), chance.choice(numbers)
        moment = day(chance.randint(-3, 9))
        match chance.randrange(7):
            case 0:
                sides.write(key, is_completed=chance.choice("01"))
            case 1:
                sides.write(
                    key,
                    **{chance.choice(["start", "due"]): f"{to_naive_datetime(moment):%Y-%m-%d}"},
                )
            case 2:
                sides.write(key, name=f"Listed {moment}")
            case 3:
                sides.patch(number, status=chance.choice([0, 2]))
            case 4:
                sides.patch(number, **{chance.choice(["start", "due"]): moment})
            case 5 if len(keys) > 5:
                if chance.randrange(2):
                    sides.delete(key)
                else:
                    sides.remove(number)
            case _:
                agreed(sides)
    agreed(sides)

"""Recurrences of any kind: never a 5xx, always a proper answer, never an endless series."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlook.outlook import edm, response_models
from tests.outlook.fuzzing import FUZZ, VALUES, proper
from tests.outlook.recurring import PATTERN, RANGE, at
from tests.support.mailboxes import Filled, fill
from tests.support.outlook import write
from tests.support.samples import zoned
from tests.support.wire import Mailbox, Wire

NUMBERS = st.sampled_from([0, 1, 2, 5, 12, 28, 29, 30, 31, 999, 1000, -1, "3", "x"]) | st.integers()
DAYS = st.sampled_from(edm.DAY_OF_WEEK.members)
DATES = st.dates().map(str) | st.sampled_from(["0001-01-01", "9999-12-31", "2016-02-30", ""])
ZONES = st.sampled_from(
    ["UTC", "Pacific Standard Time", "Line Islands Standard Time", "", "Nowhere"]
)
PATTERNS = st.fixed_dictionaries(
    {"Type": st.sampled_from(edm.PATTERN_TYPE.members), "Interval": NUMBERS},
    optional={
        "Month": NUMBERS,
        "DayOfMonth": NUMBERS,
        "DaysOfWeek": st.lists(DAYS, max_size=8) | VALUES,
        "FirstDayOfWeek": DAYS,
        "Index": st.sampled_from(edm.WEEK_INDEX.members),
    },
)
RANGES = st.fixed_dictionaries(
    {"Type": st.sampled_from(edm.RANGE_TYPE.members), "StartDate": DATES},
    optional={"EndDate": DATES, "NumberOfOccurrences": NUMBERS, "RecurrenceTimeZone": ZONES},
)
LIKELY = st.fixed_dictionaries({"Pattern": PATTERNS, "Range": RANGES})
ODD = st.fixed_dictionaries(
    {},
    optional={
        "Pattern": PATTERNS | VALUES,
        "Range": RANGES | VALUES,
        "RecurrenceTimeZone": ZONES | VALUES,
    },
)
# One member that is anything, in a recurrence that is right but for it.
AMISS = st.one_of(
    st.tuples(st.sampled_from(sorted(PATTERN)), VALUES).map(
        lambda pair: {"Pattern": PATTERN | {pair[0]: pair[1]}, "Range": RANGE}
    ),
    st.tuples(st.sampled_from(sorted(RANGE)), VALUES).map(
        lambda pair: {"Pattern": PATTERN, "Range": RANGE | {pair[0]: pair[1]}}
    ),
)
MOMENTS = st.none() | st.datetimes().map(lambda moment: zoned(moment.isoformat(), "UTC"))


@pytest.fixture(scope="module")
def fuzzed(embedded: Wire) -> Filled:
    """Return a mailbox that the examples share."""
    return fill(Mailbox(embedded, uuid4().hex))


@pytest.mark.inferred("error.never-5xx", "error.shape", "entity.conforms")
@pytest.mark.parametrize("kind", ["likely", "odd", "amiss"])
def test_recurrences(fuzzed: Filled, kind: str) -> None:
    """Written by POST and PATCH, and completed twice if they were taken."""
    rules = {"likely": LIKELY, "odd": ODD | VALUES, "amiss": AMISS}[kind]

    @FUZZ
    @given(rule=rules, due=MOMENTS, reminder=MOMENTS)
    def run(rule: Any, due: object, reminder: object) -> None:
        me = fuzzed.me
        raw = json.dumps({"Recurrence": rule, "DueDateTime": due, "ReminderDateTime": reminder})
        proper(write(me, "PATCH", fuzzed.at("tasks('{task}')"), raw), response_models.Task)
        made = write(me, "POST", "tasks", raw)
        proper(made, response_models.Task)
        if made.status_code == 201:
            proper(me.post(f"{at(made.json())}/complete"), response_models.TaskCollection)
            proper(me.patch(at(made.json()), {"Status": "Completed"}), response_models.Task)
            me.delete(at(made.json()))

    run()

"""`$filter` with the dates that stand for the beginning and the end of all time."""

import pytest

from tests.support.outlook import PACIFIC, expect_refusal, prefer, values
from tests.support.samples import utc, zoned
from tests.support.wire import Mailbox

FIRST, LAST = "0001-01-01T00:00:00", "9999-12-31T23:59:59.9999999"
TOKYO, BERLIN = "Tokyo Standard Time", "W. Europe Standard Time"
DUE, CREATED = "DueDateTime/DateTime", "CreatedDateTime"
BEFORE = {"eq": 0, "ne": 2, "gt": 2, "ge": 2, "lt": 0, "le": 0}
AFTER = {"eq": 0, "ne": 2, "gt": 0, "ge": 0, "lt": 2, "le": 2}
AHEAD, BEHIND = ("%2B00:01", "%2B14:00", "%2B23:59"), ("-00:01", "-14:00", "-23:59")


@pytest.mark.inferred("filter.beyond-calendar")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("name", "literal", "zone", "counts"),
    [(DUE, f"'{FIRST}'", zone, BEFORE) for zone in (TOKYO, BERLIN, PACIFIC, "UTC")]
    + [(DUE, f"'{LAST}'", zone, AFTER) for zone in (TOKYO, BERLIN, PACIFIC, "UTC")]
    + [(DUE, f"'{FIRST}{offset}'", zone, BEFORE) for offset in AHEAD for zone in (TOKYO, PACIFIC)]
    + [(DUE, f"'{LAST}{offset}'", zone, AFTER) for offset in BEHIND for zone in (TOKYO, PACIFIC)]
    + [(CREATED, FIRST + offset, PACIFIC, BEFORE) for offset in AHEAD]
    + [(CREATED, LAST + offset, PACIFIC, AFTER) for offset in BEHIND],
)
def test_sentinels(me: Mailbox, name: str, literal: str, zone: str, counts: dict[str, int]) -> None:
    """Each operator answers by what is stored, a day in no zone, a date in one, or a stamp."""
    for due in (utc("2016-04-26"), zoned("2016-04-26", BERLIN)):
        me.create("tasks", {"DueDateTime": due})
    for operator, count in counts.items():
        url = f"tasks?$filter={name} {operator} {literal}"
        assert len(values(me.get(url, Prefer=prefer(zone)))) == count
    url = f"tasks?$filter={name} in ({literal})"
    assert values(me.get(url, Prefer=prefer(zone))) == []


@pytest.mark.inferred("filter.beyond-calendar")
def test_beside_the_ends(me: Mailbox) -> None:
    """What is stored at an end of the calendar is not what lies beyond it."""
    for day in ("0001-01-01", "9999-12-31"):
        me.create("tasks", {"DueDateTime": utc(day)})
    for literal, zone, counts in ((FIRST, BERLIN, BEFORE), (LAST, PACIFIC, AFTER)):
        for operator, count in counts.items():
            url = f"tasks?$filter={DUE} {operator} '{literal}'"
            assert len(values(me.get(url, Prefer=prefer(zone)))) == count


@pytest.mark.inferred("filter.beyond-calendar")
@pytest.mark.in_process
@pytest.mark.parametrize("name", ["year", "month", "day", "hour", "minute", "second"])
def test_functions(me: Mailbox, name: str) -> None:
    response = me.get(f"tasks?$filter={name}({FIRST}%2B14:00) eq 1")

    expect_refusal(
        response, 400, "ErrorInvalidUrlQueryFilter", f"'{name}' takes the years 1 to 9999"
    )

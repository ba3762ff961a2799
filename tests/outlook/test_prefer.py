"""The Prefer header."""

import pytest

from tests.support.outlook import (
    ONE_DAY,
    PACIFIC,
    Headers,
    call,
    everything,
    expect_refusal,
    prefer,
    values,
)
from tests.support.samples import zoned
from tests.support.wire import Mailbox

SPELLINGS = [
    'outlook.timezone="Pacific Standard Time"',
    "outlook.timezone='Pacific Standard Time'",
    'outlook.timezone = "Pacific Standard Time"',
    "wait=1 ,  outlook.timezone   =  'Pacific Standard Time'  ,",
    'Outlook.TimeZone="Pacific Standard Time"',
    'OUTLOOK.TIMEZONE="pacific standard time"',
]
SEVERAL: list[list[str]] = [
    ["return=representation", prefer(PACIFIC)],
    [prefer(PACIFIC), "respond-async"],
    [f"respond-async, {prefer(PACIFIC)}"],
    [f"{prefer(PACIFIC)}, respond-async"],
    [f'wait=10,{prefer(PACIFIC)},outlook.body-content-type="text"'],
    [f"{prefer(PACIFIC)};strict=yes, wait=10"],
    ["", prefer(PACIFIC), ""],
    [f",, ,{prefer(PACIFIC)},"],
]
MALFORMED = [
    "",
    ",",
    "=",
    '="x"',
    "'",
    'IdType="RestId"',
    "odata.maxpagesize=many",
    "odata.maxpagesize=0",
    "odata.maxpagesize=-1",
    "odata.maxpagesize=1.5",
    "odata.maxpagesize=",
    'odata.maxpagesize=""',
    "return=everything",
    "return",
    'some.thing="un\\"quoted", x=1;y="2"',
]
UNREADABLE = [
    'outlook.timezone="Pacific Standard Time',
    "outlook.timezone='Pacific Standard Time",
    "outlook.timezone=\"Pacific Standard Time'",
    'outlook.timezone="Pacific" Standard Time',
    'wait=1, outlook.timezone="Pacific Standard Time, return=minimal',
    'odata.maxpagesize="5',
    '"',
    "un'known = ;; , \"",
]
DUE = zoned("2016-04-25T21:00:00.0000000", PACIFIC)


def lines(*given: str) -> Headers:
    """Return a Prefer header of several lines."""
    return [("Prefer", line) for line in given]


@pytest.fixture
def due(me: Mailbox) -> Mailbox:
    """Return a mailbox with one task, due on a day in Eastern time."""
    me.create("tasks", {"DueDateTime": ONE_DAY})
    return me


@pytest.mark.observed("prefer.quotes", "prefer.echo")
@pytest.mark.once
@pytest.mark.parametrize("spelling", SPELLINGS[:2])
def test_quotes(due: Mailbox, spelling: str) -> None:
    response = due.get("tasks", Prefer=spelling)

    assert values(response)[0]["DueDateTime"] == DUE
    assert response.headers["Preference-Applied"] == prefer(PACIFIC)


@pytest.mark.inferred("prefer.spaces")
@pytest.mark.once
@pytest.mark.parametrize("spelling", SPELLINGS[2:])
def test_spaces_and_case(due: Mailbox, spelling: str) -> None:
    response = due.get("tasks", Prefer=spelling)

    assert values(response)[0]["DueDateTime"] == DUE
    assert response.headers["Preference-Applied"].lower() == prefer(PACIFIC).lower()


@pytest.mark.inferred("prefer.spaces")
def test_name_without_quotes(due: Mailbox) -> None:
    response = due.get("tasks", Prefer="outlook.timezone=America/Los_Angeles, wait=1")

    assert values(response)[0]["DueDateTime"] == DUE


@pytest.mark.observed("prefer.several")
@pytest.mark.once
@pytest.mark.parametrize("given", SEVERAL)
def test_several(due: Mailbox, given: list[str]) -> None:
    response = call(due, "GET", "tasks", headers=lines(*given))

    assert values(response)[0]["DueDateTime"] == DUE
    assert prefer(PACIFIC) in response.headers["Preference-Applied"]


@pytest.mark.inferred("prefer.first")
def test_the_first_of_equals_counts(due: Mailbox) -> None:
    twice = (prefer(PACIFIC), prefer("Tokyo Standard Time"))
    for given in (twice, (", ".join(twice),)):
        response = call(due, "GET", "tasks", headers=lines(*given))
        assert values(response)[0]["DueDateTime"] == DUE


@pytest.mark.inferred("prefer.echo-all")
def test_all_that_was_applied_is_told(due: Mailbox) -> None:
    given = lines("wait=1", prefer(PACIFIC), "odata.maxpagesize=3", "return=minimal")

    applied = call(due, "GET", "tasks", headers=given).headers["Preference-Applied"]
    assert applied.split(", ") == [prefer(PACIFIC), "odata.maxpagesize=3"]

    created = call(due, "POST", "tasks", b"{}", [*given, ("Content-Type", "application/json")])
    assert created.headers["Preference-Applied"].split(", ") == [prefer(PACIFIC), "return=minimal"]

    assert "Preference-Applied" not in due.get("tasks", Prefer="wait=1").headers
    assert "Preference-Applied" not in due.get("tasks").headers


@pytest.mark.inferred("prefer.unknown")
@pytest.mark.once
@pytest.mark.parametrize("given", MALFORMED)
def test_unknown_and_malformed(due: Mailbox, given: str) -> None:
    response = due.get("tasks", Prefer=given)

    assert values(response)[0]["DueDateTime"]["TimeZone"] == "UTC"
    assert "Preference-Applied" not in response.headers
    assert due.post("tasks", {}, Prefer=given).status_code == 201


@pytest.mark.inferred("prefer.unreadable")
@pytest.mark.parametrize("given", UNREADABLE)
def test_unreadable(alone: Mailbox, given: str) -> None:
    """Passed over, a time zone would leave the dates of the answer in another one: silently."""
    before = everything(alone)

    for method, body in (("GET", None), ("POST", b"{}")):
        headers = [("Prefer", given), ("Content-Type", "application/json")]
        response = call(alone, method, "tasks", body, headers)
        expect_refusal(response, 400, "ErrorInvalidRequest", "The Prefer header")

    assert everything(alone) == before


@pytest.mark.spec("dates.six", "dates.prefer")
def test_all_six_dates_in_every_reply(me: Mailbox) -> None:
    body = {
        "StartDateTime": ONE_DAY,
        "DueDateTime": ONE_DAY,
        "ReminderDateTime": ONE_DAY,
        "CompletedDateTime": ONE_DAY,
        "Status": "Completed",
    }
    asked = prefer("Tokyo Standard Time")
    created = me.post("tasks", body, Prefer=asked)
    address = f"tasks('{created.json()['Id']}')"

    for response in (
        created,
        me.get(address, Prefer=asked),
        me.patch(address, {"Subject": "x"}, Prefer=asked),
        me.get("tasks", Prefer=asked),
        me.post(f"{address}/complete", Prefer=asked),
    ):
        task = response.json()
        task = task.get("value", [task])[0]
        assert task["StartDateTime"] == zoned("2016-04-26T13:00:00.0000000", "Tokyo Standard Time")
        assert task["DueDateTime"] == task["StartDateTime"]
        assert task["ReminderDateTime"]["DateTime"] == "2016-04-26T22:00:00.0000000"
        assert task["CompletedDateTime"]["TimeZone"] == "Tokyo Standard Time"
        assert task["CreatedDateTime"].endswith("+09:00")
        assert task["LastModifiedDateTime"].endswith("+09:00")

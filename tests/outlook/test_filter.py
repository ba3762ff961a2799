"""`$filter` on tasks: which tasks each lets through."""

from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.support.outlook import EASTERN, PACIFIC, prefer, values
from tests.support.samples import utc, zoned
from tests.support.wire import Mailbox, Wire

TASKS: dict[str, dict[str, object]] = {
    "a": {"Subject": "Shop for dinner", "Importance": "High", "DueDateTime": utc("2016-04-26")},
    "b": {
        "Subject": "50%_off 'now' \\",
        "Status": "Completed",
        "CompletedDateTime": utc("2016-04-22"),
        "Categories": ["Red category", "Größe"],
    },
    "c": {"Subject": None, "Status": "InProgress", "DueDateTime": zoned("2016-05-01", EASTERN)},
    "d": {"Subject": "SHOP", "Sensitivity": "Private", "Categories": ["red CATEGORY"]},
}
NAMES = {str(body["Subject"]): name for name, body in TASKS.items()}


@pytest.fixture(scope="module")
def various(wire: Wire) -> Mailbox:
    """Return a mailbox with tasks that differ in everything; only to be read."""
    me = Mailbox(wire, uuid4().hex)
    for body in TASKS.values():
        me.create("tasks", body)
    return me


def found(me: Mailbox, text: str, zone: str | None = None) -> str:
    """Return the names of the tasks that a filter lets through."""
    headers = {} if zone is None else {"Prefer": prefer(zone)}
    response = me.get(f"tasks?$filter={quote(text)}", **headers)
    return "".join(NAMES[str(task["Subject"])] for task in values(response))


@pytest.mark.observed("later.filter", "filter.enum")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Status eq 'NotStarted'", "ad"),
        ("Status ne 'completed'", "acd"),
        ("Importance eq Microsoft.OutlookServices.Importance'High'", "a"),
        ("Importance ge 'Normal' and Status lt 'Completed'", "acd"),
        ("Sensitivity eq 'Private' or Status eq 'InProgress'", "cd"),
        ("Importance in ('Low','High')", "a"),
    ],
)
def test_enumerations(various: Mailbox, text: str, names: str) -> None:
    assert found(various, text) == names


@pytest.mark.observed("later.filter", "filter.text")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Subject eq 'shop FOR dinner'", "a"),
        ("Subject ge 'shop'", "ad"),
        ("Subject eq '50%_off ''NOW'' \\'", "b"),
        ("(Subject eq 'shop' or Importance eq 'High') and Status eq 'NotStarted'", "ad"),
    ],
)
def test_text(various: Mailbox, text: str, names: str) -> None:
    assert found(various, text) == names


@pytest.mark.inferred("filter.functions", "filter.text")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("contains(Subject,'%')", "b"),
        ("contains(Subject,'_')", "b"),
        ("startswith(Subject,'shop')", "ad"),
        ("not endswith(Subject,'dinner')", "bd"),
        ("length(Subject) add 1 eq 5 and indexof(Subject,'op') eq 2", "d"),
        ("substring(toupper(Subject),0,4) eq 'shop'", "ad"),
        ("year(DueDateTime/DateTime) eq 2016 and day(DueDateTime/DateTime) mod 2 eq 0", "a"),
        ("date(CompletedDateTime/DateTime) eq 2016-04-22", "b"),
    ],
)
def test_functions(various: Mailbox, text: str, names: str) -> None:
    assert found(various, text) == names


@pytest.mark.inferred("filter.null")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Subject eq null", "c"),
        ("Subject ne 'shop'", "abc"),
        ("Subject gt ''", "abd"),
        ("DueDateTime eq null", "bd"),
        ("DueDateTime ne null", "ac"),
        ("CompletedDateTime/DateTime eq null", "acd"),
        ("AssignedTo eq null and StartDateTime eq null", "abcd"),
    ],
)
def test_null(various: Mailbox, text: str, names: str) -> None:
    assert found(various, text) == names


@pytest.mark.observed("later.filter-date", "filter.dates")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("text", "zone", "names"),
    [
        ("DueDateTime/DateTime ge '2016-04-26T00:00'", None, "ac"),
        ("DueDateTime/DateTime gt '2016-04-26'", None, "c"),
        ("DueDateTime/DateTime eq '2016-05-01T04:00:00.0000000'", None, "c"),
        ("DueDateTime/DateTime eq '2016-05-01T00:00'", EASTERN, "c"),
        ("DueDateTime/DateTime eq '2016-04-25T17:00:00'", PACIFIC, "a"),
        ("DueDateTime/DateTime eq '2016-04-26T00:00:00Z'", PACIFIC, "a"),
        ("DueDateTime/DateTime le '2016-04-25T17:00:00' and DueDateTime ne null", EASTERN, ""),
        ("CompletedDateTime/DateTime lt '2016-04-23'", None, "b"),
    ],
)
def test_dates(various: Mailbox, text: str, zone: str | None, names: str) -> None:
    assert found(various, text, zone) == names


@pytest.mark.observed("later.filter-date", "filter.stamps")
def test_stamps(various: Mailbox) -> None:
    stamps = [task["CreatedDateTime"] for task in values(various.get("tasks"))]
    assert found(various, f"CreatedDateTime ge {stamps[0]}") == "abcd"
    assert found(various, f"CreatedDateTime gt {stamps[0]} and CreatedDateTime le now()") == "bcd"
    assert found(various, f"LastModifiedDateTime lt {stamps[0]}") == ""
    assert found(various, "CreatedDateTime ge 2016-04-01") == "abcd"
    assert found(various, "CreatedDateTime lt 2016-04-01T00:00:00+02:00") == ""


@pytest.mark.inferred("filter.categories")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Categories/any()", "bd"),
        ("Categories/any(c:c eq 'RED category')", "bd"),
        ("categories/Any(item: startswith(item,'größe'))", "b"),
        ("Categories/all(c:c eq 'red category')", "acd"),
        ("not Categories/any(c:c eq 'Größe')", "acd"),
    ],
)
def test_categories(various: Mailbox, text: str, names: str) -> None:
    assert found(various, text) == names


@pytest.mark.observed("filter.owner")
def test_owner(various: Mailbox) -> None:
    owner = values(various.get("tasks"))[0]["Owner"]
    assert found(various, f"Owner eq '{owner.upper()}'") == "abcd"
    assert found(various, f"Owner ne '{owner}' or contains(Owner,'nobody''s')") == ""


@pytest.mark.observed("filter.names")
@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        "filter=Status eq 'Completed'",
        "$FILTER=status+EQ+'completed'",
        "%24filter=Status%20eq%20%27Completed%27",
        "$Filter=STATUS%09eq%20'Completed'",
        "$filter=Categories/any(x:x%20eq%20'Gr%C3%B6%C3%9Fe')",
        "$filter=contains(Subject,'50%25_o')",
        "$filter=contains(Subject,'''now''')&unknown=1",
        "custom=a&$filter=%20(Status+eq+'Completed')+",
    ],
)
def test_spellings(various: Mailbox, query: str) -> None:
    assert [NAMES[task["Subject"]] for task in values(various.get(f"tasks?{query}"))] == ["b"]

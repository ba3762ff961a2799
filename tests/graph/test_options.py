"""Query options of lists and of tasks."""

from uuid import uuid4

import pytest

from tests.graph.todo import ROOT, expect_refusal, make_list, make_task, titles
from tests.support.wire import Mailbox, Wire

TASKS = f"{ROOT}/tasks/tasks"
PARSE_URI = "RequestBroker--ParseUri"


@pytest.fixture(scope="module")
def tasks(wire: Wire) -> Mailbox:
    """Return a mailbox with some tasks, only to be read."""
    me = Mailbox(wire, uuid4().hex)
    due = {"dateTime": "2024-01-31T00:00:00", "timeZone": "UTC"}
    make_task(me, "tasks", "buy milk", importance="high", dueDateTime=due, startDateTime=due)
    make_task(me, "tasks", "buy bread", status="inProgress")
    make_task(me, "tasks", "100% #1 & all", status="completed")
    return me


@pytest.mark.observed("graph.filter-tasks")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("status ne 'completed'", ["buy bread", "buy milk"]),
        ("status eq 'completed'", ["100% #1 & all"]),
        ("importance eq 'high'", ["buy milk"]),
        ("title eq 'buy milk'", ["buy milk"]),
        ("startswith(title,'buy')", ["buy bread", "buy milk"]),
        ("contains(title,'milk') and status ne 'completed'", ["buy milk"]),
        ("contains(title,'milk') or status eq 'completed'", ["100% #1 & all", "buy milk"]),
        ("duedatetime/DateTime ge '2024-01-31'", ["buy milk"]),
        ("dueDateTime/dateTime ge '2024-01-31T00:00:00.0000000'", ["buy milk"]),
        ("dueDateTime/dateTime lt '2024-01-31T00:00:00Z'", []),
        ("startDateTime/dateTime ne null", ["buy milk"]),
        ("completedDateTime/dateTime eq null", ["buy bread", "buy milk"]),
        ("createdDateTime gt 2020-01-01T00:00:00Z and title eq 'buy milk'", ["buy milk"]),
    ],
)
def test_filter(tasks: Mailbox, condition: str, found: list[str]) -> None:
    """Conditions that clients send."""
    assert sorted(titles(tasks.get(f"{TASKS}?$filter={condition}"))) == found


@pytest.mark.inferred("graph.filter-encoded-twice")
@pytest.mark.once
@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("title eq '100%25 %231 %26 all'", 1),
        ("title eq '100%2525 %25231 %2526 all'", 1),
        ("contains(title,'%25231')", 1),
        ("title in ('%2526','100%2525 %25231 %2526 all')", 1),
        ("title ne '100%2525 %25231 %2526 all'", 2),
        ("title eq '%25C3%2528'", 0),
    ],
)
def test_encoded_twice(tasks: Mailbox, condition: str, found: int) -> None:
    """A literal is what it says, and what it says when it is decoded again."""
    assert len(titles(tasks.get(f"{TASKS}?$filter={condition}"))) == found


@pytest.mark.inferred("graph.filter-encoded-nul")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "condition", ["title eq '%252500'", "contains(title,'%252500')", "title in ('%252500')"]
)
def test_nul_encoded_twice(tasks: Mailbox, condition: str) -> None:
    """No text has a NUL, and PostgreSQL does not compare with one."""
    assert titles(tasks.get(f"{TASKS}?$filter={condition}")) == []


@pytest.mark.observed("graph.filter-lists")
@pytest.mark.in_process
def test_filter_of_lists(me: Mailbox) -> None:
    """By name, by how it begins, and by id."""
    home = make_list(me, "Home")
    assert titles(me.get(f"{ROOT}?$filter=displayName eq 'Home'")) == ["Home"]
    assert titles(me.get(f"{ROOT}?$filter=startswith(displayName,'Ho')")) == ["Home"]
    for condition in (f"id eq '{home}'", f"'{home}' eq id", f"id in ('{home}')"):
        assert titles(me.get(f"{ROOT}?$filter={condition}")) == ["Home"]
    assert titles(me.get(f"{ROOT}?$filter=id ne '{home}'")) == ["Tasks", "Flagged Emails"]
    assert me.get(f"{ROOT}/$count?$filter=id eq '{home}'").text == "1"
    expect_refusal(me.get(f"{ROOT}?$filter=id eq 'x'"), 400, "ErrorInvalidIdMalformed")
    for condition in ("startswith(id,'A')", "id gt 'A'"):
        expect_refusal(me.get(f"{ROOT}?$filter={condition}"), 400, "invalidRequest", PARSE_URI)


@pytest.mark.observed("graph.filter-well-known")
@pytest.mark.once
def test_well_known_name(me: Mailbox) -> None:
    """No filter finds the default list by it."""
    response = me.get(f"{ROOT}?$filter=wellknownListName eq 'defaultList'")
    assert expect_refusal(response, 400, "invalidRequest") == (
        "The string 'microsoft.toDo.wellknownListName'defaultList'' is not a valid enumeration "
        "type constant."
    )


@pytest.mark.observed("graph.filter-twice", "graph.orderby-title")
@pytest.mark.once
def test_refused(tasks: Mailbox) -> None:
    """Two filters, titles to sort by, and what is not there."""
    twice = f"{TASKS}?$filter=status eq 'completed'&filter=title eq 'x'"
    expect_refusal(tasks.get(twice), 400, "invalidRequest", "InvalidFilterClause")
    for option in ("$orderby=title", "$orderby=nothing", "$filter=nothing eq 1", "$search=x"):
        expect_refusal(tasks.get(f"{TASKS}?{option}"), 400, "invalidRequest", PARSE_URI)


@pytest.mark.observed("graph.orderby-title", "graph.paging", "graph.count-text")
@pytest.mark.in_process
def test_paging(tasks: Mailbox) -> None:
    """Sorted, page by page, and counted."""
    order = "$orderby=importance desc,createdDateTime"
    first = tasks.get(f"{TASKS}?{order}&$top=2&$count=true")
    assert titles(first) == ["buy milk", "buy bread"]
    assert first.json()["@odata.count"] == 3
    link = first.json()["@odata.nextLink"]
    assert "skip=2" in link
    assert "importance" in link
    assert titles(tasks.get(link)) == ["100% #1 & all"]
    assert "@odata.nextLink" not in tasks.get(link).json()
    assert titles(tasks.get(f"{TASKS}?$orderby=dueDateTime/dateTime desc&$top=1")) == ["buy milk"]
    for top in (999, 1000):
        assert len(titles(tasks.get(f"{TASKS}?$top={top}"))) == 3
    counted = tasks.get(f"{TASKS}/$count", Accept="text/plain")
    assert counted.text == "3"
    assert counted.headers["Content-Type"].startswith("text/plain")
    assert titles(tasks.get(f"{ROOT}?$skip=2&$count=true")) == []

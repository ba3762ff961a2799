"""ReadTasks: the whole query language, as clients write it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from afterlook.csom.budget import MAX_STEPS, STEPS_PER_OBJECT
from afterlook.csom.errors import InvalidClientQuery
from afterlook.csom.json_writer import write_value
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant, to_datetime
from afterlook.sharepoint import text_budget
from afterlook.sharepoint.om import sessions
from afterlook.sharepoint.om.declarations import NO_DATE
from afterlook.sharepoint.om.errors import ArgumentMissing, ItemGone, OutOfRange
from afterlook.sharepoint.om.tasks import TASK
from afterlook.sharepoint.text_budget import QueryThrottled
from tests.sharepoint.om import rows
from tests.sharepoint.om.client import SESSIONS, Client, Request

SORTABLE = "SortableSession"
MOMENT = datetime(2011, 1, 1, tzinfo=UTC)


@pytest.fixture
def filled(client: Client, clock: FrozenClock) -> Client:
    """Return a client with five tasks: A at the top of its list, created last."""
    project = rows.location(client, "Site: List")
    client.create("E", completed=True)
    client.create("d", description="text with Æpples", due="1/4/2012")
    clock.instant = Instant(clock.instant + 10 * TICKS_PER_DAY)
    client.create("C", location=project, start="1/3/2012", due="1/3/2012")
    client.create("b", pinned=True, due="1/2/2012", start="1/2/2012")
    client.create("A æ", location=project)
    client.write("AddAttributeToTask", 1, "one")
    client.write("AddAttributeToTask", 2, "one")
    client.write("AddAttributeToTask", 2, "two")
    return client


def criterion(kind: str, **values: Any) -> dict[str, Any]:
    return {"type_": kind, **values}


def fields(**values: Any) -> dict[str, Any]:
    return {"FieldFilter": criterion("TaskFilter", **values)}


def truth(number: int) -> dict[str, Any]:
    return criterion("BooleanCriterion", CompareType=number)


def days(first: str | None, last: str | None) -> dict[str, Any]:
    values = {"RangeStartValue": first, "RangeEndValue": last}
    return criterion(
        "DateRangeCriterion",
        **{name: datetime.fromisoformat(day) for name, day in values.items() if day},
    )


def name_is(number: int, text: str | None) -> dict[str, Any]:
    return fields(NameCriterion=criterion("NameCriterion", CompareType=number, CompareValue=text))


QUERIES: list[tuple[dict[str, Any], str]] = [
    ({}, "AbCdE"),
    ({"KeywordFilter": "ÆPPLE"}, "d"),
    ({"KeywordFilter": "Æ"}, "Ad"),
    ({"KeywordFilter": " "}, "AbCdE"),
    ({"KeywordFilter": None}, "AbCdE"),
    ({"KeywordFilter": "%"}, ""),
    ({"PinnedFilter": 0}, "AbCdE"),
    ({"PinnedFilter": 1}, "b"),
    ({"PinnedFilter": 2}, "ACdE"),
    (fields(), "AbCdE"),
    (fields(CompletedCriterion=truth(0)), "AbCdE"),
    (fields(CompletedCriterion=truth(1)), "E"),
    (fields(CompletedCriterion=truth(2)), "AbCd"),
    (fields(IsNewCriterion=truth(1)), "AbC"),
    (fields(IsNewCriterion=truth(2)), "dE"),
    (fields(IdsToFilterBy=[]), "AbCdE"),
    (fields(IdsToFilterBy=None), "AbCdE"),
    (fields(IdsToFilterBy=[1, 3, 99]), "CE"),
    (name_is(0, "d"), "AbCdE"),
    (name_is(1, "D"), "d"),
    (name_is(1, "A"), ""),
    (name_is(2, "Æ"), "A"),
    (name_is(2, ""), "AbCdE"),
    (name_is(3, "a"), "A"),
    (name_is(3, "æ"), ""),
    (name_is(3, None), "AbCdE"),
    (fields(DueDateRangeCriterion=days(None, None)), "AbCdE"),
    (fields(DueDateRangeCriterion=days("0001-01-01", "0001-01-01")), "AbCdE"),
    (fields(DueDateRangeCriterion=days("2012-01-03", None)), "Cd"),
    (fields(DueDateRangeCriterion=days(None, "2012-01-03")), "bC"),
    (fields(DueDateRangeCriterion=days("2012-01-03", "2012-01-03")), "C"),
    (fields(DueDateRangeCriterion=days("2012-01-03T00:00:00Z", "2012-01-03T00:00:00Z")), "C"),
    (fields(StartDateRangeCriterion=days("2012-01-02", "2012-01-02")), "b"),
    (fields(CompletedCriterion=truth(2), IdsToFilterBy=[1, 2]), "d"),
    (fields(CriterionConcatType=1, CompletedCriterion=truth(2), IdsToFilterBy=[1, 2]), "d"),
    (fields(CriterionConcatType=2, CompletedCriterion=truth(1), IdsToFilterBy=[3]), "CE"),
    (
        fields(
            CriterionConcatType=2,
            StartDateRangeCriterion=days("2012-01-02", "2012-01-02"),
            DueDateRangeCriterion=days("2012-01-04", None),
        ),
        "bd",
    ),
    (fields(CriterionConcatType=2), "AbCdE"),
    ({"LocationFilter": criterion("LocationFilter", LocationKeys=[1])}, "AC"),
    (
        {
            "LocationFilter": criterion(
                "LocationFilter", LocationKeys=[1], IncludeUncategorizedTasks=True
            )
        },
        "AbCdE",
    ),
    ({"LocationFilter": criterion("LocationFilter", LocationKeys=[99])}, ""),
    ({"LocationFilter": criterion("LocationFilter", LocationKeys=[-1])}, "bdE"),
    ({"LocationFilter": criterion("LocationFilter")}, "AC"),
    ({"LocationFilter": criterion("LocationFilter", IncludeUncategorizedTasks=True)}, "AbCdE"),
    ({"CustomAttributeFilter": criterion("CustomAttributeFilter")}, "AbCdE"),
    (
        {"CustomAttributeFilter": criterion("CustomAttributeFilter", Attributes=["one"])},
        "dE",
    ),
    (
        {
            "CustomAttributeFilter": criterion(
                "CustomAttributeFilter", Attributes=["one", "two"], ConcatType=1
            )
        },
        "d",
    ),
    (
        {
            "CustomAttributeFilter": criterion(
                "CustomAttributeFilter", Attributes=["two", "no"], ConcatType=2
            )
        },
        "d",
    ),
]

ORDERS: list[tuple[int, str, str]] = [
    (0, "AbCdE", "EdCbA"),
    (21, "AbCdE", "EdCbA"),
    (13, "AbCdE", "EAbCd"),
    (1, "EdCbA", "AbCdE"),
    (5, "AEbCd", "dCbAE"),
    (4, "AbCEd", "dAbCE"),
    (22, "ACdEb", "bACdE"),
    (18, "bdEAC", "ACbdE"),
    (2, "dEAbC", "AbCdE"),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_query(filled: Client, query: dict[str, Any], expected: str) -> None:
    """The same in both kinds of session, in the user's own order."""
    assert "".join(name[0] for name in filled.names(**query)) == expected
    assert "".join(name[0] for name in filled.names(SORTABLE, **query)) == expected


@pytest.mark.parametrize(("field", "ascending", "descending"), ORDERS)
def test_order(filled: Client, field: int, ascending: str, descending: str) -> None:
    """Equal ones stay in the user's order; no date comes first, as the first of all."""
    for down, expected in ((False, ascending), (True, descending)):
        order = {"Field": field, "IsDescending": down}
        found = filled.names(SORTABLE, Order=order)
        assert "".join(name[0] for name in found) == expected


KEYWORDS = [
    ("milk chocolate", ["chocolate milk", "dark"]),
    ("chocolate  MILK\t", ["chocolate milk", "dark"]),
    ("milk milk", ["chocolate milk", "milk", "dark"]),
    ("dark milk", ["dark"]),
    ("dark milk white", []),
    ("late ilk", ["chocolate milk", "dark"]),
    (" ", ["chocolate milk", "milk", "dark"]),
    (None, ["chocolate milk", "milk", "dark"]),
]


@pytest.mark.parametrize(("text", "found"), KEYWORDS)
def test_keywords_are_words(client: Client, text: str | None, found: list[str]) -> None:
    """All of them must be there, each in the name or in the description, in any order."""
    client.create("dark", description="Milk and chocolate")
    client.create("milk")
    client.create("chocolate milk")
    for session in SESSIONS:
        assert client.names(session, KeywordFilter=text) == found


@pytest.mark.parametrize("kind", ["DateRangeCriterion", "TaskQuery"])
def test_dates_of_what_is_new_are_the_first_of_all(client: Client, kind: str) -> None:
    request = Request()
    number = request.query(request.make(kind))
    rendered = client.send(request.xml())[number]
    dates = [value for value in rendered.values() if isinstance(value, datetime)]
    assert dates == [NO_DATE] * (2 if kind == "DateRangeCriterion" else 1)


@pytest.mark.parametrize("wild", ["%", "_", "\\", "*", "["])
def test_no_character_is_a_wildcard(client: Client, wild: str) -> None:
    """Neither in a keyword, nor in a name, nor in an attribute."""
    wanted, other = client.create(f"a{wild}c"), client.create("abc")
    client.write("AddAttributeToTask", wanted, f"a{wild}c")
    client.write("AddAttributeToTask", other, "abc")

    queries: list[dict[str, Any]] = [
        {"KeywordFilter": f"A{wild}C"},
        *(name_is(number, f"A{wild}C") for number in (1, 2, 3)),
        {"CustomAttributeFilter": criterion("CustomAttributeFilter", Attributes=[f"a{wild}c"])},
    ]
    for query in queries:
        assert [task["Id"] for task in client.read(**query)] == [wanted]


def test_part_of_an_attribute(client: Client) -> None:
    """Is not the attribute: it must be there whole."""
    client.write("AddAttributeToTask", client.create("Task"), "mark")
    for part in ("mar", "ark", "mark2", "Mark"):
        filter_ = criterion("CustomAttributeFilter", Attributes=[part])
        assert client.names(CustomAttributeFilter=filter_) == []


def test_order_by_title(client: Client) -> None:
    """By the letters whatever their case, not by the place in the list."""
    for name in ("b", "A", "c"):
        client.create(name)

    assert client.names(SORTABLE, Order={"Field": 21}) == ["A", "b", "c"]
    assert client.names(SORTABLE, Order={"Field": 21, "IsDescending": True}) == ["c", "b", "A"]


def test_order_by_pin_age(client: Client, clock: FrozenClock) -> None:
    """As the pins are shown: not pinned, fresh, stale; the last day of a fresh one counts."""
    client.create("stale", pinned=True)
    clock.instant = Instant(clock.instant + 1)
    client.create("fresh", pinned=True)
    client.create("none")
    clock.instant = Instant(clock.instant + 30 * TICKS_PER_DAY)
    found = client.read(SORTABLE, Order={"Field": 22})

    assert [(task["Name"], task["PinAge"]) for task in found] == [
        *(("none", 0), ("fresh", 1), ("stale", 2)),
    ]
    descending = client.names(SORTABLE, Order={"Field": 22, "IsDescending": True})
    assert descending == ["stale", "fresh", "none"]


def test_order_by_last_modified(client: Client, clock: FrozenClock) -> None:
    for name in "abc":
        client.create(name)
        clock.instant = Instant(clock.instant + TICKS_PER_DAY)
    client.write("UpdateTaskWithLocalizedValue", 2, 21, "b")

    assert client.names(SORTABLE, Order={"Field": 17, "IsDescending": True}) == ["b", "c", "a"]
    assert client.names(SORTABLE, Order={"Field": 17}) == ["a", "c", "b"]


def test_order_by_last_modified_within_a_second(client: Client) -> None:
    """What was completed just now comes first, whatever the user's order is."""
    above, below = client.create("Above"), client.create("Below")
    client.create("New")
    for key in (above, below, above):
        client.write("UpdateTaskWithLocalizedValue", key, 13, "1")

    latest = {"Field": 17, "IsDescending": True}
    assert client.names("SortableSession", Order=latest) == ["Above", "Below", "New"]
    assert client.names("SortableSession", Order=latest | {"IsDescending": False}) == [
        *("New", "Below", "Above")
    ]


OFFSETS = [minutes * 15 for minutes in range(-14 * 4, 14 * 4 + 1)]


@pytest.mark.parametrize("name", ["DueDate", "StartDate"])
def test_a_range_by_its_own_clock(client: Client, name: str) -> None:
    """A date on the list has no zone: whatever zone a range is of, the day it names is meant."""
    of = {"DueDate": "due", "StartDate": "start"}[name]
    for day in (9, 10, 11):
        client.create(str(day), **{of: f"2/{day}/2012"})
    found = set()
    for minutes in OFFSETS:
        zone = timezone(timedelta(minutes=minutes))
        first = datetime(2012, 2, 10, tzinfo=zone)
        bounds = {
            "RangeStartValue": first,
            "RangeEndValue": first + timedelta(hours=24, seconds=-1),
        }
        range_ = criterion("DateRangeCriterion", **bounds)
        found.add(tuple(client.names(**fields(**{f"{name}RangeCriterion": range_}))))
    assert found == {("10",)}


@pytest.mark.once
@pytest.mark.parametrize("minutes", [*OFFSETS, None])
def test_the_ends_of_all_dates(client: Client, minutes: int | None) -> None:
    """From the first to the last is everything, whatever the offset: the first is no bound."""
    client.create("undated")
    client.create("dated", due="2/10/2012", start="2/10/2012")
    zone = None if minutes is None else timezone(timedelta(minutes=minutes))
    least, most = (end.replace(tzinfo=zone) for end in (datetime.min, datetime.max))  # noqa: DTZ901
    range_ = criterion("DateRangeCriterion", RangeStartValue=least, RangeEndValue=most)
    open_ = criterion("DateRangeCriterion", RangeStartValue=least, RangeEndValue=least)
    everything = ["dated", "undated"]
    assert client.names(LastModifiedDateRangeFilter=range_) == everything
    assert client.names(LastModifiedDateRangeFilter=open_) == everything
    for name in ("DueDate", "StartDate"):
        assert client.names(**fields(**{f"{name}RangeCriterion": range_})) == ["dated"]
        assert client.names(**fields(**{f"{name}RangeCriterion": open_})) == everything


def test_the_first_instant_is_no_bound(client: Client) -> None:
    """As whoever keeps dates in a zone of their own writes none."""
    client.create("dated", due="2/10/2012")
    zone = timezone(timedelta(hours=8))
    none = datetime(1, 1, 1, 8, tzinfo=zone)
    range_ = criterion("DateRangeCriterion", RangeStartValue=none, RangeEndValue=none)
    assert client.names(**fields(DueDateRangeCriterion=range_)) == ["dated"]


def test_last_modified_range(client: Client, clock: FrozenClock) -> None:
    """What a client has seen as LastModified is within a range that ends there."""
    clock.instant = Instant(clock.instant + TICKS_PER_SECOND // 2)
    first = client.create("first")
    collected: datetime = client.read()[0]["LastModified"]
    clock.instant = Instant(clock.instant + 10 * TICKS_PER_DAY)
    client.create("second")

    def names(**values: datetime) -> list[str]:
        return client.names(LastModifiedDateRangeFilter=criterion("DateRangeCriterion", **values))

    later = collected + timedelta(seconds=1)
    assert names(RangeEndValue=collected) == ["first"]
    assert names(RangeStartValue=collected) == ["second", "first"]
    assert names(RangeStartValue=later) == ["second"]
    assert names(RangeStartValue=later.replace(tzinfo=None)) == ["second"]
    client.write("PinTask", first)
    assert names(RangeStartValue=later) == ["second", "first"]


def test_last_query_time(client: Client, clock: FrozenClock) -> None:
    """The edit form sends the present along with the id of an old task, and wants the task."""
    client.create("Old")
    clock.instant = Instant(clock.instant + TICKS_PER_DAY)
    between = to_datetime(clock.instant)
    clock.instant = Instant(clock.instant + TICKS_PER_DAY)
    client.create("New")
    now = to_datetime(clock.instant)

    assert client.names(LastQueryTime=now, PinnedFilter=0, **fields(IdsToFilterBy=[1])) == ["Old"]
    for instant in (now, between, NO_DATE):
        assert client.names(LastQueryTime=instant) == ["New", "Old"]


@pytest.mark.parametrize("session", SESSIONS)
def test_all_that_match(client: Client, session: str) -> None:
    """More than a list view bore: also those at the end, in locations."""
    project = rows.location(client, "Site: List")
    rows.fill(client, 5_202, at_the_end=project)
    found = client.read(session)
    assert len(found) == 5_202
    assert [task["LocationId"] for task in found[-2:]] == [project, project]
    ids = fields(IdsToFilterBy=list(range(1, 5001)))
    assert len(client.read(session, **ids)) == 5_000


@pytest.mark.parametrize("session", SESSIONS)
def test_all_or_none(client: Client, session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one answer cannot hold all that match, it says so; what it can hold is answered."""
    monkeypatch.setattr(sessions, "MAX_TASKS", 2)
    for name in "ab":
        client.create(name)
    assert len(client.read(session)) == 2
    client.create("c")
    with pytest.raises(QueryThrottled):
        client.read(session)
    assert client.names(session, **name_is(1, "c")) == ["c"]


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("letter", ["x", "\u00e4", "<", "\U0001f600", '"'])
def test_all_text_or_none(
    client: Client, session: str, letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text counts as it is written, and for all that one request reads."""
    written = len(write_value(letter)) - 2
    monkeypatch.setattr(text_budget, "MAX_TEXT", 1_000 * written + 900)
    client.create("a", description=letter * 1_000)
    assert client.names(session) == ["a"]
    client.create("b", description=letter * 1_000)
    with pytest.raises(QueryThrottled):
        client.read(session)


def test_as_many_tasks_as_the_steps_of_a_request_can_show() -> None:
    members = len(TASK.properties)
    assert sessions.MAX_TASKS * (2 * STEPS_PER_OBJECT + members) < MAX_STEPS


@pytest.mark.parametrize("session", SESSIONS)
def test_groups(filled: Client, session: str) -> None:
    """Location-oriented sessions keep tasks of one location together, those without one first."""
    found = filled.read(session)
    names = "".join(task["Name"][0] for task in found)

    assert names == ("bdEAC" if session.startswith("Location") else "AbCdE")
    if session == "LocationOrientedSortableSession":
        ordered = filled.names(session, Order={"Field": 21, "IsDescending": True})
        assert "".join(name[0] for name in ordered) == "EdbCA"


@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        {"PinnedFilter": 3},
        {"PinnedFilter": -1},
        fields(CriterionConcatType=3),
        fields(CompletedCriterion=truth(3)),
        name_is(4, "x"),
        fields(IdsToFilterBy=list(range(5001))),
        {"KeywordFilter": " ".join(map(str, range(101)))},
        {
            "CustomAttributeFilter": criterion(
                "CustomAttributeFilter", Attributes=[f"{n}" for n in range(101)]
            )
        },
    ],
)
def test_queries_out_of_range(client: Client, query: dict[str, Any]) -> None:
    with pytest.raises(OutOfRange):
        client.read(**query)


def test_orders_out_of_range(client: Client) -> None:
    with pytest.raises(OutOfRange):
        client.read(SORTABLE, Order={"Field": 3})


def test_as_many_ids_as_there_may_be(client: Client) -> None:
    """Neither engine minds them."""
    client.create("Task")
    keys = list(range(1, 5001))
    locations = criterion("LocationFilter", LocationKeys=keys, IncludeUncategorizedTasks=True)
    attributes = [f"{number}" for number in range(100)]
    filter_ = criterion("CustomAttributeFilter", Attributes=attributes, ConcatType=2)

    assert client.names(LocationFilter=locations, **fields(IdsToFilterBy=keys)) == ["Task"]
    assert client.names(CustomAttributeFilter=filter_) == []


@pytest.mark.parametrize("session", SESSIONS)
def test_no_query(client: Client, session: str) -> None:
    with pytest.raises(ArgumentMissing, match="query"):
        client.ask(session, "ReadTasks", None)


def test_a_sortable_query_of_nothing(client: Client) -> None:
    """Without a core it asks for everything, in the user's order."""
    client.create("Task")
    request = Request()
    session = request.session(SORTABLE)
    query = request.make("SortableTaskQuery")
    number = request.query(request.method(session, "ReadTasks", query), items=True)

    assert len(client.send(request.xml())[number]["_Child_Items_"]) == 1


def test_nobody_elses_tasks(client: Client) -> None:
    """A list is one mailbox's."""
    client.create("Mine")
    other = Client(client.store, rows.another_mailbox(client))
    assert other.read() == []
    assert other.write("PinTask", 1).error == 1
    other.create("Theirs")

    assert client.names() == ["Mine"]


def test_reorder(client: Client) -> None:
    """Below another, or to the top."""
    for name in "abcd":
        client.create(name)
    assert client.names() == list("dcba")

    moves = [((4, 1), "cbad"), ((1, -1), "acbd"), ((3, 2), "abcd"), ((2, 2), "abcd")]
    for (moved, after), expected in moves:
        for session in ("UserOrderedSession", "LocationOrientedUserOrderedSession"):
            client.ask(session, "ReorderTask", moved, after, scalar=True)
        assert "".join(client.names()) == expected


@pytest.mark.parametrize(("moved", "after"), [(9, -1), (1, 9), (9, 9), (1, -2)])
def test_reorder_what_is_not_there(client: Client, moved: int, after: int) -> None:
    client.create("Task")
    with pytest.raises(ItemGone):
        client.ask("UserOrderedSession", "ReorderTask", moved, after, scalar=True)


def test_move_to_location(client: Client) -> None:
    """A bare boolean tells whether it was done."""
    project = rows.location(client, "Site: List")
    key = client.create("Task")
    theirs = rows.project_task(client, "Theirs", 9, MOMENT, None)
    name = "MovePersonalTaskToLocation"
    for session in ("LocationOrientedSortableSession", "LocationOrientedUserOrderedSession"):
        for location, expected in ((project, True), (99, False), (-1, True)):
            assert client.ask(session, name, key, location, scalar=True) is expected
            assert client.ask(session, name, theirs, location, scalar=True) is False
        assert client.ask(session, name, 99, project, scalar=True) is False
    client.ask("LocationOrientedSortableSession", name, key, project, scalar=True)

    assert [task["LocationId"] for task in client.read()] == [project, 9]


@pytest.mark.parametrize("session", ["SortableSession", "UserOrderedSession"])
def test_methods_of_other_sessions(client: Client, session: str) -> None:
    """What the document does not give a session, it has not."""
    with pytest.raises(InvalidClientQuery, match="MovePersonalTaskToLocation"):
        client.ask(session, "MovePersonalTaskToLocation", 1, 1, scalar=True)

"""What SQL finds is what a filter in Python would find, in the same order, on both engines."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.folding import fold
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.workmanagement import queries
from afterlook.store.workmanagement import tasks as rows
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.task_query import (
    AttributeCriteria,
    FieldCriteria,
    LocationCriteria,
    NameCriterion,
    TaskOrder,
    TaskQuery,
    TickRange,
)
from afterlook.store.workmanagement.tasks import decode_attributes, encode_attributes
from tests.support.stores import NOW, new_mailbox

PINNED = NOW - 3 * TICKS_PER_DAY
WORDS = st.text(st.sampled_from('aAbÄä%_"\\,\n'), max_size=4)
ATTRIBUTES = st.lists(st.text(st.sampled_from('ab",\n\\[]'), min_size=1, max_size=3), max_size=3)
MOMENTS = st.integers(-2, 2).map(lambda days: Instant(NOW + days * TICKS_PER_DAY))
LOCATIONS = st.sampled_from([-1, 1, 2])

TASKS = st.builds(
    WorkTaskRow,
    id=st.just(0),
    name=WORDS,
    description=st.none() | WORDS,
    start=st.none() | MOMENTS,
    due=st.none() | MOMENTS,
    is_completed=st.booleans(),
    pinned=st.none() | st.sampled_from([Instant(PINNED - 1), Instant(PINNED), NOW]),
    location=LOCATIONS,
    edit_url=st.none(),
    is_read_only=st.booleans(),
    modified=MOMENTS,
    discovered=MOMENTS,
    position=st.integers(-2, 2),
    provider=st.just(0),
    provider_key=st.none(),
    custom_data=st.none(),
    attributes=ATTRIBUTES.map(encode_attributes),
)
RANGES = st.builds(TickRange, st.none() | MOMENTS, st.none() | MOMENTS)
TRUTHS = st.none() | st.booleans()
FIELDS = st.builds(
    FieldCriteria,
    any=st.booleans(),
    completed=TRUTHS,
    due=RANGES,
    start=RANGES,
    new=TRUTHS,
    name=st.none()
    | st.builds(NameCriterion, st.sampled_from(["equals", "contains", "begins with"]), WORDS),
    ids=st.lists(st.integers(1, 9), max_size=3),
)
ORDERS = st.builds(
    TaskOrder,
    st.sampled_from(
        [
            "position",
            "title",
            "is_completed",
            "id",
            "due",
            "description",
            "pin_age",
            "location",
            "modified",
            "discovered",
        ]
    ),
    st.booleans(),
)
QUERIES = st.builds(
    TaskQuery,
    keywords=st.lists(WORDS, max_size=3),
    pinned=TRUTHS,
    locations=st.builds(LocationCriteria, st.lists(LOCATIONS, max_size=2), st.booleans()),
    fields=st.just(FieldCriteria()) | FIELDS,
    modified=RANGES,
    attributes=st.builds(AttributeCriteria, ATTRIBUTES, st.booleans()),
    order=ORDERS,
    by_location=st.booleans(),
    new_from=st.just(NOW),
    stale_before=st.just(Instant(PINNED)),
)


def within(value: int | None, range_: TickRange) -> bool:
    if range_ == TickRange():
        return True
    first, last = range_
    return (
        value is not None and (first is None or value >= first) and (last is None or value <= last)
    )


def met(fields: FieldCriteria, task: WorkTaskRow) -> bool:
    """Tell whether a task meets criteria on fields."""
    text, name = fold(task.name), fields.name
    tests: list[bool] = []
    if fields.completed is not None:
        tests.append(task.is_completed == fields.completed)
    if fields.new is not None:
        tests.append((task.discovered >= NOW) == fields.new)
    for value, range_ in ((task.due, fields.due), (task.start, fields.start)):
        if range_ != TickRange():
            tests.append(within(value, range_))
    if name is not None:
        part = fold(name.text)
        compared: dict[str, Callable[[], bool]] = {
            "equals": lambda: text == part,
            "contains": lambda: part in text,
            "begins with": lambda: text.startswith(part),
        }
        tests.append(compared[name.comparison]())
    if fields.ids:
        tests.append(task.id in fields.ids)
    return (any(tests) if fields.any else all(tests)) if tests else True


def wanted(query: TaskQuery, task: WorkTaskRow) -> bool:
    """Tell whether a query wants a task."""
    texts = [fold(text) for text in (task.name, task.description) if text is not None]
    keys, with_none = query.locations
    in_place = task.location in keys if keys else True
    if task.location == -1 and -1 not in keys:
        in_place = with_none
    names, any_of = query.attributes
    has = [name in decode_attributes(task.attributes) for name in names]
    return (
        all(any(fold(word) in text for text in texts) for word in query.keywords)
        and (query.pinned is None or (task.pinned is not None) == query.pinned)
        and in_place
        and within(task.modified, query.modified)
        and (not has or (any(has) if any_of else all(has)))
        and met(query.fields, task)
    )


def ordered(query: TaskQuery, found: list[WorkTaskRow]) -> list[int]:
    """Sort by one key after the other, the last first."""
    ages = {True: 0, False: 1}
    keys: dict[str, Callable[[WorkTaskRow], Any]] = {
        "title": lambda task: fold(task.name),
        "description": lambda task: (
            task.description is not None,
            fold(task.description or ""),
        ),
        "due": lambda task: task.due or 0,
        "pin_age": lambda task: (
            ages[task.pinned is None] + (task.pinned is not None and task.pinned < PINNED)
        ),
        "is_completed": lambda task: task.is_completed,
        "id": lambda task: task.id,
        "location": lambda task: task.location,
        "modified": lambda task: task.modified,
        "discovered": lambda task: task.discovered,
        "position": lambda task: (task.position, task.id),
    }
    found = sorted(found, key=keys["position"])
    found = sorted(found, key=keys[query.order.field], reverse=query.order.descending)
    if query.by_location:
        found = sorted(found, key=keys["location"])
    return [task.id for task in found]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tasks=st.lists(TASKS, max_size=9), several=st.lists(QUERIES, min_size=1, max_size=8))
def test_as_python_would(store: Store, tasks: list[WorkTaskRow], several: list[TaskQuery]) -> None:
    mailbox = new_mailbox(store)
    numbered = [task._replace(id=number) for number, task in enumerate(tasks, 1)]
    with store.write_session(mailbox) as session:
        for task in numbered:
            rows.add(session, task)
    with store.read_session(mailbox) as reading:
        for query in several:
            found = list(queries.find_tasks(reading, query))
            expected = [task for task in numbered if wanted(query, task)]
            assert [task.id for task in found] == ordered(query, expected)
            assert set(found) <= set(numbered)


def test_as_many_as_are_read(store: Store, mailbox: MailboxRow) -> None:
    """Whoever stops before the last leaves nothing open; who goes on reads all, in their order."""
    with store.write_session(mailbox) as session:
        for number in range(1, 1202):
            rows.add(session, TASK._replace(id=number, position=number))
    with store.read_session(mailbox) as reading:
        found = queries.find_tasks(reading, TaskQuery())
        assert [next(found).id for _ in range(3)] == [1, 2, 3]
        found.close()
        every = queries.find_tasks(reading, TaskQuery())
        assert [task.id for task in every] == list(range(1, 1202))


TASK = WorkTaskRow(
    id=1,
    name="Task",
    description=None,
    start=None,
    due=None,
    is_completed=False,
    pinned=None,
    location=-1,
    edit_url=None,
    is_read_only=False,
    modified=NOW,
    discovered=NOW,
    position=0,
    provider=0,
    provider_key=None,
    custom_data=None,
    attributes=encode_attributes(()),
)

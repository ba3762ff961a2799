"""What any face writes of a task, each other one reads, as the mapping says."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.graph.sameness import mapping
from tests.graph.sameness.faces import BETA, FACES, OUTLOOK, TODO, TODO_BETA, V2, Face
from tests.graph.sameness.values import ZONES, Values, tasks
from tests.sharepoint.exchange import COMPLETED, DESCRIPTION, NAME, User
from tests.support.wire import Mailbox, Wire

FEW = settings(
    max_examples=settings.default.max_examples // 4 if settings.default else 10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
MINE = st.tuples(st.sampled_from(FACES), tasks())


def expect_same(me: Mailbox, home: str, key: str, seen: dict[str, Any]) -> None:
    """Expect what was written from every face."""
    outlook = OUTLOOK.read(me, home, key)
    assert {name: outlook[name] for name in seen} == seen
    beta = BETA.read(me, home, key)
    assert mapping.own(beta) == {
        "@odata.etag": outlook["@odata.etag"],
        **mapping.to_beta(outlook),
    }
    for face in (TODO, TODO_BETA):
        assert mapping.own(face.read(me, home, key)) == mapping.to_todo(outlook)
    v2 = V2.read(me, home, key)
    assert {name: v2[name] for name in seen} == seen


def new_mailbox(wire: Wire) -> tuple[Mailbox, str]:
    """Return a mailbox and the id of its default list."""
    me = Mailbox(wire, uuid4().hex)
    return me, str(me.get("/v1.0/me/todo/lists/tasks").json()["id"])


@pytest.mark.inferred("graph.same-task")
@pytest.mark.in_process
@FEW
@given(writes=st.lists(MINE, min_size=1, max_size=4))
def test_any_task(wire: Wire, writes: list[tuple[Face, Values]]) -> None:
    """A task that is created by one face, and written over by others."""
    me, home = new_mailbox(wire)
    key = ""
    for face, values in writes:
        if key:
            face.patch(me, home, key, values)
        else:
            key = face.create(me, home, values)
        expect_same(me, home, key, values.seen(by_todo=face.is_todo))


@pytest.mark.inferred("graph.same-task")
@pytest.mark.in_process
@FEW
@given(face=st.sampled_from(FACES), values=tasks(recurring=True), before=st.none() | MINE)
def test_any_series(
    wire: Wire, face: Face, values: Values, before: tuple[Face, Values] | None
) -> None:
    """A series that is created by one face, or made of a task by it."""
    me, home = new_mailbox(wire)
    if before is None:
        key = face.create(me, home, values)
    else:
        key = before[0].create(me, home, before[1])
        face.patch(me, home, key, values)
    expect_same(me, home, key, values.seen(by_todo=face.is_todo))


@pytest.mark.inferred("graph.same-listed")
@pytest.mark.in_process
@FEW
@given(writes=st.lists(MINE, min_size=1, max_size=3))
def test_my_tasks(wire: Wire, writes: list[tuple[Face, Values]]) -> None:
    """After Exchange sync My Tasks shows what it can hold of a task of any face."""
    me, home = new_mailbox(wire)
    user = User(me)
    assert user.opt_in() == 1
    key = ""
    for face, values in writes:
        if key:
            face.patch(me, home, key, values)
        else:
            key = face.create(me, home, values)
        user.job()
        expected = mapping.to_listed(OUTLOOK.read(me, home, key), values.days().__getitem__)
        (listed,) = user.listed().values()
        assert {name: listed[name] for name in expected} == expected


NAMES = st.text("ab<&\u00e9 \U0001f600", min_size=1, max_size=20).map(str.strip).filter(bool)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))


@pytest.mark.inferred("graph.same-listed")
@pytest.mark.in_process
@FEW
@given(
    name=NAMES,
    text=NAMES | st.none(),
    due=DAYS,
    is_pinned=st.booleans(),
    is_completed=st.booleans(),
    then=st.none() | MINE,
)
def test_from_my_tasks(
    wire: Wire,
    name: str,
    text: str | None,
    due: date | None,
    is_pinned: bool,
    is_completed: bool,
    then: tuple[Face, Values] | None,
) -> None:
    """What My Tasks writes, every face shows; and what these write over it, My Tasks."""
    me, home = new_mailbox(wire)
    user = User(me)
    assert user.opt_in() == 1
    written = None if due is None else f"{due.month}/{due.day}/{due.year}"
    row = user.create("Listed", written, pinned=is_pinned)
    user.update(row, NAME, name)
    user.update(row, DESCRIPTION, text)
    if is_completed:
        user.update(row, COMPLETED, "1")
    user.job()
    [key] = [one["Id"] for one in me.get("tasks").json()["value"]]
    midnight = due and {"DateTime": f"{due}T00:00:00.0000000", "TimeZone": "UTC"}
    seen = {
        "Subject": name,
        "Body": {"ContentType": "Text", "Content": text or ""},
        "Status": "Completed" if is_completed else "NotStarted",
        "Importance": "High" if is_pinned else "Normal",
        "DueDateTime": midnight,
        "StartDateTime": None,
    }
    expect_same(me, home, key, seen)
    if then is not None:
        face, values = then
        face.patch(me, home, key, values)
        user.job()
        expected = mapping.to_listed(OUTLOOK.read(me, home, key), values.days().__getitem__)
        [listed] = user.rows()
        assert {name: listed[name] for name in expected} == expected


@pytest.mark.inferred("graph.same-zone")
@pytest.mark.in_process
@FEW
@given(write=MINE, zone=st.sampled_from([*ZONES]))
def test_in_a_zone(wire: Wire, write: tuple[Face, Values], zone: str) -> None:
    """With the same preference both APIs tell dates in the same zone; To Do's stamps stay UTC."""
    me, home = new_mailbox(wire)
    face, values = write
    key = face.create(me, home, values)
    prefer = f'outlook.timezone="{zone}"'
    outlook, beta, todo = (
        me.get(one.one.format(home, key), Prefer=prefer).json() for one in (OUTLOOK, BETA, TODO)
    )
    assert mapping.own(beta) == {
        "@odata.etag": outlook["@odata.etag"],
        **mapping.to_beta(outlook),
    }
    plain = OUTLOOK.read(me, home, key)
    stamps = {name: plain[name] for name in ("CreatedDateTime", "LastModifiedDateTime")}
    assert mapping.own(todo) == mapping.to_todo({**outlook, **stamps})

"""Quirks that `--quirks` turns on, each beside what is documented."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.graph.todo import ROOT, expect_refusal, make_task, titles
from tests.support.wire import Mailbox, in_process

TASKS = f"{ROOT}/tasks/tasks"
DUE = {"dateTime": "2024-01-31T00:00:00", "timeZone": "UTC"}
WEEKLY = {"type": "weekly", "interval": 1, "daysOfWeek": ["wednesday"]}
SERIES = {"pattern": WEEKLY, "range": {"type": "noEnd", "startDate": "2024-01-31"}}


@pytest.fixture(scope="module", params=["documented", "observed"])
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Mailbox, bool]]:
    """Return a mailbox on a service, and whether all quirks are on there."""
    database = f"sqlite:///{tmp_path_factory.mktemp('quirks')}/store.db"
    with in_process(database, "sqlite", quirks=request.param) as wire:
        me = Mailbox(wire, uuid4().hex)
        make_task(me, "tasks", "buy milk", dueDateTime=DUE, recurrence=SERIES)
        make_task(me, "tasks", "buy bread")
        make_task(me, "tasks", "done", status="completed")
        yield me, request.param == "observed"


@pytest.mark.observed("graph.quirk.contains-dropped")
def test_contains_dropped(service: tuple[Mailbox, bool]) -> None:
    """Beside another condition `contains` counts for nothing; alone, or by `or`, it counts."""
    me, is_on = service
    both = "contains(title,'milk') and status ne 'completed'"
    found = ["buy bread", "buy milk"] if is_on else ["buy milk"]
    assert sorted(titles(me.get(f"{TASKS}?$filter={both}"))) == found
    for condition in ("contains(title,'milk')", "contains(title,'milk') or title eq 'x'"):
        assert titles(me.get(f"{TASKS}?$filter={condition}")) == ["buy milk"]
    twice = "contains(title,'milk') and contains(title,'x')"
    assert titles(me.get(f"{TASKS}?$filter={twice}")) == (["buy milk"] if is_on else [])


@pytest.mark.observed("graph.quirk.recurrence-hidden")
def test_recurrence_hidden(service: tuple[Mailbox, bool]) -> None:
    """Only one filter brings the recurrence along."""
    me, is_on = service

    def find(query: str) -> dict[str, object]:
        found = me.get(f"{TASKS}{query}").json()["value"]
        return next(one for one in found if one["title"] == "buy milk")

    assert ("recurrence" in find("")) == (not is_on)
    task = find("?$filter=status ne 'completed'")
    assert "recurrence" in task
    home = me.get(f"{ROOT}/tasks").json()["id"]
    assert "recurrence" in me.get(f"{ROOT}/{home}/tasks/{task['id']}").json()


@pytest.mark.observed("graph.quirk.recurrence-range-refused")
def test_range_refused(service: tuple[Mailbox, bool]) -> None:
    """Dates in a range are refused in PATCH, and taken in POST."""
    me, is_on = service
    task = make_task(me, "tasks", "series", dueDateTime=DUE, recurrence=SERIES)
    response = me.patch(f"{TASKS}/{task['id']}", {"recurrence": SERIES})
    if is_on:
        message = expect_refusal(response, 400, "invalidRequest", "InvalidModel")
        assert "Path 'recurrence.range.startDate'" in message
        bare = {"pattern": WEEKLY}
        response = me.patch(f"{TASKS}/{task['id']}", {"recurrence": bare})
    assert response.status_code == 200
    assert me.delete(f"{TASKS}/{task['id']}").status_code == 204


@pytest.mark.observed("graph.quirk.select-refused", "graph.delta-select-ignored")
def test_select_refused(service: tuple[Mailbox, bool]) -> None:
    """`$select` is refused, and ignored in delta queries."""
    me, is_on = service
    for address in (ROOT, TASKS, f"{ROOT}/tasks"):
        response = me.get(f"{address}?$select=id")
        if is_on:
            expect_refusal(response, 400, "invalidRequest", "RequestBroker--ParseUri")
        else:
            assert response.status_code == 200
    task = make_task(me, "tasks", "steps", checklistItems=[{"displayName": "a"}])
    steps = me.get(f"{TASKS}/{task['id']}/checklistItems?$select=displayName")
    assert [list(one) for one in steps.json()["value"]] == [["displayName", "id"]]
    assert me.delete(f"{TASKS}/{task['id']}").status_code == 204
    (first, *_) = me.get(f"{TASKS}/delta?$select=title").json()["value"]
    assert ("status" in first) == is_on

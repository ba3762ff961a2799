"""Copies by delta queries come through what copies by deltaToken come through."""

import pytest

from afterlook.store import pages
from tests.graph.sameness.machine import EXPANDED, Faces, on
from tests.graph.sameness.replica import GraphReplica, tasks_of
from tests.sync.follower import Follower
from tests.sync.service import Service


@pytest.fixture
def machine(service: Service) -> Faces:
    """Return a mailbox, of whose default list somebody begins a copy, a task a page."""
    opened = on(service)()
    opened.open_a_mailbox(may_expire=True, is_synced=False)
    opened.followers.clear()
    opened.track(0, 1, "/v1.0", EXPANDED)
    return opened


@pytest.mark.inferred("graph.delta-converges")
def test_writes_between_pages(machine: Faces) -> None:
    """Tasks and parts that are made, changed and deleted on either side of where a copy has got."""
    [copy] = machine.followers
    for task in range(3):
        assert copy.turn(machine) == "page"
        machine.write_part(task, "checklistItems", "POST", "/v1.0")
        machine.patch_by_graph(2 - task, {"importance": "high"}, "/beta", "beta")
        machine.create_by_to_do(0, {}, "/beta", parts=True, batched=True)
    machine.delete_by_graph(0, beta=True)
    assert copy.turn(machine) == "page"
    machine.delete_by_graph(1, beta=False)
    machine.teardown()


@pytest.mark.inferred("graph.delta-survives")
def test_restarts_and_lost_answers(machine: Faces) -> None:
    """A link is good at another server on the same store, and good again."""
    [copy] = machine.followers
    for turn in range(4):
        assert copy.turn(machine) == "page"
        machine.restart()
        copy.repeat(machine, keeps_entities=turn % 2 == 0)
        machine.go_on("done", "/v1.0", "todo")
    copy.finish(machine)
    machine.delete_by_graph(0, beta=False)
    copy.fall_back(2)
    copy.finish(machine)
    copy.fall_back(0)
    machine.teardown()


@pytest.mark.inferred("graph.delta-survives")
def test_expired_tokens(machine: Faces) -> None:
    """A copy that comes too late begins anew, in the middle of a round too, and misses nothing."""
    [copy] = machine.followers
    machine.track(None, 1, "/beta", "")
    lists = machine.followers[1]
    lists.finish(machine)
    assert copy.turn(machine) == "page"
    machine.delete_by_graph(0, beta=False)
    machine.write_list(0, deletes=True, beta=False)
    machine.let_much_time_pass(31, tidily=True, and_back=False)
    for one in (copy, lists):
        assert one.turn(machine) == "expired"
    assert copy.turn(machine) == "page"
    machine.teardown()


@pytest.mark.inferred("graph.delta-survives")
def test_a_deletion_forgotten_by_a_clock_that_was_wrong_for_once(machine: Faces) -> None:
    """No token is old, and yet one that has not seen the deletion must not go on."""
    [behind] = machine.followers
    machine.track(0, 50, "/v1.0", "")
    ahead = machine.followers[1]
    behind.finish(machine)
    machine.delete_by_graph(0, beta=False)
    ahead.finish(machine)
    machine.let_much_time_pass(31, tidily=True, and_back=True)
    assert ahead.turn(machine) == "round"
    assert behind.turn(machine) == "expired"
    machine.teardown()


@pytest.mark.inferred("graph.delta-survives")
def test_a_list_that_is_deleted(machine: Faces) -> None:
    """Its copy ends, in whatever state; that of the lists goes on."""
    machine.create_list("/v1.0")
    key = [*machine.folders][-1]
    machine.create_by_to_do(len(machine.folders) - 1, {}, "/v1.0", parts=True, batched=False)
    copy = Follower(GraphReplica(tasks_of("/v1.0", key), 1, EXPANDED), key)
    machine.followers.append(copy)
    copy.turn(machine)
    machine.write_list(len(machine.folders) - 2, deletes=True, beta=True)
    assert copy.turn(machine) == "gone"
    machine.teardown()


@pytest.mark.inferred("graph.delta-converges")
def test_pages_that_end_early(machine: Faces, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of parts end a page before its size does: nothing is left out, nothing comes twice."""
    for _ in range(6):
        machine.create_by_to_do(0, {}, "/v1.0", parts=True, batched=False)
    monkeypatch.setattr(pages, "MAX_PAGE_TEXT", 30)
    machine.track(0, 50, "/beta", EXPANDED)
    copy = machine.followers[1]
    assert [copy.turn(machine) for _ in range(3)] == ["page"] * 3
    machine.write_part(8, "checklistItems", "DELETE", "/v1.0")
    machine.delete_by_graph(7, beta=False)
    for follower in machine.followers:
        follower.finish(machine)
    for task in range(6):
        machine.write_part(task, "linkedResources", "POST", "/v1.0")
    assert copy.turn(machine) == "page"
    machine.teardown()

"""Jobs that go on by themselves, and answers that are whole, over the wire."""

import time
from uuid import uuid4

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import Instant
from afterlook.sharepoint import text_budget
from afterlook.workmanagement import runner
from afterlook.workmanagement.exchange_sync import job as sync_job
from tests.sharepoint.exchange import SESSION, User
from tests.sharepoint.helpers import PROCESS_QUERY, error_of, parsed, post
from tests.sharepoint.om.client import ROOT, Request
from tests.support import wire as wires
from tests.support.stores import NOW
from tests.support.wire import Engine, Mailbox

DEADLINE_SECONDS = 30


@pytest.mark.inferred("om.jobs")
def test_exchange_sync_without_being_asked(
    database: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After opting in; as the clock of the server has it, and not before."""
    monkeypatch.setattr(runner, "INTERVAL_SECONDS", 0.01)
    monkeypatch.setattr(sync_job, "MAX_PORTION", 2)
    clock = FrozenClock(NOW)
    with wires.in_process(database, engine, clock) as wire:
        user = User(Mailbox(wire, uuid4().hex))
        assert user.opt_in() == 1
        names = {str(number) for number in range(5)}
        for name in names:
            user.create(name)
        assert user.outlook() == {}
        clock.instant = Instant(clock.instant + runner.SYNC_EVERY)
        deadline = time.monotonic() + DEADLINE_SECONDS
        while user.outlook().keys() != names:
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.mark.inferred("om.whole-answers")
def test_more_than_an_answer_holds(
    database: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused by the threshold of list views, in the shape of any error."""
    monkeypatch.setattr(text_budget, "MAX_TEXT", 2_000)
    with wires.in_process(database, engine) as wire:
        me = Mailbox(wire, uuid4().hex)
        for name in "abcd":
            User(me).create(name)
        request = Request()
        tasks = request.method(request.session(SESSION), "ReadTasks", request.make("TaskQuery"))
        request.query(tasks, items=True)
        answer = parsed(post(me, PROCESS_QUERY, f"{ROOT}{request.xml()}</Request>".encode()))
    code, type_, text = error_of(answer)
    assert (code, type_) == (-2147024860, "Microsoft.SharePoint.SPQueryThrottledException")
    assert "list view threshold" in text

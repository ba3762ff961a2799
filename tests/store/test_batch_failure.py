"""A change set whose commit fails keeps nothing, and says so; the store stays sound."""

import asyncio
from functools import partial

import pytest

from afterlook.errors import StoreUnavailable
from afterlook.mailbox import groups
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.transactions import TransactionScope
from tests.outlook.batches import Inner, by_json, by_parts, change_set, part, post, send_json
from tests.outlook.batches import send_parts as send
from tests.support.stores import Service, contents
from tests.support.wire import Mailbox as Caller


@pytest.mark.parametrize(("kind", "status"), [("driver", 503), ("defect", 500)])
def test_commits(service: Service, monkeypatch: pytest.MonkeyPatch, kind: str, status: int) -> None:
    me = Caller(service.wire, "somebody")
    me.create("tasks", {"Subject": "kept"})
    before = service.contents()
    parts = [part("POST tasks", '{"Subject": "lost"}', str(number)) for number in range(2)]
    requests = [post(str(n), "tasks", {"Subject": "lost"}, atomicityGroup="g") for n in range(2)]

    service.break_commits(monkeypatch, kind)
    answers = by_parts(send(me, change_set(*parts)))
    members = by_json(send_json(me, requests))
    alone = by_json(send_json(me, [post("1", "tasks", {"Subject": "lost"})]))
    monkeypatch.undo()

    assert [one.status for one in answers if isinstance(one, Inner)] == [status]
    assert [members[name].status for name in "01"] == [status, status]
    assert alone["1"].status == status
    assert service.contents() == before
    assert "disk" not in str(answers)
    assert len(by_parts(send(me, change_set(*parts)))) == 1
    assert len(me.get("tasks").json()["value"]) == 3


def test_a_group_that_raises_keeps_nothing(store: Store, mailbox: MailboxRow) -> None:
    """Not even the numbers of its writes."""
    before = contents(store)

    def work(scope: TransactionScope) -> None:
        for name in ("one", "two"):
            asyncio.run(scope.write(partial(groups.create_group, name=name)))
        raise StoreUnavailable

    with pytest.raises(StoreUnavailable):
        asyncio.run(store.run_in_transaction(mailbox, work))
    assert contents(store) == before

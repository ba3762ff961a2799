"""Requests under way while mailboxes are replaced: whole before, whole after, or refused."""

import asyncio
from pathlib import Path
from typing import NoReturn

import pytest

from afterlook.auth.mailboxes import MailboxResolver
from afterlook.errors import MailboxReplaced
from afterlook.http.gate import Gate
from afterlook.mailbox import folders, groups
from afterlook.store import contents, tasks
from afterlook.store.pages import Page
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from tests.support import wire as wires
from tests.support.control import attempt, perform
from tests.support.stores import new_mailbox
from tests.support.wire import Mailbox


def test_the_gate_waits_for_who_is_in_and_lets_nobody_in() -> None:
    async def run() -> list[str]:
        gate, done = Gate(), []

        async def request(name: str, seconds: float) -> None:
            await gate.wait()
            gate.enter()
            try:
                await asyncio.sleep(seconds)
                done.append(name)
            finally:
                gate.leave()

        first = asyncio.create_task(request("before", 0.05))
        await asyncio.sleep(0)
        async with gate.shut():
            second = asyncio.create_task(request("after", 0))
            await asyncio.sleep(0.02)
            done.append("replaced")
        await asyncio.gather(first, second)
        return done

    assert asyncio.run(run()) == ["before", "replaced", "after"]


def test_the_gate_does_not_wait_for_ever() -> None:
    async def run() -> int:
        gate = Gate()
        gate.enter()
        async with gate.shut(0.01):
            pass
        async with gate.shut(0.01):
            await asyncio.sleep(0)
        return gate.under_way

    assert asyncio.run(run()) == 1


def test_who_is_still_at_work_is_refused(store: Store, mailbox: MailboxRow) -> None:
    """Their write changes nothing, and their read is not answered with another's."""

    async def run() -> None:
        client = store.for_client(mailbox)
        await client.write(lambda session: groups.create_group(session, "Leisure"))
        with store.new_mailbox_session() as transaction:
            store.retire(contents.lock(transaction).values())
            head = contents.read_heads(transaction)[mailbox.id]
            contents.remove_all(transaction)
            contents.add_mailbox(transaction, head, mailbox.id)
        with pytest.raises(MailboxReplaced):
            await client.write(lambda session: folders.create_folder(session, "Late"))
        with pytest.raises(MailboxReplaced):
            await client.read_by_key(lambda session: tasks.list_page(session, Page(1)))
        with store.session() as session:
            assert contents.read_heads(session) == {mailbox.id: head}

    asyncio.run(run())


def test_what_others_have_is_let_alone(store: Store, mailbox: MailboxRow) -> None:
    other = new_mailbox(store)

    async def run() -> None:
        with store.new_mailbox_session() as transaction:
            store.retire(contents.lock(transaction, mailbox).values())
            contents.remove(transaction, [mailbox.id])
        assert store.is_retired(mailbox)
        await store.for_client(other).write(lambda session: groups.create_group(session, "a"))

    asyncio.run(run())


def test_a_reset_that_fails_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with wires.in_process(f"sqlite:///{tmp_path / 'a.db'}", "sqlite") as wire:
        mine = Mailbox(wire, "secret")
        mine.create("tasks", {"Subject": "Shop"})

        def fail(*_: object) -> NoReturn:
            message = "disk full"
            raise RuntimeError(message)

        with monkeypatch.context() as patched:
            patched.setattr("afterlook.seeds.files.add", fail)
            assert attempt(wire, "reset").status_code == 500
        assert [task["Subject"] for task in mine.get("tasks").json()["value"]] == ["Shop"]
        perform(wire, "reset")
        assert mine.get("tasks").json()["value"] == []


def test_who_calls_is_looked_up_anew(store: Store) -> None:
    """A mailbox that is about to be replaced is not remembered for later calls."""
    resolver = MailboxResolver(store, "open")

    async def run() -> list[int]:
        mailbox = await resolver.resolve("Bearer someone")
        resolver.forget()
        store.retire([mailbox.sync_key])
        await resolver.resolve("Bearer someone")
        remembered = [len(resolver._cached)]
        store.reinstate([mailbox.sync_key])
        await resolver.resolve("Bearer someone")
        return [*remembered, len(resolver._cached)]

    assert asyncio.run(run()) == [0, 1]

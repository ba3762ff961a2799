"""Attachments that come and go while others look, on a server of one process or of two."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import delete

from afterlook.store.store import Store
from afterlook.store.tables import AttachmentContent, table
from tests.outlook.attaching import at, attach, attached, listed, new_task
from tests.support import wire as wires
from tests.support.attachments import NOTICE, file
from tests.support.databases import new_database
from tests.support.outlook import Json, expect_refusal
from tests.support.stores import open_store
from tests.support.wire import Engine, Mailbox, Wire

PART = 192 * 1024


@pytest.fixture(scope="module", params=["1", "2"], ids=["one-worker", "two-workers"])
def running(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wire]:
    """Return a server, of one process or of two."""
    scratch = tmp_path_factory.mktemp("running")
    database = new_database(request, engine, scratch)
    with wires.live(database, engine, scratch, "--workers", request.param) as wire:
        yield wire


@pytest.fixture
def opened(wire: Wire) -> Iterator[Store]:
    """Return the store of the server, opened beside it."""
    store = open_store(wire.database)
    yield store
    store.close()


def forget(store: Store, *, after: int = -1) -> None:
    """Take everybody's contents away behind the server's back, but for parts up to one."""
    contents = table(AttachmentContent)
    with store.new_mailbox_session() as transaction:
        transaction.execute(delete(contents).where(contents.c.part > after), {})


@pytest.mark.inferred("attached.concurrent", "attached.change")
def test_coming_and_going(running: Wire) -> None:
    """Eight attach and delete at one task and look at it; the end is as it must be."""
    me = Mailbox(running, uuid4().hex)
    task = new_task(me)

    def work(number: int) -> list[int]:
        statuses = []
        for each in range(4):
            response = me.post(f"{task}/attachments", file(f"{number}/{each}", bytes(3000)))
            statuses += [response.status_code, me.get(f"{task}?$expand=Attachments").status_code]
            address = at(task, response.json())
            statuses.append(me.get(f"{address}/$value").status_code)
            if each or number:
                statuses.append(me.delete(address).status_code)
        return statuses

    with ThreadPoolExecutor(8) as pool:
        statuses = {status for found in pool.map(work, range(8)) for status in found}

    # A listing may lose a content before its first byte.
    assert statuses <= {200, 201, 204, 404}
    assert [each["Name"] for each in listed(me, task)] == ["0/0"]
    assert me.get(task).json()["HasAttachments"] is True
    assert me.delete(at(task, listed(me, task)[0])).status_code == 204
    assert me.get(task).json()["HasAttachments"] is False


@pytest.mark.inferred("attached.concurrent")
def test_one_of_many_deletes(running: Wire) -> None:
    """The same attachment is deleted once, whoever is first."""
    me = Mailbox(running, uuid4().hex)
    task = new_task(me)
    addresses = [attached(me, task, file(str(number))) for number in range(4)] * 4

    with ThreadPoolExecutor(8) as pool:
        statuses = [response.status_code for response in pool.map(me.delete, addresses)]

    assert sorted(statuses) == [204] * 4 + [404] * 12
    assert me.get(task).json()["HasAttachments"] is False


@pytest.mark.inferred("attached.concurrent", "attached.gone")
def test_a_task_that_goes(running: Wire) -> None:
    """Who attaches to it meanwhile succeeds or finds it gone."""
    me = Mailbox(running, uuid4().hex)
    for _ in range(5):
        task = new_task(me)

        def attaching(task: str = task) -> int:
            return me.post(f"{task}/attachments", NOTICE).status_code

        with ThreadPoolExecutor(6) as pool:
            running_ = [pool.submit(attaching) for _ in range(4)]
            deleting = pool.submit(me.delete, task)
            statuses = {future.result() for future in running_}
        assert deleting.result().status_code == 204
        assert statuses <= {201, 404}
        expect_refusal(me.get(f"{task}/attachments"), 404, "ErrorItemNotFound")


def _filled(me: Mailbox) -> tuple[str, Json]:
    task = new_task(me)
    return task, attach(me, task, file("x", b"\xff" * (4 * PART)))


@pytest.mark.inferred("attached.broken")
@pytest.mark.live
@pytest.mark.parametrize(
    "rest", ["/attachments/{}/$value", "/attachments/{}", "?$expand=Attachments"]
)
def test_gone_before_the_first_byte(me: Mailbox, opened: Store, rest: str) -> None:
    """404, and what shows no content still answers: it was not read."""
    task, added = _filled(me)
    forget(opened)

    expect_refusal(me.get(task + rest.format(added["Id"])), 404, "ErrorItemNotFound")
    assert listed(me, task, select="Name,Size")[0]["Size"] == added["Size"]
    assert me.get(f"{task}?$expand=Attachments($select=Name)").status_code == 200


@pytest.mark.inferred("attached.broken")
@pytest.mark.live
@pytest.mark.parametrize(
    "rest", ["/attachments/{}/$value", "/attachments/{}", "?$expand=Attachments"]
)
def test_gone_on_the_way(me: Mailbox, opened: Store, rest: str) -> None:
    """The connection breaks: nobody takes half a file for a whole one. Then others are served."""
    task, added = _filled(me)
    forget(opened, after=1)

    with pytest.raises(httpx2.RemoteProtocolError):
        me.get(task + rest.format(added["Id"]))
    assert me.get(task).status_code == 200

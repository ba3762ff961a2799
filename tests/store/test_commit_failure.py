"""A commit that fails is never answered with success, and keeps nothing."""

import psycopg
import pytest
from sqlalchemy import make_url

from tests.support.postgres import fresh_database
from tests.support.stores import Service
from tests.support.wire import Mailbox as Caller
from tests.support.wire import in_process


@pytest.mark.parametrize("kind", ["driver", "defect"])
@pytest.mark.parametrize(
    ("method", "address", "body"),
    [
        ("POST", "tasks", {"Subject": "lost"}),
        ("PATCH", "tasks('{task}')", {"Subject": "lost"}),
        ("DELETE", "tasks('{task}')", None),
        ("POST", "tasks('{task}')/complete", None),
        ("POST", "taskfolders", {"Name": "lost"}),
        ("PATCH", "taskfolders('{folder}')", {"Name": "lost"}),
        ("DELETE", "taskfolders('{folder}')", None),
        ("POST", "taskgroups", {"Name": "lost"}),
        ("DELETE", "taskgroups('{group}')", None),
    ],
)
def test_writes(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    address: str,
    body: object,
    kind: str,
) -> None:
    """The client sees a 5xx in the error shape; nothing was kept; the next write succeeds."""
    me = Caller(service.wire, "somebody")
    ids = {
        "task": me.create("tasks", {"Subject": "kept"})["Id"],
        "folder": me.create("taskfolders", {"Name": "kept"})["Id"],
        "group": me.create("taskgroups", {"Name": "kept"})["Id"],
    }
    before = service.contents()

    service.break_commits(monkeypatch, kind)
    refused = me.send(method, address.format(**ids), body)
    monkeypatch.undo()

    assert refused.status_code == (503 if kind == "driver" else 500)
    error = refused.json()["error"]
    assert error["code"].startswith("ErrorInternalServer")
    assert "disk" not in refused.text
    assert service.contents() == before
    assert me.send(method, address.format(**ids), body).is_success


def test_a_mailbox_that_cannot_be_made(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mailbox that could not be kept is not remembered: the next request makes it."""
    me = Caller(service.wire, "newcomer")
    before = service.contents()

    service.break_commits(monkeypatch, "driver")
    refused = me.get("tasks")
    monkeypatch.undo()

    assert refused.status_code == 503
    assert service.contents() == before
    assert me.get("tasks").json()["value"] == []


def test_lost_connections(postgres: str) -> None:
    """When PostgreSQL ends every connection, one request may fail; then all is well again."""
    database = fresh_database(postgres)
    end_all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    plain = make_url(postgres).set(drivername="postgresql").render_as_string(hide_password=False)
    with in_process(database, "postgresql") as wire:
        me = Caller(wire, "somebody")
        me.create("tasks", {"Subject": "kept"})
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(end_all, [make_url(database).database])
        first, *others = [me.get("tasks") for _ in range(4)]

    assert first.status_code in (200, 503)
    assert [each.status_code for each in others] == [200] * 3
    assert [task["Subject"] for task in others[0].json()["value"]] == ["kept"]

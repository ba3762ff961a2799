"""Heavy work, locks, and a store that goes away (C24, C25, C28), and what held before.

Owns what goes wrong, and what must be answered then. Must not know how the server notices.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from urllib.parse import quote

import psycopg

from afterlook.mailbox import identities
from afterlook.mailbox.identities import DEMO
from afterlook.runtime.clock import SystemClock
from afterlook.runtime.ids import RandomIds
from afterlook.store.store import Store
from benchmarks import mailbox, servers
from benchmarks.attack import wire
from benchmarks.attack.stage import (
    CSOM,
    MEGABYTE,
    SQLITE,
    TASKS,
    Attack,
    BrokenError,
    Stage,
    expect,
)
from tests.sharepoint.om.client import ROOT

_HEAVY = " or ".join(["Categories/any(c:contains(c,'zz'))"] * 95)
_LIGHT = f"{TASKS}?$top=1&$filter=Subject%20eq%20'nothing'"
_MANY = 20_000
_SOON = 10.0
_GRACE = 12.0
_NOBODY = {"Authorization": ""}
"""Who brings no token is the demo user, whose mailbox is large."""

_XML = {"Content-Type": "text/xml"}


def _starve(stage: Stage) -> str:
    """Filter hard sixteen times over; then have another's light filter answered, and after that."""
    _more_tasks(stage)
    heavy = wire.write("GET", f"{TASKS}?$top=1&$filter={quote(_HEAVY)}", headers=_NOBODY)
    other = wire.write("GET", _LIGHT, headers={"Authorization": "Bearer another"})
    with ExitStack() as stack:
        for _ in range(16):
            stack.enter_context(wire.connect(stage.server.port)).sendall(heavy)
        time.sleep(1)
        during = _time_request(stage, other)
    time.sleep(0.5)
    after = _time_request(stage, wire.write("GET", _LIGHT, headers=_NOBODY))
    return f"another's after {during:.1f} s, one's own later after {after:.1f} s"


def _time_request(stage: Stage, request: bytes) -> float:
    began = time.monotonic()
    expect(stage.send(request, _SOON), 200)
    return time.monotonic() - began


def _more_tasks(stage: Stage) -> None:
    """Put the tasks into the demo user's mailbox that are filtered."""
    url = stage.database or f"sqlite:///{stage.data / servers.FILE}"
    store = Store(url, "normal", SystemClock(), RandomIds())
    try:
        with store.session() as reading:
            found = identities.find(reading, DEMO)
        assert found is not None
        with store.write_session(found) as session:
            mailbox.write(session, _MANY, mailbox.task)
    finally:
        store.close()


@contextmanager
def _hold_lock(stage: Stage) -> Iterator[None]:
    """Hold the lock that a writer needs, from outside."""
    if stage.database is None:
        other = sqlite3.connect(stage.data / servers.FILE, timeout=5)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.close()
        return
    url = stage.database.replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        task = json.loads(stage.ask("GET", stage.task).body)
        upn = task["@odata.id"].partition("Users('")[2].partition("@")[0]
        connection.execute("SELECT id FROM mailbox WHERE oid = %s FOR UPDATE", [upn])
        yield
        connection.rollback()


def _lock(stage: Stage) -> str:
    """Let writers wait for a locked mailbox; others must read, write and be ready."""
    write = wire.write("POST", TASKS, b"{}")
    other = {"Authorization": "Bearer another"}
    expect(stage.ask("GET", TASKS, headers=other), 200)
    with _hold_lock(stage), ExitStack() as stack:
        for _ in range(16):
            stack.enter_context(wire.connect(stage.server.port)).sendall(write)
        time.sleep(1)
        expect(stage.ask("GET", "/readyz"), 200)
        expect(stage.ask("GET", TASKS, headers=other), 200)
        if stage.database is not None:
            expect(stage.ask("POST", TASKS, b"{}", other), 201)
    return expect(stage.ask("POST", TASKS, b"{}"), 201)


def _stop(stage: Stage) -> str:
    """End the server while writers wait for a lock that nobody gives back: they hear 503."""
    with _hold_lock(stage), ExitStack() as stack:
        connections = [stack.enter_context(wire.connect(stage.server.port)) for _ in range(8)]
        for connection in connections:
            connection.sendall(wire.write("POST", TASKS, b"{}"))
        time.sleep(0.5)
        began = time.monotonic()
        stage.server.process.send_signal(signal.SIGTERM)
        while stage.server.process.poll() is None:
            if time.monotonic() - began > 2 * _GRACE:
                stage.server.process.kill()
                raise BrokenError(f"it runs after {2 * _GRACE:.0f} s")
            time.sleep(0.1)
        took = time.monotonic() - began
        for connection in connections:
            expect(wire.receive(connection), 503)
    if took > _GRACE:
        raise BrokenError(f"it ended after {took:.0f} s")
    return f"ended after {took:.1f} s with {stage.server.process.returncode}"


def _delete_file(stage: Stage) -> str:
    (stage.data / servers.FILE).unlink()
    return _refuses_writes(stage)


def _empty_file(stage: Stage) -> str:
    file = stage.data / servers.FILE
    file.unlink()
    file.touch()
    return _refuses_writes(stage)


def _delete_directory(stage: Stage) -> str:
    for file in stage.data.iterdir():
        file.unlink()
    stage.data.rmdir()
    return _refuses_writes(stage)


def _refuses_writes(stage: Stage) -> str:
    expect(stage.ask("POST", TASKS, b"{}"), 503)
    return expect(stage.ask("GET", "/readyz"), 503)


def _read_outside(stage: Stage) -> str:
    """Try DTDs, entities within and without, and depth."""
    tries = (
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
        + "]>",
    )
    for doctype in tries:
        body = f"{doctype}{ROOT}<Actions>&x;&m;</Actions><ObjectPaths /></Request>".encode()
        expect(stage.ask("POST", CSOM, body, _XML), 200, says=b"ErrorMessage")
    deep = f"{ROOT}{'<Actions>' * 100_000}".encode()
    return expect(stage.ask("POST", CSOM, deep, _XML), 200, says=b"ErrorMessage")


def _kill(stage: Stage) -> str:
    """Kill the server while clients write; whatever was acknowledged must be in the store."""
    made: list[str] = []

    def create(number: int) -> None:
        while True:
            subject = f"kept {number} {len(made)}"
            try:
                body = json.dumps({"Subject": subject}).encode()
                if stage.ask("POST", TASKS, body).status != 201:
                    return
            except OSError:
                return
            made.append(subject)

    with ThreadPoolExecutor(4) as pool:
        for number in range(4):
            pool.submit(create, number)
        time.sleep(2)
        stage.server.process.kill()
    where = (
        ("--data", str(stage.data)) if stage.database is None else ("--database", stage.database)
    )
    with servers.afterlook(*where) as again:
        found, target = (
            set(),
            f"{TASKS}?$select=Subject&$top=1000&$filter=" + quote("startswith(Subject,'kept')"),
        )
        while target:
            answer = again.ask("GET", target, headers={"Authorization": f"Bearer {wire.TOKEN}"})
            page = json.loads(answer.body)
            found |= {task["Subject"] for task in page["value"]}
            target = page.get("@odata.nextLink", "").partition(servers.HOST)[2]
    if lost := set(made) - found:
        raise BrokenError(f"{len(lost)} of {len(made)} acknowledged tasks are lost")
    return f"{len(made)} acknowledged, none lost"


def _tell_secrets(stage: Stage) -> str:
    """Look for a token in the store's files and the log."""
    secret = "s3cr3t-t0k3n-0f-n0b0dy"
    for target in (TASKS, f"{TASKS}('x')", "/nowhere"):
        stage.ask("GET", target, headers={"Authorization": f"Bearer {secret}"})
    for file in stage.data.iterdir():
        if secret.encode() in file.read_bytes():
            raise BrokenError(f"the token is in {file.name}")
    return "nowhere"


ATTACKS = [
    Attack("C24", "a locked mailbox and 16 writers", _lock, stall=0.5, alone=True),
    Attack("C24", "the end with stuck work", _stop, stall=None, alone=True),
    Attack("C24", "the end with stuck work, of two workers", _stop, stall=None,
           flags=("--workers", "2"), alone=True),
    Attack("C25", "16 heavy filters, of clients that leave", _starve, stall=0.5,
           memory=200 * MEGABYTE, alone=True),
    Attack("C28", "the file deleted", _delete_file, stall=None, alone=True, engines=SQLITE),
    Attack("C28", "the file replaced by an empty one", _empty_file, stall=None, alone=True,
           engines=SQLITE),
    Attack("A9", "the directory deleted", _delete_directory, stall=None, alone=True,
           engines=SQLITE),
    Attack("held", "DTDs, entities, depth", _read_outside),
    Attack("held", "kill -9 while 4 clients write", _kill, stall=None, alone=True),
    Attack("held", "a token in store and log", _tell_secrets, engines=SQLITE),
]  # fmt: skip

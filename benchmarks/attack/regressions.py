"""What held before and has to stay so: text that would be SQL, a full disk, lost databases.

Owns what is done to the server or its store, and what must hold then. Must not know how the server
comes through it.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from urllib.parse import quote
from xml.sax.saxutils import escape

import psycopg
from sqlalchemy import make_url

from benchmarks import servers
from benchmarks.attack import wire
from benchmarks.attack.stage import (
    CSOM,
    MEGABYTE,
    POSTGRES,
    SQLITE,
    TASKS,
    Attack,
    BrokenError,
    Stage,
    expect,
)
from tests.sharepoint.om.client import DATA, ROOT

_HOSTILE = [
    f"{start}{middle}{end}"
    for start in ("", "1", "x", "x'", 'x"', "x\\'", "%", "\u2019", "x')", "'||'")
    for middle in (
        " OR 1=1", "; DROP TABLE task", "; DELETE FROM mailbox", " UNION SELECT name FROM mailbox",
        "||(SELECT count(*) FROM task)", "; SELECT pg_sleep(9)", " AND randomblob(900000000)",
        "; PRAGMA user_version=9", ":key", "%(key)s", "$1", "?",
    )
    for end in ("", "--", "/*", ";--", " OR 'a'='a")
]  # fmt: skip
"""600 texts; each goes to every place that takes a text."""

_API = "/_api/web/lists"
_XML = {"Content-Type": "text/xml"}
_WHO = {"Authorization": "Bearer injected"}
"""Of a mailbox that no other attack has filled."""

_MAX_WAIT_SECONDS = 10.0


def _places(text: str, task: str) -> Iterator[bytes]:
    """Write the requests that bear a text: as a literal, bare, as an id, a name, and a value."""
    literal, bare = quote("'" + text.replace("'", "''") + "'"), quote(text)
    yield wire.write("GET", f"{TASKS}?$filter=Subject%20eq%20{literal}", headers=_WHO)
    yield wire.write(
        "GET", f"{TASKS}?$filter=contains(Subject,{literal})&$orderby={bare}", headers=_WHO
    )
    yield wire.write("GET", f"{TASKS}?$filter={bare}", headers=_WHO)
    yield wire.write("GET", f"{TASKS}?$search={bare}&$skiptoken={bare}", headers=_WHO)
    yield wire.write("GET", f"{TASKS}({literal})", headers=_WHO)
    yield wire.write("GET", f"{task}?$select={bare}&$expand={bare}", headers=_WHO)
    yield wire.write(
        "GET", f"{_API}/getbytitle({literal})/items?$filter=Title%20eq%20{literal}", headers=_WHO
    )
    body = json.dumps({"Subject": text, "Categories": [text]}).encode()
    yield wire.write("PATCH", task, body, _WHO | {"If-Match": quote(text)})
    filter_ = f'<Parameter Type="String">{escape(text)}</Parameter>'
    example = (DATA / "example-4.1.xml").read_text("utf-8")
    changed = example.replace('<Parameter Type="Null" />', filter_, 1)
    yield wire.write("POST", CSOM, f"{ROOT}{changed}</Request>".encode(), _WHO | _XML)


def _inject(stage: Stage) -> str:
    """Send texts that would be SQL; nothing changes, nothing is found, and nothing fails."""
    task = stage.create_task(_WHO)
    before, count = _state(stage), 0
    for text in _HOSTILE[::2]:
        for request in _places(text, task):
            answer, count = stage.send(request), count + 1
            if answer.status >= 500 or answer.status == 0:
                raise BrokenError(f"{answer.status} for {text!r}: {request[:80]!r}")
            if answer.status == 200 and b"?$filter=Subject%20eq" in request[:60]:
                expect(answer, 200, says=b'"value":[]')
    for text in _HOSTILE[::29]:
        made = stage.ask("POST", TASKS, json.dumps({"Subject": text}).encode(), _WHO)
        expect(made, 201)
        kept = json.loads(made.body)
        if kept["Subject"] != text:
            raise BrokenError(f"{text!r} came back as {kept['Subject']!r}")
        expect(stage.ask("DELETE", f"{TASKS}('{kept['Id']}')", headers=_WHO), 204)
    if _state(stage) != before:
        raise BrokenError("something has changed")
    return f"{count} requests, nothing changed"


def _state(stage: Stage) -> object:
    target = f"{TASKS}?$top=300&$select=Id,Subject,ChangeKey&$count=true"
    return json.loads(stage.ask("GET", target, headers=_WHO).body)


def _fill_disk(stage: Stage) -> str:
    """Let no file grow: writes are refused, reads go on, and nothing acknowledged is lost."""
    pid = stage.server.process.pid
    body = json.dumps({"Subject": "kept", "Body": {"Content": "x" * 100_000}}).encode()
    made = [_id(stage.ask("POST", TASKS, body))]
    largest = max(file.stat().st_size for file in stage.data.iterdir())
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (largest + MEGABYTE, hard))
    refused = 0
    for _ in range(100):
        answer = stage.ask("POST", TASKS, body)
        if answer.status == 201:
            made.append(_id(answer))
            continue
        expect(answer, 503, 507, says=b'"error"')
        refused += 1
        expect(stage.ask("GET", TASKS), 200)
    if not refused:
        raise BrokenError("nothing was refused: the disk was not full")
    for task in made:
        expect(stage.ask("GET", task), 200)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
    expect(stage.ask("POST", TASKS, body), 201)
    for task in made:
        expect(stage.ask("GET", task), 200)
    return f"{refused} refused, {len(made)} kept"


def _lose_database(stage: Stage) -> str:
    """Cut off all connections to PostgreSQL under load, and let nobody in for some seconds."""

    def lose() -> None:
        name = make_url(stage.database or "").database
        url = make_url(stage.database or "").set(drivername="postgresql", database="postgres")
        admin = url.render_as_string(hide_password=False)
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            for _ in range(20):
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    [name],
                )
                time.sleep(0.1)
            expect(stage.ask("POST", TASKS, b"{}"), 503)
            expect(stage.ask("GET", "/readyz"), 503)
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    made = _write_beside(stage, [stage.server.port], lose)
    return f"{_expect_kept(stage, made)} acknowledged, none lost"


def _kill_other(stage: Stage) -> str:
    """Kill one of two servers on one database; the other goes on."""
    assert stage.database is not None
    with servers.afterlook("--database", stage.database) as other:
        made = _write_beside(stage, [stage.server.port, other.port], other.process.kill)
    return f"{_expect_kept(stage, made)} acknowledged by two, none lost"


def _write_beside(stage: Stage, ports: list[int], harm: Callable[[], object]) -> list[str]:
    """Let two clients write to each server before, during and after the harm; return the tasks."""
    made: list[str] = []
    ended = Event()

    def write(port: int) -> None:
        while not ended.is_set():
            try:
                answer = wire.send(port, wire.write("POST", TASKS, b"{}"))
            except OSError:
                # Its server was killed.
                return
            if answer.status == 201:
                made.append(_id(answer))
            elif answer.status != 0 or len(ports) == 1:
                expect(answer, 503)

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, port) for port in ports * 2]
        try:
            time.sleep(1)
            harm()
            _recover(stage)
            time.sleep(1)
        finally:
            ended.set()
        if len(ports) == 1:
            for writer in writers:
                writer.result()
    return made


def _recover(stage: Stage) -> None:
    ends = time.monotonic() + _MAX_WAIT_SECONDS
    while stage.ask("POST", TASKS, b"{}").status != 201:
        if time.monotonic() > ends:
            raise BrokenError(f"no write is taken after {_MAX_WAIT_SECONDS:.0f} s")
        time.sleep(0.1)


def _expect_kept(stage: Stage, made: list[str]) -> int:
    for task in made:
        expect(stage.ask("GET", task), 200)
    return len(made)


def _id(answer: wire.Answer) -> str:
    expect(answer, 201)
    return f"{TASKS}('{json.loads(answer.body)['Id']}')"


ATTACKS = [
    Attack("held", "text that would be SQL", _inject, stall=None),
    Attack("held", "a full disk", _fill_disk, stall=None, alone=True, engines=SQLITE),
    Attack("held", "PostgreSQL gone for two seconds", _lose_database, stall=None, alone=True,
           engines=POSTGRES),
    Attack("held", "two servers on one database, one killed", _kill_other, stall=None, alone=True,
           engines=POSTGRES),
]  # fmt: skip

"""Whom the server lets in: names, origins, spellings, forwarded headers (C23, C29, C30).

Owns what is tried at the door. Must not know what is behind it.
"""

from __future__ import annotations

import json

from benchmarks.attack import wire
from benchmarks.attack.stage import CSOM, TASKS, Attack, BrokenError, Stage, expect
from tests.sharepoint.om.client import ROOT

_OPEN = ("--host", "0.0.0.0")
_EVIL = {"Host": "evil.example"}
_REFUSED = (400, 403, 421)


def _rebind(stage: Stage) -> str:
    expect(stage.ask("POST", TASKS, b"{}", _EVIL), *_REFUSED)
    expect(stage.ask("GET", TASKS, headers={"Host": "127.0.0.1:80"}), 200)
    return expect(stage.ask("GET", TASKS, headers=_EVIL), *_REFUSED)


def _write_from_afar(stage: Stage) -> str:
    """Try what a form on a page of somebody else's can send."""
    nobody = {"Authorization": ""}
    task, statuses = stage.create_task(nobody), set()
    body = f"{ROOT}<Actions /><ObjectPaths /></Request>".encode()
    for origin in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for method, target, content in (
            ("POST", f"{task}/complete", b""),
            ("DELETE", task, b""),
            ("POST", TASKS, b"{}"),
            ("POST", "/api/beta/$batch", b'{"requests":[]}'),
            ("POST", CSOM, body),
            ("POST", "/_api/contextinfo", b""),
        ):
            found = stage.ask(method, target, content, origin | nobody)
            statuses.add(expect(found, 401, 403))
    kept = json.loads(stage.ask("GET", task, headers=nobody).body)
    if kept["Status"] != "NotStarted":
        raise BrokenError("the task was completed")
    return "/".join(sorted(statuses))


def _spell(stage: Stage) -> str:
    """Spend the rate limit by one spelling of an address, and try the others."""
    for target in (f"/{TASKS}", TASKS.upper(), "/api//beta/me/tasks", "/api/./beta/me/tasks"):
        found = [stage.ask("GET", target).status for _ in range(12)][-1]
        if found not in (404, 429):
            raise BrokenError(f"{target} is not counted: {found}")
    return expect(stage.ask("GET", TASKS), 429)


def _forward(stage: Stage) -> str:
    batch = json.dumps({"requests": [{"id": "1", "method": "GET", "url": TASKS}]}).encode()
    for scheme in ("wss", "ws", "javascript", "https, wss", "x" * 1_000):
        headers = {"X-Forwarded-Proto": scheme, "X-Forwarded-For": "1.2.3.4"}
        expect(stage.ask("POST", "/api/beta/$batch", batch, headers), 200, 400)
    return "200"


def _echo(stage: Stage) -> str:
    found = stage.ask("GET", stage.task, headers={"client-request-id": "x" * 5_000})
    if b"x" * 2_000 in found.head:
        raise BrokenError("an id of 5,000 characters is told again")
    return expect(found, 200, 431)


def _impersonate(stage: Stage) -> str:
    """Open a task of another mailbox, by every address that there is for it."""
    other = {"Authorization": "Bearer somebody-else"}
    for target in (stage.task, stage.task.replace("/me/", f"/users('{wire.TOKEN}')/")):
        for method in ("GET", "PATCH", "DELETE"):
            expect(stage.ask(method, target, b"{}", other), 400, 403, 404)
    return "404"


ATTACKS = [
    Attack("C23", "another Host, not on loopback", _rebind, flags=_OPEN),
    Attack("C23", "writes from a foreign origin", _write_from_afar),
    Attack("C26", "an id of 5,000 characters", _echo),
    Attack(
        "C29", "other spellings pass the rate limit", _spell, stall=None,
        flags=("--rate-limit", "10/600"),
    ),
    Attack("C29", "forwarded schemes", _forward),
    Attack("held", "another's task", _impersonate),
]  # fmt: skip

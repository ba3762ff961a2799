"""Runs scenes on an engine; owns what a recorded exchange looks like."""

import asyncio
import base64
import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.support.postgres import drop_database, fresh_database, start_postgres
from tests.support.wire import Engine
from tests.tools.exchanges.coverage import Coverage
from tests.tools.exchanges.references import Answer, resolve
from tests.tools.exchanges.script import Action, Request, Scene
from tests.tools.exchanges.service import Service

_MAX_SHOWN = 10_000

Exchange = dict[str, Any]
"""`at` (scene and number), `request` to show, `answer` as it came: all of it."""

Recording = dict[str, list[Exchange]]
"""The exchanges of each engine, in their order."""


def run(engine: Engine, scenes: list[Scene], coverage: Coverage) -> list[Exchange]:
    """Run scenes, each on a new database."""
    recorded: list[Exchange] = []
    with ExitStack() as stack:
        server = stack.enter_context(start_postgres()) if engine == "postgresql" else ""
        for scene in scenes:
            with _database(server) as database:
                recorded += asyncio.run(_run_scene(engine, database, scene, coverage))
    return recorded


@contextmanager
def _database(server: str) -> Iterator[str]:
    """Make a database and remove it: on a PostgreSQL server, or a file where there is none."""
    if server:
        url = fresh_database(server)
        yield url
        drop_database(server, url)
    else:
        with tempfile.TemporaryDirectory(prefix="afterlook-exchanges-") as scratch:
            yield f"sqlite:///{Path(scratch, 'afterlook.db')}"


async def _run_scene(
    engine: Engine, database: str, scene: Scene, coverage: Coverage
) -> list[Exchange]:
    service = Service(database, engine, scene.settings)
    answers: dict[str, Answer] = {}
    recorded: list[Exchange] = []
    try:
        for step in scene.steps:
            if isinstance(step, Action):
                await _act(service, step)
                continue
            number = len(recorded) + 1
            exchange, answer = await _send(service, number, step, answers, coverage)
            recorded.append({"at": f"{scene.name} {number}", **exchange})
            if step.name:
                answers[step.name] = answer
    finally:
        service.close()
    return recorded


async def _act(service: Service, action: Action) -> None:
    match action.name:
        case "later":
            service.advance(timedelta(**json.loads(action.value)).total_seconds())
        case "upkeep":
            await service.keep_up()
        case "jobs":
            await service.run_jobs()
        case name:
            raise AssertionError(name)


async def _send(
    service: Service, number: int, step: Request, answers: dict[str, Answer], coverage: Coverage
) -> tuple[Exchange, Answer]:
    target = resolve(step.target, answers)
    if target.startswith("http://localhost/"):
        target = target.removeprefix("http://localhost")
    headers = [(name, resolve(value, answers)) for name, value in step.headers]
    body = step.body if isinstance(step.body, bytes) else resolve(step.body, answers).encode()
    with coverage.watch() as raised:
        answer = await service.answer(number, step.method, target, headers, body)
    coverage.note(step.method, target, answer, raised)
    exchange = {
        "request": {
            "method": step.method,
            "target": _shorten(target),
            "headers": [[name, _shorten(value)] for name, value in headers],
            "body": _shorten(_text(body)),
        },
        "answer": {
            "status": answer.status,
            "headers": [list(header) for header in answer.headers],
            "body": _text(answer.body),
        },
    }
    return exchange, answer


def _shorten(text: Any) -> Any:
    """Leave out the middle of what is long only to be refused."""
    if len(text) <= _MAX_SHOWN:
        return text
    return f"{text[: _MAX_SHOWN // 2]} … {text[-_MAX_SHOWN // 2 :]}"


def _text(raw: bytes) -> str | dict[str, str]:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(raw).decode()}

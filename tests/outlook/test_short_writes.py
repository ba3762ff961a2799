"""Which writes of tasks are short enough for the event loop: they bring little, and meet little."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from math import inf
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from afterlook import main, settings
from afterlook.store import writer
from tests.support.attachments import NOTICE
from tests.support.outlook import ONE_DAY, WEEKLY, Json

BASE = "http://localhost/api/beta/me/"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    """Return the application on SQLite; how busy the machine is makes no difference."""
    monkeypatch.setattr(writer, "_SLOW_SECONDS", inf)
    loaded = settings.load(data=tmp_path, seed="empty")
    store = main.open_store(loaded)
    yield main.create_app(loaded, store)
    store.close()


@pytest.fixture
def on_loop(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what gets longer with each write on the event loop."""
    writes: list[object] = []
    write = writer.Writer._write_on_loop

    def noted(self: writer.Writer, work: Any) -> object:
        writes.append(work)
        return write(self, work)

    monkeypatch.setattr(writer.Writer, "_write_on_loop", noted)
    return writes


@asynccontextmanager
async def calling(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """Call the application on this event loop; its first mailbox is there already."""
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as client:
        await client.get("tasks")
        yield client


async def create(client: httpx2.AsyncClient, body: Json) -> str:
    """Create a task; return its address."""
    created = await client.post("tasks", json=body)
    assert created.status_code == 201, created.text
    return f"tasks('{created.json()['Id']}')"


@pytest.mark.parametrize(
    ("body", "is_short"),
    [
        ({"Subject": "x"}, True),
        ({"Subject": "x", "Body": {"Content": "b" * 3_000}}, True),
        ({"Subject": "x", "Body": {"Content": "b" * 5_000}}, False),
        ({"Subject": "x", "StartDateTime": ONE_DAY, "Recurrence": WEEKLY}, True),
    ],
)
def test_creating(app: FastAPI, on_loop: list[object], body: Json, *, is_short: bool) -> None:
    async def run() -> None:
        async with calling(app) as client:
            await create(client, body)

    asyncio.run(run())

    assert len(on_loop) == is_short


@pytest.mark.parametrize(
    ("stored", "change", "is_short"),
    [
        ({"Subject": "x"}, {"Subject": "y"}, True),
        ({"Subject": "x"}, {"Body": {"ContentType": "Text", "Content": "b" * 5_000}}, False),
        ({"Body": {"Content": "b" * 16_384}}, {"Subject": "y"}, True),
        ({"Body": {"Content": "b" * 16_385}}, {"Subject": "y"}, False),
        ({"StartDateTime": ONE_DAY, "Recurrence": WEEKLY}, {"Status": "Completed"}, False),
    ],
)
def test_writing_over(
    app: FastAPI, on_loop: list[object], stored: Json, change: Json, *, is_short: bool
) -> None:
    """What is stored counts as well: it is read and written as a whole."""

    async def run() -> None:
        async with calling(app) as client:
            task = await create(client, stored)
            on_loop.clear()
            assert (await client.patch(task, json=change)).status_code == 200

    asyncio.run(run())

    assert len(on_loop) == is_short


def test_attachments(app: FastAPI, on_loop: list[object]) -> None:
    """A task that has some, and a copy of one."""

    async def run() -> None:
        async with calling(app) as client:
            task = await create(client, {"Subject": "x"})
            attached = await client.post(f"{task}/attachments", json=NOTICE)
            assert attached.status_code == 201, attached.text
            on_loop.clear()
            assert (await client.patch(task, json={"Subject": "y"})).status_code == 200
            whole = (await client.get(f"{task}?$expand=Attachments($select=Id)")).json()
            await create(client, {"Subject": "z", "Attachments": whole["Attachments"]})

    asyncio.run(run())

    assert on_loop == []


def test_batch_gives_way(app: FastAPI, on_loop: list[object]) -> None:
    """Others have their turn after each of its parts."""
    count, turns = 10, 0

    async def others() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += bool(on_loop) and len(on_loop) < count

    async def run() -> None:
        async with calling(app) as client:
            beside = asyncio.create_task(others())
            requests = [
                {"id": str(number), "method": "POST", "url": "tasks", "body": {"Subject": "x"}}
                for number in range(count)
            ]
            answer = await client.post("../$batch", json={"requests": requests})
            beside.cancel()
            assert {one["status"] for one in answer.json()["responses"]} == {201}

    asyncio.run(run())

    assert len(on_loop) == count
    # But for the first and the last, by how the two happen to begin.
    assert turns >= count - 2

"""Many writers at once against a running server: nothing is lost, and nobody sees an error."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.support import wire as wires
from tests.support.wire import Engine

WRITERS, ROUNDS = 8, 50
TASKS = "/api/beta/me/tasks"


@pytest.fixture(params=["1", "2"], ids=["one-worker", "two-workers"])
def url(
    request: pytest.FixtureRequest, database: str, engine: Engine, tmp_path: Path
) -> Iterator[str]:
    """Return the address of a server, of one process or of two."""
    with wires.live(database, engine, tmp_path, "--workers", request.param) as running:
        yield running.url


class Client:
    """A connection of its own, lighter than a whole client: the server is to be the bottleneck."""

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=30)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def send(
        self, method: str, path: str, body: object = None, etag: str = ""
    ) -> tuple[int, dict[str, object]]:
        """Send a request; return the status and the entity."""
        headers = {"Authorization": "Bearer one-user", "Content-Type": "application/json"}
        headers |= {"If-Match": etag} if etag else {}
        content = None if body is None else json.dumps(body)
        self._connection.request(method, path, content, headers)
        response = self._connection.getresponse()
        return response.status, json.loads(response.read() or "{}")


def count_up(url: str, path: str) -> list[int]:
    """Add one to the counter in a task's subject, again and again; return unexpected statuses."""
    unexpected = []
    with closing(Client(url)) as client:
        for _ in range(ROUNDS):
            status = 412
            while status == 412:
                _, task = client.send("GET", path)
                subject = str(int(str(task["Subject"])) + 1)
                status, _ = client.send(
                    "PATCH", path, {"Subject": subject}, etag=str(task["@odata.etag"])
                )
            unexpected += [status] if status != 200 else []
    return unexpected


def create(url: str, writer: int) -> list[tuple[int, str]]:
    """Create tasks; return the statuses and change keys."""
    with closing(Client(url)) as client:
        answers = [
            client.send("POST", TASKS, {"Subject": f"{writer}/{number}"})
            for number in range(ROUNDS)
        ]
    return [(status, str(task.get("ChangeKey"))) for status, task in answers]


def test_no_update_is_lost(url: str) -> None:
    """Eight writers that read, modify and write with If-Match count to four hundred."""
    with closing(Client(url)) as client:
        _, task = client.send("POST", TASKS, {"Subject": "0"})
    path = f"{TASKS}('{quote(str(task['Id']))}')"
    with ThreadPoolExecutor(WRITERS) as pool:
        unexpected = list(pool.map(count_up, [url] * WRITERS, [path] * WRITERS))
    with closing(Client(url)) as client:
        _, counted = client.send("GET", path)

    assert unexpected == [[]] * WRITERS
    assert counted["Subject"] == str(WRITERS * ROUNDS)


def test_everything_created_is_there(url: str) -> None:
    """Eight writers, who also race to make the mailbox, all succeed; each task has its own key."""
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = [
            each for all_ in pool.map(create, [url] * WRITERS, range(WRITERS)) for each in all_
        ]
    with closing(Client(url)) as client:
        _, listed = client.send("GET", f"{TASKS}?$top=1000&$select=Subject,ChangeKey")

    assert {status for status, _ in answers} == {201}
    tasks = listed["value"]
    assert isinstance(tasks, list)
    assert {task["Subject"] for task in tasks} == {
        f"{writer}/{number}" for writer in range(WRITERS) for number in range(ROUNDS)
    }
    assert len({key for _, key in answers}) == len(tasks) == WRITERS * ROUNDS

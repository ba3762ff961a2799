"""Many writers at once against a running server: nothing is lost, and nobody sees an error."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest

from tests.support import wire as wires
from tests.support.databases import new_database
from tests.support.wire import Engine

WRITERS, ROUNDS = 8, 25
TASKS = "/api/beta/me/tasks"


class User(NamedTuple):
    """Where somebody's server is, and the token that opens the mailbox."""

    url: str
    token: str


@pytest.fixture(scope="module", params=["1", "2"], ids=["one-worker", "two-workers"])
def url(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of a server, of one process or of two."""
    scratch = tmp_path_factory.mktemp("concurrency")
    database = new_database(request, engine, scratch)
    with wires.live(database, engine, scratch, "--workers", request.param) as running:
        yield running.url


@pytest.fixture
def user(url: str) -> User:
    """Return somebody who has no mailbox yet."""
    return User(url, uuid4().hex)


class Client:
    """A connection of its own, lighter than a whole client: the server is to be the bottleneck."""

    def __init__(self, user: User) -> None:
        self._token = user.token
        self._connection = HTTPConnection(urlsplit(user.url).netloc, timeout=30)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def send(
        self, method: str, path: str, body: object = None, etag: str = ""
    ) -> tuple[int, dict[str, object]]:
        """Send a request; return the status and the entity."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        headers |= {"If-Match": etag} if etag else {}
        content = None if body is None else json.dumps(body)
        self._connection.request(method, path, content, headers)
        response = self._connection.getresponse()
        return response.status, json.loads(response.read() or "{}")


def count_up(user: User, path: str) -> list[int]:
    """Add one to the counter in a task's subject, again and again; return unexpected statuses."""
    unexpected = []
    with closing(Client(user)) as client:
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


def create(user: User, writer: int) -> list[tuple[int, str]]:
    """Create tasks; return the statuses and change keys."""
    with closing(Client(user)) as client:
        answers = [
            client.send("POST", TASKS, {"Subject": f"{writer}/{number}"})
            for number in range(ROUNDS)
        ]
    return [(status, str(task.get("ChangeKey"))) for status, task in answers]


def test_no_update_is_lost(user: User) -> None:
    """Eight writers that read, modify and write with If-Match count to two hundred."""
    with closing(Client(user)) as client:
        _, task = client.send("POST", TASKS, {"Subject": "0"})
    path = f"{TASKS}('{quote(str(task['Id']))}')"
    with ThreadPoolExecutor(WRITERS) as pool:
        unexpected = list(pool.map(count_up, [user] * WRITERS, [path] * WRITERS))
    with closing(Client(user)) as client:
        _, counted = client.send("GET", path)

    assert unexpected == [[]] * WRITERS
    assert counted["Subject"] == str(WRITERS * ROUNDS)


def test_everything_created_is_there(user: User) -> None:
    """Eight writers, who also race to make the mailbox, all succeed; each task has its own key."""
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = [
            each for all_ in pool.map(create, [user] * WRITERS, range(WRITERS)) for each in all_
        ]
    with closing(Client(user)) as client:
        _, listed = client.send("GET", f"{TASKS}?$top=1000&$select=Subject,ChangeKey")

    assert {status for status, _ in answers} == {201}
    tasks = listed["value"]
    assert isinstance(tasks, list)
    assert {task["Subject"] for task in tasks} == {
        f"{writer}/{number}" for writer in range(WRITERS) for number in range(ROUNDS)
    }
    assert len({key for _, key in answers}) == len(tasks) == WRITERS * ROUNDS

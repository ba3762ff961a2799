"""What needs a socket: connections that end, answers that come late, and the feed."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner, Result

from afterlook.cli import app
from afterlook.control.events import MAX_WAITING, Waiting
from tests.support import wire as wires
from tests.support.control import look, perform
from tests.support.wire import Wire


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return a server of its own."""
    scratch = tmp_path_factory.mktemp("live")
    with wires.live(f"sqlite:///{scratch}/afterlook.db", "sqlite", scratch) as running:
        yield running


@pytest.fixture
def site(server: Wire) -> Wire:
    """Return the server without faults and with an empty journal."""
    perform(server, "fault clear")
    perform(server, "journal clear")
    return server


def connect(site: Wire) -> socket.socket:
    """Open a connection, and ask for all tasks."""
    address = urlsplit(site.url)
    connected = socket.create_connection((address.hostname, address.port), timeout=20)
    connected.sendall(b"GET /api/beta/me/tasks HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return connected


def read_all(connected: socket.socket) -> tuple[bytes, bool]:
    """Read until the connection ends; tell whether it was reset."""
    got = b""
    with connected:
        try:
            while part := connected.recv(65536):
                got += part
        except ConnectionResetError:
            return got, True
    return got, False


@pytest.mark.parametrize("how", ["reset", "close"])
@pytest.mark.parametrize("place", ["before", "head", "half"])
def test_a_connection_ends(site: Wire, how: str, place: str) -> None:
    perform(site, "fault add", **{how: place})
    got, was_reset = read_all(connect(site))
    assert was_reset == (how == "reset")
    head, _, body = got.partition(b"\r\n\r\n")
    assert bool(head) == (place != "before")
    assert bool(body) == (place == "half")
    if place == "half":
        length = int(head.lower().partition(b"content-length: ")[2].split()[0])
        assert len(body) == length // 2
    entry = look(site, "journal", query="fault:yes")["entries"][-1]
    assert entry["status"] == (None if place == "before" else 200)
    perform(site, "fault clear")
    assert site.client.get("/api/beta/me/tasks").status_code == 200


def test_who_goes_frees_what_waits(site: Wire) -> None:
    perform(site, "fault add", delay="60s")
    connect(site).close()
    waited = look(site, "journal", query="status:none fault:yes", wait=20, count=1)
    assert waited["entries"][0]["ms"] < 20_000


def test_a_slow_body_comes_whole(site: Wire) -> None:
    whole = site.client.get("/api/beta/me/taskfolders").content
    perform(site, "fault add", slow=len(whole) * 4, path="/taskfolders")
    begun = time.monotonic()
    assert site.client.get("/api/beta/me/taskfolders").content == whole
    assert time.monotonic() - begun > 0.15
    perform(site, "fault clear")
    perform(site, "fault add", slow=1, path="/taskfolders")
    address = urlsplit(site.url)
    leaving = http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)
    leaving.request("GET", "/api/beta/me/taskfolders")
    leaving.getresponse().close()
    leaving.close()
    assert look(site, "journal", query="path:/taskfolders", count=3, wait=20)["matched"] == 3


def test_a_body_that_is_refused_unread_is_kept(site: Wire) -> None:
    for headers in ({"X-Afterlook-Fault": "status=503"}, {"Authorization": "Basic eA=="}):
        body = {"Subject": "Send it again"}
        refused = site.client.post("/api/v2.0/me/tasks", json=body, headers=headers)
        assert refused.status_code >= 400
        number = look(site, "journal")["entries"][-1]["id"]
        kept = look(site, "journal/show", id=number)["request"]["body"]
        assert json.loads(kept["text"]) == body


def test_a_body_that_comes_while_it_waits_is_not_lost(site: Wire) -> None:
    perform(site, "fault add", delay="200ms", method="POST", path="/tasks")
    subject = "x" * 200_000
    made = site.client.post("/api/beta/me/tasks", json={"Subject": subject[:200], "Body": {}})
    assert made.status_code in (201, 400)
    body = {"Subject": "Late", "Body": {"ContentType": "Text", "Content": subject}}
    answered = site.client.post("/api/beta/me/tasks", json=body)
    assert answered.status_code == 201
    assert len(answered.json()["Body"]["Content"]) == 200_000


def events_of(site: Wire, query: str = "") -> tuple[http.client.HTTPConnection, Any]:
    """Begin to listen."""
    address = urlsplit(site.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)
    connection.request("GET", f"/_emulator/api/events{query}")
    return connection, connection.getresponse()


def next_event(answer: Any) -> tuple[str, dict[str, Any]]:
    """Read an event; comments are left out."""
    name, data = "", {}
    while line := answer.readline().decode().rstrip("\n"):
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        if field == "data":
            data = json.loads(value)
    return (name, data) if name else next_event(answer)


def until(answer: Any, wanted: str) -> dict[str, Any]:
    """Read on to the next event of a name."""
    while True:
        name, data = next_event(answer)
        if name == wanted:
            return data


def test_the_feed_tells_what_happens(site: Wire) -> None:
    connection, answer = events_of(site, "?query=status:4xx")
    assert answer.headers["content-type"].startswith("text/event-stream")
    state = until(answer, "state")
    assert state["clock"]["state"] == "real"
    assert state["faults"] == []
    site.client.get("/api/beta/me/tasks")
    site.client.get("/api/beta/me/tasks?$top=x")
    assert until(answer, "exchange")["status"] == 400
    perform(site, "fault add", status=503)
    while not (state := until(answer, "state"))["faults"]:
        pass
    assert state["faults"][0]["text"] == "status=503"
    perform(site, "journal clear")
    assert until(answer, "cleared")["last"] >= 2
    connection.close()


def test_the_feed_goes_on_behind_a_number(site: Wire) -> None:
    for _ in range(3):
        site.client.get("/api/beta/me/tasks")
    first = look(site, "journal")["entries"][0]["id"]
    connection, answer = events_of(site, f"?after={first}")
    assert [until(answer, "exchange")["id"] for _ in range(2)] == [first + 1, first + 2]
    connection.close()


def test_only_so_many_listen(site: Wire) -> None:
    listening = [events_of(site) for _ in range(16)]
    assert all(answer.status == 200 for _, answer in listening)
    for _, answer in listening:
        next_event(answer)
    response = site.client.get("/_emulator/api/events")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "Conflict")
    for connection, answer in listening:
        answer.close()
        connection.close()
    for query in ("?after=x", "?query=colour:red", "?what=1"):
        response = site.client.get(f"/_emulator/api/events{query}")
        assert response.status_code == 400
    other = site.client.get("/_emulator/api/events", headers={"Origin": "https://evil.example"})
    assert other.status_code == 403


def test_who_does_not_read_loses_events() -> None:

    waiting = Waiting()
    for _ in range(MAX_WAITING + 5):
        waiting.put(None)
    assert waiting.dropped == 5
    assert len(waiting.take()) == MAX_WAITING
    assert waiting.take() == []


def run(site: Wire, *words: str) -> Result:
    """Run a command against the server."""
    return CliRunner().invoke(app, list(words), env={"AFTERLOOK_URL": site.url})


def test_commands_do_the_same(site: Wire) -> None:
    added = run(site, "fault", "add", "--status", "503", "--retry-after", "3", "--times", "1")
    assert (added.exit_code, added.output.split()[1:3]) == (0, ["status=503", "retry-after=3,"])
    assert site.client.get("/api/beta/me/tasks").status_code == 503
    listed = run(site, "journal", "status:5xx fault:yes", "--json")
    assert json.loads(listed.output)["matched"] == 1
    number = str(json.loads(listed.output)["entries"][0]["id"])
    shown = run(site, "journal", "show", number).output
    assert "Nothing: it was refused by a fault (status=503 retry-after=3, times=1)." in shown
    assert "retry-after: 3" in shown
    assert "GET /api/beta/me/tasks" in run(site, "journal").output
    assert "--preset throttled:" in run(site, "fault", "kinds").output
    assert run(site, "fault", "remove", "1" * 9).exit_code == 1


def test_commands_fail_where_nothing_matches(site: Wire) -> None:
    waited = run(site, "journal", "method:PUT", "--wait", "0.05")
    assert waited.exit_code == 1
    assert "no exchanges match" in waited.output
    assert run(site, "journal", "method:PUT", "--count", "0").exit_code == 0
    assert run(site, "journal", "--count", "1").exit_code == 1
    assert run(site, "journal", "colour:red").exit_code == 1
    assert run(site, "journal", "clear").exit_code == 0

"""What is around every call: limits, origins, permissions, the journal and faults."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from afterlook.runtime.clock import FrozenClock
from tests.graph.todo import ROOT, expect_refusal, titles
from tests.support.control import look, perform
from tests.support.sign_in import SignIns
from tests.support.stores import NOW
from tests.support.wire import Mailbox, Wire, in_process

APP = "https://app.example"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return a service that pages of one origin may call."""
    database = f"sqlite:///{tmp_path_factory.mktemp('around')}/store.db"
    with in_process(database, "sqlite", cors_origins=APP) as wire:
        yield wire


@pytest.fixture
def me(site: Wire) -> Mailbox:
    """Return a new mailbox there; faults and the journal are empty."""
    perform(site, "fault clear")
    perform(site, "journal clear")
    return Mailbox(site, uuid4().hex)


@pytest.mark.observed("graph.throttled")
def test_rate_limit(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Requests are counted with those to the old API."""
    database = f"sqlite:///{tmp_path_factory.mktemp('limited')}/store.db"
    with in_process(database, "sqlite", rate_limit="3/60") as wire:
        me = Mailbox(wire, uuid4().hex)
        assert me.get("tasks").status_code == 200
        assert [me.get(ROOT).status_code for _ in range(2)] == [200, 200]
        response = me.get(ROOT)
    assert "over its MailboxConcurrency limit." in expect_refusal(
        response, 429, "ApplicationThrottled"
    )
    assert 0 < int(response.headers["Retry-After"]) <= 60


@pytest.mark.inferred("graph.read-only-scope")
def test_read_only(tmp_path: Path) -> None:
    """Nothing is written, whatever it is wrapped in."""
    clock = FrozenClock(NOW)
    with in_process(f"sqlite:///{tmp_path}/store.db", "sqlite", clock, auth="signed") as wire:
        _write_by_who_may_read(SignIns(wire, clock).me("Tasks.Read"))


def _write_by_who_may_read(me: Mailbox) -> None:
    assert titles(me.get(ROOT)) == ["Tasks", "Flagged Emails"]
    expect_refusal(me.post(ROOT, {"displayName": "x"}), 403, "ErrorAccessDenied")
    headers = {"Content-Type": "application/json"}
    write = {"id": "1", "method": "POST", "url": "/me/todo/lists", "headers": headers}
    read = {"id": "2", "method": "GET", "url": "/me/todo/lists/delta"}
    batch = {"requests": [{**write, "body": {"displayName": "x"}}, read]}
    answers = me.post("/v1.0/$batch", batch).json()["responses"]
    assert [one["status"] for one in answers] == [403, 200]
    assert titles(me.get(ROOT)) == ["Tasks", "Flagged Emails"]


@pytest.mark.inferred("graph.origins")
def test_origins(me: Mailbox) -> None:
    """A preflight, a call, and a stranger's."""
    asked = {"Origin": APP, "Access-Control-Request-Method": "PATCH"}
    response = me.wire.client.request("OPTIONS", f"{ROOT}/tasks", headers=asked)
    assert response.status_code == 204
    assert "PATCH" in response.headers["access-control-allow-methods"]
    assert "ConsistencyLevel" in response.headers["access-control-allow-headers"]
    response = me.post(ROOT, {"displayName": "x"}, Origin=APP)
    assert response.headers["access-control-allow-origin"] == APP
    assert "Location" in response.headers["access-control-expose-headers"]
    stranger = me.post(ROOT, {"displayName": "y"}, Origin="https://evil.example")
    expect_refusal(stranger, 403, "ErrorAccessDenied")
    assert titles(me.get(ROOT)) == ["Tasks", "x", "Flagged Emails"]


def shown(site: Wire, query: str) -> dict[str, object]:
    """Return the newest exchange that matches, whole."""
    entries = look(site, "journal", query=query)["entries"]
    return look(site, "journal/show", id=entries[-1]["id"])


def test_journal(me: Mailbox) -> None:
    """Calls are kept under the wire's name, those in a batch too."""
    me.get(f"{ROOT}/delta")
    entry = shown(me.wire, "wire:graph")
    assert entry["operation"] == "/{version}/{user}/todo/lists/delta"
    assert str(entry["mailbox"]).endswith("@afterlook.example")
    assert entry["contract"] == []
    requests = [{"id": "1", "method": "GET", "url": "/me/todo/lists"}]
    me.post("/beta/$batch", {"requests": requests})
    assert shown(me.wire, "wire:graph path:$batch")["operation"] == "/{version}/$batch"
    assert look(me.wire, "journal", query="wire:graph path:/beta/me/todo")["matched"] == 1


@pytest.mark.parametrize(
    ("address", "rule", "hint"),
    [
        (f"{ROOT}?$filter=displayNam eq 'x'", "PropertyNotFound", "displayName"),
        (f"{ROOT}?$serch=x", "InvalidUrlQuery", "$search"),
        ("/v1.0/me/todo/list", "SegmentNotFound", "lists"),
        (f"{ROOT}/x", "IdMalformed", ""),
    ],
)
def test_differences(me: Mailbox, address: str, rule: str, hint: str) -> None:
    """A refusal is told by its rule, and by what was probably meant."""
    assert me.get(address).status_code == 400
    differences = shown(me.wire, "wire:graph")["contract"]
    assert isinstance(differences, list)
    (difference,) = differences
    assert difference["rule"] == rule
    assert hint in (difference["hint"] or "")


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ({"status": 429, "retry_after": 7}, 429, "ApplicationThrottled"),
        ({"status": 503}, 503, "ErrorTimeoutExpired"),
        ({"status": 401}, 401, "InvalidAuthenticationToken"),
    ],
)
def test_faults(me: Mailbox, fault: dict[str, object], status: int, code: str) -> None:
    """A fault for this wire is answered in its shape, and leaves the others alone."""
    perform(me.wire, "fault add", wire="graph", times=1, **fault)
    assert me.get("tasks").status_code == 200
    response = me.get(ROOT)
    expect_refusal(response, status, code)
    assert response.headers.get("Retry-After") == (str(fault.get("retry_after", "")) or None)


def test_fault_of_sync_states(me: Mailbox) -> None:
    """Where sync states are lost, a delta query is 410, and begins anew."""
    link = me.get(f"{ROOT}/delta").json()["@odata.deltaLink"]
    perform(me.wire, "fault add", sync_state_lost=True)
    response = me.get(link)
    expect_refusal(response, 410, "syncStateNotFound")
    anew = me.get(f"{ROOT}/delta").json()["@odata.deltaLink"]
    assert me.get(anew).status_code == 200


def test_fault_in_a_batch(me: Mailbox) -> None:
    """One request of a batch meets it, in Graph's words."""
    perform(me.wire, "fault add", wire="graph", part="2", status=429)
    requests = [{"id": one, "method": "GET", "url": "/me/todo/lists"} for one in "123"]
    answers = me.post("/v1.0/$batch", {"requests": requests}).json()["responses"]
    assert [one["status"] for one in answers] == [200, 429, 200]
    assert answers[1]["body"]["error"]["innerError"]["request-id"]

"""Who may use the control surface, and what of a request is refused before anything is done."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from afterlook import main, settings
from afterlook.control.operation import API
from afterlook.control.operations import OPERATIONS
from afterlook.testing.control import read_refusal
from tests.support import wire as wires
from tests.support.client import Client
from tests.support.control import expect_refusal, look, perform
from tests.support.wire import Wire

TOKEN = "correct horse"
FREEZE = f"{API}/clock/freeze"


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return a service whose clock nobody turns."""
    file = tmp_path_factory.mktemp("lone") / "afterlook.db"
    with wires.in_process(f"sqlite:///{file}", "sqlite") as running:
        yield running
        assert look(running, "clock show")["state"] == "real"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:8080"},
        {"Origin": "https://localhost"},
        {"Origin": "null"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_pages_of_other_sites_are_refused(lone: Wire, headers: dict[str, str]) -> None:
    answers = [
        lone.client.get(f"{API}/mailbox/list", headers=headers),
        lone.client.get(f"{API}/openapi.json", headers=headers),
    ]
    # A write of another site no wire answers.
    written = lone.client.post(FREEZE, json={}, headers=headers)
    assert written.status_code == 403
    for answer in answers:
        assert "pages of other sites" in expect_refusal(answer, 403, "AccessRefused")
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_its_own_pages_and_programs_are_answered(lone: Wire, headers: dict[str, str]) -> None:
    own = headers | ({"Origin": "http://localhost"} if "same-origin" in headers.values() else {})
    assert lone.client.get(f"{API}/clock/show", headers=own).status_code == 200
    assert lone.client.post(f"{API}/clock/reset", json={}, headers=own).status_code == 200


@pytest.mark.parametrize(
    "type_",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "text/plain", ""],
)
def test_what_a_form_can_send_is_refused(lone: Wire, type_: str) -> None:
    answer = lone.client.post(FREEZE, content=b"{}", headers={"Content-Type": type_})
    expect_refusal(answer, 415, "ContentTypeNotJson")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "the body cannot be read: it is not valid JSON"),
        (b"[]", "it is not a JSON object"),
        (b'{"at": 1, "at": 2}', "it names a member of an object twice"),
        (b'{"at": "\\u0000"}', "a string holds the character U+0000"),
        (b'{"at":' + b"[" * 500 + b"]" * 500 + b"}", "it is nested deeper than 32 levels"),
        (b'{"at":' + b"[" * 100_000, "the body cannot be read"),
        (b"\xff", "the body cannot be read"),
        (b'{"to": "2016-04-22T05:44:01Z"}', "to: there is no such parameter"),
    ],
)
def test_bodies_that_say_nothing(lone: Wire, content: bytes, said: str) -> None:
    answer = lone.client.post(FREEZE, content=content, headers={"Content-Type": "application/json"})
    assert said in expect_refusal(answer, 400, "InvalidParameter")


def test_bodies_are_bounded(lone: Wire) -> None:
    huge = json.dumps({"at": "x" * 1024 * 1024}).encode()
    answer = lone.client.post(FREEZE, content=huge, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    # What holds a document may be as large as any body.
    document = {"document": {"Format": "x" * 2 * 1024 * 1024}}
    answer = lone.client.post(f"{API}/import", json=document)
    assert "Format: it must be" in expect_refusal(answer, 400, "InvalidParameter")


def test_addresses_and_methods(lone: Wire) -> None:
    for path in ("", "/", "/clock", "/nothing", "/clock/show/more", "/Clock/Show"):
        expect_refusal(lone.client.get(f"{API}{path}"), 404, "OperationNotFound")
    for method, path in [("GET", "/clock/freeze"), ("POST", "/clock/show"), ("DELETE", "/reset")]:
        answer = lone.client.request(method, f"{API}{path}", json={})
        expect_refusal(answer, 405, "MethodNotAllowed")
    assert lone.client.head(f"{API}/clock/show").status_code == 200
    assert lone.client.get(f"{API}/clock/show/").status_code == 200


def test_options_of_a_query(lone: Wire) -> None:
    for query, said in [
        ("limit=1&limit=2", "limit: give it once"),
        ("limit=many", "limit: it must be a whole number"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("colour=red", "colour: there is no such parameter"),
    ]:
        answer = lone.client.get(f"{API}/mailbox/list?{query}")
        assert said in expect_refusal(answer, 400, "InvalidParameter"), query


def test_nothing_is_kept_or_sniffed(lone: Wire) -> None:
    for answer in (lone.client.get(f"{API}/clock/show"), lone.client.get(f"{API}/nothing")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_admin_token(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    with wires.in_process(database, "sqlite", admin_token=TOKEN) as wire:
        for given in ("", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"):
            headers = {"Authorization": given} if given else {}
            answer = wire.client.get(f"{API}/clock/show", headers=headers)
            assert "AFTERLOOK_ADMIN_TOKEN" in expect_refusal(answer, 401, "AdminTokenRequired")
            assert answer.headers["www-authenticate"] == "Bearer"
        named = {"Authorization": f"bearer {TOKEN}"}
        assert wire.client.get(f"{API}/clock/show", headers=named).status_code == 200


@pytest.mark.parametrize(
    ("host", "control", "is_there"),
    [
        ("127.0.0.1", "auto", True),
        ("::1", "auto", True),
        ("0.0.0.0", "auto", False),  # it is not listened on
        ("0.0.0.0", "on", True),
        ("127.0.0.1", "off", False),
    ],
)
def test_where_there_is_none(tmp_path: Path, host: str, control: str, is_there: bool) -> None:
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    with wires.in_process(database, "sqlite", host=host, control=control) as wire:
        for answer in (wire.client.get(f"{API}/clock/show"), wire.client.post(FREEZE, json={})):
            assert answer.status_code == (200 if is_there else 404)
            if not is_there:
                refusal = read_refusal(answer.status_code, answer.content)
                assert (refusal.code, "--control on" in str(refusal)) == ("NoControl", True)


def test_several_processes_share_what_the_store_alone_knows(tmp_path: Path) -> None:
    loaded = settings.load(database=f"sqlite:///{tmp_path / 'a.db'}", seed="empty", workers=2)
    app = main.create_app(loaded, main.open_store(loaded))
    assert not app.state.emulator.journal.is_on, "nobody could look at all of it"
    with Client(app, base_url="http://localhost") as client:
        for operation in OPERATIONS:
            answer = client.request(operation.method, operation.path, json={})
            if operation.is_shared:
                assert answer.status_code != httpx2.codes.CONFLICT
            else:
                said = expect_refusal(answer, 409, "Conflict")
                assert said.startswith(f"{operation.name} is not available: 2 processes serve")
                assert said.endswith("start with --workers 1")


def test_what_is_shared_does_not_replace_mailboxes() -> None:
    """Another process would go on with those that are gone."""
    replacing = {"reset", "snapshot restore", "import", "mailbox delete"}
    assert not replacing & {each.name for each in OPERATIONS if each.is_shared}


def test_a_server_without_room_for_mailboxes(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    with wires.in_process(database, "sqlite", max_mailboxes=1) as wire:
        perform(wire, "mailbox create")
        answer = wire.client.post(f"{API}/mailbox/create", json={})
        assert answer.status_code == 403
        perform(wire, "reset")
        perform(wire, "mailbox create")

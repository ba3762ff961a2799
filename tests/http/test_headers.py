"""Headers of replies, whatever the reply."""

from collections.abc import Callable
from uuid import UUID, uuid4

import httpx2
import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import call

CONTENT_TYPE = (
    "application/json;odata.metadata=minimal;odata.streaming=true;"
    "IEEE754Compatible=false;charset=utf-8"
)
Ask = Callable[[Filled, str], httpx2.Response]


def _with_id(method: str, address: str, **more: str) -> Ask:
    def ask(filled: Filled, request_id: str) -> httpx2.Response:
        headers = {"client-request-id": request_id, **more}
        json = {"Name": "Named"} if address.startswith("taskfolders") else {"Subject": "Named"}
        body = json if method in ("POST", "PATCH") and "complete" not in address else None
        return filled.me.send(method, filled.at(address), body, **headers)

    return ask


def _raw(method: str, address: str, *lines: tuple[str, str], content: bytes = b"{}") -> Ask:
    def ask(filled: Filled, request_id: str) -> httpx2.Response:
        headers = [("client-request-id", request_id), *lines]
        return call(filled.me, method, filled.at(address), content, headers)

    return ask


REPLIES: list[tuple[int, Ask]] = [
    (200, _with_id("GET", "tasks")),
    (200, _with_id("GET", "tasks('{task}')")),
    (200, _with_id("GET", "taskgroups('{group}')")),
    (201, _with_id("POST", "tasks")),
    (201, _with_id("POST", "taskfolders")),
    (200, _with_id("PATCH", "tasks('{task}')")),
    (200, _with_id("POST", "tasks('{task}')/complete")),
    (204, _with_id("POST", "tasks", Prefer="return=minimal")),
    (204, _with_id("PATCH", "tasks('{task}')", Prefer="return=minimal")),
    (204, _with_id("DELETE", "tasks('{task}')")),
]
REFUSALS: list[tuple[int, Ask]] = [
    (400, _with_id("GET", "contacts")),
    (400, _with_id("GET", "tasks(")),
    (400, _with_id("GET", "tasks('nonsense')")),
    (400, _with_id("GET", "tasks?$top=x")),
    (400, _raw("POST", "tasks", ("Content-Type", "application/json"), content=b"{")),
    (403, _with_id("GET", "/api/beta/users('nobody')/tasks")),
    (404, _with_id("GET", "/nowhere")),
    (405, _with_id("DELETE", "tasks")),
    (412, _with_id("DELETE", "tasks('{task}')", If_Match='W/"stale"')),
    (414, _with_id("GET", "tasks?x=" + "x" * 20_000)),
    (415, _raw("POST", "tasks", ("Content-Type", "text/plain"))),
    (421, _with_id("GET", "tasks", Host="evil.example")),
]


def _common(response: httpx2.Response, request_id: str) -> None:
    assert str(UUID(response.headers["request-id"])) == response.headers["request-id"]
    assert response.headers.get_list("client-request-id") == [request_id]
    assert response.headers.get_list("odata-version") == ["4.0"]
    assert response.headers.get_list("cache-control") == ["private"]


@pytest.mark.observed(
    "header.request-id",
    "header.client-request-id",
    "header.odata-version",
    "header.content-type",
    "header.cache-control",
)
@pytest.mark.parametrize(("status", "ask"), REPLIES)
def test_on_replies(filled: Filled, status: int, ask: Ask) -> None:
    request_id = str(uuid4())

    response = ask(filled, request_id)

    assert response.status_code == status, response.text
    _common(response, request_id)
    assert response.headers.get_list("content-type") == ([CONTENT_TYPE] if status != 204 else [])


@pytest.mark.inferred("header.on-refusals", "error.shape")
@pytest.mark.parametrize(("status", "ask"), REFUSALS)
def test_on_refusals(filled: Filled, status: int, ask: Ask) -> None:
    request_id = str(uuid4())

    response = ask(filled, request_id)

    assert response.status_code == status, response.text
    _common(response, request_id)
    assert response.headers.get_list("content-type") == [CONTENT_TYPE]
    assert list(response.json()) == ["error"]


@pytest.mark.observed("header.request-id")
def test_every_reply_has_an_id_of_its_own(filled: Filled) -> None:
    replies = [filled.me.get(address) for address in ("tasks", "tasks", "contacts", "/nowhere")]

    assert len({reply.headers["request-id"] for reply in replies}) == len(replies)


@pytest.mark.observed("header.client-request-id")
def test_client_request_id(filled: Filled) -> None:
    assert "client-request-id" not in filled.me.get("tasks").headers
    for text in ("17", "not a GUID; at all", "{5F3A}"):
        reply = filled.me.get("tasks", client_request_id=text)
        assert reply.headers["client-request-id"] == text

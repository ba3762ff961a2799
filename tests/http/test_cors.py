"""Web pages of other origins: who may call from a browser, and that nobody else learns a thing."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from tests.support import wire as wires
from tests.support.outlook import expect_refusal, key
from tests.support.wire import Mailbox

APP = "https://app.example"
OTHER = "http://localhost:3000"
NAMED = f" {APP}:443, HTTP://LOCALHOST:3000 ,"
STRANGERS = ["https://evil.example", "null", "", "http://app.example", f"{APP}:444", f"{APP}.evil"]
NEEDED = {
    "etag", "location", "odata-version", "preference-applied", "request-id", "retry-after",
    "rate-limit-limit", "rate-limit-remaining", "rate-limit-reset", "rate-limit-reason",
}  # fmt: skip
SENT = {"authorization", "content-type", "client-request-id", "if-match"}
OF_OUTLOOK = {"prefer", "x-anchormailbox", "odata-maxversion"}
OF_SHAREPOINT = {"x-requestdigest", "x-http-method", "soapaction", "spresponseguid"}
OF_SIGN_IN = {"x-client-sku", "x-client-current-telemetry", "x-anchormailbox"}


@pytest.fixture(scope="module", params=["in-process", "live"])
def named(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mailbox]:
    """Return a mailbox on a service that two origins may call."""
    scratch = tmp_path_factory.mktemp("cors")
    database = f"sqlite:///{scratch / 'afterlook.db'}"
    with (
        wires.live(database, "sqlite", scratch, "--cors-origins", NAMED)
        if request.param == "live"
        else wires.in_process(database, "sqlite", cors_origins=NAMED)
    ) as wire:
        yield Mailbox(wire, uuid4().hex)


@pytest.fixture
def anyone(tmp_path: Path) -> Iterator[Mailbox]:
    """Return a mailbox on a service that every origin may call."""
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    with wires.in_process(database, "sqlite", cors_origins="*") as wire:
        yield Mailbox(wire, uuid4().hex)


def preflight(me: Mailbox, address: str, origin: str, method: str = "PATCH") -> httpx2.Response:
    """Ask as a browser does, without a token."""
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type,if-match,prefer",
    }
    url = address if address.startswith("/") else f"/api/beta/me/{address}"
    return me.wire.client.request("OPTIONS", url, headers=headers)


def granted(response: httpx2.Response) -> dict[str, str]:
    """Return the headers of CORS."""
    headers = response.headers.items()
    return {name: value for name, value in headers if name.startswith("access-control-")}


def listed(text: str) -> set[str]:
    """Return the names in a list."""
    return {name.strip().lower() for name in text.split(",")}


@pytest.mark.inferred("cors.off")
def test_off(me: Mailbox) -> None:
    """As long as nobody says otherwise, OPTIONS is a method like any other that is not there."""
    for origin in (APP, "*", "null"):
        expect_refusal(preflight(me, "tasks", origin), 405, "ErrorMethodNotAllowed", "OPTIONS")
        response = me.get("tasks", Origin=origin)
        assert (response.status_code, granted(response)) == (200, {})
        assert "vary" not in response.headers


@pytest.mark.inferred("cors.preflight")
@pytest.mark.parametrize("origin", [APP, OTHER])
@pytest.mark.parametrize(
    "address",
    ["tasks", "TaskFolders('x')/Tasks/", "contacts", "/api/v2.0/users('a@b.example')/tasks/x",
     "/API/beta/me/tasks", "/%61pi/beta/me/tasks", "/api/beta/$batch",
     "/_api/web", "/sites/a/_API/web/lists", "/_vti_bin/client.svc/ProcessQuery",
     "/sites/a/b/_vti_bin/sites.asmx", "/_api/contextinfo",
     "/sites/a/_layouts/15/sp.runtime.js"],
)  # fmt: skip
def test_preflight(named: Mailbox, origin: str, address: str) -> None:
    response = preflight(named, address, origin)

    assert (response.status_code, response.content) == (204, b"")
    headers = granted(response)
    assert headers["access-control-allow-origin"] == origin
    assert listed(headers["access-control-allow-methods"]) >= {"get", "post", "patch", "delete"}
    is_outlook = "pi/" in address.lower() and "_api" not in address.lower()
    of_wire = OF_OUTLOOK if is_outlook or not address.startswith("/") else OF_SHAREPOINT
    assert listed(headers["access-control-allow-headers"]) >= SENT | of_wire
    assert ("merge" in listed(headers["access-control-allow-methods"])) == (
        of_wire == OF_SHAREPOINT
    )
    assert int(headers["access-control-max-age"]) > 0
    assert "origin" in listed(response.headers["vary"])
    assert response.headers["request-id"]


@pytest.mark.inferred("cors.sign-in")
def test_sign_in(named: Mailbox) -> None:
    """A page fetches tokens, and what is published of them; where people go it reads nothing."""
    below = "/common/oauth2/v2.0"
    for address in (f"{below}/token", f"{below}/devicecode", "/common/discovery/v2.0/keys",
                    "/common/v2.0/.well-known/openid-configuration"):  # fmt: skip
        asked = preflight(named, address, APP, "POST")
        assert asked.status_code == 204
        assert listed(granted(asked)["access-control-allow-headers"]) >= OF_SIGN_IN
        assert "patch" not in listed(granted(asked)["access-control-allow-methods"])
        assert granted(preflight(named, address, STRANGERS[0], "POST")) == {}
    form = {"grant_type": "password", "client_id": "app", "username": "a@b.example"}
    for given in (form, form | {"password": "any"}):
        page = {"Origin": APP}
        answer = named.wire.client.post(f"{below}/token", data=given, headers=page)
        assert answer.json().keys() & {"error", "access_token"}
        assert granted(answer)["access-control-allow-origin"] == APP
    for visited in ("authorize", "deviceauth", "logout"):
        assert granted(preflight(named, f"{below}/{visited}", APP, "GET")) == {}
        address = f"{below}/{visited}?client_id=app&response_type=code"
        got = named.wire.client.get(address, headers={"Origin": APP})
        assert (granted(got), got.headers["content-type"]) == ({}, "text/html; charset=utf-8")


@pytest.mark.inferred("cors.answers")
@pytest.mark.parametrize("origin", [APP, OTHER])
def test_answers(named: Mailbox, origin: str) -> None:
    """What is refused may be read too, else a page could not tell why."""
    page = {"Origin": origin}
    made = named.post("tasks", {"Subject": "from a page"}, **page)
    task = f"tasks('{key(made.json())}')"
    answers = [
        (201, made),
        (200, named.get("tasks", **page)),
        (200, named.patch(task, {"Importance": "High"}, **page)),
        (200, named.get(f"{task}/Subject/$value", **page)),
        (204, named.delete(task, **page)),
        (400, named.get("contacts", **page)),
        (404, named.get(task, **page)),
        (405, named.send("OPTIONS", "tasks", **page)),
        (414, named.get("tasks?x=" + "x" * 20_000, **page)),
    ]

    for status, response in answers:
        assert response.status_code == status, response.text
        headers = granted(response)
        assert headers["access-control-allow-origin"] == origin
        assert listed(headers.pop("access-control-expose-headers")) >= NEEDED
        assert response.headers.get_list("vary") == ["Origin"]


@pytest.mark.inferred("cors.strangers")
@pytest.mark.parametrize("origin", STRANGERS)
def test_strangers(named: Mailbox, origin: str) -> None:
    expect_refusal(preflight(named, "tasks", origin), 405, "ErrorMethodNotAllowed")
    for response in (
        preflight(named, "tasks", origin),
        named.get("tasks", Origin=origin),
        named.get("contacts", Origin=origin),
    ):
        assert granted(response) == {}
        assert response.headers["vary"] == "Origin"


@pytest.mark.inferred("cors.strangers")
def test_two_origins_are_none(named: Mailbox) -> None:
    lines = [("Origin", APP), ("Origin", OTHER)]
    response = named.wire.client.get("/api/beta/me/tasks", headers=lines)

    assert (response.status_code, granted(response)) == (200, {})


@pytest.mark.inferred("cors.answers")
def test_without_an_origin(named: Mailbox) -> None:
    """Nobody who sends no Origin sees a difference, but caches must."""
    response = named.get("tasks")

    assert (response.status_code, granted(response)) == (200, {})
    assert response.headers["vary"] == "Origin"


@pytest.mark.inferred("cors.credentials")
def test_credentials(named: Mailbox, anyone: Mailbox) -> None:
    for answer in (preflight(named, "tasks", APP), named.get("tasks", Origin=APP)):
        assert granted(answer)["access-control-allow-credentials"] == "true"
    for origin in (APP, "null"):
        for answer in (preflight(anyone, "tasks", origin), anyone.get("tasks", Origin=origin)):
            headers = granted(answer)
            assert headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in headers


@pytest.mark.inferred("cors.wire-only")
@pytest.mark.parametrize(
    "address",
    ["/", "/livez", "/readyz", "/docs", "/openapi.json", "/_emulator", "/_emulator/api/x", "/apis",
     "/nowhere/api/beta", "/_emulator/..%2Fapi/beta/me/tasks"],
)  # fmt: skip
def test_nothing_else(named: Mailbox, anyone: Mailbox, address: str) -> None:
    for me in (named, anyone):
        asked = preflight(me, address, APP)
        got = me.wire.client.get(address, headers={"Origin": APP})
        assert asked.status_code in (400, 403, 404, 405)
        for response in (asked, got):
            assert granted(response) == {}
            assert "Origin" not in response.headers.get("vary", "")


@pytest.mark.inferred("cors.wire-only")
def test_a_host_that_is_not_ours(named: Mailbox) -> None:
    """An allowed origin is no way around the guard against rebinding."""
    response = named.get("tasks", Origin=APP, Host="evil.example")

    assert (response.status_code, granted(response)) == (421, {})

"""The auth mode that asks for a token."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from afterlook import main, settings
from tests.support.client import Client
from tests.support.outlook import call, subjects
from tests.support.tokens import jwt
from tests.support.wire import Mailbox, Wire

CHALLENGE = (
    'Bearer client_id="00000002-0000-0ff1-ce00-000000000000"',
    "trusted_issuers=",
    'token_types="app_asserted_user_v1 service_asserted_app_v1"',
    'authorization_uri="https://login.windows.net/common/oauth2/authorize"',
    'error="invalid_token"',
)
NO_TOKEN = [None, "", "Bearer", "bearer", "Basic dXNlcjpwYXNz", "Token x", "x"]


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Wire]:
    """Return the service in this process, asking for a token."""
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    loaded = settings.load(database=database, seed="empty", auth="any")
    app = main.create_app(loaded, main.open_store(loaded))
    with Client(app, base_url="http://localhost", follow_redirects=False) as client:
        yield Wire("in-process", "sqlite", client)


@pytest.mark.inferred("metadata.public")
@pytest.mark.parametrize("authorization", NO_TOKEN)
def test_no_token_for_what_is_public(guarded: Wire, authorization: str | None) -> None:
    lines = [] if authorization is None else [("Authorization", authorization)]

    for address in ("/api/beta", "/api/v2.0/", "/api/beta/$metadata"):
        assert call(Mailbox(guarded, None), "GET", address, headers=lines).status_code == 200


@pytest.mark.observed("auth.required")
@pytest.mark.parametrize("authorization", NO_TOKEN)
def test_token_required(guarded: Wire, authorization: str | None) -> None:
    lines = [] if authorization is None else [("Authorization", authorization)]
    me = Mailbox(guarded, None)

    for method, address in [
        ("GET", "tasks"),
        ("POST", "tasks"),
        ("GET", "taskfolders('x')"),
        ("DELETE", "taskgroups('x')"),
        ("GET", "/api/v2.0/users('demo@afterlook.example')/tasks"),
    ]:
        response = call(me, method, address, headers=lines)
        assert (response.status_code, response.content) == (401, b""), address
        assert "content-type" not in response.headers
        challenge = response.headers["WWW-Authenticate"]
        assert all(part in challenge for part in CHALLENGE)
        assert response.headers["request-id"]


@pytest.mark.inferred("auth.any")
@pytest.mark.parametrize("token", ["x", jwt(upn="a@contoso.example"), "a.b.c"])
def test_any_token_will_do(guarded: Wire, token: str) -> None:
    me = Mailbox(guarded, token)

    assert me.create("tasks", {"Subject": "mine"})["Subject"] == "mine"
    assert subjects(me.get("tasks")) == ["mine"]
    assert subjects(Mailbox(guarded, "other").get("tasks")) == []

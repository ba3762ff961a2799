"""Which tokens Graph takes, and what it says of others: docs/reference/graph.md §1.1, §1.3."""

import httpx2
import pytest

from tests.support.sign_in import SignIns
from tests.support.wire import Mailbox

GRAPH = "https://graph.microsoft.com"
TASK = {"subject": "x"}


def app(signed: SignIns, **form: str) -> Mailbox:
    """Return an app on its own."""
    given = {"grant_type": "client_credentials", "client_secret": "x"}
    answer = signed.ask(**given | {"scope": f"{GRAPH}/.default"} | form)
    assert answer.status_code == 200, answer.text
    return Mailbox(signed.wire, str(answer.json()["access_token"]))


def error(response: httpx2.Response, status: int) -> tuple[str, str]:
    """Return code and message of a refusal."""
    assert response.status_code == status, response.text
    told = response.json()["error"]
    return told["code"], told["message"]


@pytest.mark.observed("graph-users.token")
@pytest.mark.parametrize("address", ["/v1.0/me", "/beta/me/todo/lists", "/beta/me/outlook/tasks"])
def test_tokens_that_are_not_good(signed: SignIns, address: str) -> None:
    """Each has its text."""
    good = signed.token(f"{GRAPH}/Tasks.ReadWrite")
    texts = {
        "": "Access token is empty.",
        "opaque": "CompactToken parsing failed with error code: 80049217",
        f"{good[:-8]}AAAAAAAA": "Access token validation failure. Invalid signature.",
    }
    for token, text in texts.items():
        response = Mailbox(signed.wire, token or None).get(address)
        assert error(response, 401) == ("InvalidAuthenticationToken", text)
        assert "WWW-Authenticate" in response.headers
    me = Mailbox(signed.wire, good)
    assert me.get(address).status_code == 200
    signed.wait(3600)
    expired = "Lifetime validation failed, the token is expired."
    assert error(me.get(address), 401) == ("InvalidAuthenticationToken", expired)


@pytest.mark.spec("graph-users.others")
def test_scopes(signed: SignIns) -> None:
    """Who may read may not write; who has no permission of tasks may do neither."""
    reader = signed.me(f"{GRAPH}/Tasks.Read")
    for root, body in (
        ("/v1.0/me/todo/lists", {"displayName": "x"}),
        ("/beta/me/outlook/tasks", TASK),
    ):
        assert reader.get(root).status_code == 200
        assert error(reader.post(root, body), 403)[0] == "ErrorAccessDenied"
    stranger = signed.me(f"{GRAPH}/Mail.Read")
    for address in ("/v1.0/me", "/v1.0/me/todo/lists", "/beta/me/outlook/tasks"):
        assert error(stranger.get(address), 403)[0] == "ErrorAccessDenied"


@pytest.mark.spec("graph-users.app")
def test_apps_on_their_own(signed: SignIns) -> None:
    """They read and write To Do of whom they name, by each of the names."""
    upn = "alice@contoso.example"
    user = Mailbox(signed.wire, signed.token(f"{GRAPH}/Tasks.ReadWrite", upn))
    oid = user.get("/v1.0/me").json()["id"]
    mine = user.create("/v1.0/me/todo/lists", {"displayName": "Alice's"})
    caller = app(signed)
    for name in (upn, upn.upper(), oid):
        assert caller.get(f"/v1.0/users/{name}").json()["id"] == oid
        found = caller.get(f"/v1.0/users/{name}/todo/lists/{mine['id']}")
        assert found.json()["displayName"] == "Alice's"
    made = caller.create(f"/v1.0/users/{upn}/todo/lists/tasks/tasks", {"title": "By an app"})
    [task] = user.get("/v1.0/me/todo/lists/tasks/tasks").json()["value"]
    assert (task["id"], task["title"]) == (made["id"], "By an app")
    upload = f"/v1.0/users/{upn}/todo/lists/tasks/tasks/{made['id']}/attachments"
    file = {"attachmentInfo": {"attachmentType": "file", "name": "x", "size": 4}}
    refused = caller.post(f"{upload}/createUploadSession", file)
    assert error(refused, 403)[0] == "ErrorAccessDenied"
    face = caller.get(f"/beta/users/{upn}/outlook/tasks")
    assert error(face, 403)[0] == "ErrorAccessDenied"
    batch = [
        {"id": "1", "method": "GET", "url": f"/users/{upn}/todo/lists/tasks"},
        {"id": "2", "method": "GET", "url": f"/users/{upn}/outlook/tasks"},
    ]
    answers = caller.post("/beta/$batch", {"requests": batch}).json()["responses"]
    assert [answer["status"] for answer in answers] == [200, 403]


@pytest.mark.inferred("graph-users.app-me")
def test_apps_without_a_user(signed: SignIns) -> None:
    """There is none whom `me` could mean, and none of other tenants."""
    caller = app(signed)
    code, message = error(caller.get("/v1.0/me/todo/lists"), 400)
    assert (code, message) == (
        "BadRequest",
        "/me request is only valid with delegated authentication flow.",
    )
    assert error(caller.get("/v1.0/users/me-token-to-replace"), 400)[0] == "BadRequest"
    lists = {"id": "1", "method": "GET", "url": "/me/todo/lists"}
    [answer] = caller.post("/v1.0/$batch", {"requests": [lists]}).json()["responses"]
    assert (answer["status"], answer["body"]["error"]["code"]) == (400, "BadRequest")
    unknown = caller.get("/v1.0/users/nobody@contoso.example/todo/lists")
    assert error(unknown, 404)[0] == "ResourceNotFound"
    upn = "bob@contoso.example"
    assert Mailbox(signed.wire, signed.token(GRAPH + "/Tasks.Read", upn)).get("/v1.0/me").is_success
    elsewhere = "99999999-7777-4888-9999-aaaaaaaaaaaa"
    form = {"grant_type": "client_credentials", "client_secret": "x"}
    answer = signed.ask(f"{elsewhere}/oauth2/v2.0/token", **form, scope=f"{GRAPH}/.default")
    foreign = Mailbox(signed.wire, str(answer.json()["access_token"]))
    assert error(foreign.get(f"/v1.0/users/{upn}"), 404)[0] == "ResourceNotFound"


@pytest.mark.observed("graph.upload-of-apps")
def test_no_upload_session_for_an_app(signed: SignIns) -> None:
    """It may attach files; the session that only a user may open would not take its pieces."""
    user = signed.me(f"{GRAPH}/Tasks.ReadWrite")
    owner = user.get("/v1.0/me").json()["userPrincipalName"]
    home = "/v1.0/me/todo/lists"
    task = user.post(f"{home}/tasks/tasks", {"title": "x"}).json()["id"]
    at = f"/v1.0/users/{owner}/todo/lists/tasks/tasks/{task}/attachments"
    info = {"attachmentInfo": {"attachmentType": "file", "name": "x", "size": 1}}

    daemon = app(signed)
    assert error(daemon.post(f"{at}/createUploadSession", info), 403)[0] == "ErrorAccessDenied"
    assert user.post(f"{at}/createUploadSession", info).status_code == 200
    assert daemon.post(at, {"name": "x", "contentBytes": "eA=="}).status_code == 201

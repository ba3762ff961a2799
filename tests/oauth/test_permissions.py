"""Tokens are verified, and what they permit holds on every wire and within batches."""

from collections.abc import Callable

import httpx2
import pytest

from tests.support.outlook import subjects
from tests.support.sign_in import OUTLOOK, SignIns
from tests.support.wire import Mailbox

READ, WRITE = f"{OUTLOOK}/Tasks.Read", f"{OUTLOOK}/Tasks.ReadWrite"
SHAREPOINT = "https://contoso.sharepoint.com"
GET_STATUS = (
    '<Request AddExpandoFieldTypeSuffix="true" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" '
    'ApplicationName="t" xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009"><Actions>'
    '<Query Id="1" ObjectPathId="2"><Query SelectAllProperties="true"><Properties/></Query></Query>'
    '</Actions><ObjectPaths><Property Id="2" ParentId="3" Name="Web"/><StaticProperty Id="3" '
    'TypeId="{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}" Name="Current"/></ObjectPaths></Request>'
)


def denied(response: httpx2.Response) -> None:
    """Expect the service's refusal of a token that is good and permits too little."""
    assert response.status_code == 403, response.text
    assert response.json()["error"] == {
        "code": "ErrorAccessDenied",
        "message": "Access is denied. Check credentials and try again.",
    }


def unauthorized(response: httpx2.Response, reason: str) -> None:
    """Expect the service's refusal of a token that is not good."""
    assert (response.status_code, response.content) == (401, b""), response.text
    assert response.headers["WWW-Authenticate"].startswith("Bearer client_id=")
    assert f'reason="{reason}' in response.headers["x-ms-diagnostics"]


@pytest.mark.inferred("oauth.permissions", "overview.scopes")
@pytest.mark.parametrize(
    ("scope", "may_read", "may_write"),
    [
        (READ, True, False),
        (WRITE, True, True),
        (f"{OUTLOOK}/tasks.read", True, False),
        (f"{OUTLOOK}/Tasks.Read.Shared", True, False),
        (f"{OUTLOOK}/Tasks.ReadWrite.Shared", True, True),
        ("Tasks.ReadWrite", True, True),
        ("User.Read", False, False),
        (f"{OUTLOOK}/Tasks.ReadWriteX", False, False),
        (f"{OUTLOOK}/.default", True, True),
        ("https://outlook.office365.com/Tasks.Read Mail.Send", None, None),
        (f"{SHAREPOINT}/AllSites.Read", True, False),
        (f"{SHAREPOINT}/AllSites.Write", True, True),
    ],
)
def test_outlook(
    signed: SignIns, scope: str, may_read: bool | None, may_write: bool | None
) -> None:
    if may_read is None:
        assert signed.by_password("a@b.example", scope=scope).status_code == 400
        return
    me = signed.me(scope)
    reading, writing = me.get("tasks"), me.post("tasks", {"Subject": "x"})
    if may_read:
        assert reading.status_code == 200, reading.text
    else:
        denied(reading)
    if may_write:
        assert writing.status_code == 201, writing.text
    else:
        denied(writing)
    for method, address in (
        ("PATCH", "tasks('x')"), ("DELETE", "taskfolders('x')"), ("POST", "taskgroups"),
    ):  # fmt: skip
        answer = me.send(method, address, {})
        assert (answer.status_code == 403) != may_write, answer.text


@pytest.mark.inferred("oauth.permissions")
def test_batches(signed: SignIns) -> None:
    """Each request of a batch by its own token, else by that of the batch."""
    name = "batch@contoso.example"
    reader = Mailbox(signed.wire, signed.token(READ, user=name))
    writer = signed.token(WRITE, user=name)

    def batch(*requests: dict[str, object]) -> list[int]:
        asked = [{"id": str(place), **each} for place, each in enumerate(requests)]
        headers = {"Prefer": "odata.continue-on-error"}
        answer = reader.post("$batch", {"requests": asked}, **headers)
        assert answer.status_code == 200, answer.text
        return [each["status"] for each in answer.json()["responses"]]

    write = {"method": "POST", "url": "me/tasks", "body": {"Subject": "x"}}
    json = {"Content-Type": "application/json"}
    own = {**json, "Authorization": f"Bearer {writer}"}
    assert batch(
        {"method": "GET", "url": "me/tasks"},
        {**write, "headers": json},
        {**write, "headers": own},
        {"method": "GET", "url": "me/tasks", "headers": {"Authorization": "Bearer x.y.z"}},
    ) == [200, 403, 201, 401]
    group = {"atomicityGroup": "g"}
    statuses = batch({**write, "headers": own, **group}, {**write, "headers": json, **group})
    assert 201 not in statuses
    assert subjects(reader.get("tasks")) == ["x"]


def _post(me: Mailbox, address: str, content: object) -> httpx2.Response:
    return me.post(address, content, Accept="application/json;odata=nometadata")


@pytest.mark.inferred("oauth.permissions")
def test_sharepoint(signed: SignIns) -> None:
    """REST answers a 403, CSOM an UnauthorizedAccessException; reading goes on."""
    name = "sharer@contoso.example"
    reader = Mailbox(signed.wire, signed.token(READ, user=name))
    writer = Mailbox(signed.wire, signed.token(WRITE, user=name))
    titled = {"Title": "Plan", "BaseTemplate": 171}
    assert reader.get("/sites/a/_api/web").status_code == 200
    refused = _post(reader, "/sites/a/_api/web/lists", titled)
    assert refused.status_code == 403, refused.text
    assert "Access denied" in refused.text
    made = _post(writer, "/sites/a/_api/web/lists", titled)
    assert made.status_code == 201, made.text
    items = "/sites/a/_api/web/lists/getbytitle('Plan')/items"
    assert _post(reader, items, {"Title": "x"}).status_code == 403
    assert _post(writer, items, {"Title": "x"}).status_code == 201
    assert reader.get(items).status_code == 200


@pytest.mark.inferred("oauth.permissions")
def test_csom(signed: SignIns) -> None:
    name = "object@contoso.example"
    address = "/_vti_bin/client.svc/ProcessQuery"
    for scope, status in ((READ, 200), ("User.Read", 403)):
        token = signed.token(scope, user=name)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/xml"}
        answer = signed.client.post(address, content=GET_STATUS, headers=headers)
        assert answer.status_code == status, answer.text
        problem = answer.json()[0]["ErrorInfo"]
        assert status == 200 or problem["ErrorTypeName"] == "System.UnauthorizedAccessException"


@pytest.mark.observed("oauth.refused")
def test_no_token_and_strange_ones(signed: SignIns) -> None:
    unauthorized(Mailbox(signed.wire, None).get("tasks"), "The request did not carry")
    for token in ("x", "a.b.c", "..", "x" * 20_000):
        unauthorized(Mailbox(signed.wire, token).get("tasks"), "The token has an invalid signature")
    for method, address in (
        ("GET", "/_api/web"), ("POST", "/_vti_bin/client.svc/ProcessQuery"),
        ("POST", "/_vti_bin/sites.asmx"), ("POST", "/_api/contextinfo"), ("POST", "/_api/$batch"),
    ):  # fmt: skip
        answer = Mailbox(signed.wire, "a.b.c").send(method, address)
        assert answer.status_code == 401, address
        assert answer.headers["x-ms-diagnostics"].startswith("3001000;")


@pytest.mark.observed("oauth.refused")
def test_another_audience(signed: SignIns) -> None:
    for scope in ("https://management.azure.com/.default", "api://outlook.office.com/Tasks.Read"):
        answer = signed.me(scope).get("tasks")
        unauthorized(answer, "The audience claim value is invalid 'aud'.")
        assert answer.headers["x-ms-diagnostics"].startswith("2000003;")
    for audience in (
        "https://outlook.office365.com/", "http://localhost", "http://127.0.0.1:8025",
        "00000003-0000-0ff1-ce00-000000000000/contoso.sharepoint.com@x", SHAREPOINT,
    ):  # fmt: skip
        assert signed.me(f"{audience}/Tasks.Read").get("tasks").status_code == 200, audience
    for audience in ("https://contoso.sharepoint.com.evil.example", "https://localhost.evil.example",
                     "https://x@localhost", "https://localhost/other"):  # fmt: skip
        unauthorized(signed.me(f"{audience}/Tasks.Read").get("tasks"), "The audience")


@pytest.mark.inferred("oauth.expiry")
def test_expired_by_one_tick(signed: SignIns) -> None:
    """Also where it has been used before, and so is remembered; and not before its time."""
    me = signed.me(READ)
    assert me.get("tasks").status_code == 200
    signed.wait(3600, -1)
    assert me.get("tasks").status_code == 200
    signed.wait(0, 1)
    unauthorized(me.get("tasks"), "The token has expired.")
    signed.wait(-3601)
    unauthorized(me.get("tasks"), "The token is not yet valid.")
    signed.wait(1)
    assert me.get("tasks").status_code == 200


@pytest.mark.inferred("oauth.app")
def test_apps_on_their_own(signed: SignIns) -> None:
    """There were no tasks for them at Outlook; SharePoint let them in."""
    form = {"grant_type": "client_credentials", "client_secret": "x"}
    answer = signed.ask(**form, scope=f"{OUTLOOK}/.default").json()
    app = Mailbox(signed.wire, answer["access_token"])
    denied(app.get("tasks"))
    assert app.get("/_api/web").status_code == 200
    batch = {"requests": [{"id": "1", "method": "GET", "url": "me/tasks"}]}
    denied(app.post("/api/v2.0/$batch", batch))


@pytest.mark.inferred("oauth.own-names")
def test_own_names(signed: SignIns) -> None:
    """oid@tid names the mailbox in addresses, and in x-AnchorMailbox."""
    me = signed.me()
    user = me.get("/api/beta/me").json()["Id"]
    assert me.get(f"/api/beta/users('{user}')/tasks").status_code == 200
    for hint in (user, f"OID:{user}", f"UPN:{user}"):
        assert me.get("tasks", x_AnchorMailbox=hint).status_code == 200
    assert me.get("tasks", x_AnchorMailbox=f"OID:{user[:-1]}x").status_code == 400


PUBLIC: list[Callable[[SignIns], httpx2.Response]] = [
    lambda signed: signed.client.get("/api/beta/$metadata"),
    lambda signed: signed.client.get("/livez"),
]


@pytest.mark.inferred("metadata.public")
@pytest.mark.parametrize("ask", PUBLIC)
def test_what_is_public(signed: SignIns, ask: Callable[[SignIns], httpx2.Response]) -> None:
    assert ask(signed).status_code == 200

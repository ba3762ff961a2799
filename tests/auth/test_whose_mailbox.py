"""Whose mailbox a call is for, and that nobody reaches another's."""

from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.support.outlook import call, everything, expect_refusal, key
from tests.support.tokens import jwt
from tests.support.wire import Mailbox, Wire

NO_TOKEN = [None, "", "Bearer", "bearer"]
OTHER_CREDENTIALS = ["Basic dXNlcjpwYXNz", "Token x", "x", "Negotiate YII=", "Bearerx y"]


def encoded(text: str | bytes) -> str:
    """Write what could be a part of a JWT."""
    raw = text.encode() if isinstance(text, str) else text
    return urlsafe_b64encode(raw).decode().rstrip("=")


MALFORMED = [
    "a.b.c",
    "..",
    "a..c",
    f"{encoded('{}')}.{encoded('not JSON')}.x",
    f"{encoded('{}')}.{encoded('[]')}.x",
    f"{encoded('{}')}.{encoded('null')}.x",
    f"{encoded('{}')}.{encoded('{}')}.x",
    f"{encoded('{}')}.{encoded(bytes(range(128, 160)))}.x",
    f"{encoded('{}')}.{encoded('[' * 5000)}.x",
    jwt(oid=17, upn=["x"], tid=None),
    jwt(oid="", upn="", preferred_username=""),
    jwt(upn="with\u0000nul"),
    jwt(upn="x" * 5000),
    jwt(aud="https://outlook.office.com", exp=0),
    "one.two",
    "x" * 8000,
    "=",
    "!$%&/()",
]


def owner(wire: Wire, authorization: str | None) -> str:
    """Return the id of the default folder that a caller has: it tells mailboxes apart."""
    me = Mailbox(wire, None)
    lines = [] if authorization is None else [("Authorization", authorization)]
    response = call(me, "GET", "taskfolders('tasks')", headers=lines)
    assert response.status_code == 200, response.text
    return key(response.json())


@pytest.mark.inferred("auth.demo")
@pytest.mark.parametrize("authorization", NO_TOKEN)
def test_no_token_is_the_demo_user(wire: Wire, authorization: str | None) -> None:
    assert owner(wire, authorization) == owner(wire, None)
    demo = Mailbox(wire, None)
    assert demo.get("/api/beta/users('demo@afterlook.example')/taskfolders").status_code == 200


@pytest.mark.inferred("auth.other-credentials")
@pytest.mark.once
@pytest.mark.parametrize("authorization", OTHER_CREDENTIALS)
def test_other_credentials(wire: Wire, authorization: str) -> None:
    """Each wire refuses them in its own shape, though no token is required."""
    named = {"Authorization": authorization}
    answers = {
        address: wire.client.request(method, address, headers=named)
        for method, address in (
            ("GET", "/api/beta/me/tasks"),
            ("POST", "/api/v2.0/$batch"),
            ("GET", "/_api/web"),
            ("POST", "/_api/contextinfo"),
            ("POST", "/_api/$batch"),
            ("POST", "/sites/a/_vti_bin/client.svc/ProcessQuery"),
            ("POST", "/_vti_bin/sites.asmx"),
        )
    }

    for address, answer in answers.items():
        assert answer.status_code == 401, address
        assert answer.headers["WWW-Authenticate"].startswith("Bearer client_id="), address
    assert answers["/api/beta/me/tasks"].content == b""
    assert "odata.error" in answers["/_api/web"].json()
    csom = answers["/sites/a/_vti_bin/client.svc/ProcessQuery"].json()[0]
    assert csom["ErrorInfo"]["ErrorTypeName"] == "System.UnauthorizedAccessException"
    assert "<soap:Fault>" in answers["/_vti_bin/sites.asmx"].text


@pytest.mark.inferred("auth.opaque")
def test_opaque_tokens(wire: Wire) -> None:
    token, other = uuid4().hex, uuid4().hex
    assert owner(wire, f"Bearer {token}") == owner(wire, f"bearer   {token}")
    found = {owner(wire, f"Bearer {each}") for each in (token, other, token.upper())}
    assert len(found | {owner(wire, None)}) == 4


@pytest.mark.inferred("auth.new-mailbox")
def test_new_mailbox(me: Mailbox) -> None:
    tasks, folders, groups = everything(me)

    assert tasks == []
    assert [(each["Name"], each["IsDefaultFolder"]) for each in folders] == [("Tasks", True)]
    assert [(each["Name"], each["IsDefaultGroup"]) for each in groups] == [("My Tasks", True)]
    assert groups[0]["GroupKey"] == folders[0]["ParentGroupKey"]


@pytest.mark.inferred("auth.opaque", "auth.new-mailbox")
def test_first_calls_at_once(wire: Wire) -> None:
    """Eight calls that all find no mailbox open the same one."""
    for token in (uuid4().hex, jwt(upn=f"{uuid4()}@contoso.example")):
        with ThreadPoolExecutor(8) as threads:
            found = set(threads.map(owner, [wire] * 8, [f"Bearer {token}"] * 8))
        assert len(found) == 1
        assert len(everything(Mailbox(wire, token))[1]) == 1


@pytest.mark.inferred("auth.jwt")
def test_jwt_by_guids(wire: Wire) -> None:
    oid, tid, upn = str(uuid4()), str(uuid4()), f"{uuid4()}@contoso.example"
    mine = owner(wire, f"Bearer {jwt(oid=oid, tid=tid, upn=upn, iat=1)}")

    for same in (
        jwt(oid=oid, tid=tid, upn=upn, iat=2, scp="tasks.read"),
        jwt(oid=oid.upper(), tid=tid.upper(), upn=upn),
        jwt(oid=oid, tid=tid, preferred_username="renamed@contoso.example"),
        jwt(oid=oid, tid=tid),
    ):
        assert owner(wire, f"Bearer {same}") == mine
    for other in (
        jwt(oid=str(uuid4()), tid=tid, upn=upn),
        jwt(oid=oid, tid=str(uuid4()), upn=upn),
        jwt(oid=oid, upn=upn),
    ):
        assert owner(wire, f"Bearer {other}") != mine


@pytest.mark.inferred("auth.jwt")
def test_jwt_names_the_user(wire: Wire) -> None:
    oid, tid = str(uuid4()), str(uuid4())
    me = Mailbox(wire, jwt(oid=oid, tid=tid, upn="a@contoso.example", name="Ada Lovelace"))

    folder = me.get("taskfolders('tasks')").json()
    assert f"/Users('{oid}@{tid}')/" in folder["@odata.id"]
    assert me.create("tasks", {})["Owner"] == "Ada Lovelace"


@pytest.mark.inferred("auth.jwt-name")
def test_jwt_by_name(wire: Wire) -> None:
    name = f"{uuid4()}@contoso.example"
    mine = owner(wire, f"Bearer {jwt(upn=name)}")

    for same in (
        jwt(upn=name.upper()),
        jwt(preferred_username=name),
        jwt(upn=name, preferred_username="somebody@contoso.example"),
        jwt(upn=name, iat=7),
    ):
        assert owner(wire, f"Bearer {same}") == mine
    assert owner(wire, f"Bearer {jwt(upn=f'other-{name}')}") != mine
    me = Mailbox(wire, jwt(upn=name))
    assert me.get(f"/api/beta/users('{name}')/tasks").status_code == 200


@pytest.mark.inferred("auth.jwt-name")
def test_a_name_is_one_of_its_tenant(wire: Wire) -> None:
    """The same name in another tenant is another user, with an object id or without."""
    name, oid = f"{uuid4()}@contoso.example", str(uuid4())
    one, two = str(uuid4()), str(uuid4())
    mine = owner(wire, f"Bearer {jwt(oid=oid, tid=one, upn=name)}")

    assert owner(wire, f"Bearer {jwt(tid=one, upn=name.upper())}") == mine
    assert owner(wire, f"Bearer {jwt(tid=one, preferred_username=name)}") == mine
    others = [jwt(tid=two, upn=name), jwt(upn=name, oid=oid, tid=two), jwt(upn=name)]
    assert mine not in {owner(wire, f"Bearer {other}") for other in others}


@pytest.mark.inferred("oauth.own-names")
@pytest.mark.once
def test_own_ids_as_a_hint(wire: Wire) -> None:
    """Clients write what their token says, though the mailbox was made for a name alone."""
    name, oid, tid = f"{uuid4()}@contoso.example", str(uuid4()), str(uuid4())
    owner(wire, f"Bearer {jwt(upn=name)}")
    me = Mailbox(wire, jwt(oid=oid, tid=tid, upn=name))
    for hint in (f"{oid}@{tid}", f"OID:{oid}@{tid}", f"OID:{oid}", name):
        assert me.get("tasks", x_AnchorMailbox=hint).status_code == 200
    for hint in (f"{oid}@{uuid4()}", f"{uuid4()}@{tid}", f"OID:{tid}"):
        expect_refusal(me.get("tasks", x_AnchorMailbox=hint), 400, "ErrorIncorrectRoutingHint")


@pytest.mark.inferred("auth.jwt-seeded")
def test_a_mailbox_made_for_a_name_alone(wire: Wire) -> None:
    """It is that of a user with this name and ids of their own; theirs and its own name it."""
    name, oid, tid = f"{uuid4()}@contoso.example", str(uuid4()), str(uuid4())
    mine = owner(wire, f"Bearer {jwt(upn=name)}")
    me = Mailbox(wire, jwt(oid=oid, tid=tid, upn=name))

    assert owner(wire, f"Bearer {jwt(oid=oid, tid=tid, upn=name)}") == mine
    shown = me.get("taskfolders('tasks')").json()["@odata.id"].split("'")[1]
    for user in (f"{oid}@{tid}", f"{oid}@{tid}".upper(), name, shown):
        assert me.get(f"/api/beta/users('{user}')/tasks").status_code == 200
        batch = me.post(
            "/api/beta/$batch",
            {"requests": [{"id": "1", "method": "GET", "url": f"users('{user}')/tasks"}]},
        ).json()
        assert batch["responses"][0]["status"] == 200, batch
    for user in (
        f"{uuid4()}@{tid}",
        f"{oid}@{uuid4()}",
        oid,
        tid,
        f"x{name}",
        "demo@afterlook.example",
    ):
        expect_refusal(me.get(f"/api/beta/users('{user}')/tasks"), 403, "ErrorAccessDenied")


@pytest.mark.inferred("auth.opaque-secret")
def test_no_claim_opens_the_mailbox_of_an_opaque_token(wire: Wire) -> None:
    """Its ids are in every answer, and the token is a secret."""
    me = Mailbox(wire, uuid4().hex)
    folder = me.get("taskfolders('tasks')").json()
    oid, tid = folder["@odata.id"].split("'")[1].split("@")
    upn = me.get("/api/beta/me").json()["EmailAddress"]

    claims: list[dict[str, object]] = [
        {"oid": oid, "tid": tid},
        {"oid": oid.upper(), "tid": f"{{{tid}}}"},
        {"oid": oid, "tid": tid.replace("-", "")},
        {"oid": oid},
        {"upn": upn},
        {"upn": upn, "tid": tid},
        {"upn": upn, "oid": oid, "tid": tid},
        {"preferred_username": upn, "tid": f"urn:uuid:{tid}"},
    ]
    for each in claims:
        assert owner(wire, f"Bearer {jwt(**each)}") != key(folder), each
    assert me.get(f"/api/beta/users('{oid}@{tid}')/tasks").status_code == 200


@pytest.mark.inferred("auth.jwt-malformed", "error.never-5xx")
@pytest.mark.once
def test_malformed_jwt_is_opaque(wire: Wire) -> None:
    owners = [owner(wire, f"Bearer {token}") for token in MALFORMED]

    assert len({*owners, owner(wire, None)}) == len(MALFORMED) + 1
    assert [owner(wire, f"Bearer {token}") for token in MALFORMED] == owners

"""The token endpoint: each grant, what it takes and gives, and that a code is good once."""

import base64
from urllib.parse import quote

import jwt
import orjson
import pytest
from jwt.types import Options

from afterlook.auth import codes
from tests.support.outlook import subjects
from tests.support.sign_in import BACK, CLIENT, OUTLOOK, SignIns, claims_of, posted, told
from tests.support.wire import Mailbox

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
VERIFIER = "v" * 43
ALICE = "alice@contoso.example"


def refusal(answer: object) -> tuple[int, str, int]:
    """Return status, error and number of a refusal."""
    content = answer.json()  # type: ignore[attr-defined]
    assert content["error_description"].startswith(f"AADSTS{content['error_codes'][0]}: ")
    assert {"timestamp", "trace_id", "correlation_id"} <= content.keys()
    return answer.status_code, content["error"], content["error_codes"][0]  # type: ignore[attr-defined]


@pytest.mark.inferred("oauth.discovery")
@pytest.mark.parametrize(
    "tenant",
    ["common", "organizations", "consumers", "contoso.example", "Contoso.OnMicrosoft.com",
     "66666666-7777-4888-9999-aaaaaaaaaaaa"],
)  # fmt: skip
def test_discovery(signed: SignIns, tenant: str) -> None:
    base = f"http://localhost/{tenant.lower()}"
    for version, keys in (("v2.0/", "discovery/v2.0/keys"), ("", "discovery/keys")):
        address = f"/{tenant}/{version}.well-known/openid-configuration"
        found = signed.client.get(address).json()
        assert found["token_endpoint"] == f"{base}/oauth2/{version}token"
        assert found["jwks_uri"] == f"{base}/{keys}"
        (key,) = signed.client.get(f"/{tenant}/{keys}").json()["keys"]
        assert (key["kty"], key["use"], key["alg"]) == ("RSA", "sig", "RS256")


@pytest.mark.inferred("oauth.discovery")
@pytest.mark.parametrize("tenant", ["nowhere", "a..b", "1.2.3.4", "x" * 300, "a b.c"])
def test_no_tenant(signed: SignIns, tenant: str) -> None:
    answer = signed.client.get(f"/{quote(tenant, safe='%')}/v2.0/.well-known/openid-configuration")
    assert answer.status_code in (400, 404)
    if answer.status_code == 400:
        assert refusal(answer) == (400, "invalid_tenant", 90002)


@pytest.mark.inferred("oauth.discovery")
def test_instance_and_realm(signed: SignIns) -> None:
    address = "/common/discovery/instance?api-version=1.1&authorization_endpoint="
    found = signed.client.get(f"{address}https://localhost/common/oauth2/v2.0/authorize").json()
    own = "http://localhost/common/v2.0/.well-known/openid-configuration"
    assert found["tenant_discovery_endpoint"] == own
    for wrong in ("https://evil.example/", "//[", "https://x/nowhere/y", ""):
        assert signed.client.get(f"{address}{quote(wrong)}").status_code == 400
    realm = signed.client.get("/common/userrealm/a@b.example?api-version=1.0").json()
    assert (realm["account_type"], realm["domain_name"]) == ("Managed", "b.example")


@pytest.mark.inferred("oauth.tokens")
def test_what_tokens_say(signed: SignIns) -> None:
    """By the published key, each token says who, for whom, what for and how long."""
    answer = signed.by_password(
        ALICE, scope=f"{OUTLOOK}/Tasks.Read openid profile offline_access", client_info="1"
    ).json()
    (jwk,) = signed.client.get("/common/discovery/v2.0/keys").json()["keys"]
    key = jwt.PyJWK(jwk)
    now = claims_of(answer["access_token"])["iat"]
    assert isinstance(now, int)

    unchecked: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
    access = jwt.decode(answer["access_token"], key, ["RS256"], options=unchecked, audience=OUTLOOK)
    assert (access["upn"], access["scp"], access["appid"]) == (ALICE, "Tasks.Read", CLIENT)
    assert access["exp"] - access["nbf"] == answer["expires_in"] == 3600
    assert access["iss"] == f"http://localhost/{access['tid']}/"
    read = jwt.decode(answer["id_token"], key, ["RS256"], options=unchecked, audience=CLIENT)
    assert read["iss"] == f"http://localhost/{read['tid']}/v2.0"
    assert (read["preferred_username"], read["oid"]) == (ALICE, access["oid"])
    info = answer["client_info"]
    whose = orjson.loads(base64.urlsafe_b64decode(info + "=" * (-len(info) % 4)))
    assert whose == {"uid": access["oid"], "utid": access["tid"]}
    assert f"{OUTLOOK}/Tasks.Read" in answer["scope"].split()


@pytest.mark.inferred("oauth.tokens")
def test_version_1(signed: SignIns) -> None:
    """It names a resource, writes numbers as texts, and always gives all its tokens."""
    form = {"grant_type": "password", "username": ALICE, "password": "x", "resource": OUTLOOK}
    answer = signed.ask("contoso.example/oauth2/token", **form).json()

    assert (answer["resource"], answer["expires_in"]) == (OUTLOOK, "3600")
    assert int(answer["expires_on"]) - int(answer["not_before"]) == 3600
    assert claims_of(answer["id_token"])["upn"] == ALICE
    renewed = signed.ask(
        "contoso.example/oauth2/token",
        grant_type="refresh_token",
        refresh_token=answer["refresh_token"],
        resource="https://graph.microsoft.com",
    ).json()
    assert claims_of(renewed["access_token"])["aud"] == "https://graph.microsoft.com"


@pytest.mark.inferred("oauth.users")
def test_names(signed: SignIns) -> None:
    """A name means the mailbox that there is, in any case of letters, or a new one."""
    mine = claims_of(signed.token(user="Bea@Contoso.example"))["oid"]
    assert claims_of(signed.token(user=" bea@contoso.example"))["oid"] == mine
    short = claims_of(signed.token(user="carl"))
    assert (short["upn"], short["name"]) == ("carl@afterlook.example", "carl")
    assert claims_of(signed.token(user="demo"))["name"] == "Demo User"
    for wrong in ("a b", "@", "x" * 321, "a@b@c", "line\nbreak", "\x00"):
        assert refusal(signed.by_password(wrong)) == (400, "invalid_grant", 50034)
    assert refusal(signed.by_password("")) == (400, "invalid_request", 900144)


@pytest.mark.inferred("oauth.users")
def test_a_new_user_is_of_the_tenant(signed: SignIns) -> None:
    tenant = "66666666-7777-4888-9999-aaaaaaaaaaaa"
    form = {"grant_type": "password", "username": "new@fabrikam.example", "password": "x"}
    answer = signed.ask(f"{tenant}/oauth2/v2.0/token", **form, scope="openid").json()
    assert claims_of(answer["access_token"])["tid"] == tenant
    assert claims_of(signed.token(user="new@fabrikam.example"))["tid"] == tenant


@pytest.mark.inferred("oauth.code")
@pytest.mark.parametrize("mode", ["query", "fragment", "form_post"])
def test_code(signed: SignIns, mode: str) -> None:
    answer = signed.click(response_mode=mode, state="a&b=c", scope=f"{OUTLOOK}/Tasks.Read")
    if mode == "form_post":
        assert (
            "form-action 'self' http://localhost:4711;" in answer.headers["Content-Security-Policy"]
        )
        given = posted(answer.text)
    else:
        assert answer.headers["Location"].startswith(BACK + ("?" if mode == "query" else "#"))
        given = told(answer.headers["Location"])
    assert given["state"] == "a&b=c"
    token = signed.redeem(given["code"]).json()["access_token"]
    assert claims_of(token)["scp"] == "Tasks.Read"


@pytest.mark.inferred("oauth.code")
def test_a_code_is_good_once(signed: SignIns) -> None:
    code = signed.code()
    assert signed.redeem(code).status_code == 200
    assert refusal(signed.redeem(code)) == (400, "invalid_grant", 54005)


@pytest.mark.inferred("oauth.code")
def test_a_code_is_good_for_ten_minutes(signed: SignIns) -> None:
    code = signed.code()
    signed.wait(codes.LIFETIME, -1)
    late = signed.code()
    assert signed.redeem(code).status_code == 200
    signed.wait(codes.LIFETIME)
    assert refusal(signed.redeem(late)) == (400, "invalid_grant", 70008)


@pytest.mark.inferred("oauth.code")
@pytest.mark.parametrize(
    "other", [{"client_id": "another"}, {"redirect_uri": "http://localhost:4711/other"}]
)
def test_a_code_is_bound(signed: SignIns, other: dict[str, str]) -> None:
    """To its client and its redirect URI; a failed try does not spend it."""
    code = signed.code()
    assert refusal(signed.redeem(code, **other)) == (400, "invalid_grant", 70000)
    assert signed.redeem(code).status_code == 200


@pytest.mark.inferred("oauth.pkce")
def test_pkce(signed: SignIns) -> None:
    made = {"code_challenge": codes.challenge_of(VERIFIER), "code_challenge_method": "S256"}
    code = signed.code(**made)
    for wrong in ("", "w" * 43, "short", made["code_challenge"], "ä" * 43):
        answer = signed.redeem(code, code_verifier=wrong)
        assert refusal(answer) == (400, "invalid_grant", 50148), wrong
    assert signed.redeem(code, code_verifier=VERIFIER).status_code == 200
    # A verifier without a challenge is one that somebody took away.
    assert refusal(signed.redeem(signed.code(), code_verifier=VERIFIER))[2] == 50148


@pytest.mark.inferred("oauth.pkce")
@pytest.mark.parametrize(
    "weak",
    [
        {"code_challenge": VERIFIER, "code_challenge_method": "plain"},
        {"code_challenge": VERIFIER},
        {"code_challenge_method": "S256"},
        {"code_challenge": "x", "code_challenge_method": "S256"},
    ],
)
def test_pkce_is_not_weakened(signed: SignIns, weak: dict[str, str]) -> None:
    answer = signed.click(**weak)
    assert told(answer.headers["Location"])["error"] == "invalid_request"


@pytest.mark.inferred("oauth.refresh")
def test_refresh(signed: SignIns) -> None:
    """A refresh token is its client's, for ninety days; none is taken for another kind."""
    answer = signed.by_password("rob@contoso.example", scope="Tasks.Read openid offline_access")
    kept = answer.json()
    form = {"grant_type": "refresh_token", "refresh_token": kept["refresh_token"]}
    renewed = signed.ask(**form).json()
    assert claims_of(renewed["access_token"])["scp"] == "Tasks.Read"
    other = signed.ask(**form, scope=f"{OUTLOOK}/Tasks.ReadWrite").json()
    assert claims_of(other["access_token"])["aud"] == OUTLOOK

    assert refusal(signed.ask(**form, client_id="another"))[2] == 70008
    for wrong in (kept["access_token"], kept["id_token"], "x", "a.b.c", "", "0." * 9000):
        assert signed.ask(grant_type="refresh_token", refresh_token=wrong).status_code == 400
    as_access = Mailbox(signed.wire, kept["refresh_token"]).get("tasks")
    assert as_access.status_code == 401
    assert Mailbox(signed.wire, kept["id_token"]).get("tasks").status_code == 401
    signed.wait(90 * 24 * 3600)
    assert refusal(signed.ask(**form)) == (400, "invalid_grant", 70008)


@pytest.mark.inferred("oauth.device")
def test_device(signed: SignIns) -> None:
    device = signed.ask("common/oauth2/v2.0/devicecode", scope=f"{OUTLOOK}/Tasks.Read").json()
    form = {"grant_type": DEVICE, "device_code": device["device_code"]}
    page = "/common/oauth2/deviceauth"
    assert refusal(signed.ask(**form)) == (400, "authorization_pending", 70016)
    assert refusal(signed.ask(**form, client_id="another"))[1] == "bad_verification_code"

    typed = f" {device['user_code'][:4].lower()}-{device['user_code'][4:]} "
    asked = signed.client.post(page, data={"user_code": typed})
    assert "then goes on by itself" in asked.text
    done = signed.client.post(page, data={"user_code": typed, "user": "dev@contoso.example"})
    assert "You are signed in" in done.text
    again = signed.client.post(page, data={"user_code": typed, "user": "x@contoso.example"})
    assert again.status_code == 400, "somebody else cannot change whose it is"
    token = signed.ask(**form).json()["access_token"]
    assert claims_of(token)["upn"] == "dev@contoso.example"
    assert refusal(signed.ask(**form))[2] == 54005


@pytest.mark.inferred("oauth.device")
def test_device_declined_expired_unknown(signed: SignIns) -> None:
    page = "/common/oauth2/deviceauth"
    device, late = (signed.ask("common/oauth2/devicecode").json() for _ in range(2))
    signed.client.post(page, data={"user_code": device["user_code"], "cancel": "1"})
    form = {"grant_type": DEVICE, "device_code": device["device_code"]}
    assert refusal(signed.ask(**form)) == (400, "authorization_declined", 70017)
    signed.wait(codes.DEVICE_LIFETIME)
    form = {"grant_type": "device_code", "code": late["device_code"]}
    assert refusal(signed.ask(**form)) == (400, "expired_token", 70020)
    assert signed.client.post(page, data={"user_code": late["user_code"]}).status_code == 400
    for wrong in ("x", "", "AEIOU1234", "é", "B" * 60_000):
        assert signed.client.post(page, data={"user_code": wrong}).status_code == 400
    assert refusal(signed.ask(grant_type=DEVICE, device_code="x"))[1] == "bad_verification_code"
    code = signed.code()
    answer = signed.ask(grant_type=DEVICE, device_code=code)
    assert refusal(answer)[1] == "bad_verification_code", "a code of another kind"


@pytest.mark.inferred("oauth.app")
def test_an_app_on_its_own(signed: SignIns) -> None:
    form = {"grant_type": "client_credentials", "scope": f"{OUTLOOK}/.default"}
    assert refusal(signed.ask(**form)) == (401, "invalid_client", 7000218)
    basic = "Basic " + base64.b64encode(f"{CLIENT}:secret".encode()).decode()
    address = "/contoso.example/oauth2/v2.0/token"
    by_header = signed.client.post(address, data=form, headers={"Authorization": basic})
    proven = ({"client_secret": "x"}, {"client_assertion": "a.b.c"})
    answers = [by_header, *(signed.ask(**form, **each) for each in proven)]
    for answer in answers:
        claims = claims_of(answer.json()["access_token"])
        assert (claims["roles"], claims["appid"]) == (["Tasks.ReadWrite.All"], CLIENT)
        assert not claims.keys() & {"upn", "scp"}
        assert "refresh_token" not in answer.json()
    wrong = signed.ask(**form | {"scope": f"{OUTLOOK}/Tasks.Read"}, client_secret="x")
    assert refusal(wrong) == (400, "invalid_scope", 70011)


@pytest.mark.inferred("oauth.scopes")
@pytest.mark.parametrize(
    ("scope", "audience", "names"),
    [
        ("Tasks.Read", "https://graph.microsoft.com", "Tasks.Read"),
        (f"{OUTLOOK}/Tasks.Read {OUTLOOK}/Calendars.Read", OUTLOOK, "Tasks.Read Calendars.Read"),
        (f"{OUTLOOK}//.default", f"{OUTLOOK}/", "Tasks.ReadWrite"),
        ("00000002-0000-0ff1-ce00-000000000000/.default openid",
         "00000002-0000-0ff1-ce00-000000000000", "Tasks.ReadWrite"),
        ("api://some.app/access", "api://some.app", "access"),
        ("openid profile", OUTLOOK, "Tasks.ReadWrite"),
    ],
)  # fmt: skip
def test_scopes(signed: SignIns, scope: str, audience: str, names: str) -> None:
    claims = claims_of(signed.token(scope, user=ALICE))
    assert (claims["aud"], claims["scp"]) == (audience, names)


@pytest.mark.inferred("oauth.scopes")
@pytest.mark.parametrize(
    "scope",
    [f"{OUTLOOK}/Tasks.Read https://graph.microsoft.com/Tasks.Read", 'a"b', "a\\b", "x" * 2049,
     " ".join(map(str, range(33))), "Tasks.Read\n"],
)  # fmt: skip
def test_scopes_that_cannot_be(signed: SignIns, scope: str) -> None:
    assert refusal(signed.by_password(ALICE, scope=scope)) == (400, "invalid_scope", 70011)
    answer = signed.click(scope=scope)
    assert told(answer.headers["Location"])["error"] == "invalid_scope"


@pytest.mark.inferred("oauth.open")
@pytest.mark.once
def test_open_mode(wire: object) -> None:
    """The same endpoints hand out tokens, and these open the mailboxes of their users."""
    sign_ins = SignIns(wire, None)  # type: ignore[arg-type]
    name = "opal@contoso.example"
    me = Mailbox(sign_ins.wire, sign_ins.token(user=name))
    me.create("tasks", {"Subject": "kept"})
    again = Mailbox(sign_ins.wire, sign_ins.token("Tasks.Read", user=name))
    assert subjects(again.get("tasks")) == ["kept"]
    assert again.post("tasks", {"Subject": "nobody checks"}).status_code == 201

"""Tokens and requests that somebody made up: refused as such, and never by a defect."""

import asyncio
import base64
import hmac
import json
from collections.abc import Callable
from functools import cache

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from afterlook.store import sign_in_codes
from tests.support.sign_in import CLIENT, SignIns, claims_of
from tests.support.wire import Mailbox

Forge = Callable[[SignIns, dict[str, object]], str]


@cache
def other_key() -> RSAPrivateKey:
    """Return a key that is not the server's."""
    return generate_private_key(65537, 2048)


def kid_of(signed: SignIns) -> str:
    """Return what the key is called."""
    return str(signed.client.get("/common/discovery/keys").json()["keys"][0]["kid"])


def part(content: object) -> str:
    """Write a part of a token."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def raw(header: object, claims: dict[str, object], signature: str = "") -> str:
    """Write a token by hand."""
    return f"{part(header)}.{part(claims)}.{signature}"


def _by_public_key(signed: SignIns, claims: dict[str, object]) -> str:
    """Sign by HS256 with what is published, which a careless verifier takes for its secret."""
    (jwk,) = signed.client.get("/common/discovery/keys").json()["keys"]
    pem = jwt.PyJWK(jwk).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    text = f"{part({'alg': 'HS256', 'kid': jwk['kid'], 'typ': 'JWT'})}.{part(claims)}"
    made = hmac.digest(pem, text.encode(), "sha256")
    return f"{text}.{base64.urlsafe_b64encode(made).decode().rstrip('=')}"


def _with_key(**header: object) -> Forge:
    def forge(signed: SignIns, claims: dict[str, object]) -> str:
        headers = {"kid": kid_of(signed), **header}
        return jwt.encode(claims, other_key(), algorithm="RS256", headers=headers)

    return forge


FORGED: dict[str, Forge] = {
    "none": lambda signed, claims: raw({"alg": "none", "kid": kid_of(signed)}, claims),
    "None": lambda signed, claims: raw({"alg": "None", "kid": kid_of(signed)}, claims, "c2ln"),
    "public key": _by_public_key,
    "another key": _with_key(),
    "its own key": _with_key(jwk={"kty": "RSA", "n": "x", "e": "AQAB"}),
    "a path": _with_key(kid="../../../dev/null"),
    "sql": _with_key(kid="' OR 1=1 --"),
    "critical": _with_key(crit=["exp"]),
    "no kid": lambda _, claims: jwt.encode(claims, other_key(), algorithm="RS256"),
    "kid list": lambda _, claims: raw({"alg": "RS256", "kid": ["x"]}, claims, "c2ln"),
    "header list": lambda _, claims: raw(["RS256"], claims, "c2ln"),
    "deep": lambda _, __: f"{base64.urlsafe_b64encode(b'[' * 5000).decode()}.e30.c2ln",
    "deep kid": lambda _, __: (
        base64.urlsafe_b64encode(b'{"alg":"RS256","kid":' + b"[" * 4000).decode() + ".e30.c2ln"
    ),
    "not base64": lambda _, __: "é.é.é",
    "surrogate": lambda _, claims: raw({"alg": "RS256", "kid": "\ud800"}, claims, "c2ln"),
    "huge": lambda _, claims: raw({"alg": "RS256"}, claims | {"x": "y" * 20_000}, "c2ln"),
}


@pytest.mark.inferred("oauth.forged")
@pytest.mark.parametrize("kind", FORGED)
def test_forged(signed: SignIns, kind: str) -> None:
    claims = claims_of(signed.token(user="victim@contoso.example"))
    token = FORGED[kind](signed, claims)
    value = f"Bearer {token}".encode("utf-8", "replace")
    answer = signed.client.get("/api/beta/me/tasks", headers=[(b"Authorization", value)])
    assert answer.status_code == 401, answer.text
    assert 'reason="The token has an invalid signature."' in answer.headers["x-ms-diagnostics"]


@pytest.mark.inferred("oauth.forged")
def test_tampered(signed: SignIns) -> None:
    """A bit of any part, or another's part, and it is no token any more."""
    one, two = signed.token(), signed.token()
    head, claims, signature = one.split(".")
    for token in (
        f"{head}.{two.split('.')[1]}.{signature}", f"{head}.{claims}.", f"{head}.{claims}",
        f"{head}.{claims}.{signature}.x", f"{head}.{claims}.{two.split('.')[2]}", f"{one}, {one}",
        f"{one} {one}", f"{head}.{claims[:-2]}AA.{signature}",
    ):  # fmt: skip
        assert Mailbox(signed.wire, token).get("tasks").status_code == 401, token
    assert Mailbox(signed.wire, one).get("tasks").status_code == 200


@pytest.mark.inferred("oauth.forged")
@pytest.mark.parametrize(
    "issuer",
    [
        "https://evil.example/{tid}/",
        "http://localhost/common/",
        "http://localhost/{tid}/x",
        "{tid}",
    ],
)
def test_of_another_issuer(signed: SignIns, issuer: str) -> None:
    """Signed by our key, and in the name of somebody else: as by a server on the same store."""
    claims = claims_of(signed.token())
    named = issuer.format(tid=claims["tid"])
    key = asyncio.run(signed.client.app.state.signing_keys.get_current())  # type: ignore[attr-defined]
    token = jwt.encode({**claims, "iss": named}, key.private, "RS256", {"kid": key.kid})
    answer = Mailbox(signed.wire, token).get("tasks")
    assert answer.status_code == 401, answer.text
    assert "The issuer claim value is invalid" in answer.headers["x-ms-diagnostics"]


@pytest.mark.inferred("oauth.forged")
def test_of_another_server(signed: SignIns) -> None:
    """A token is of whoever it says, and of an address of this server."""
    for host in ("evil.example", "localhost.evil.example"):
        headers = {"X-Forwarded-Host": host}
        form = {"grant_type": "password", "client_id": CLIENT, "username": "a@b.c", "password": "x"}
        answer = signed.client.post("/common/oauth2/token", data=form, headers=headers)
        assert claims_of(answer.json()["access_token"])["iss"].startswith("http://localhost/")  # type: ignore[attr-defined]
    refused = signed.client.post("/common/oauth2/token", headers={"Host": "evil.example"})
    assert (refused.status_code, refused.json()["error"]) == (421, "invalid_request")


FORM = "application/x-www-form-urlencoded"
BODIES: list[tuple[bytes, str]] = [
    (b"", FORM),
    (b"grant_type=password&grant_type=refresh_token&client_id=x", FORM),
    (b"client_id=x&client_id=x&grant_type=password", FORM),
    (b"grant_type=%ff%fe&client_id=x", FORM),
    ("grant_type=pässword&client_id=x".encode("latin-1"), FORM),
    ("grant_type=pässword&client_id=x".encode(), FORM),
    (b"&".join(b"a%d=1" % number for number in range(100)), FORM),
    (b"grant_type=nonsense&client_id=x", FORM),
    (b"grant_type=password&client_id=a%00b&username=x&password=y", FORM),
    (b"grant_type=password&client_id=" + b"x" * 200, FORM),
    (b"grant_type=password&client_id=x&username=%00&password=y", FORM),
    (b"grant_type=authorization_code&client_id=x&code=%F0%9F%92%A9&redirect_uri=x", FORM),
    (b"grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer&client_id=x", FORM),
    (b'{"grant_type":"password"}', "application/json"),
    (b"grant_type=password", "text/plain"),
    (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
]


@pytest.mark.inferred("oauth.forms")
@pytest.mark.parametrize(("body", "media_type"), BODIES)
def test_forms(signed: SignIns, body: bytes, media_type: str) -> None:
    for address in ("common/oauth2/v2.0/token", "common/oauth2/token", "common/oauth2/devicecode"):
        answer = signed.client.post(
            f"/{address}", content=body, headers={"Content-Type": media_type}
        )
        problem = answer.json().get("error", "")
        assert answer.status_code in (200, 400), answer.text
        assert bool(problem) == (answer.status_code == 400)
        assert answer.status_code == 400 or address.endswith("devicecode")


@pytest.mark.inferred("oauth.forms")
def test_bounds(signed: SignIns) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    large = signed.client.post("/common/oauth2/token", content=b"a=" + b"x" * 70_000, headers=form)
    assert (large.status_code, large.json()["error"]) == (413, "invalid_request")
    coded = signed.client.post(
        "/common/oauth2/token", content=b"x", headers=form | {"Content-Encoding": "br"}
    )
    assert (coded.status_code, coded.json()["error"]) == (415, "invalid_request")
    torn = signed.client.post(
        "/common/oauth2/token", content=b"x", headers=form | {"Content-Encoding": "gzip"}
    )
    assert torn.status_code == 400
    twice = signed.client.get(f"{signed.address()}&state=1&state=2")
    assert twice.status_code == 400
    assert "is duplicated" in twice.text
    assert signed.client.get(f"{signed.address()}&x=%ff").status_code == 400


@pytest.mark.inferred("oauth.forms")
def test_codes_are_bounded(signed: SignIns, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are asked for, the oldest are forgotten for the newest."""
    monkeypatch.setattr(sign_in_codes, "MAX_CODES", 5)

    def begin() -> httpx2.Response:
        signed.wait(1)
        return signed.ask("common/oauth2/devicecode")

    made = [begin().json()["device_code"] for _ in range(12)]
    form = {"grant_type": "device_code"}
    errors = [signed.ask(**form, code=code).json()["error"] for code in made]
    assert errors == ["bad_verification_code"] * 7 + ["authorization_pending"] * 5

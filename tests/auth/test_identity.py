"""Reading bearer tokens: any text is somebody, or nobody."""

import base64
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.auth.identity import AuthMode, application_digest, identify
from afterlook.errors import Unauthorized
from afterlook.mailbox.identities import DEMO, OPAQUE_TENANT
from tests.support.tokens import OID, TID, authorization

MODES: list[AuthMode] = ["open", "any"]

json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
claims_of_any_kind = st.dictionaries(
    st.sampled_from(["oid", "tid", "upn", "preferred_username", "name", "sub"]), json_values
)


@pytest.mark.parametrize(
    "authorization", [None, "", " ", "Bearer", "Bearer ", "bearer", "None None"]
)
def test_no_bearer_token(authorization: str | None) -> None:
    """Nobody is the demo user, or where a token is required, refused with the challenge."""
    assert identify(authorization, "open") == DEMO
    with pytest.raises(Unauthorized) as caught:
        identify(authorization, "any")

    assert caught.value.status == 401
    assert caught.value.headers["WWW-Authenticate"].startswith("Bearer client_id=")
    assert "x-ms-diagnostics" in caught.value.headers


@pytest.mark.parametrize(
    "authorization",
    ["Basic dTpw", "Bearer\tx", "Negotiate x", "NTLM TlRMTVNTUAAB", "Digest a=b", "x", "Bearerx y"],
)
@pytest.mark.parametrize("mode", MODES)
def test_credentials_of_another_kind(authorization: str, mode: AuthMode) -> None:
    """They are nobody's here, and so not the demo user's either."""
    with pytest.raises(Unauthorized) as caught:
        identify(authorization, mode)

    assert caught.value.headers["WWW-Authenticate"].startswith("Bearer client_id=")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_opaque_token(mode: AuthMode, scheme: str) -> None:
    """Any other token is somebody by its digest, a random-looking GUID, and not by its text."""
    identity = identify(f"{scheme} secret-token ", mode)

    assert identity.oid == str(UUID(bytes=sha256(b"secret-token").digest()[:16], version=4))
    assert identity.tid == OPAQUE_TENANT
    assert "secret" not in repr(identity)
    assert identity == identify("Bearer secret-token", mode)
    assert identity != identify("Bearer Secret-token", mode)


@pytest.mark.parametrize("padded", [True, False])
def test_claims(padded: bool) -> None:
    """A JWT's object id and tenant are the user, its name is shown."""
    claims = {"oid": OID, "tid": TID, "upn": "Ann@Example.com", "name": "Ann Lee"}
    identity = identify(authorization(claims, padded=padded), "open")

    assert (identity.oid, identity.tid) == (OID, TID)
    assert (identity.upn, identity.owner) == ("ann@example.com", "Ann Lee")


@pytest.mark.parametrize(
    ("claims", "upn", "owner", "oid"),
    [
        ({"upn": "Ann@x.y"}, "ann@x.y", "Ann", None),
        ({"preferred_username": "Bob@x.y"}, "bob@x.y", "Bob", None),
        ({"upn": "Ann@x.y", "preferred_username": "Bob@x.y"}, "ann@x.y", "Ann", None),
        ({"upn": 7, "preferred_username": "Bob@x.y"}, "bob@x.y", "Bob", None),
        ({"upn": "not a principal", "preferred_username": "Bob@x.y"}, "bob@x.y", "Bob", None),
        ({"upn": "x" * 321, "oid": OID}, f"{OID}@afterlook.example", OID, OID),
        ({"oid": OID.upper()}, f"{OID}@afterlook.example", OID, OID),
        ({"upn": "Ann@x.y", "name": "line\nbreak"}, "ann@x.y", "Ann", None),
        ({"upn": "Ann@x.y", "name": ""}, "ann@x.y", "Ann", None),
        ({"upn": "Ann@x.y", "name": ["Ann"]}, "ann@x.y", "Ann", None),
    ],
)
def test_names(claims: dict[str, object], upn: str, owner: str, oid: str | None) -> None:
    """Names count where there is no object id; what is no name is passed over."""
    identity = identify(authorization(claims), "any")

    assert (identity.upn, identity.owner, identity.oid) == (upn, owner, oid)


def test_object_ids_that_are_no_guids() -> None:
    """They become GUIDs, always the same ones."""
    identity = identify(authorization({"oid": "user-7", "tid": "tenant-7"}), "open")

    assert identity == identify(authorization({"tid": "tenant-7", "oid": "user-7"}), "open")
    assert UUID(identity.oid) != UUID(identity.tid)
    assert identity != identify(authorization({"oid": "user-8", "tid": "tenant-7"}), "open")


@pytest.mark.parametrize(
    "authorization",
    [
        authorization({}),
        authorization([]),
        authorization("oid"),
        authorization({"sub": "x"}),
        authorization({"oid": "", "upn": ""}),
        authorization({"oid": None}),
        "Bearer a.b",
        "Bearer a.b.c.d",
        "Bearer ..",
        "Bearer a.%%%.c",
        "Bearer a.é.c",
        "Bearer a." + base64.urlsafe_b64encode(b"\xff\xfe").decode() + ".c",
        "Bearer a." + base64.urlsafe_b64encode(b"[" * 100_000).decode() + ".c",
    ],
)
def test_tokens_without_claims(authorization: str) -> None:
    """What has no usable claim is an opaque token."""
    token = authorization.partition(" ")[2]

    assert identify(authorization, "any").oid == (
        str(UUID(bytes=sha256(token.encode()).digest()[:16], version=4))
    )


@settings(deadline=None)
@given(st.text() | st.text().map("Bearer {}".format), st.sampled_from(MODES))
def test_any_text_is_somebody_or_nobody(authorization: str, mode: AuthMode) -> None:
    """Nothing but `Unauthorized` comes out of any header."""
    try:
        identity = identify(authorization, mode)
    except Unauthorized:
        assert mode == "any" or authorization.strip().lower() not in ("", "bearer", "none none")
        return
    assert identity.upn == identity.upn.lower()
    assert identity.owner


@settings(deadline=None, max_examples=300)
@given(claims_of_any_kind)
def test_any_claims_are_somebody(claims: dict[str, object]) -> None:
    """Claims of any kind make a user whose ids are GUIDs and whose names can be shown."""
    identity = identify(authorization(claims), "any")

    assert str(UUID(identity.tid)) == identity.tid
    assert identity.oid is None or str(UUID(identity.oid)) == identity.oid
    assert 0 < len(identity.owner) <= 320
    assert identity.upn == identity.upn.lower()
    assert "\0" not in identity.upn + identity.owner


def test_applications() -> None:
    """An app is told by its claim, in any case of letters; else by the kind of token."""
    named = {application_digest(authorization({claim: app}))
             for claim in ("appid", "azp", "client_id") for app in ("a-1", "A-1")}  # fmt: skip
    kinds = [
        application_digest(one)
        for one in (None, authorization({"oid": OID}), "Bearer x", authorization({"azp": "x"}))
    ]

    assert len(named) == 1
    assert len({*named, *kinds}) == 5
    assert application_digest("Basic dTpw") == application_digest(None)
    assert application_digest("bearer y") == application_digest("Bearer x")
    claims = {"appid": "", "azp": 7, "client_id": "x"}
    assert application_digest(authorization(claims)) == kinds[3]
    assert all(len(kind) == 32 for kind in kinds)

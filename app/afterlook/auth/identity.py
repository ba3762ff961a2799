"""Reading bearer tokens.

Owns what identity and which app a token stands for. Nothing is verified here: the auth mode
decides whether a token is needed at all, and `tokens.py` which ones are good.
"""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from typing import Literal
from uuid import UUID, uuid5

import orjson

from afterlook.errors import Unauthorized
from afterlook.mailbox.identities import DEMO, HOME_TENANT, OPAQUE_TENANT, Identity

AuthMode = Literal["open", "any", "signed"]

_AUTHENTICATE = {
    "WWW-Authenticate": (
        'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", '
        'trusted_issuers="00000001-0000-0000-c000-000000000000@*", '
        'token_types="app_asserted_user_v1 service_asserted_app_v1", '
        'authorization_uri="https://login.windows.net/common/oauth2/authorize", '
        'error="invalid_token"'
    )
}


def token_refusal(number: int, reason: str, category: str) -> Unauthorized:
    """Return the refusal of a token, with the service's challenge and why (docs/auth.md)."""
    diagnostics = f'{number};reason="{reason}";error_category="{category}"'
    return Unauthorized(headers={**_AUTHENTICATE, "x-ms-diagnostics": diagnostics})


CHALLENGE = token_refusal(
    2000001, "The request did not carry a bearer token.", "invalid_token"
).headers
EXPIRED = token_refusal(2000001, "The token has expired.", "invalid_lifetime").headers
"""What goes with the refusal of a token that was good once."""

_APP_CLAIMS = ("appid", "azp", "client_id")
# What a client writes that has no token; the last is Office365-REST-Python-Client's word for it.
_NO_CREDENTIALS = frozenset({"", "bearer", "none none"})
_MAX_PRINCIPAL = 320
_PRINCIPAL = re.compile(rf"[^\x00-\x20\x7f-\x9f]{{1,{_MAX_PRINCIPAL}}}")
_NAMESPACE = UUID(HOME_TENANT)


def identify(authorization: str | None, mode: AuthMode) -> Identity:
    """Tell who a request is made for.

    A JWT counts by its `oid` and `tid`, else by its `upn` or `preferred_username`; any other
    token by its digest. Without credentials it is the demo user, or in mode `any` an
    `Unauthorized` with the service's challenge, as in mode `signed`; credentials of another kind
    are that in every mode.
    """
    token = read_bearer_token(authorization)
    if not token:
        if mode != "open" or not is_nobody(authorization or ""):
            raise Unauthorized(headers=CHALLENGE)
        return DEMO
    return _from_claims(_claims(token)) or _from_digest(token)


def is_nobody(authorization: str) -> bool:
    """Tell whether an Authorization header is what a client writes that has no credentials."""
    return authorization.strip().lower() in _NO_CREDENTIALS


def has_token(authorization: str | None) -> bool:
    """Tell whether a request carries a bearer token, which no browser adds by itself."""
    return bool(read_bearer_token(authorization))


def application_digest(authorization: str | None) -> bytes:
    """Tell which app makes a request, as a digest.

    A JWT counts by its `appid`, `azp` or `client_id`. Else there is one app for each kind of
    token: none, a JWT, any other.
    """
    token = read_bearer_token(authorization)
    claims = _claims(token)
    named = (claim for claim in map(claims.get, _APP_CLAIMS) if isinstance(claim, str) and claim)
    kind = "jwt" if claims else "token" if token else "none"
    app = next((f"app {name.lower()}" for name in named), kind)
    return sha256(app.encode("utf-8", "surrogatepass")).digest()


def read_bearer_token(authorization: str | None) -> str:
    """Return the bearer token of an Authorization header, or nothing."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _claims(token: str) -> dict[str, object]:
    """Return a JWT's payload, or nothing for a token that is none."""
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004
        return {}
    try:
        payload = orjson.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}
    return payload if isinstance(payload, dict) else {}


def _from_claims(claims: dict[str, object]) -> Identity | None:
    names = (claims.get("upn"), claims.get("preferred_username"))
    upn = next((name for name in names if isinstance(name, str) and _PRINCIPAL.fullmatch(name)), "")
    oid = _guid(claims.get("oid"))
    if not (upn or oid):
        return None
    principal = upn or f"{oid}@afterlook.example"
    return Identity(
        upn=principal.lower(),
        owner=_display_name(claims.get("name")) or principal.partition("@")[0],
        oid=oid,
        tid=_guid(claims.get("tid")) or HOME_TENANT,
    )


def _guid(claim: object) -> str | None:
    if not isinstance(claim, str) or not claim:
        return None
    try:
        guid = str(UUID(claim))
    except ValueError:
        return str(uuid5(_NAMESPACE, claim))
    # What an opaque token opens is for nobody to name.
    return str(uuid5(_NAMESPACE, guid)) if guid == OPAQUE_TENANT else guid


def _display_name(claim: object) -> str | None:
    if isinstance(claim, str) and 0 < len(claim) <= _MAX_PRINCIPAL and claim.isprintable():
        return claim
    return None


def _from_digest(token: str) -> Identity:
    digest = sha256(token.encode("utf-8", "surrogatepass"))
    oid = str(UUID(bytes=digest.digest()[:16], version=4))
    upn = f"{oid}@afterlook.example"
    return Identity(upn=upn, owner="Administrator", oid=oid, tid=OPAQUE_TENANT)

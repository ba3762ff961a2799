"""Signed tokens: writing them, and which are good (RFC 7519, RFC 8725).

Owns the claims of an access token, an ID token and a refresh token, and that none of them passes
for another: by their audiences, and by what an access token alone has, its permissions. Times are
those of the injected clock, in whole seconds since 1970.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import jwt
from jwt.types import Options

from afterlook.auth.identity import EXPIRED, token_refusal
from afterlook.auth.permissions import may_read, may_write, read_permissions
from afterlook.auth.signing_keys import ALGORITHM, SigningKey
from afterlook.errors import Unauthorized
from afterlook.runtime.instants import TICKS_PER_SECOND, UNIX_EPOCH_TICKS, Instant

if TYPE_CHECKING:
    from afterlook.auth.permissions import Scope

LIFETIME = 3600
"""Seconds for which an access token is good, unless somebody asks for another time."""

REFRESH_LIFETIME = 90 * 24 * 3600
"""Seconds for which a refresh token is good."""

MAX_TOKEN = 16 * 1024
"""Characters of a token that is looked at."""

AUDIENCES = frozenset(
    {
        "https://outlook.office.com",
        "https://outlook.office365.com",
        "00000002-0000-0ff1-ce00-000000000000",
        "https://graph.microsoft.com",
        "00000003-0000-0000-c000-000000000000",
        "00000003-0000-0ff1-ce00-000000000000",
    }
)
"""Outlook, Graph and SharePoint, by address and by id; beside them this server's own addresses and
those of SharePoint's hosts."""

_REFRESH = "urn:afterlook:refresh"
_SHAREPOINT = re.compile(r"[a-z0-9-]+\.sharepoint\.com", re.ASCII)
_MAX_TIME = 253_402_300_799
"""The last second of the year 9999; no time in a token is later."""

_CHECKED: Options = {
    "verify_signature": True,
    # Whether times and audience are right is for who calls: theirs is another clock.
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}

IsOwnHost = Callable[[str], bool]
"""Tells whether a name, or an address, with a port or without, is one of this server."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a token is for: a user, or with an empty `upn` an app on its own."""

    oid: str
    tid: str
    upn: str = ""
    name: str = ""

    @property
    def is_app(self) -> bool:
        """Whether nobody has signed in."""
        return not self.upn


class Grant(NamedTuple):
    """What a token that is good permits, and when: from `begins` up to `ends`."""

    may_read: bool
    may_write: bool
    is_app: bool
    begins: Instant
    ends: Instant


def write_access_token(
    key: SigningKey,
    subject: Subject,
    scope: Scope,
    *,
    origin: str,
    client_id: str,
    now: Instant,
    expires_in: int | None = LIFETIME,
) -> str:
    """Return an access token, as the resources of this service get them: of version 1.

    One whose `expires_in` is zero or less has expired already; None is good at any time.
    """
    claims: dict[str, object] = {
        "aud": scope.audience,
        "iss": f"{origin}/{subject.tid}/",
        **_times(now, expires_in),
        "appid": client_id,
        "appidacr": "0",
        "oid": subject.oid,
        "sub": _pairwise(subject.oid, client_id),
        "tid": subject.tid,
        "ver": "1.0",
    }
    if subject.is_app:
        claims |= {"idtyp": "app", "appidacr": "1", "roles": list(scope.names)}
    else:
        named = {"name": subject.name, "upn": subject.upn, "unique_name": subject.upn}
        claims |= {**named, "scp": " ".join(scope.names)}
    return _sign(key, claims)


def write_id_token(
    key: SigningKey,
    subject: Subject,
    *,
    issuer: str,
    client_id: str,
    now: Instant,
    nonce: str = "",
    is_new: bool = True,
) -> str:
    """Return an ID token, of version 2 if it `is_new` (OpenID Connect Core 1.0 §2)."""
    claims: dict[str, object] = {
        "aud": client_id,
        "iss": issuer,
        **_times(now, LIFETIME),
        "name": subject.name,
        "oid": subject.oid,
        "preferred_username": subject.upn,
        "sub": _pairwise(subject.oid, client_id),
        "tid": subject.tid,
        "ver": "2.0" if is_new else "1.0",
    }
    if not is_new:
        del claims["preferred_username"]
        claims |= {"upn": subject.upn, "unique_name": subject.upn}
    return _sign(key, claims | ({"nonce": nonce} if nonce else {}))


def write_refresh_token(
    key: SigningKey, subject: Subject, *, asked: str, resource: str, client_id: str, now: Instant
) -> str:
    """Return a refresh token: for a client, and what it had asked for."""
    claims: dict[str, object] = {
        "aud": _REFRESH,
        **_times(now, REFRESH_LIFETIME),
        "appid": client_id,
        "oid": subject.oid,
        "tid": subject.tid,
        "upn": subject.upn,
        "name": subject.name,
        "asked": asked,
        "resource": resource,
    }
    return _sign(key, claims)


def read_refresh_token(key: SigningKey, token: str, now: Instant) -> Mapping[str, str] | None:
    """Return the claims of a refresh token that is good, which are texts, or None."""
    claims = _verify(key, token)
    if claims is None or claims.get("aud") != _REFRESH:
        return None
    begins, ends = _validity(claims)
    if not begins <= now < ends:
        return None
    return {name: value for name, value in claims.items() if isinstance(value, str)}


def read_grant(key: SigningKey, token: str, now: Instant, is_own_host: IsOwnHost) -> Grant:
    """Return what an access token permits. Raises `Unauthorized` for one that is not good."""
    claims = _verify(key, token)
    if claims is None:
        raise token_refusal(2000001, "The token has an invalid signature.", "invalid_signature")
    if not _is_own_issuer(claims, is_own_host):
        raise token_refusal(2000001, "The issuer claim value is invalid 'iss'.", "invalid_issuer")
    if not _is_own_audience(claims.get("aud"), is_own_host):
        raise token_refusal(
            2000003, "The audience claim value is invalid 'aud'.", "invalid_resource"
        )
    begins, ends = _validity(claims)
    if now < begins:
        raise token_refusal(2000001, "The token is not yet valid.", "invalid_lifetime")
    if now >= ends:
        raise Unauthorized(headers=EXPIRED)
    names = read_permissions(claims.get("scp")) | read_permissions(claims.get("roles"))
    if not names:
        reason = "The token contains no permissions, or permissions can not be understood."
        raise token_refusal(2000008, reason, "invalid_grant")
    return Grant(may_read(names), may_write(names), "scp" not in claims, begins, ends)


def _sign(key: SigningKey, claims: dict[str, object]) -> str:
    headers = {"kid": key.kid, "x5t": key.kid}
    return jwt.encode(claims, key.private, algorithm=ALGORITHM, headers=headers)


def _verify(key: SigningKey, token: str) -> dict[str, object] | None:
    """Return the claims of a token that was signed by a key, and by nothing else, or None."""
    if len(token) > MAX_TOKEN:
        return None
    try:
        kid = jwt.get_unverified_header(token).get("kid", "")
        if not hmac.compare_digest(str(kid).encode("utf-8", "replace"), key.kid.encode("ascii")):
            return None
        return jwt.decode(
            token,
            key.public,
            algorithms=[ALGORITHM],
            options=_CHECKED,
        )
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None


def _times(now: Instant, expires_in: int | None) -> dict[str, object]:
    if expires_in is None:
        return {"iat": 0, "nbf": 0, "exp": _MAX_TIME}
    issued = to_unix_seconds(now)
    begun = min(issued, issued + expires_in)
    ends = min(issued + expires_in, _MAX_TIME)
    return {"iat": begun, "nbf": begun, "exp": ends}


def _validity(claims: Mapping[str, object]) -> tuple[Instant, Instant]:
    """Return from when and until when a token is good: never, where it does not say."""
    begins, ends = claims.get("nbf"), claims.get("exp")
    if type(begins) is not int or type(ends) is not int:
        return Instant(0), Instant(0)
    return from_unix_seconds(begins), from_unix_seconds(ends)


def to_unix_seconds(now: Instant) -> int:
    """Return an instant in whole seconds since 1970."""
    return (now - UNIX_EPOCH_TICKS) // TICKS_PER_SECOND


def from_unix_seconds(since_1970: int) -> Instant:
    """Return the instant of so many seconds since 1970."""
    return Instant(UNIX_EPOCH_TICKS + since_1970 * TICKS_PER_SECOND)


def _is_own_issuer(claims: Mapping[str, object], is_own_host: IsOwnHost) -> bool:
    address = _split(claims.get("iss"))
    if address is None:
        return False
    host, path = address
    return is_own_host(host) and path.removesuffix("v2.0") == f"/{claims.get('tid')}/"


def _is_own_audience(audience: object, is_own_host: IsOwnHost) -> bool:
    if not isinstance(audience, str):
        return False
    # SharePoint's own tokens say of which host and which tenant: id/host@tenant.
    bare = audience.removesuffix("/").lower()
    if bare in AUDIENCES or bare.partition("/")[0] in AUDIENCES:
        return True
    address = _split(bare)
    if address is None or address[1] not in ("", "/"):
        return False
    return is_own_host(address[0]) or bool(_SHAREPOINT.fullmatch(address[0]))


def _split(url: object) -> tuple[str, str] | None:
    """Return host and path of a web address that is made of nothing else."""
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and not (parts.query or parts.fragment)
    return (parts.netloc, parts.path) if is_web and parts.netloc else None


def _pairwise(oid: str, client_id: str) -> str:
    """Return what one client alone knows a user by."""
    digest = sha256(f"{oid} {client_id}".encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")

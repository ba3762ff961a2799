"""Bearer tokens for whoever asks the control surface for one.

Owns which claims name a mailbox's user, so that the token opens that mailbox and no other.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING

import orjson

from afterlook.control.errors import Conflict
from afterlook.mailbox.identities import HOME_TENANT, OPAQUE_TENANT, OWN_DOMAIN, Identity, key_of
from afterlook.runtime.instants import TICKS_PER_SECOND, UNIX_EPOCH_TICKS

if TYPE_CHECKING:
    from afterlook.control.emulator import Emulator
    from afterlook.store.rows import MailboxRow

SCOPE = "Tasks.ReadWrite Tasks.ReadWrite.Shared"
"""What a token allows where nobody says."""

_HEADER = {"alg": "none", "typ": "JWT"}


def identity_of(user: str) -> Identity:
    """Return the identity of a user by name; one without a domain is in ours."""
    upn = user if "@" in user else user + OWN_DOMAIN
    return Identity(upn.lower(), upn.partition("@")[0])


def issue_token(
    emulator: Emulator, user: Identity | MailboxRow, scope: str, expires_in: int
) -> str:
    """Return a token that opens the mailbox of a user. Raises `Conflict` where none can."""
    if user.tid == OPAQUE_TENANT:
        message = f"{user.upn} is opened by a token that only its owner knows; make another mailbox"
        raise Conflict(message)
    now = (emulator.clock.now() - UNIX_EPOCH_TICKS) // TICKS_PER_SECOND
    claims: dict[str, object] = {
        "aud": "https://outlook.office.com",
        "iat": now,
        "nbf": now,
        "exp": now + expires_in,
        "upn": user.upn,
        "name": user.owner,
        "tid": user.tid,
        "scp": scope,
    }
    if (user.tid, user.oid) != (HOME_TENANT, key_of(Identity(user.upn, ""))[1]):
        # A user who is known by name alone has none.
        claims["oid"] = user.oid
    return _encode(claims)


def _encode(claims: Mapping[str, object]) -> str:
    """Write a token that nobody has signed: modes `open` and `any` verify none."""
    parts = (orjson.dumps(_HEADER), orjson.dumps(claims), b"")
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)

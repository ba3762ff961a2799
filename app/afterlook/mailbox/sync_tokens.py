"""Sync tokens: a replica's state, in the client's keeping.

Owns how it is written, signed and read, so that any process of any start can go on with it. A
token is good for one mailbox, one collection and one use only.

    version, 1 | as of, 5 | seen, 6 | below, 6 | asked, as UTF-8 | signature, 12

In base64url without padding: 40 characters where nothing particular was asked for.
"""

from __future__ import annotations

import base64
import hmac
from typing import Literal

from afterlook.errors import InvalidSyncState
from afterlook.mailbox.sync import SyncState
from afterlook.store.rows import MailboxRow

Use = Literal["deltaToken", "skipToken", "graph.deltatoken", "graph.skiptoken"]
"""On which wire a token is good, and whether for a new round or for the next page of one."""

_VERSION = 1
_AS_OF, _SEEN, _BELOW, _ASKED = slice(1, 6), slice(6, 12), slice(12, 18), slice(18, -12)
_SIGNATURE = slice(-12, None)
_MIN_LENGTH = 30


def write(state: SyncState, mailbox: MailboxRow, scope: int, use: Use) -> str:
    """Write a token for the collection `scope` of a mailbox."""
    raw = b"".join(
        (
            bytes([_VERSION]),
            state.verified_at.to_bytes(5, "big"),
            state.high_water_mark.to_bytes(6, "big"),
            state.enumeration_cursor.to_bytes(6, "big"),
            state.kept_query.encode(),
        )
    )
    return _encode(raw + _sign(raw, mailbox, scope, use))


def read(token: str, mailbox: MailboxRow, scope: int, use: Use) -> SyncState:
    """Read a token. Raises `InvalidSyncState` for any but one written with the same arguments."""
    raw = _decode(token)
    signature = _sign(raw[: _SIGNATURE.start], mailbox, scope, use)
    if not raw or not hmac.compare_digest(raw[_SIGNATURE], signature):
        raise InvalidSyncState
    return SyncState(
        high_water_mark=int.from_bytes(raw[_SEEN], "big"),
        enumeration_cursor=int.from_bytes(raw[_BELOW], "big"),
        verified_at=int.from_bytes(raw[_AS_OF], "big"),
        kept_query=raw[_ASKED].decode(),
    )


def is_well_formed(token: str) -> bool:
    """Tell whether a text looks like a token, of whatever mailbox, collection and use."""
    return bool(_decode(token))


def _decode(token: str) -> bytes:
    """Return the bytes of a token, nothing for what cannot be one."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return b""
    # The last character may have bits to spare: a token has one spelling all the same.
    is_ours = len(raw) >= _MIN_LENGTH and raw[0] == _VERSION and _encode(raw) == token
    return raw if is_ours else b""


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _sign(raw: bytes, mailbox: MailboxRow, scope: int, use: Use) -> bytes:
    bound = b"%d %s " % (scope, use.encode())
    signature = hmac.digest(bytes.fromhex(mailbox.sync_key), bound + raw, "sha256")
    return signature[: -_SIGNATURE.start]

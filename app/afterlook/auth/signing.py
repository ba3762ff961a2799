"""Signing what a client brings back: by its mailbox's own key, and for one purpose."""

from __future__ import annotations

import hmac
from typing import Literal

from afterlook.store.rows import MailboxRow


def sign(
    mailbox: MailboxRow, purpose: bytes, text: str, algorithm: Literal["sha256", "sha512"]
) -> str:
    """Return the signature of an ASCII text, in hexadecimal digits.

    Each purpose has a key of its own, so that nothing signed for one can be taken for another.
    """
    key = hmac.digest(bytes.fromhex(mailbox.sync_key), purpose, algorithm)
    return hmac.digest(key, text.encode("ascii"), algorithm).hex()

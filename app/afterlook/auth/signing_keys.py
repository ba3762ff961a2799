"""The key that signs tokens, which all servers on one store share.

Owns making it, at its first use, and how it is published (RFC 7517, JWK).
"""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from afterlook.errors import StoreUnavailable
from afterlook.store import signing_keys
from afterlook.store.signing_keys import KeyRow

if TYPE_CHECKING:
    from afterlook.store.store import Store

ALGORITHM = "RS256"

_BITS = 2048
_EXPONENT = 65537


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key by which tokens are signed; `kid` is what they call it by."""

    kid: str
    private: RSAPrivateKey
    public: RSAPublicKey

    def write_jwk(self) -> dict[str, str]:
        """Return the public half, as clients look for it."""
        numbers = self.public.public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "alg": ALGORITHM,
            "kid": self.kid,
            "n": _encode(numbers.n),
            "e": _encode(numbers.e),
        }


class SigningKeys:
    """Finds the key of a store, or makes it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._key: SigningKey | None = None

    async def get_current(self) -> SigningKey:
        """Return the key that signs, and that signatures are checked by."""
        if self._key is None:
            row = await self._store.read_by_key(signing_keys.find)
            if row is None:
                made = await asyncio.to_thread(_make)
                await self._store.create_once(partial(signing_keys.add, key=made))
                # Another process may have been first.
                row = await self._store.read_by_key(signing_keys.find)
            if row is None:
                raise StoreUnavailable
            self._key = _load(row)
        return self._key


def _make() -> KeyRow:
    key = generate_private_key(_EXPONENT, _BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    kid = base64.urlsafe_b64encode(sha256(public).digest()[:20]).decode("ascii").rstrip("=")
    return KeyRow(kid, pem.decode("ascii"))


def _load(row: KeyRow) -> SigningKey:
    private = load_pem_private_key(row.pem.encode("ascii"), None)
    assert isinstance(private, RSAPrivateKey)  # noqa: S101
    return SigningKey(row.kid, private, private.public_key())


def _encode(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")

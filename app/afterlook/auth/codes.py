"""Codes that a client exchanges for tokens: of a sign-in, and of a device (RFC 6749, RFC 8628).

Owns that each is good once, for some minutes of the injected clock, and for whom it was made: for
one client, one redirect URI, and whoever has the secret behind its challenge (RFC 7636). The store
keeps digests, so that nobody who reads it can use one.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import orjson

from afterlook.auth.refusals import (
    CodeRedeemed,
    DeviceDeclined,
    DeviceExpired,
    DevicePending,
    DeviceUnknown,
    GrantExpired,
    GrantInvalid,
    VerifierWrong,
)
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store import sign_in_codes
from afterlook.store.sign_in_codes import CodeRow, CodeState

if TYPE_CHECKING:
    from afterlook.runtime.ids import Ids
    from afterlook.store.sessions import Transaction
    from afterlook.store.store import Store

Content = Mapping[str, str]
"""What a code stands for: what the client asked for, and who has signed in."""

LIFETIME = 600
"""Seconds for which the code of a sign-in is good."""

DEVICE_LIFETIME = 900
"""Seconds for which the code of a device is good."""

VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")

_KIND, _SIGN_IN, _DEVICE = "kind", "sign-in", "device"
_MAX_CODE = 512
# No vowels, so that it says nothing, and no letters that look like others.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789BCDF"
_USER_CODE = 9
_TYPED = re.compile(rf"[{_LETTERS}]{{{_USER_CODE}}}")
_BETWEEN = re.compile(r"[\s-]")


class Device(NamedTuple):
    """What a device asks with, and what its user types."""

    device_code: str
    user_code: str


class SignInCodes:
    """The codes of a store."""

    def __init__(self, store: Store, ids: Ids) -> None:
        self._store = store
        self._ids = ids

    async def grant(self, content: Content) -> str:
        """Return a code for somebody who has signed in."""
        code = self._new_code()
        await self._add(code, CodeState.GRANTED, {**content, _KIND: _SIGN_IN}, LIFETIME)
        return code

    async def redeem(
        self, code: str, *, client_id: str, redirect_uri: str, verifier: str
    ) -> Content:
        """Return what a code stands for; it is good no more. Raises `GrantInvalid`."""
        row = await self._find(code)
        if row is None or (content := _read(row)).get(_KIND) != _SIGN_IN:
            raise GrantInvalid
        if row.expires <= self._store.now():
            raise GrantExpired
        if (content["client_id"], content["redirect_uri"]) != (client_id, redirect_uri):
            raise GrantInvalid
        if not _is_met(content.get("challenge", ""), verifier):
            raise VerifierWrong
        if row.state is CodeState.REDEEMED or not await self._set(row, CodeState.REDEEMED):
            raise CodeRedeemed
        return content

    async def begin_device(self, content: Content) -> Device:
        """Return the codes of a device whose user has not signed in yet."""
        device_code = self._new_code()
        drawn = self._ids.guid().bytes
        user_code = "".join(_LETTERS[byte % len(_LETTERS)] for byte in drawn[-_USER_CODE:])
        whole = {**content, _KIND: _DEVICE}
        await self._add(device_code, CodeState.PENDING, whole, DEVICE_LIFETIME, user_code)
        return Device(device_code, user_code)

    async def find_device(self, user_code: str) -> CodeRow | None:
        """Return the code of a device that waits for its user, by what they typed."""
        typed = _BETWEEN.sub("", user_code).upper()
        if not _TYPED.fullmatch(typed):
            return None
        find = partial(sign_in_codes.find_by_user_code, user_code=typed, now=self._store.now())
        row: CodeRow | None = await self._store.read_by_key(find)
        return row if row is not None and row.state is CodeState.PENDING else None

    async def answer_device(self, row: CodeRow, user: Content | None) -> bool:
        """Grant what a device asks for to somebody, or decline it; tell whether it still waited."""
        if user is None:
            return await self._set(row, CodeState.DECLINED)
        return await self._set(row, CodeState.GRANTED, {**_read(row), **user})

    async def redeem_device(self, device_code: str, *, client_id: str) -> Content:
        """Return what the code of a device stands for; it is good no more.

        Raises `DeviceUnknown`, `DeviceExpired`, `DevicePending`, `DeviceDeclined`, `CodeRedeemed`.
        """
        row = await self._find(device_code)
        if row is None or (content := _read(row)).get(_KIND) != _DEVICE:
            raise DeviceUnknown
        if content["client_id"] != client_id:
            raise DeviceUnknown
        if row.expires <= self._store.now():
            raise DeviceExpired
        if row.state is CodeState.PENDING:
            raise DevicePending
        if row.state is CodeState.DECLINED:
            raise DeviceDeclined
        if row.state is CodeState.REDEEMED or not await self._set(row, CodeState.REDEEMED):
            raise CodeRedeemed
        return content

    def _new_code(self) -> str:
        return f"0.{self._ids.guid().hex}{self._ids.guid().hex}"

    async def _find(self, code: str) -> CodeRow | None:
        if len(code) > _MAX_CODE:
            return None
        return await self._store.read_by_key(partial(sign_in_codes.find, digest=_digest(code)))

    async def _add(
        self, code: str, state: CodeState, content: Content, lifetime: int, user_code: str = ""
    ) -> None:
        text = orjson.dumps(content).decode()

        def add(transaction: Transaction) -> None:
            expires = Instant(transaction.now + lifetime * TICKS_PER_SECOND)
            row = CodeRow(_digest(code), state, text, expires)
            sign_in_codes.add(transaction, row, user_code or None)

        await self._store.maintain(add)

    async def _set(self, row: CodeRow, to: CodeState, content: Content | None = None) -> bool:
        text = row.content if content is None else orjson.dumps(content).decode()
        return await self._store.maintain(
            partial(sign_in_codes.set_state, row=row, to=to, content=text)
        )


def challenge_of(verifier: str) -> str:
    """Return the challenge of a verifier, by S256."""
    digest = sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def content_of(row: CodeRow) -> Content:
    """Return what a code stands for so far."""
    return _read(row)


def _is_met(challenge: str, verifier: str) -> bool:
    """Tell whether a verifier is that of a challenge; where there is none, there must be none."""
    if not challenge:
        return not verifier
    if not VERIFIER.fullmatch(verifier):
        return False
    return hmac.compare_digest(challenge, challenge_of(verifier))


def _digest(code: str) -> str:
    return sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def _read(row: CodeRow) -> dict[str, str]:
    content: dict[str, str] = orjson.loads(row.content)
    return content

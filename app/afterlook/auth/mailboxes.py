"""From an Authorization header, or a browser's choice, to a mailbox.

Owns remembering which mailbox a token opens, making it when it is first used, when a choice
counts, and that who calls may do so: every wire asks here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import NamedTuple, Protocol

from afterlook.auth.choices import Choice, is_chosen
from afterlook.auth.identity import (
    CHALLENGE,
    AuthMode,
    application_digest,
    identify,
    is_nobody,
    read_bearer_token,
)
from afterlook.auth.tokens import Grant
from afterlook.errors import AccessDenied, MailboxesExhausted, MailboxReplaced, Unauthorized
from afterlook.mailbox import identities
from afterlook.mailbox.identities import DEMO, Identity
from afterlook.mailbox.slugs import find_by_slug
from afterlook.store import mailboxes
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store

DEFAULT_MAX_MAILBOXES = 50_000

CALLED = "afterlook.mailbox"
"""The key in an ASGI scope of whose mailbox was called, for whoever looks on."""

_MAX_CACHED = 4096


class TokenVerifier(Protocol):
    """Tells of a token what it permits."""

    async def verify(self, token: str) -> Grant:
        """Return what a token permits. Raises `Unauthorized` for one that is not good."""


class Caller(NamedTuple):
    """Who calls: whose mailbox it is, and whether they may write there.

    `is_app` where nobody has signed in, and an app calls on its own.
    """

    mailbox: MailboxRow
    may_write: bool = True
    is_app: bool = False


class MailboxResolver:
    """Finds the mailbox that an Authorization header opens, making it on first use.

    A token may be anything, and so open any number: there are `max_mailboxes` at most.
    `admit_newcomer` is called before each is made, and raises a `ServiceError` where they come too
    fast.
    """

    def __init__(
        self,
        store: Store,
        mode: AuthMode,
        max_mailboxes: int = DEFAULT_MAX_MAILBOXES,
        admit_newcomer: Callable[[], None] | None = None,
        *,
        is_loopback: bool = False,
        verifier: TokenVerifier | None = None,
    ) -> None:
        self._store = store
        self._max_mailboxes = max_mailboxes
        self._admit_newcomer = admit_newcomer
        assert verifier is not None or mode != "signed"  # noqa: S101
        self._verifier = verifier if mode == "signed" else None
        self._cached: dict[bytes, tuple[Caller, Grant | None]] = {}
        self.mode = mode
        self.is_loopback = is_loopback
        """Whether only this machine can call."""
        self.may_choose = mode == "open" and is_loopback
        """Whether a browser may choose: where whoever calls could name any user in a token."""
        self.takes_cookies = self.may_choose or mode == "signed"
        """Whether a browser's cookie counts: of a choice, or of having signed in."""

    async def resolve(self, authorization: str | None, choice: Choice | None = None) -> MailboxRow:
        """Return the caller's mailbox; see `admit`."""
        return (await self.admit(authorization, choice)).mailbox

    async def admit(self, authorization: str | None, choice: Choice | None = None) -> Caller:
        """Return who calls: by their token, else by what was chosen, else the demo user.

        Where tokens are verified, one that permits no reading of tasks admits nobody. Raises
        `Unauthorized`, `AccessDenied`, `MailboxesExhausted`, `ApplicationThrottled`.
        """
        if choice is not None and self.takes_cookies and is_nobody(authorization or ""):
            chosen = await self._find_chosen(choice)
            if chosen is not None:
                return Caller(chosen)
        # The digest, so that no token stays in memory.
        key = _digest(authorization) if authorization else _NOBODY
        cached = self._cached.get(key)
        if cached is not None and self._is_current(cached[1]):
            return cached[0]
        identity = identify(authorization, self.mode)
        grant = None
        if self._verifier is not None:
            grant = await self._verifier.verify(read_bearer_token(authorization))
            if not grant.may_read:
                raise AccessDenied
        caller = _caller(await self.open(identity), grant)
        if len(self._cached) >= _MAX_CACHED:
            self._cached.clear()
        if not self._store.is_retired(caller.mailbox):
            self._cached[key] = caller, grant
        return caller

    async def open(self, identity: Identity) -> MailboxRow:
        """Return the mailbox of a user, made where there is none.

        Raises `MailboxesExhausted`, `ApplicationThrottled`, `MailboxReplaced`.
        """
        find = partial(identities.find, identity=identity)
        mailbox = await self._store.read_by_key(find)
        if mailbox is None:
            await self.expect_room()
            if self._admit_newcomer is not None:
                self._admit_newcomer()
            await self._store.create_mailbox(partial(identities.create_mailbox, identity=identity))
            mailbox = await self._store.read_by_key(find)
            if mailbox is None:
                # A reset came between.
                raise MailboxReplaced(headers={"Retry-After": "1"})
        return mailbox

    async def expect_room(self) -> None:
        """Raise `MailboxesExhausted` where there may be no more mailboxes."""
        if await self._store.read_by_key(mailboxes.count) >= self._max_mailboxes:
            raise MailboxesExhausted(most=self._max_mailboxes)

    def forget(self) -> None:
        """Look mailboxes up anew: they were replaced, or removed."""
        self._cached.clear()

    def _is_current(self, grant: Grant | None) -> bool:
        return grant is None or grant.begins <= self._store.now() < grant.ends

    async def _find_chosen(self, choice: Choice) -> MailboxRow | None:
        """Return the mailbox that a browser has chosen, or None for that of calls without a token.

        A page whose choice is gone must not go on in another's mailbox: a browser that is at the
        address of a user gets that one's mailbox, or an `Unauthorized`.
        """
        find = partial(find_by_slug, slug=choice.slug)
        mailbox: MailboxRow | None = await self._store.read_by_key(find)
        if mailbox is None or is_chosen(choice, mailbox, self._store.now()):
            return mailbox
        is_demo = (mailbox.tid, mailbox.oid) == identities.key_of(DEMO)
        if choice.is_browser and not is_demo:
            raise Unauthorized(headers=CHALLENGE)
        return None

    def is_named(self, authorization: str | None, name: str) -> bool:
        """Tell whether `oid@tid` or a UPN names the caller by their own claims.

        Their mailbox may have been made for the UPN alone, and have other ids.
        """
        return identities.is_named(self.claimed_identity(authorization), name)

    def claimed_identity(self, authorization: str | None) -> Identity:
        """Return who a caller says they are, once they were admitted."""
        return identify(authorization, self.mode)

    async def identify_account(self, authorization: str | None) -> tuple[int, bytes]:
        """Return what a request is counted for: mailbox and app. Raises `Unauthorized`."""
        return (await self.resolve(authorization)).id, application_digest(authorization)


def _digest(authorization: str) -> bytes:
    return sha256(authorization.encode("latin-1", "replace")).digest()


_NOBODY = _digest("")


def _caller(mailbox: MailboxRow, grant: Grant | None) -> Caller:
    return Caller(mailbox) if grant is None else Caller(mailbox, grant.may_write, grant.is_app)

"""From an Authorization header, or a browser's choice, to a mailbox.

Owns remembering which mailbox a token opens, making it when it is first used, and when a choice
counts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256

from afterlook.auth.choices import Choice, is_chosen
from afterlook.auth.identity import (
    CHALLENGE,
    AuthMode,
    application_digest,
    identify,
    is_nobody,
)
from afterlook.errors import MailboxesExhausted, Unauthorized
from afterlook.mailbox import identities
from afterlook.mailbox.identities import DEMO
from afterlook.mailbox.slugs import find_by_slug
from afterlook.store import mailboxes
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store

DEFAULT_MAX_MAILBOXES = 50_000

CALLED = "afterlook.mailbox"
"""The key in an ASGI scope of whose mailbox was called, for whoever looks on."""

_MAX_CACHED = 4096


class MailboxResolver:
    """Finds the mailbox that an Authorization header opens, making it on first use.

    A token may be anything, and so open any number: there are `max_mailboxes` at most, and `admit`
    is called before each is made; it raises a `ServiceError` where they come too fast.
    """

    def __init__(
        self,
        store: Store,
        mode: AuthMode,
        max_mailboxes: int = DEFAULT_MAX_MAILBOXES,
        admit: Callable[[], None] | None = None,
        *,
        is_loopback: bool = False,
    ) -> None:
        self._store = store
        self._max_mailboxes = max_mailboxes
        self._admit = admit
        self._cached: dict[bytes, MailboxRow] = {}
        self.mode = mode
        self.may_choose = mode == "open" and is_loopback
        """Whether a browser may choose: where whoever calls could name any user in a token."""

    async def resolve(self, authorization: str | None, choice: Choice | None = None) -> MailboxRow:
        """Return the caller's mailbox: their token's, else the one chosen, else the demo user's.

        Raises `Unauthorized`, `MailboxesExhausted`, `ApplicationThrottled`.
        """
        if choice is not None and self.may_choose and is_nobody(authorization or ""):
            chosen = await self._chosen(choice)
            if chosen is not None:
                return chosen
        # The digest, so that no token stays in memory.
        key = sha256((authorization or "").encode("latin-1", "replace")).digest()
        cached = self._cached.get(key)
        if cached is not None:
            return cached
        identity = identify(authorization, self.mode)
        find = partial(identities.find, identity=identity)
        mailbox = await self._store.read_by_key(find)
        if mailbox is None:
            await self.expect_room()
            if self._admit is not None:
                self._admit()
            await self._store.create_mailbox(partial(identities.create_mailbox, identity=identity))
            mailbox = await self._store.read_by_key(find)
        assert mailbox is not None  # noqa: S101
        if len(self._cached) >= _MAX_CACHED:
            self._cached.clear()
        if not self._store.is_retired(mailbox):
            self._cached[key] = mailbox
        return mailbox

    async def expect_room(self) -> None:
        """Raise `MailboxesExhausted` where there may be no more mailboxes."""
        if await self._store.read_by_key(mailboxes.count) >= self._max_mailboxes:
            raise MailboxesExhausted(most=self._max_mailboxes)

    def forget(self) -> None:
        """Look mailboxes up anew: they were replaced, or removed."""
        self._cached.clear()

    async def _chosen(self, choice: Choice) -> MailboxRow | None:
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
        return identities.is_named(identify(authorization, self.mode), name)

    async def account(self, authorization: str | None) -> tuple[int, bytes]:
        """Return what a request is counted for: mailbox and app. Raises `Unauthorized`."""
        return (await self.resolve(authorization)).id, application_digest(authorization)

"""From an Authorization header to a mailbox, which is made when it is first used.

Owns remembering which mailbox a token opens.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256

from afterlook.auth.identity import AuthMode, application_digest, identify
from afterlook.errors import MailboxesExhausted
from afterlook.mailbox import identities
from afterlook.store import mailboxes
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store

DEFAULT_MAX_MAILBOXES = 50_000

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
    ) -> None:
        self._store = store
        self._mode = mode
        self._max_mailboxes = max_mailboxes
        self._admit = admit
        self._cached: dict[bytes, MailboxRow] = {}

    async def resolve(self, authorization: str | None) -> MailboxRow:
        """Return the caller's mailbox.

        Raises `Unauthorized`, `MailboxesExhausted`, `ApplicationThrottled`.
        """
        # The digest, so that no token stays in memory.
        key = sha256((authorization or "").encode("latin-1", "replace")).digest()
        cached = self._cached.get(key)
        if cached is not None:
            return cached
        identity = identify(authorization, self._mode)
        find = partial(identities.find, identity=identity)
        mailbox = await self._store.read_by_key(find)
        if mailbox is None:
            if await self._store.read_by_key(mailboxes.get_newest_id) >= self._max_mailboxes:
                raise MailboxesExhausted(most=self._max_mailboxes)
            if self._admit is not None:
                self._admit()
            await self._store.create_mailbox(partial(identities.create_mailbox, identity=identity))
            mailbox = await self._store.read_by_key(find)
        assert mailbox is not None  # noqa: S101
        if len(self._cached) >= _MAX_CACHED:
            self._cached.clear()
        self._cached[key] = mailbox
        return mailbox

    def is_named(self, authorization: str | None, name: str) -> bool:
        """Tell whether `oid@tid` or a UPN names the caller by their own claims.

        Their mailbox may have been made for the UPN alone, and have other ids.
        """
        return identities.is_named(identify(authorization, self._mode), name)

    async def account(self, authorization: str | None) -> tuple[int, bytes]:
        """Return what a request is counted for: mailbox and app. Raises `Unauthorized`."""
        return (await self.resolve(authorization)).id, application_digest(authorization)

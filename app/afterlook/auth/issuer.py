"""Who gets which token: the use cases of signing in.

Owns which mailbox a name means. There are no passwords here: whoever can reach this server may
name any user, so that a test can be anybody (docs/auth.md says why, and for whom that is safe).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from afterlook.auth import tokens
from afterlook.auth.permissions import ScopeMalformed, read_scope
from afterlook.auth.refusals import ScopeRefused, UserUnknown
from afterlook.auth.tokens import Grant, IsOwnHost, Subject
from afterlook.mailbox.identities import DEMO, HOME_TENANT, OPAQUE_TENANT, OWN_DOMAIN, Identity
from afterlook.mailbox.slugs import find_by_slug
from afterlook.runtime.instants import Instant
from afterlook.store import mailboxes

if TYPE_CHECKING:
    from afterlook.auth.mailboxes import MailboxResolver
    from afterlook.auth.signing_keys import SigningKeys
    from afterlook.store.rows import MailboxRow
    from afterlook.store.sessions import Session
    from afterlook.store.store import Store

OWN_CLIENT = "0af7e100-0000-4000-8000-00000afae100"
"""The app that tokens are for which no app asked for."""

_MAX_NAME = 320
_APPS = UUID(HOME_TENANT)


class IssuedToken(NamedTuple):
    """An access token, and what is to be known of it."""

    access_token: str
    expires_in: int | None
    scope: str
    mailbox: MailboxRow


class Verifier:
    """Tells of tokens what they permit, by the key of the store and the injected clock."""

    def __init__(
        self, keys: SigningKeys, now: Callable[[], Instant], is_own_host: IsOwnHost
    ) -> None:
        self._keys = keys
        self._now = now
        self._is_own_host = is_own_host

    async def verify(self, token: str) -> Grant:
        """Return what a token permits. Raises `Unauthorized` for one that is not good."""
        key = await self._keys.get_current()
        return tokens.read_grant(key, token, self._now(), self._is_own_host)


class TokenIssuer:
    """Issues tokens to users by their names."""

    def __init__(self, store: Store, resolver: MailboxResolver, keys: SigningKeys) -> None:
        self._store = store
        self._resolver = resolver
        self._keys = keys

    async def issue_token(
        self,
        user: str,
        *,
        origin: str,
        scope: str = "",
        expires_in: int | None = tokens.LIFETIME,
        client_id: str = OWN_CLIENT,
    ) -> IssuedToken:
        """Issue an access token to a user, as the control surface does.

        `scope` is written as clients write it: `Tasks.Read`, with its resource before it or not;
        without, it is Outlook's, and all there is. With an `expires_in` of zero or less the token
        has expired already, with None it is good at any time. `origin` is where this server is
        reached. Raises `UserUnknown`, `ScopeRefused`, `MailboxesExhausted`,
        `ApplicationThrottled`.
        """
        try:
            wanted = read_scope(scope)
        except ScopeMalformed as error:
            raise ScopeRefused(reason=str(error)) from error
        mailbox = await self.find_user(user)
        token = tokens.write_access_token(
            await self._keys.get_current(),
            subject_of(mailbox),
            wanted,
            origin=origin,
            client_id=client_id,
            now=self._store.now(),
            expires_in=expires_in,
        )
        return IssuedToken(token, expires_in, wanted.write_granted(), mailbox)

    async def find_user(self, name: str, tenant: str = "") -> MailboxRow:
        """Return the mailbox that a name means, made where there is none.

        `name` is a principal name, or what addresses call the mailbox. `tenant` is a GUID, where
        one is known: its users come first, and new ones are made there. Raises `UserUnknown`,
        `MailboxesExhausted`, `ApplicationThrottled`.
        """
        name = name.strip().lower()
        is_name = 0 < len(name) <= _MAX_NAME and name.isprintable() and " " not in name
        if not is_name or name.strip("@") != name or name.count("@") > 1:
            raise UserUnknown(name=name[:80])
        find = partial(_find, name=name, tenant=tenant)
        found: MailboxRow | None = await self._store.read_by_key(find)
        if found is None:
            upn = name if "@" in name else f"{name}{OWN_DOMAIN}"
            owner = upn.partition("@")[0]
            identity = Identity(upn, owner, None, tenant or HOME_TENANT)
            found = await self._resolver.open(DEMO if upn == DEMO.upn else identity)
        if not can_sign_in(found):
            raise UserUnknown(name=name)
        return found


def subject_of(mailbox: MailboxRow) -> Subject:
    """Return whom a token that opens a mailbox is for."""
    return Subject(mailbox.oid, mailbox.tid, mailbox.upn, mailbox.owner)


def app_subject(client_id: str, tenant: str = "") -> Subject:
    """Return an app on its own, in a tenant."""
    return Subject(str(uuid5(_APPS, f"app {client_id.lower()}")), tenant or HOME_TENANT)


def can_sign_in(mailbox: MailboxRow) -> bool:
    """Tell whether a mailbox can be opened by a name: those of opaque tokens cannot."""
    return mailbox.tid != OPAQUE_TENANT


def _find(session: Session, name: str, tenant: str) -> MailboxRow | None:
    if "@" not in name:
        by_slug = find_by_slug(session, name)
        if by_slug is not None:
            return by_slug
        name = f"{name}{OWN_DOMAIN}"
    in_tenant = mailboxes.find_by_upn(session, tenant, name) if tenant else None
    return in_tenant or mailboxes.find_by_upn_anywhere(session, name)

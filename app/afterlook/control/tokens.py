"""Users by their names, and tokens for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from afterlook.auth.refusals import SignInRefused, UserUnknown
from afterlook.control.errors import Conflict, InvalidParameter
from afterlook.mailbox.identities import OWN_DOMAIN, Identity
from afterlook.mailbox.slugs import find_by_name

if TYPE_CHECKING:
    from afterlook.auth.issuer import IssuedToken
    from afterlook.control.emulator import Emulator


def identity_of(user: str) -> Identity:
    """Return the identity of a user by name; one without a domain is in ours."""
    upn = user if "@" in user else user + OWN_DOMAIN
    return Identity(upn.lower(), upn.partition("@")[0])


async def issue_token(
    emulator: Emulator, user: str, expires_in: int | None, scope: str | None = None
) -> IssuedToken:
    """Issue a token that opens a user's mailbox, in every mode.

    Raises `InvalidParameter` for names and scopes that are none, and `Conflict` where a token that
    is no JWT opens the mailbox.
    """
    try:
        return await emulator.tokens.issue_token(
            user, origin=emulator.url, scope=scope or "", expires_in=expires_in
        )
    except UserUnknown as error:
        if await emulator.store.read_by_key(partial(find_by_name, name=user)) is None:
            raise InvalidParameter(error.message) from error
        message = f"user: what opens the mailbox of {user} is a token that only its owner knows"
        raise Conflict(message) from error
    except SignInRefused as error:
        raise InvalidParameter(error.message) from error

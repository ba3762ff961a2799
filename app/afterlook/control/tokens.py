"""Users by their names, and tokens for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.auth.refusals import SignInRefused
from afterlook.control.errors import InvalidParameter
from afterlook.mailbox.identities import OWN_DOMAIN, Identity

if TYPE_CHECKING:
    from afterlook.auth.issuer import IssuedToken
    from afterlook.control.emulator import Emulator


def identity_of(user: str) -> Identity:
    """Return the identity of a user by name; one without a domain is in ours."""
    upn = user if "@" in user else user + OWN_DOMAIN
    return Identity(upn.lower(), upn.partition("@")[0])


async def issue_token(
    emulator: Emulator, user: str, expires_in: int, scope: str | None = None
) -> IssuedToken:
    """Issue a token that opens a user's mailbox, in every mode.

    Raises `InvalidParameter` for scopes that are none, and for who has a token of their own alone.
    """
    try:
        return await emulator.tokens.issue_token(
            user, origin=emulator.url, scope=scope or "", expires_in=expires_in
        )
    except SignInRefused as error:
        raise InvalidParameter(error.message) from error

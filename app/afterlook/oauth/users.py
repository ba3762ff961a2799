"""Whom a sign-in page offers, and whom its form names.

Owns that somebody is signed in by a click on this server's own page, and by nothing else.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from afterlook.auth.issuer import can_sign_in
from afterlook.mailbox.slugs import slug_of
from afterlook.oauth.tenants import own_origin
from afterlook.store import mailboxes

if TYPE_CHECKING:
    from starlette.requests import Request

MAX_LISTED = 100


class Listed(NamedTuple):
    """A user as a page shows them; `slug` names them in its form."""

    slug: str
    owner: str
    upn: str


class Users(NamedTuple):
    """Whom a page offers; `most` where there may be more, `are_hidden` where it offers nobody."""

    listed: list[Listed]
    most: int | None
    are_hidden: bool


async def list_users(request: Request, hint: str = "") -> Users:
    """Return the newest users, and first the one that an app expects.

    Where other machines can ask nobody is listed: names are theirs alone.
    """
    state = request.app.state
    if not state.mailboxes.is_loopback:
        return Users([], None, are_hidden=True)
    # There is always one to choose.
    demo = await state.tokens.find_user("demo")
    found = await state.store.read_by_key(partial(mailboxes.list_newest, most=MAX_LISTED))
    rows = [demo, *(row for row in found if row.id != demo.id and can_sign_in(row))]
    listed = [Listed(slug_of(row), row.owner, row.upn) for row in rows]
    listed.sort(key=lambda user: user.upn != hint.strip().lower())
    return Users(listed, MAX_LISTED if len(found) == MAX_LISTED else None, are_hidden=False)


def is_own_form(request: Request) -> bool:
    """Tell whether a form was sent by a page of ours, or by no browser at all."""
    headers = request.headers
    own = own_origin(request).lower()
    is_own_origin = headers.get("origin", own).lower() == own
    return is_own_origin and headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")

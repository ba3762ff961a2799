"""Choosing whose tasks a browser opens: `/mytasks`.

Owns that a choice is made here alone: by a form of this server's own page, never by a link. Where
tokens are verified a browser signs in instead.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from starlette.responses import RedirectResponse, Response

from afterlook.auth.choices import cookie_name, is_secure, write_cookie
from afterlook.auth.identity import is_nobody
from afterlook.errors import ServiceError
from afterlook.http import bodies
from afterlook.http.same_origin import OWN_PAGES
from afterlook.mailbox.identities import OPAQUE_TENANT
from afterlook.mailbox.slugs import find_by_name, slug_of
from afterlook.store import mailboxes
from afterlook.store.rows import MailboxRow
from afterlook.web.rendering import PAGES
from afterlook.web.sign_in import begin_sign_in, finish_sign_in
from afterlook.web.texts import TEXTS, say
from afterlook.web.views import PAGES as VIEW_PAGES
from afterlook.web.views import landing_view
from afterlook.web.visits import PICKER, failure, new_nonce, notice, refuse_without_choice
from afterlook.workmanagement.settings import get_persisted

if TYPE_CHECKING:
    from starlette.requests import Request

MAX_LISTED = 100
MAX_FORM = 2048
"""Bytes of a choice."""

_MAX_FIELDS = 8
_MAX_NAME = 320
_MAX_SHOWN = 80
_FORMS = frozenset(
    {
        "edittask.aspx",
        "settings.aspx",
        "_layouts/15/exchangesyncsettings.aspx",
        "_layouts/16/exchangesyncsettings.aspx",
    }
)


class MailboxEntry(NamedTuple):
    """A mailbox as the list shows it."""

    slug: str
    owner: str
    upn: str
    has_own_token: bool


async def choose_mailbox(request: Request) -> Response:
    """Show the mailboxes that there are, or open one; a token opens its own."""
    authorization = request.headers.get("authorization")
    try:
        if not is_nobody(authorization or ""):
            mailbox = await request.app.state.mailboxes.resolve(authorization)
            return RedirectResponse(f"/personal/{slug_of(mailbox)}/", 303)
        if request.app.state.mailboxes.mode == "signed":
            return begin_sign_in(request)
        refusal = refuse_without_choice(request)
        if refusal is not None:
            return refusal
        return await (_open(request) if request.method == "POST" else _list(request))
    except ServiceError as error:
        return failure(request, error)


async def enter_signed_in(request: Request) -> Response:
    """Open the mailbox of whoever has just signed in."""
    if request.app.state.mailboxes.mode != "signed":
        return RedirectResponse(PICKER, 302)
    try:
        mailbox = await finish_sign_in(request)
        return await _enter(request, mailbox, request.query_params.get("state", ""))
    except ServiceError as error:
        return failure(request, error)


async def _list(request: Request) -> Response:
    # As a call without a token would: so that there is one to choose.
    demo = await request.app.state.mailboxes.resolve(None)
    store = request.app.state.store
    found = await store.read_by_key(partial(mailboxes.list_newest, most=MAX_LISTED))
    others = [row for row in found if row.id != demo.id]
    values = {
        "entries": [_entry(row) for row in (demo, *others)],
        "most": MAX_LISTED if len(found) == MAX_LISTED else None,
    }
    return PAGES.render("mailboxes.html", values, nonce=new_nonce(request))


async def _open(request: Request) -> Response:
    if OWN_PAGES.find_foreign(request.scope) is not None:
        title, text = TEXTS["refused_elsewhere"], TEXTS["refused_elsewhere_help"]
        return notice(request, title, text, 403)
    form = _read_form(await bodies.read(request, MAX_FORM))
    name = form.get("mailbox", "").strip()[:_MAX_NAME]
    store = request.app.state.store
    can_be = bool(name) and name.isprintable()
    mailbox = await store.read_by_key(partial(find_by_name, name=name)) if can_be else None
    if mailbox is None:
        title = say("mailbox_not_found", name=name[:_MAX_SHOWN])
        return notice(request, title, TEXTS["mailbox_not_found_help"])
    return await _enter(request, mailbox, form.get("page", ""))


async def _enter(request: Request, mailbox: MailboxRow, page: str) -> Response:
    """Lead to a page of a mailbox, with the cookie by which it is chosen."""
    store, slug = request.app.state.store, slug_of(mailbox)
    file = page.partition("?")[0].lower()
    if file not in VIEW_PAGES and file not in _FORMS:
        persisted = await store.read_by_key(lambda session: get_persisted(session.bind(mailbox)))
        page = landing_view(persisted).page
    answer = RedirectResponse(f"/personal/{slug}/{page}", 303)
    answer.set_cookie(
        cookie_name(mailbox, secure=is_secure(request)),
        write_cookie(mailbox, slug, store.now()),
        path=f"/personal/{slug}/",
        secure=is_secure(request),
        httponly=True,
        samesite="strict",
    )
    return answer


def _read_form(raw: bytes) -> dict[str, str]:
    """Return the first value of each field; one with far more fields than ours has none."""
    try:
        fields = parse_qs(raw.decode("utf-8", "replace"), max_num_fields=_MAX_FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _entry(mailbox: MailboxRow) -> MailboxEntry:
    has_own_token = mailbox.tid == OPAQUE_TENANT
    return MailboxEntry(slug_of(mailbox), mailbox.owner, mailbox.upn, has_own_token)

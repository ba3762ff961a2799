"""A visit of a browser to a mailbox: whose it is, and what is asked for.

Owns who may see a page: whoever has a token sees their own mailbox; without one a browser sees
those that it has chosen, where the server lets it choose (`auth/choices.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from afterlook.auth.choices import choice_of, is_chosen
from afterlook.auth.identity import CHALLENGE, is_nobody
from afterlook.auth.mailboxes import CALLED
from afterlook.errors import ServiceError, StoreUnavailable
from afterlook.http.addresses import origin
from afterlook.http.clients import disconnect_waiter
from afterlook.mailbox.slugs import find_by_slug
from afterlook.web.rendering import PAGES
from afterlook.web.sign_in import begin_sign_in
from afterlook.web.texts import TEXTS, say

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.runtime.instants import Instant
    from afterlook.store.client import ClientStore
    from afterlook.store.rows import MailboxRow

PICKER = "/mytasks"
"""Where a mailbox is chosen."""

_MAX_SHOWN = 80
_MAX_KEPT_QUERY = 500
"""Characters of a query that the choice of a mailbox carries on: its form is a short one."""

_log = logging.getLogger("afterlook")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page of a mailbox; `web` is the address that its pages are below."""

    request: Request
    store: ClientStore
    mailbox: MailboxRow
    slug: str
    nonce: str
    now: Instant
    origin: str
    has_token: bool

    @property
    def web(self) -> str:
        """The server-relative address of the user's web."""
        return f"/personal/{self.slug}"

    def render(self, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """Return a page of the mailbox."""
        shared = {
            "web": self.web,
            "owner": self.mailbox.owner,
            "upn": self.mailbox.upn,
            # A token opens one mailbox, whatever is chosen.
            "picker": None if self.has_token else PICKER,
        }
        return PAGES.render(template, {**shared, **values}, nonce=self.nonce, status=status)


VisitEndpoint = Callable[[Visit], Awaitable[Response]]


def page(answer: VisitEndpoint) -> Callable[[Request], Awaitable[Response]]:
    """Make an endpoint of what answers a visit: it is one, or is told why it is not."""

    async def endpoint(request: Request) -> Response:
        try:
            visit = await _begin(request)
            return visit if isinstance(visit, Response) else await answer(visit)
        except ServiceError as error:
            return failure(request, error)

    return endpoint


def notice(
    request: Request,
    title: str,
    text: str = "",
    status: int = 404,
    headers: Mapping[str, str] | None = None,
    back: str | None = None,
) -> Response:
    """Return a page that says one thing.

    It leads back to a user's tasks, or to the mailboxes, if either can be seen.
    """
    may_see = request.app.state.mailboxes.may_choose or not _is_nobody(request)
    link = (back or PICKER) if may_see else None
    link_text = TEXTS["back_to_tasks" if back else "all_mailboxes"]
    values = {"title": title, "text": text, "link": link, "link_text": link_text}
    return PAGES.render(
        "notice.html", values, nonce=new_nonce(request), status=status, headers=headers
    )


def failure(request: Request, error: ServiceError) -> Response:
    """Return a page that says why the server could not answer."""
    if isinstance(error, StoreUnavailable):
        _log.error("The store could not do the work: %s", error.reason)
    return notice(request, TEXTS["failed"], error.message, error.status, error.headers)


def new_nonce(request: Request) -> str:
    """Return what nobody can guess, for one page."""
    return str(request.app.state.ids.guid().hex)


def refuse_without_choice(request: Request) -> Response | None:
    """Return the page that says how to sign in, where no mailbox can be chosen."""
    resolver = request.app.state.mailboxes
    if resolver.may_choose:
        return None
    if resolver.mode == "any":
        title, text = TEXTS["sign_in_any"], TEXTS["sign_in_any_help"]
        return notice(request, title, text, 401, CHALLENGE)
    return notice(request, TEXTS["sign_in_network"], TEXTS["sign_in_network_help"], 403)


async def _begin(request: Request) -> Visit | Response:
    """Begin a visit, or return the page that stands before it."""
    given = str(request.path_params["slug"])
    slug = given.lower()
    if slug.isascii() and not request.scope["path"].startswith(f"/personal/{slug}/"):
        # The browser sends its cookie to this spelling alone.
        return RedirectResponse(_canonical(request, slug), 302)
    authorization = request.headers.get("authorization")
    if not is_nobody(authorization or ""):
        caller = await request.app.state.mailboxes.admit(authorization)
        return _visit(request, caller.mailbox, slug, has_token=True)
    store = request.app.state.store
    if request.app.state.mailboxes.mode == "signed":
        return await _begin_signed(request, slug)
    refusal = refuse_without_choice(request)
    if refusal is not None:
        return refusal
    mailbox = await store.read_by_key(partial(find_by_slug, slug=slug))
    if mailbox is None:
        title = say("mailbox_not_found", name=given[:_MAX_SHOWN])
        return notice(request, title, TEXTS["mailbox_not_found_help"])
    choice = choice_of(request)
    if choice is None or not is_chosen(choice, mailbox, store.now()):
        query = request.url.query
        values = {
            "slug": slug,
            "owner": mailbox.owner,
            "upn": mailbox.upn,
            "page": _write_rest(request, slug, query if len(query) <= _MAX_KEPT_QUERY else ""),
        }
        return PAGES.render("open.html", values, nonce=new_nonce(request))
    return _visit(request, mailbox, slug, has_token=False)


async def _begin_signed(request: Request, slug: str) -> Visit | Response:
    """Begin a visit of who has signed in; anybody else is sent to do so, and told nothing."""
    store, choice = request.app.state.store, choice_of(request)
    mailbox = await store.read_by_key(partial(find_by_slug, slug=slug))
    if mailbox is None or choice is None or not is_chosen(choice, mailbox, store.now()):
        return begin_sign_in(request, _write_rest(request, slug, request.url.query))
    return _visit(request, mailbox, slug, has_token=False)


def _visit(request: Request, mailbox: MailboxRow, slug: str, *, has_token: bool) -> Visit:
    state = request.app.state
    request.scope[CALLED] = mailbox
    return Visit(
        request=request,
        store=state.store.for_client(mailbox, disconnect_waiter(request)),
        mailbox=mailbox,
        slug=slug,
        nonce=new_nonce(request),
        now=state.store.now(),
        origin=origin(request.scope, request.headers.get("host")),
        has_token=has_token,
    )


def _is_nobody(request: Request) -> bool:
    return is_nobody(request.headers.get("authorization", ""))


def _canonical(request: Request, slug: str) -> str:
    """Return the address that was asked for as it is spelt, its file included."""
    return quote(f"/personal/{slug}/") + _write_rest(request, slug, request.url.query)


def _write_rest(request: Request, slug: str, query: str) -> str:
    """Return what an address has below the user's web: a page, and what is asked of it."""
    rest = quote(str(request.scope["path"])[len(f"/personal/{slug}/") :])
    return f"{rest}?{query}" if query else rest

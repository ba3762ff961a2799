"""From an HTTP request to an `OutlookRequest`: whose mailbox, which zone, which metadata level.

Owns what is read from address and headers before any route, and the kind of route that hands it
over.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Coroutine
from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute

from afterlook.auth.mailboxes import CALLED
from afterlook.errors import AccessDenied, SegmentNotFound
from afterlook.http.addresses import origin
from afterlook.http.clients import disconnect_waiter
from afterlook.mailbox.identifiers import identifiers_of
from afterlook.mailbox.timezones import UTC, find_zone
from afterlook.odata import formats, prefer
from afterlook.odata.etag import read_precondition
from afterlook.odata.formats import Level
from afterlook.outlook.anchors import expect_anchor
from afterlook.outlook.batch.context import SUBREQUEST, SubrequestContext
from afterlook.outlook.callers import admit, expect_permitted
from afterlook.outlook.request import OutlookRequest

if TYPE_CHECKING:
    from afterlook.auth.mailboxes import Caller, MailboxResolver
    from afterlook.store.rows import MailboxRow

AnyRequest = TypeVar("AnyRequest", bound=OutlookRequest)
ReadRequest = Callable[[Request], Awaitable[OutlookRequest]]
RouteHandler = Callable[[Request], Coroutine[object, object, Response]]
Admit = Callable[[Request, "str | None"], Awaitable["Caller"]]
NameUser = Callable[["str", "MailboxRow", "MailboxResolver", "str | None"], str]

_HEADERS = frozenset(
    {b"authorization", b"host", b"if-match", b"if-none-match", b"content-type", b"accept"}
    | {b"x-anchormailbox"}
)


async def read_request(http: Request) -> OutlookRequest:
    """Read what is in the address and the headers of a request; see `read_request_as`."""
    return await read_request_as(OutlookRequest, http, _name_user)


async def read_request_as(
    kind: type[AnyRequest], http: Request, name_user: NameUser, admit: Admit = admit
) -> AnyRequest:
    """Read what is in the address and the headers of a request to a service of this kind.

    `name_user` returns how context URLs name the user that the address names, `admit` who calls.
    Raises
    `Unauthorized`, `AccessDenied` for somebody else's mailbox, `TimeZoneNotSupported`.
    """
    scope, state = http.scope, http.app.state
    headers: dict[bytes, str] = {}
    prefer_lines = []
    for name, value in scope["headers"]:
        if name in _HEADERS:
            text = value.decode("latin-1")
            # Lines of one name are one list (RFC 9110 §5.3).
            headers[name] = f"{headers[name]}, {text}" if name in headers else text
        elif name == b"prefer":
            prefer_lines.append(value.decode("latin-1"))
    subrequest: SubrequestContext | None = scope.get(SUBREQUEST)
    if subrequest is None:
        caller = await admit(http, headers.get(b"authorization"))
        scope[CALLED] = caller.mailbox
        store = state.store.for_client(
            caller.mailbox, disconnect_waiter(http), may_write=caller.may_write
        )
    else:
        store, caller = subrequest
    mailbox = caller.mailbox
    if not caller.may_write:
        expect_permitted(caller, scope)
    anchor = headers.get(b"x-anchormailbox")
    if anchor is not None:
        expect_anchor(
            anchor, mailbox, state.mailboxes.claimed_identity(headers.get(b"authorization"))
        )
    version, user = scope["path_params"]["version"], scope["path_params"].get("user", "me")
    preferences = prefer.parse(prefer_lines) if prefer_lines else prefer.NONE
    zone_name = preferences.get("outlook.timezone")
    accept = headers.get(b"accept")
    applied: list[str] = []
    if preferences.get("idtype", "").lower() == "immutableid":
        # Ids here never change: no task is moved to another folder.
        applied.append('IdType="ImmutableId"')
    if zone_name is not None:
        applied.append(f'outlook.timezone="{zone_name}"')
    return kind(
        http=http,
        store=store,
        caller=caller,
        ids=identifiers_of(mailbox),
        root=f"{origin(scope, headers.get(b'host'))}{kind.service}/{version}",
        user=name_user(user, mailbox, state.mailboxes, headers.get(b"authorization")),
        zone=UTC if zone_name is None else find_zone(zone_name),
        preferences=preferences,
        precondition=read_precondition(headers.get(b"if-match"), headers.get(b"if-none-match")),
        content_type=headers.get(b"content-type"),
        level=Level.MINIMAL if accept is None else formats.accepted_level(accept),
        applied=applied,
    )


def _name_user(
    user: str, mailbox: MailboxRow, mailboxes: MailboxResolver, authorization: str | None
) -> str:
    if user == "me":
        return "Me"
    key = read_user_key(user)
    names = (mailbox.upn, f"{mailbox.oid}@{mailbox.tid}")
    expect_own(key, names, mailboxes, authorization)
    return f"Users('{key.replace(chr(39), chr(39) * 2)}')"


def read_user_key(user: str) -> str:
    """Return the key of `users('…')`. Raises `SegmentNotFound`."""
    if not (user.startswith("users('") and user.endswith("')")):
        raise SegmentNotFound(segment=user.partition("(")[0])
    return user[len("users('") : -len("')")].replace("%2F", "/")


def expect_own(
    key: str, names: Collection[str], mailboxes: MailboxResolver, authorization: str | None
) -> None:
    """Check that a key names the caller: tasks are for the signed-in user only.

    By the names of the mailbox, or by those of the caller's token. Raises `AccessDenied`.
    """
    if key.lower() not in names and not mailboxes.is_named(authorization, key):
        raise AccessDenied


RequestDep = Annotated[OutlookRequest, Depends(read_request)]


class OutlookRoute(APIRoute):
    """A route of this wire: what it needs is its `OutlookRequest` and the keys in its address.

    FastAPI's solver of dependencies would find the same, at a third of the cost of a look-up.
    """

    def get_route_handler(self) -> RouteHandler:
        """Return what answers a request."""
        return self.make_handler(read_request)

    def make_handler(self, read: ReadRequest) -> RouteHandler:
        """Return what answers a request that is read so."""
        endpoint, keys = self.endpoint, tuple(self.param_convertors)

        async def answer(http: Request) -> Response:
            request = await read(http)
            given = http.scope["path_params"]
            arguments = {key: given[key] for key in keys}
            response: Response = await endpoint(request=request, **arguments)
            return response

        return answer

"""From a request to a `Call`: whose mailbox, in which zone, at which metadata level.

Owns what is read from address and headers before any route, and the kind of route that hands it
over. Must not know which entity it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute

from afterlook.errors import AccessDenied, SegmentNotFound
from afterlook.http.addresses import origin
from afterlook.http.clients import waiting_gone
from afterlook.mailbox import identifiers
from afterlook.mailbox.timezones import UTC, zone
from afterlook.odata import formats, prefer
from afterlook.odata.etag import Conditions
from afterlook.odata.formats import Level
from afterlook.outlook.anchors import expect_anchor
from afterlook.outlook.batch.context import SUBREQUEST, SubrequestContext
from afterlook.outlook.call import Call

if TYPE_CHECKING:
    from afterlook.auth.callers import Callers
    from afterlook.store.rows import MailboxRow

_HEADERS = frozenset(
    {b"authorization", b"host", b"if-match", b"if-none-match", b"content-type", b"accept"}
    | {b"x-anchormailbox"}
)


async def understand(request: Request) -> Call:
    """Make a call of a request.

    Raises `Unauthorized`, `AccessDenied` for somebody else's mailbox, `TimeZoneNotSupported`.
    """
    scope, state = request.scope, request.app.state
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
        mailbox = await state.callers.mailbox(headers.get(b"authorization"))
        store = state.store.for_client(mailbox.id, waiting_gone(request))
    else:
        store, mailbox = subrequest
    anchor = headers.get(b"x-anchormailbox")
    if anchor is not None:
        expect_anchor(anchor, mailbox)
    version, user = scope["path_params"]["version"], scope["path_params"].get("user", "me")
    preferences = prefer.parse(prefer_lines) if prefer_lines else prefer.NONE
    wanted_zone = preferences.get("outlook.timezone")
    accept = headers.get(b"accept")
    call = Call(
        request=request,
        store=store,
        mailbox=mailbox,
        ids=identifiers.of(mailbox),
        root=f"{origin(scope, headers.get(b'host'))}/api/{version}",
        user="Me" if user == "me" else _addressed(user, mailbox, state.callers, headers),
        zone=UTC if wanted_zone is None else zone(wanted_zone),
        preferences=preferences,
        conditions=Conditions(headers.get(b"if-match"), headers.get(b"if-none-match")),
        content_type=headers.get(b"content-type"),
        level=Level.MINIMAL if accept is None else formats.accepted_level(accept),
    )
    if preferences.get("idtype", "").lower() == "immutableid":
        # Ids here never change: no task is moved to another folder.
        call.applied.append('IdType="ImmutableId"')
    if wanted_zone is not None:
        call.applied.append(f'outlook.timezone="{wanted_zone}"')
    return call


def _addressed(
    user: str, mailbox: MailboxRow, callers: Callers, headers: Mapping[bytes, str]
) -> str:
    """Check that `users('…')` names the caller: tasks are for the signed-in user only.

    By the ids and the name of the mailbox, or by those of the caller's token.
    """
    if not (user.startswith("users('") and user.endswith("')")):
        raise SegmentNotFound(segment=user.partition("(")[0])
    key = user[len("users('") : -len("')")].replace("%2F", "/")
    if key.lower() not in (mailbox.upn, f"{mailbox.oid}@{mailbox.tid}") and not (
        callers.is_named(headers.get(b"authorization"), key)
    ):
        raise AccessDenied
    return f"Users('{key.replace(chr(39), chr(39) * 2)}')"


CallDep = Annotated[Call, Depends(understand)]


class CallRoute(APIRoute):
    """A route of this wire: what it needs is its `Call` and the keys in its address.

    FastAPI's solver of dependencies would find the same, at a third of the cost of a look-up.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[object, object, Response]]:
        """Return what answers a request."""
        endpoint, keys = self.endpoint, tuple(self.param_convertors)

        async def answer(request: Request) -> Response:
            call = await understand(request)
            given = {key: request.path_params[key] for key in keys}
            reply: Response = await endpoint(call=call, **given)
            return reply

        return answer

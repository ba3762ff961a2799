"""One request to this wire, understood: whose mailbox, in which zone, with which options.

Owns everything that all routes take from a request. Must not know which entity it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute

from afterlook.errors import AccessDenied, SegmentNotFound, UnsupportedMediaType
from afterlook.http import bodies
from afterlook.http.addresses import raw_path
from afterlook.mailbox import identifiers
from afterlook.mailbox.timezones import UTC, Zone, zone
from afterlook.odata import body as odata_body
from afterlook.odata import options as odata_options
from afterlook.odata import prefer
from afterlook.odata.options import MAX_PAGE, NO_OPTIONS, QueryOptions
from afterlook.outlook.render import View

if TYPE_CHECKING:
    from afterlook.mailbox.identifiers import Identifiers
    from afterlook.odata.edm import EntityType
    from afterlook.store.rows import MailboxRow
    from afterlook.store.store import Store

# Parameters of the old endpoints (odata.metadata, IEEE754Compatible) come along; UTF-8 is all
# that JSON is written in.
_JSON = re.compile(
    r"\s*application/json\s*(?:;(?!\s*charset)[^;]*|;\s*charset\s*=\s*\"?utf-8\"?\s*)*",
    re.IGNORECASE,
)
_HEADERS = frozenset({b"authorization", b"host", b"if-match", b"content-type"})


@dataclass(slots=True)
class Call:
    """A request to this wire; `applied` collects the preferences that it was answered by."""

    request: Request
    store: Store
    mailbox: MailboxRow
    ids: Identifiers
    root: str
    user: str
    zone: Zone
    preferences: Mapping[str, str]
    if_match: str | None
    content_type: str | None
    applied: list[str] = field(default_factory=list)

    def options(self, *supported: str) -> QueryOptions:
        """Read the query options. Raises `InvalidUrlQuery` for one that is not supported here."""
        query = self.request.scope["query_string"]
        if not query:
            return NO_OPTIONS
        return odata_options.parse(query.decode("latin-1"), frozenset(supported))

    def view(self, entity_type: EntityType, options: QueryOptions = NO_OPTIONS) -> View:
        """Return how entities of a type are shown to this caller. Raises `PropertyNotFound`."""
        return View(
            ids=self.ids,
            user_url=f"{self.root}/Users('{self.mailbox.oid}@{self.mailbox.tid}')",
            owner=self.mailbox.owner,
            zone=self.zone,
            select=entity_type.selected(options.select) if options.select else (),
        )

    def context(self, path: str, view: View) -> str:
        """Return the context URL of a collection, `path` naming it below the user."""
        selected = f"({','.join(view.select)})" if view.select else ""
        return f"{self.root}/$metadata#{self.user}/{path.replace('=', '%3D')}{selected}"

    def next_link(self, options: QueryOptions, size: int) -> str:
        """Return the URL of the page after this one."""
        origin = self.root.removesuffix(f"/api/{self.request.path_params['version']}")
        return f"{origin}{raw_path(self.request.scope)}?{options.with_skip(options.skip + size)}"

    def page_size(self, options: QueryOptions, default: int) -> int:
        """Return how many entities a page holds: `$top`, bounded by `odata.maxpagesize`."""
        size = default if options.top is None else options.top
        wanted = self.preferences.get("odata.maxpagesize") or self.preferences.get("maxpagesize")
        if wanted is None or not (wanted.isascii() and wanted.isdigit()) or not int(wanted[:9]):
            return size
        most = min(int(wanted[:9]), MAX_PAGE)
        self.applied.append(f"odata.maxpagesize={most}")
        return most if options.top is None else min(size, most)

    def returns_minimal(self) -> bool:
        """Tell whether the caller of a write wants no body back, and note that it was heeded."""
        wanted = self.preferences.get("return", "").lower()
        if wanted in ("minimal", "representation"):
            self.applied.append(f"return={wanted}")
        return wanted == "minimal"

    def headers(self, **further: str) -> dict[str, str]:
        """Return the headers that tell which preferences were applied, and `further` ones."""
        applied = {"Preference-Applied": ", ".join(self.applied)} if self.applied else {}
        return further | applied

    async def body(self) -> dict[str, object]:
        """Read the JSON body.

        Raises `UnsupportedMediaType`, `MessageSizeExceeded`, `BodyNotReadable`.
        """
        if not _JSON.fullmatch(self.content_type or ""):
            raise UnsupportedMediaType(given=self.content_type or "none")
        limit = self.request.app.state.settings.max_body
        return odata_body.read_object(await bodies.read(self.request, limit))

    async def no_body(self) -> None:
        """Read the body of an action without parameters: nothing, `null` or `{}`.

        Raises `BodyNotReadable`, `MessageSizeExceeded`.
        """
        raw = await bodies.read(self.request, self.request.app.state.settings.max_body)
        if raw.strip() not in (b"", b"null"):
            odata_body.read_object(raw)


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
    mailbox = await state.callers.mailbox(headers.get(b"authorization"))
    version, user = scope["path_params"]["version"], scope["path_params"]["user"]
    preferences = prefer.parse(prefer_lines) if prefer_lines else prefer.NONE
    wanted_zone = preferences.get("outlook.timezone")
    call = Call(
        request=request,
        store=state.store,
        mailbox=mailbox,
        ids=identifiers.of(mailbox),
        root=f"{_origin(request, headers.get(b'host'))}/api/{version}",
        user="Me" if user == "me" else _addressed(user, mailbox),
        zone=UTC if wanted_zone is None else zone(wanted_zone),
        preferences=preferences,
        if_match=headers.get(b"if-match"),
        content_type=headers.get(b"content-type"),
    )
    if wanted_zone is not None:
        call.applied.append(f'outlook.timezone="{wanted_zone}"')
    return call


def _origin(request: Request, host: str | None) -> str:
    if host is None:
        address, port = request.scope["server"]
        host = f"{address}:{port}"
    return f"{request.scope['scheme']}://{host}"


def _addressed(user: str, mailbox: MailboxRow) -> str:
    """Check that `users('…')` names the caller: tasks are for the signed-in user only."""
    if not (user.startswith("users('") and user.endswith("')")):
        raise SegmentNotFound(segment=user.partition("(")[0])
    key = user[len("users('") : -len("')")].replace("%2F", "/")
    if key.lower() not in (mailbox.upn, f"{mailbox.oid}@{mailbox.tid}"):
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

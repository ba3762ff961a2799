"""`OutlookRequest`: what every route needs of a request.

Owns options, preferences, bodies and links as all routes read them; `dependencies.py` makes one of
an HTTP request.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeVar

from fastapi import Request

from afterlook.errors import (
    PropertyUnknown,
    UnsupportedMediaType,
)
from afterlook.http import bodies
from afterlook.http.paths import API_ROOT, raw_path
from afterlook.mailbox import dates
from afterlook.mailbox.day_filters import read_days_in
from afterlook.mailbox.extended_properties import read_name
from afterlook.mailbox.timezones import Zone
from afterlook.odata import body as odata_body
from afterlook.odata import formats
from afterlook.odata import options as odata_options
from afterlook.odata.etag import Precondition
from afterlook.odata.filter import parser as odata_filter
from afterlook.odata.filter.scope import FilterScope
from afterlook.odata.formats import Level
from afterlook.odata.options import MAX_PAGE_SIZE, NO_OPTIONS, QueryOptions
from afterlook.outlook.edm import NAMESPACE, PROPERTY_ID
from afterlook.outlook.render import View

if TYPE_CHECKING:
    from afterlook.auth.mailboxes import Caller
    from afterlook.mailbox.identifiers import Identifiers
    from afterlook.odata.edm import EdmType, EntityType
    from afterlook.odata.filter.tree import Expression
    from afterlook.outlook.render import Entity
    from afterlook.store.rows import MailboxRow
    from afterlook.store.transactions import StoreAccess

T = TypeVar("T")

# Parameters of the old endpoints (odata.metadata, IEEE754Compatible) come along; UTF-8 is all
# that JSON is written in.
_JSON = re.compile(
    r"\s*application/json\s*(?:;(?!\s*charset)[^;]*|;\s*charset\s*=\s*\"?utf-?8\"?\s*)*",
    re.IGNORECASE,
)

# So few bytes ask for so few rows that writing them holds nobody up.
_MAX_SHORT_BODY = 4 * 1024

MAX_BODY = 4 * 1024 * 1024
"""Bytes of a body that holds no file: what is parsed into many objects is kept small."""

MAX_BODY_WITH_FILES = 150 * 1024 * 1024
"""Bytes of one that may hold a file; the setting is less."""


@dataclass(slots=True)
class OutlookRequest:
    """A request to this wire; `has_short_body` is known once the body was read.

    Two members tell of the response, and are filled in on the way: `applied` collects the
    preferences that were heeded, and `level` is what `$format` names as soon as that is read.
    """

    service: ClassVar[str] = f"/{API_ROOT}"
    """What stands before the version in its URLs."""

    namespace: ClassVar[str] = NAMESPACE
    """Of the types that addresses and options name."""

    has_sync: ClassVar[bool] = True
    """Whether collections can be synchronised."""

    http: Request
    store: StoreAccess
    caller: Caller
    ids: Identifiers
    root: str
    user: str
    zone: Zone
    preferences: Mapping[str, str]
    precondition: Precondition
    content_type: str | None
    level: Level
    applied: list[str] = field(default_factory=list)
    has_short_body: bool = False

    @property
    def mailbox(self) -> MailboxRow:
        """Whose mailbox it is."""
        return self.caller.mailbox

    def has_current(self, change: int) -> bool:
        """Tell whether `If-None-Match` names this state of an entity."""
        tags = self.precondition.if_none_match
        if tags is None or self.http.scope["method"] != "GET":
            return False
        return tags.matches(self.ids.write_change_key(change))

    def read_options(self, *supported: str) -> QueryOptions:
        """Read the query options. Raises `InvalidUrlQuery` for one that is not supported here.

        `$format` is, everywhere; it outranks `Accept`. Raises `FormatNotSupported`.
        """
        query = self.http.scope["query_string"]
        if not query:
            return NO_OPTIONS
        options = odata_options.parse(query.decode("latin-1"), frozenset({*supported, "format"}))
        self.apply_format(options)
        return options

    def apply_format(self, options: QueryOptions) -> None:
        """Answer in the format that `$format` names, if it does. Raises `FormatNotSupported`."""
        if options.format is not None:
            self.level = formats.named_level(options.format)

    def view(self, entity_type: EntityType, options: QueryOptions = NO_OPTIONS) -> View:
        """Return how entities of a type are shown to this caller. Raises `PropertyNotFound`."""
        return View(
            entity_type=entity_type,
            ids=self.ids,
            user_url=f"{self.root}/Users('{self.mailbox.oid}@{self.mailbox.tid}')",
            owner=self.mailbox.owner,
            zone=self.zone,
            context_user=self.user,
            select=self.read_select(entity_type, options.select),
        )

    def declared_type(self, entity_type: EntityType) -> EntityType:
        """Return a type as callers know it, whose options speak of its properties."""
        return entity_type

    def read_select(self, entity_type: EntityType, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return which rendered members a `$select` names. Raises `PropertyNotFound`."""
        return entity_type.select(names) if names else ()

    def present(self, content: Entity, _: EntityType) -> Entity:
        """Return an answer, an entity or a collection of them in `value`, as callers know it."""
        return content

    def present_value(self, value: object, _: EdmType) -> object:
        """Return the value of a single property as callers know it."""
        return value

    @property
    def present_item(self) -> Callable[[bytes], bytes] | None:
        """What makes of an attached item the one that callers know; None where that is the same.

        It makes nothing longer.
        """
        return None

    def context(self, path: str, view: View) -> str:
        """Return the context URL of a collection, `path` naming it below the user.

        An empty `path` names the user.
        """
        selected = f"({','.join(view.select)})" if view.select else ""
        below = f"/{path.replace('=', '%3D')}" if path else ""
        return f"{self.root}/$metadata#{view.context_user}{below}{selected}"

    def read_filter(self, options: QueryOptions, entity_type: EntityType) -> Expression | None:
        """Read `$filter`, its dates in the caller's zone.

        Raises `UrlSyntax`, `InvalidFilter`, `PropertyNotFound`, `PropertyNotFilterable`.
        """
        if options.filter is None:
            return None
        return read_days_in(odata_filter.parse(options.filter, self.scope(entity_type)), self.zone)

    def scope(self, entity_type: EntityType) -> FilterScope:
        """Return how filters on entities of a type are read for this caller."""
        return FilterScope(
            entity=entity_type,
            moment=lambda text: dates.parse_instant(text, self.zone),
            now=self.store.now(),
            constants={"Owner": self.mailbox.owner},
            readers={PROPERTY_ID.stored: lambda text: read_name(text).text},
        )

    def next_link(self, options: QueryOptions, size: int, until: int | None) -> str:
        """Return the URL of the page after this one."""
        return f"{self.address}?{options.write_next(options.skip + size, until)}"

    @property
    def address(self) -> str:
        """The URL that was called, as the client spelt it, without its query."""
        origin = self.root.removesuffix(f"{self.service}/{self.http.path_params['version']}")
        return f"{origin}{raw_path(self.http.scope)}"

    def page_size(self, options: QueryOptions, default: int) -> int:
        """Return how many entities a page holds: `$top`, bounded by `odata.maxpagesize`."""
        size = default if options.top is None else options.top
        limit = self.max_page_size
        if limit is None:
            return size
        self.applied.append(f"odata.maxpagesize={limit}")
        return limit if options.top is None else min(size, limit)

    @property
    def max_page_size(self) -> int | None:
        """What `odata.maxpagesize` asks for, if anything that can be given."""
        wanted = self.preferences.get("odata.maxpagesize") or self.preferences.get("maxpagesize")
        if wanted is None or not (wanted.isascii() and wanted.isdigit()):
            return None
        # Of so many digits any number is more than can be given.
        size = int(wanted.lstrip("0")[:9] or "0")
        return min(size, MAX_PAGE_SIZE) if size else None

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

    async def read_json(
        self, entity_type: EntityType | None = None, max_bytes: int = MAX_BODY
    ) -> dict[str, object]:
        """Read the JSON body, of `max_bytes` bytes and no more than the settings allow.

        What it says of an `entity_type` comes in the spelling of this service's models. Raises
        `UnsupportedMediaType`, `MessageSizeExceeded`, `BodyNotReadable`.
        """
        return await self.parse_body(lambda body: body, max_bytes, entity_type)

    async def parse_body(
        self,
        reader: Callable[[dict[str, object]], T],
        max_bytes: int = MAX_BODY,
        entity_type: EntityType | None = None,
    ) -> T:
        """Return what a reader makes of the JSON body; one that is long is read on a thread.

        Raises as `read_json` does, and whatever the reader raises.
        """
        self.expect_json()
        raw = await self.read_raw_body(max_bytes)
        if len(raw) <= odata_body.MAX_BYTES_ON_EVENT_LOOP:
            return reader(self.spell_body(odata_body.read_object(raw), entity_type))
        # Others are answered meanwhile.
        return await asyncio.to_thread(
            lambda: reader(self.spell_body(odata_body.read_object(raw), entity_type))
        )

    def spell_body(self, body: dict[str, object], _: EntityType | None) -> dict[str, object]:
        """Return a body in the spelling of this service's models. Raises `PropertyUnknown`."""
        return body

    def expect_json(self) -> None:
        """Refuse a body of another type. Raises `UnsupportedMediaType`."""
        if not _JSON.fullmatch(self.content_type or ""):
            raise UnsupportedMediaType(given=self.content_type or "none")

    async def read_raw_body(self, max_bytes: int = MAX_BODY) -> bytes:
        """Read the body as it stands. Raises `MessageSizeExceeded`."""
        raw = await bodies.read_allowed(self.http, max_bytes)
        self.has_short_body = len(raw) <= _MAX_SHORT_BODY
        return raw

    async def expect_no_body(self) -> None:
        """Read the body of an action without parameters: nothing, `null` or `{}`.

        Raises `BodyNotReadable`, `MessageSizeExceeded`, `PropertyUnknown`.
        """
        raw = await self.read_raw_body()
        if raw.strip() in (b"", b"null"):
            return
        for name in odata_body.read_object(raw):
            if "@" not in name:
                raise PropertyUnknown(name=name, type=f"{NAMESPACE}.Complete")

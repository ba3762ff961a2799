"""A request to the REST face, read.

Owns what stands in a request beside its address: the method that is meant, the options, the body,
the version that a write is for.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from afterlook.errors import BodyNotReadable
from afterlook.odata.body import MAX_BYTES_ON_EVENT_LOOP, read_object
from afterlook.odata.etag import Precondition, read_precondition
from afterlook.sharepoint.form_digest import expect_digest
from afterlook.sharepoint.request_context import read_body
from afterlook.sharepoint.rest.errors import (
    BodyMalformed,
    BodyVerbose,
    MemberUnknown,
    NotAllowed,
    OptionRefused,
    TypeUnresolved,
)
from afterlook.sharepoint.rest.forms import DEFAULT_FORM, Form
from afterlook.sharepoint.rest.paths import RestSegment, parse

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.sharepoint.request_context import RequestContext

METHODS = ("GET", "POST", "MERGE", "PATCH", "PUT", "DELETE")
_TUNNELLED = ("POST", "MERGE", "PATCH", "PUT", "DELETE")
_VERBOSE = re.compile(r";\s*odata\s*=\s*\"?verbose\b", re.IGNORECASE)
_ANNOTATION = re.compile(r"\w*@(?!odata\.bind\Z)[\w.]+(?:#\w+)?")
_METADATA, _TYPE = "__metadata", "@odata.type"
"""What says of which type a body is: in OData 3 at its most verbose, and in OData 4.0."""

_MAX_OPTIONS = 32


@dataclass(frozen=True)
class RestRequest:
    """One request. `text` is the address below `_api` as it was sent.

    `type` is the type that the body says it is of, if it does so as OData 4.0 has it. `custom` are
    the query options without a `$`: aliases of parameters, and parts of a token for paging that
    somebody wrote without encoding it.
    """

    context: RequestContext
    method: str
    text: str
    segments: list[RestSegment]
    options: Mapping[str, str]
    body: dict[str, object]
    precondition: Precondition
    if_match: str = ""
    if_none_match: str = ""
    form: Form = DEFAULT_FORM
    type: str | None = None
    custom: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    async def from_http(
        cls, http_request: Request, context: RequestContext, form: Form
    ) -> RestRequest:
        """Read a request. Raises `QueryError`: a write without a token needs a form digest."""
        method = "GET" if http_request.method == "HEAD" else http_request.method
        if method == "POST":
            tunnelled = http_request.headers.get("x-http-method", "").strip().upper() or method
            if tunnelled not in _TUNNELLED:
                raise NotAllowed(method=tunnelled[:16], headers={"Allow": ", ".join(METHODS)})
            method = tunnelled
        body: dict[str, object] = {}
        type_: str | None = None
        if method != "GET":
            expect_digest(http_request, context)
            body, type_ = _split_annotations(await _body(http_request, form), form)
        text = str(http_request.path_params["resource"])
        query = http_request.scope["query_string"]
        if query.count(b"&") >= _MAX_OPTIONS:
            excess = query.split(b"&", _MAX_OPTIONS)[_MAX_OPTIONS]
            raise OptionRefused(name=excess[:64].partition(b"=")[0].decode("latin-1"))
        given = http_request.query_params.multi_items()
        options = {name.lower(): value for name, value in given if name.startswith("$")}
        custom = {name: value for name, value in given if not name.startswith("$")}
        if_match, if_none_match = (
            _tags(http_request, name) for name in ("if-match", "if-none-match")
        )
        return cls(
            context=context,
            method=method,
            text=text,
            segments=parse(text, custom),
            options=options,
            body=body,
            precondition=read_precondition(if_match, if_none_match),
            if_match=if_match or "",
            if_none_match=if_none_match or "",
            form=form,
            type=type_,
            custom=custom,
        )

    def quote_unmet(self, version: str) -> str:
        """Return the header that forbids to write over a version, as it was sent."""
        if_match = self.precondition.if_match
        is_met = if_match is None or if_match.matches(version)
        return self.if_none_match if is_met else self.if_match

    def expect_method(self, *methods: str) -> None:
        """Refuse other methods. Raises `NotAllowed`."""
        if self.method not in methods:
            raise NotAllowed(method=self.method, headers={"Allow": ", ".join(methods)})

    def expect_options(self, *names: str) -> None:
        """Refuse other options. Raises `OptionRefused`."""
        for name in self.options:
            if name not in names:
                raise OptionRefused(name=name[:64])

    def expect_type(self, *names: str) -> None:
        """Refuse a body of other types. Raises `MemberUnknown`, `TypeUnresolved`."""
        if self.form.is_new and _METADATA in self.body:
            raise MemberUnknown(name=_METADATA, type=names[0])
        if self.type is not None and self.type not in names:
            raise TypeUnresolved(name=self.type[:128])


def _tags(request: Request, name: str) -> str | None:
    """Return a header of tags, whose lines are one list."""
    lines = request.headers.getlist(name)
    return ",".join(lines) if lines else None


async def _body(request: Request, form: Form) -> dict[str, object]:
    raw = await read_body(request)
    if not raw.strip():
        return {}
    if form.is_new and _VERBOSE.search(request.headers.get("content-type", "")):
        raise BodyVerbose
    try:
        if len(raw) <= MAX_BYTES_ON_EVENT_LOOP:
            return read_object(raw)
        return await asyncio.to_thread(read_object, raw)
    except BodyNotReadable as error:
        raise BodyMalformed(reason=error.message) from error


def _split_annotations(body: dict[str, object], form: Form) -> tuple[dict[str, object], str | None]:
    """Return the members of a body, and the type that it says it is of.

    Annotations come along with what a client has read, and say nothing that is to be written. But
    a link to another entity does: it stays, as a member that there is not.
    """
    if not form.is_new:
        if name := next((name for name in body if name.startswith("@")), None):
            raise BodyMalformed(reason=f"'{name[:64]}' is an invalid instance annotation name.")
        return body, None
    type_ = body.get(_TYPE)
    if not isinstance(type_, str | None):
        raise BodyMalformed(reason=f"'{_TYPE}' is not the name of a type.")
    members = {name: value for name, value in body.items() if not _ANNOTATION.fullmatch(name)}
    return members, None if type_ is None else type_.removeprefix("#")

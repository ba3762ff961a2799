"""`_api/$batch`: several requests in the body of one, each answered as if it had come alone.

Owns what they take over from it, and where their addresses lead. There is nothing atomic about a
change set here, as there was not in the product.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from afterlook.auth.identity import is_nobody
from afterlook.csom.errors import RequestTooBig
from afterlook.errors import BadRequest
from afterlook.http.guards import MAX_URI, has_large_head
from afterlook.http.paths import normalise
from afterlook.http.subrequests import answer_subrequest
from afterlook.odata import batch_multipart
from afterlook.odata.batch import Subrequest, Subresponse, Unit, UnitResult
from afterlook.sharepoint.error_responses import as_query_error
from afterlook.sharepoint.form_digest import expect_digest
from afterlook.sharepoint.request_context import RequestContext, read_body
from afterlook.sharepoint.rest.api import ROUTE
from afterlook.sharepoint.rest.errors import (
    AddressUnknown,
    BodyMalformed,
    NotAllowed,
    PartAddressTooLong,
    PartHeadersTooLarge,
    VersionRefused,
    error_and_status,
)
from afterlook.sharepoint.rest.forms import VERSION_HEADERS, form_of, has_old_spelling
from afterlook.sharepoint.rest.response_writer import ResponseWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import Message, Scope

    from afterlook.errors import ServiceError


MAX_REQUESTS = 100
MAX_ANSWER_BYTES = 64 * 1024 * 1024
"""Bytes of all answers together: they are put together whole."""

_MAX_BYTES_ON_EVENT_LOOP = 64 * 1024
"""Bytes of a batch, or of its answers, that are read or written sooner than handed to a thread."""

_PORTS = {"http": ":80", "https": ":443"}
_INHERITED_HEADERS = (b"authorization", b"x-requestdigest", b"host")
_VERSION = b"odata-version"
_ANSWER_HEADERS = {
    "content-type": "CONTENT-TYPE",
    "etag": "ETAG",
    "location": "LOCATION",
    "odata-version": "OData-Version",
}
_SAFE = "".join(map(chr, range(0x21, 0x7F)))


async def answer_batch(request: Request) -> Response:
    """Answer the requests of a batch, in their order."""
    context = await RequestContext.from_http(request)
    form, problem = form_of(request.headers)
    try:
        if isinstance(problem, VersionRefused):
            raise problem  # noqa: TRY301
        expect_digest(request, context)
        subrequests = await _read(request)
    except Exception as error:  # noqa: BLE001
        return _writer(request, context).answer_error(*error_and_status(error))
    done, left = [], MAX_ANSWER_BYTES
    for subrequest in subrequests:
        response = await _answer(request, context, subrequest, left)
        left -= len(response.body)
        done.append(UnitResult(Unit((subrequest,)), (response,)))
    if MAX_ANSWER_BYTES - left <= _MAX_BYTES_ON_EVENT_LOOP:
        content, media_type = batch_multipart.write(done)
    else:
        content, media_type = await asyncio.to_thread(batch_multipart.write, done)
    return Response(content, headers=form.headers, media_type=media_type)


async def _read(request: Request) -> Sequence[Subrequest]:
    media_type = request.headers.get("content-type", "")
    raw = await read_body(request)
    read = batch_multipart.read_subrequests
    try:
        if len(raw) <= _MAX_BYTES_ON_EVENT_LOOP:
            return read(raw, media_type, MAX_REQUESTS)
        return await asyncio.to_thread(read, raw, media_type, MAX_REQUESTS)
    except BadRequest as error:
        raise BodyMalformed(reason=error.message) from error


async def _answer(
    request: Request, context: RequestContext, subrequest: Subrequest, left: int
) -> Subresponse:
    """Answer one request, unless nothing is left to answer it with."""

    def refuse(error: ServiceError) -> Subresponse:
        return _as_subresponse(
            _writer(request, context).answer_error(as_query_error(error), error.status)
        )

    respond = partial(_answer_alone, request, context, subrequest, left)
    return await answer_subrequest(request.scope, subrequest, context.mailbox.upn, respond, refuse)


async def _answer_alone(
    request: Request, context: RequestContext, subrequest: Subrequest, left: int
) -> Subresponse:
    async def receive() -> Message:
        return {"type": "http.request", "body": subrequest.body, "more_body": False}

    inner = request
    try:
        if left <= 0:
            raise RequestTooBig  # noqa: TRY301
        _expect_bounds(subrequest)
        inner = Request(_scope(request, subrequest), receive)
        match, child_scope = ROUTE.matches(inner.scope)
        if match is Match.NONE or not _is_same_host(request, subrequest):
            raise AddressUnknown(path=subrequest.url[:128])  # noqa: TRY301
        if match is Match.PARTIAL:
            raise NotAllowed(method=subrequest.method[:16])  # noqa: TRY301
        inner.scope.update(child_scope)
        response: Response = await ROUTE.endpoint(inner)
    except Exception as error:  # noqa: BLE001
        response = _writer(inner, context).answer_error(*error_and_status(error))
    return _as_subresponse(response)


def _as_subresponse(response: Response) -> Subresponse:
    headers = tuple(
        (_ANSWER_HEADERS[name], value)
        for name, value in response.headers.items()
        if name in _ANSWER_HEADERS
    )
    return Subresponse(response.status_code, headers, bytes(response.body))


def _expect_bounds(subrequest: Subrequest) -> None:
    """Hold a request to the bounds that guards set for one that comes alone."""
    if len(subrequest.url) > MAX_URI:
        raise PartAddressTooLong
    if has_large_head(subrequest.headers):
        raise PartHeadersTooLarge


def _scope(request: Request, subrequest: Subrequest) -> Scope:
    """Return the scope of a request: what it has not itself, it takes over from the batch."""
    own = [
        (name.encode("ascii"), value.encode("latin-1"))
        for name, value in subrequest.headers
        if name != "authorization" or not is_nobody(value)
    ]
    given = {name for name, _ in own if name != b"host"}
    outer = request.scope
    taken_over = (
        [*_INHERITED_HEADERS] if _has_version(subrequest) else [*_INHERITED_HEADERS, _VERSION]
    )
    inherited = [
        pair for pair in outer["headers"] if pair[0] in taken_over and pair[0] not in given
    ]
    address = _split(request, subrequest)
    path, raw = normalise(quote(address.path, safe=_SAFE))
    return {
        **{name: value for name, value in outer.items() if name not in ("path_params", "endpoint")},
        "method": subrequest.method,
        "path": path,
        "raw_path": raw.encode("ascii"),
        "query_string": quote(address.query, safe=_SAFE).encode("ascii"),
        "headers": [*inherited, *(pair for pair in own if pair[0] != b"host")],
    }


def _has_version(subrequest: Subrequest) -> bool:
    """Tell whether a request says itself in which version of OData it is to be answered.

    SharePoint Framework puts its own version on the batch, whoever has written what is in it.
    """
    headers = dict(subrequest.headers)
    is_named = any(name in headers for name in VERSION_HEADERS)
    return is_named or has_old_spelling(headers.get("accept", ""))


def _is_same_host(request: Request, subrequest: Subrequest) -> bool:
    target = _split(request, subrequest)
    port = _PORTS.get(target.scheme, "")
    own = request.headers.get("host", "").lower()
    return target.netloc.lower().removesuffix(port) == own.removesuffix(port)


def _split(request: Request, subrequest: Subrequest) -> SplitResult:
    """Return the parts of an address, which is relative to that of the batch."""
    try:
        return urlsplit(urljoin(str(request.url), subrequest.url))
    except ValueError:
        return urlsplit("")


def _writer(request: Request, context: RequestContext) -> ResponseWriter:
    return ResponseWriter(form_of(request.headers)[0], context.web_url)

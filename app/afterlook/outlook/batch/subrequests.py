"""The requests within a batch: each becomes an ASGI scope that the application answers in-process.

Owns what they inherit from the batch, and which address theirs stands for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from afterlook.auth.identity import is_nobody
from afterlook.errors import (
    HeadersTooLarge,
    InvalidRequest,
    MessageSizeExceeded,
    MethodNotAllowed,
    ServiceError,
    StoreUnavailable,
    UriTooLong,
)
from afterlook.http.addresses import VERSIONS
from afterlook.http.guards import MAX_URI, has_large_head
from afterlook.http.paths import API_ROOT, is_below_api_root, is_normal, normalise, raw_path
from afterlook.odata.batch import Subrequest, Subresponse, read_reference
from afterlook.outlook.batch.context import SUBREQUEST
from afterlook.outlook.callers import admit
from afterlook.outlook.responses import error_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Scope

    from afterlook.auth.mailboxes import Caller
    from afterlook.outlook.batch.context import SubrequestContext
    from afterlook.outlook.request import OutlookRequest
    from afterlook.outlook.responses import ODataResponse

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_ABSOLUTE = re.compile(r"(https?)://([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_PORTS = {"http": ":80", "https": ":443"}
_USER = re.compile(r"(?:me|users)\b", re.IGNORECASE)
_COLLECTION = re.compile(r"task(?:s|folders|groups)\b", re.IGNORECASE)
_VERSION = re.compile("|".join(rf"{re.escape(name)}(?=/)" for name in VERSIONS), re.IGNORECASE)
_HOP_BY_HOP = frozenset(
    {"connection", "content-length", "expect", "host", "keep-alive", "te", "trailer"}
    | {"transfer-encoding", "upgrade"}
)
# What may stand in an address as it is; a fragment never reaches a server.
_SAFE = "".join(map(chr, range(0x21, 0x7F))).replace("#", "")
_PLAIN = re.compile(rf"[{re.escape(_SAFE)}]*")
_NAMES = {"etag": "ETag", "odata-version": "OData-Version", "odata-entityid": "OData-EntityId"}
_NAMES |= {"www-authenticate": "WWW-Authenticate", "x-ms-ags-diagnostic": "x-ms-ags-diagnostic"}


MAX_READ = 64 * 1024 * 1024
"""Bytes of all responses to GETs of one batch together, whose own response is in memory."""


class Subrequests:
    """The requests of one batch; it remembers their addresses, which later ones may refer to.

    Another service says in a subclass which addresses are its own, and how it refuses.
    """

    def __init__(self, request: OutlookRequest) -> None:
        scope = request.http.scope
        self.batch = request.http
        """The request that holds them."""
        self._request = request
        self._app: ASGIApp = request.http.app.state.subrequest_app
        self._host = [pair for pair in scope["headers"] if pair[0] == b"host"]
        self._authorization = [pair for pair in scope["headers"] if pair[0] == b"authorization"]
        # Relative addresses count from where `$batch` stands.
        self._base = raw_path(scope).rstrip("/").rpartition("/")[0]
        self._service = f"{request.service}/{request.http.path_params['version']}"
        # Those of a mailbox are the user's below whom it stands, else the caller's.
        is_below_a_user = "user" in request.http.path_params
        self._user = self._base if is_below_a_user else f"{self._service}/me"
        self._bytes_left = MAX_READ
        self._answered: dict[str, tuple[Subresponse, Scope]] = {}
        self._batch_scope = {
            key: scope[key]
            for key in ("type", "asgi", "http_version", "scheme", "server", "client", "app")
            if key in scope
        }

    async def find_caller(self, subrequest: Subrequest) -> Caller:
        """Return whom a request is made for: the batch's caller, or that of a token of its own.

        Raises `Unauthorized`, `AccessDenied`.
        """
        own = [
            value
            for name, value in subrequest.headers
            if name == "authorization" and not is_nobody(value)
        ]
        if not own:
            return self._request.caller
        return await admit(self._request.http, ", ".join(own))

    async def answer(self, subrequest: Subrequest, context: SubrequestContext) -> Subresponse:
        """Have a request answered by the application.

        A refusal is a response, unless it is a `StoreUnavailable`; whatever else is raised passes.
        What would read more than is left of `MAX_READ` is refused.
        """
        messages: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": subrequest.body, "more_body": False}

        async def send(message: Message) -> None:
            if subrequest.method == "GET":
                self._bytes_left -= len(message.get("body", b""))
                if self._bytes_left < 0:
                    raise MessageSizeExceeded
            messages.append(message)

        scope = self.batch.scope
        try:
            scope = self._make_scope(subrequest, context)
            await self._app(scope, receive, send)
        except StoreUnavailable:
            raise
        except ServiceError as error:
            return self.refuse(error, scope)
        start, *rest = messages
        content = [message.get("body", b"") for message in rest]
        body = content[0] if len(content) == 1 else b"".join(content)
        response = Subresponse(start["status"], _header_texts(start["headers"]), body)
        if subrequest.id is not None:
            self._answered[subrequest.id] = response, scope
        return response

    def _make_scope(self, subrequest: Subrequest, context: SubrequestContext) -> Scope:
        """Return the ASGI scope of a request.

        Raises `MethodNotAllowed`, `InvalidRequest`, `UriTooLong`, `HeadersTooLarge`.
        """
        if subrequest.method not in _METHODS:
            raise MethodNotAllowed(method=subrequest.method)
        # What would be refused if it came alone, before anything walks along it.
        if len(subrequest.url) > MAX_URI:
            raise UriTooLong
        if has_large_head(subrequest.headers):
            raise HeadersTooLarge
        target, query = self.find_target(subrequest.url)
        path, raw = (target, target) if is_normal(target) else normalise(target)
        headers = [*self._host, *self._make_headers(subrequest)]
        if all(name != b"authorization" for name, _ in headers):
            headers += self._authorization
        scope = {
            **self._batch_scope,
            "root_path": "",
            "method": subrequest.method,
            "path": path,
            "raw_path": raw.encode("ascii"),
            "query_string": query.encode("ascii"),
            "headers": headers,
            SUBREQUEST: context,
        }
        if not self.is_own(scope):
            raise InvalidRequest(reason=f"A batch cannot ask for '{subrequest.url}'.")
        return scope

    def _make_headers(self, subrequest: Subrequest) -> list[tuple[bytes, bytes]]:
        headers = []
        for name, value in subrequest.headers:
            if name == "host":
                self._expect_host(value, self._batch_scope["scheme"])
            says_nothing = name == "authorization" and is_nobody(value)
            if name not in _HOP_BY_HOP and not says_nothing:
                headers.append((name.encode("ascii"), value.encode("latin-1")))
        return headers

    def find_target(self, url: str) -> tuple[str, str]:
        """Return path and query of an address in any form: absolute, relative, or by reference."""
        name = read_reference(url)
        address = url if name is None else self._resolve(name) + url[1 + len(name) :]
        absolute = _ABSOLUTE.fullmatch(address)
        if absolute is not None:
            self._expect_host(absolute[2], absolute[1].lower())
            address = absolute[3]
        path, _, query = _percent_encode(address).partition("?")
        return self.make_absolute(path), query

    def make_absolute(self, path: str) -> str:
        """Return the absolute path of one that may leave off the service, or the user too."""
        bare = path.removeprefix("/")
        if _USER.match(bare):
            return f"{self._service}/{bare}"
        if _COLLECTION.match(bare):
            return f"{self._user}/{bare}"
        if _VERSION.match(bare):
            return f"/{API_ROOT}/{bare}"
        return path if path.startswith("/") else f"{self._base}/{path}"

    def is_own(self, scope: Scope) -> bool:
        """Tell whether a request is to the service that the batch was sent to."""
        return is_below_api_root(scope)

    def refuse(
        self, error: ServiceError, scope: Scope | None = None, *, is_processed: bool = True
    ) -> Subresponse:
        """Render an error as outside of a batch, by the `scope` of the request."""
        response = self.render_error(error, scope or self.batch.scope)
        headers = _header_texts(response.raw_headers)
        return Subresponse(response.status_code, headers, bytes(response.body), is_processed)

    def render_error(self, error: ServiceError, _: Scope) -> ODataResponse:
        """Render an error in the form of this service."""
        return error_response(error)

    def _resolve(self, name: str) -> str:
        """Return the address that a reference stands for: what the request made, or its own."""
        if name not in self._answered:
            return f"${name}"
        response, scope = self._answered[name]
        return dict(response.headers).get("Location") or raw_path(scope)

    def _expect_host(self, host: str, scheme: str) -> None:
        """Refuse another host than that of the batch. Raises `InvalidRequest`."""
        port = _PORTS[scheme]
        own = [value.decode("latin-1").lower().removesuffix(port) for _, value in self._host]
        if own != [host.lower().removesuffix(port)]:
            raise InvalidRequest(reason=f"A batch cannot ask the host '{host}'.")


def _percent_encode(address: str) -> str:
    return address if _PLAIN.fullmatch(address) else quote(address, safe=_SAFE)


def _header_texts(headers: list[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple(_header(*pair) for pair in headers)


@lru_cache(1024)
def _header(name: bytes, value: bytes) -> tuple[str, str]:
    """Write a header's name as people do, for clients that hold it against theirs as text."""
    text = name.decode("latin-1")
    return _NAMES.get(text) or text.title(), value.decode("latin-1")

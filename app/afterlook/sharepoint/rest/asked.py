"""A request to the REST face, understood: who asks what of which address.

Owns what stands in a request beside its address: the method that is meant, the options, the body,
the version that a write is for. Must not know any resource.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from afterlook.errors import BodyNotReadable
from afterlook.odata.body import SHORT, read_object
from afterlook.sharepoint.admission import expect_digest, raw_body
from afterlook.sharepoint.rest.errors import BodyMalformed, NotAllowed, OptionRefused
from afterlook.sharepoint.rest.paths import Segment, parse

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.sharepoint.context import Caller

METHODS = ("GET", "POST", "MERGE", "PATCH", "PUT", "DELETE")
_TUNNELLED = ("MERGE", "PATCH", "PUT", "DELETE")
_VERSION = re.compile(r'"(\d{1,10})"', re.ASCII)
_MOST_OPTIONS = 32


@dataclass(frozen=True)
class Asked:
    """What is asked. `text` is the address below `_api` as it was sent."""

    caller: Caller
    method: str
    text: str
    segments: list[Segment]
    options: Mapping[str, str]
    body: dict[str, object]
    if_match: str | None

    @property
    def version(self) -> int | None:
        """The version that a write is for; None for any, 0 for none that there is."""
        if self.if_match is None or self.if_match.strip() == "*":
            return None
        match = _VERSION.fullmatch(self.if_match.strip())
        return int(match[1]) if match else 0

    def only(self, *methods: str) -> None:
        """Refuse other methods. Raises `NotAllowed`."""
        if self.method not in methods:
            raise NotAllowed(method=self.method, headers={"Allow": ", ".join(methods)})

    def only_options(self, *names: str) -> None:
        """Refuse other options. Raises `OptionRefused`."""
        for name in self.options:
            if name not in names:
                raise OptionRefused(name=name[:64])


async def understand(request: Request, caller: Caller) -> Asked:
    """Read a request. Raises `QueryError`: a write by whoever has no token needs a digest."""
    method = "GET" if request.method == "HEAD" else request.method
    if method == "POST":
        meant = request.headers.get("x-http-method", "").strip().upper()
        method = meant if meant in _TUNNELLED else method
    body: dict[str, object] = {}
    if method != "GET":
        expect_digest(request, caller)
        body = await _body(request)
    text = str(request.path_params["resource"])
    query = request.scope["query_string"]
    if query.count(b"&") >= _MOST_OPTIONS:
        further = query.split(b"&", _MOST_OPTIONS)[_MOST_OPTIONS]
        raise OptionRefused(name=further[:64].partition(b"=")[0].decode("latin-1"))
    given = request.query_params.multi_items()
    options = {name.lower(): value for name, value in given if name.startswith("$")}
    if_match = request.headers.get("if-match")
    return Asked(caller, method, text, parse(text), options, body, if_match)


async def _body(request: Request) -> dict[str, object]:
    raw = await raw_body(request)
    if not raw.strip():
        return {}
    try:
        if len(raw) <= SHORT:
            return read_object(raw)
        return await asyncio.to_thread(read_object, raw)
    except BodyNotReadable as error:
        raise BodyMalformed(reason=error.message) from error

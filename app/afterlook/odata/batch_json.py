"""Batches as JSON (JSON Format 4.01 §19): `requests` in, `responses` out.

Owns the members of both.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, groupby

import orjson

from afterlook.errors import BodyNotReadable
from afterlook.odata.batch import (
    Subrequest,
    Subresponse,
    Unit,
    UnitResult,
    check_id,
    check_units,
    expect_at_most,
)
from afterlook.odata.formats import JSON
from afterlook.odata.mime import MAX_LINES, Headers

_MEMBERS = frozenset({"id", "method", "url", "headers", "body", "dependsOn", "atomicityGroup"})
_JSON = re.compile(r"\s*application/(?:[^;\s]*\+)?json\s*(?:;|$)", re.IGNORECASE)
_TEXT = re.compile(r"\s*text/", re.IGNORECASE)
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_URL_SAFE = str.maketrans("+/", "-_")
_UNPRINTABLE = re.compile(r"[^\t\x20-\x7e\x80-\xff]")


def read(body: Mapping[str, object]) -> Sequence[Unit]:
    """Read a batch. Raises `BodyNotReadable`, `InvalidRequest`."""
    requests = list_requests(body)
    expect_at_most(len(requests))
    for request in requests:
        _expect_known_members(request)
    numbers = count()
    grouped = [(_read_group(one) or next(numbers), read_subrequest(one)) for one in requests]
    return check_units(
        [
            # A number stands for a request outside every group, and so for one alone.
            Unit(tuple(one for _, one in members), key if isinstance(key, str) else None)
            for key, members in groupby(grouped, key=lambda pair: pair[0])
        ]
    )


def list_requests(body: Mapping[str, object]) -> list[object]:
    """Return the requests of a batch as they stand. Raises `BodyNotReadable`."""
    requests = body.get("requests")
    if not isinstance(requests, list):
        raise BodyNotReadable(reason="it has no array 'requests'")
    return requests


def write(results: Iterable[UnitResult]) -> dict[str, object]:
    """Return what to write as JSON, in the order of the requests.

    A request without an id, as one of a multipart batch may be, is named by its place.
    """
    pairs = [pair for one in results for pair in one.pairs()]
    responses = [
        _render_response(subrequest.id or str(place), response)
        for place, (subrequest, response) in enumerate(pairs, 1)
    ]
    return {"responses": responses}


def _read_group(request: object) -> str | None:
    group = request.get("atomicityGroup") if isinstance(request, dict) else None
    if group is not None and (not isinstance(group, str) or not group):
        raise BodyNotReadable(reason="an 'atomicityGroup' is no text")
    return group


def _expect_known_members(request: object) -> None:
    for member in request if isinstance(request, dict) else ():
        if member not in _MEMBERS and "@" not in member:
            raise BodyNotReadable(reason=f"a request cannot have the member '{member}'")


def read_subrequest(request: object, media_type: str | None = JSON) -> Subrequest:
    """Read a request; its body is of `media_type` where no header says otherwise.

    Raises `BodyNotReadable`.
    """
    if not isinstance(request, dict):
        raise BodyNotReadable(reason="a request is no JSON object")
    headers = _read_headers(request.get("headers"))
    headers, body = _read_content(headers, request.get("body"), media_type)
    subrequest = Subrequest(
        id=_read_text(request, "id"),
        method=_read_text(request, "method").upper(),
        url=_read_text(request, "url"),
        headers=headers,
        body=body,
        depends_on=_read_depends_on(request.get("dependsOn")),
    )
    return check_id(subrequest)


def _read_text(request: Mapping[str, object], member: str) -> str:
    value = request.get(member)
    if not isinstance(value, str) or not value:
        raise BodyNotReadable(reason=f"a request has no text '{member}'")
    return value


def _read_depends_on(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BodyNotReadable(reason="'dependsOn' is no array of texts")
    return tuple(value)


def _read_headers(value: object) -> Headers:
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise BodyNotReadable(reason="the 'headers' of a request are no JSON object")
    if len(value) > MAX_LINES:
        raise BodyNotReadable(reason=f"a request has more than {MAX_LINES} headers")
    headers = []
    for name, text in value.items():
        if not isinstance(text, str) or _UNPRINTABLE.search(text) or not _NAME.fullmatch(name):
            raise BodyNotReadable(reason=f"a request cannot have the header '{name}'")
        headers.append((name.lower(), text.strip()))
    return tuple(headers)


def _read_content(
    headers: Headers, body: object, default_type: str | None
) -> tuple[Headers, bytes]:
    """Return headers and a body as bytes; without a Content-Type, `default_type` is added."""
    if body is None:
        return headers, b""
    media_type = dict(headers).get("content-type")
    if media_type is None:
        added = () if default_type is None else (("content-type", default_type),)
        return (*headers, *added), orjson.dumps(body)
    if _JSON.match(media_type):
        return headers, orjson.dumps(body)
    if not isinstance(body, str):
        raise BodyNotReadable(reason=f"a body of type '{media_type}' is no text")
    if _TEXT.match(media_type):
        return headers, body.encode("utf-8")
    try:
        padded = body.translate(_URL_SAFE) + "=" * (-len(body) % 4)
        return headers, base64.b64decode(padded, altchars=b"-_", validate=True)
    except ValueError as error:
        raise BodyNotReadable(reason=f"a body of type '{media_type}' is no base64url") from error


def _render_response(name: str, response: Subresponse) -> dict[str, object]:
    headers = dict(response.headers)
    headers.pop("Content-Length", None)
    members: dict[str, object] = {"id": name, "status": response.status, "headers": headers}
    if response.body:
        media_type = headers.get("Content-Type", "")
        if _JSON.match(media_type):
            members["body"] = orjson.Fragment(response.body)
        elif _TEXT.match(media_type):
            members["body"] = response.body.decode("utf-8", "replace")
        else:
            members["body"] = base64.urlsafe_b64encode(response.body).decode("ascii").rstrip("=")
    return members

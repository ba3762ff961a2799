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
    Answer,
    Operation,
    Unit,
    UnitResult,
    check_units,
    expect_at_most,
    with_short_id,
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
    grouped = [(_group(request) or next(numbers), read_operation(request)) for request in requests]
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
        _response(operation.id or str(place), answer)
        for place, (operation, answer) in enumerate(pairs, 1)
    ]
    return {"responses": responses}


def _group(request: object) -> str | None:
    group = request.get("atomicityGroup") if isinstance(request, dict) else None
    if group is not None and (not isinstance(group, str) or not group):
        raise BodyNotReadable(reason="an 'atomicityGroup' is no text")
    return group


def _expect_known_members(request: object) -> None:
    for member in request if isinstance(request, dict) else ():
        if member not in _MEMBERS and "@" not in member:
            raise BodyNotReadable(reason=f"a request cannot have the member '{member}'")


def read_operation(request: object, media_type: str | None = JSON) -> Operation:
    """Read a request; its body is of `media_type` where no header says otherwise.

    Raises `BodyNotReadable`.
    """
    if not isinstance(request, dict):
        raise BodyNotReadable(reason="a request is no JSON object")
    headers, body = _content(_headers(request.get("headers")), request.get("body"), media_type)
    operation = Operation(
        id=_text(request, "id"),
        method=_text(request, "method").upper(),
        url=_text(request, "url"),
        headers=headers,
        body=body,
        depends_on=_depends_on(request.get("dependsOn")),
    )
    return with_short_id(operation)


def _text(request: Mapping[str, object], member: str) -> str:
    value = request.get(member)
    if not isinstance(value, str) or not value:
        raise BodyNotReadable(reason=f"a request has no text '{member}'")
    return value


def _depends_on(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BodyNotReadable(reason="'dependsOn' is no array of texts")
    return tuple(value)


def _headers(value: object) -> Headers:
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


def _content(headers: Headers, body: object, otherwise: str | None) -> tuple[Headers, bytes]:
    """Return what a body is as bytes; a type that no header tells is told by `otherwise`."""
    if body is None:
        return headers, b""
    media_type = dict(headers).get("content-type")
    if media_type is None:
        told = () if otherwise is None else (("content-type", otherwise),)
        return (*headers, *told), orjson.dumps(body)
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


def _response(name: str, answer: Answer) -> dict[str, object]:
    headers = dict(answer.headers)
    headers.pop("Content-Length", None)
    response: dict[str, object] = {"id": name, "status": answer.status, "headers": headers}
    if answer.body:
        media_type = headers.get("Content-Type", "")
        if _JSON.match(media_type):
            response["body"] = orjson.Fragment(answer.body)
        elif _TEXT.match(media_type):
            response["body"] = answer.body.decode("utf-8", "replace")
        else:
            response["body"] = base64.urlsafe_b64encode(answer.body).decode("ascii").rstrip("=")
    return response

"""Batches as `multipart/mixed` (OData Protocol 4.0 §11.7): parts of `application/http`.

Owns the HTTP messages within the parts, and change sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from afterlook.errors import BodyNotReadable, InvalidRequest
from afterlook.odata import mime
from afterlook.odata.batch import (
    MAX_SUBREQUESTS,
    Subrequest,
    Subresponse,
    Unit,
    UnitResult,
    check_id,
    check_units,
    expect_at_most,
)
from afterlook.odata.mime import Headers

_HTTP = re.compile(r"\s*application/http\s*(?:;|$)", re.IGNORECASE)
_METHOD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VERSIONS = frozenset({"HTTP/1.0", "HTTP/1.1"})
_PLAIN = frozenset({"binary", "7bit", "8bit"})
_READING = frozenset({"GET", "HEAD"})

_PHRASES = {status.value: status.phrase for status in HTTPStatus}


def read(raw: bytes, content_type: str) -> Sequence[Unit]:
    """Read a batch. Raises `BodyNotReadable`, `InvalidRequest`."""
    units = _read_units(raw, content_type, MAX_SUBREQUESTS)
    for unit in units:
        if unit.group is not None:
            _check_change_set(unit)
    return check_units(units)


def read_subrequests(raw: bytes, content_type: str, max_subrequests: int) -> Sequence[Subrequest]:
    """Read a batch whose change sets are nothing but more requests, with a name or without.

    Raises `BodyNotReadable`, `InvalidRequest`.
    """
    units = _read_units(raw, content_type, max_subrequests)
    return [subrequest for unit in units for subrequest in unit.subrequests]


def _read_units(raw: bytes, content_type: str, max_subrequests: int) -> list[Unit]:
    units = []
    count = 0
    for part in mime.split_parts(raw, content_type):
        headers, content = mime.split_headers(part)
        media_type = mime.find_header(headers, "content-type") or ""
        if mime.is_multipart(media_type):
            units.append(_read_change_set(content, media_type, max_subrequests))
        else:
            units.append(Unit((_read_subrequest(headers, content),)))
        count += len(units[-1].subrequests)
        expect_at_most(count, max_subrequests)
    return units


def _read_change_set(content: bytes, content_type: str, max_subrequests: int) -> Unit:
    subrequests: list[Subrequest] = []
    for part in mime.split_parts(content, content_type):
        subrequests.append(_read_subrequest(*mime.split_headers(part)))
        expect_at_most(len(subrequests), max_subrequests)
    return Unit(tuple(subrequests), "")


def _check_change_set(change_set: Unit) -> None:
    for subrequest in change_set.subrequests:
        if subrequest.id is None:
            raise BodyNotReadable(reason="a request of a change set has no Content-ID")
        if subrequest.method in _READING:
            raise InvalidRequest(reason="A change set cannot hold requests that only read.")


def _read_subrequest(headers: Headers, content: bytes) -> Subrequest:
    """Read the request in a part that has these headers."""
    if not _HTTP.match(mime.find_header(headers, "content-type") or ""):
        raise BodyNotReadable(reason="the Content-Type of a part is not 'application/http'")
    encoding = mime.find_header(headers, "content-transfer-encoding") or "binary"
    if encoding.lower() not in _PLAIN:
        raise BodyNotReadable(reason=f"a part has the Content-Transfer-Encoding '{encoding}'")
    line, _, rest = content.lstrip(b"\r\n").partition(b"\n")
    method, url = _read_request_line(line)
    # With the line end back in front, a request without headers is split as one that has some.
    own, body = mime.split_headers(b"\n" + rest)
    subrequest = Subrequest(
        id=mime.find_header(headers, "content-id") or mime.find_header(own, "content-id"),
        method=method,
        url=url,
        headers=tuple(pair for pair in own if pair[0] != "content-id"),
        body=body,
    )
    return check_id(subrequest)


def _read_request_line(line: bytes) -> tuple[str, str]:
    try:
        method, _, rest = line.decode("utf-8").strip().partition(" ")
    except UnicodeDecodeError as error:
        raise BodyNotReadable(reason="a request line is not UTF-8") from error
    url, _, version = rest.rpartition(" ")
    if not (_METHOD.fullmatch(method) and url.strip() and version.upper() in _VERSIONS):
        raise BodyNotReadable(reason="a part does not begin with a request line")
    return method, url.strip()


def write(results: Iterable[UnitResult]) -> tuple[bytes, str]:
    """Write the responses; return them with their media type, which names the boundary.

    What was not processed has no response in this form, and a change set that failed has one.
    """
    parts = []
    for one in results:
        messages = [
            _write_message(each.id, response)
            for each, response in one.pairs()
            if response.is_processed
        ]
        if one.failure is not None:
            parts.append(_write_message(None, one.failure))
        elif one.unit.group is not None and messages:
            content, media_type = mime.join_parts("changesetresponse", messages)
            parts.append(mime.write_part({"Content-Type": media_type}, content))
        else:
            parts += messages
    return mime.join_parts("batchresponse", parts)


def _write_message(name: str | None, response: Subresponse) -> bytes:
    about = {"Content-Type": "application/http", "Content-Transfer-Encoding": "binary"}
    if name is not None:
        about["Content-ID"] = name
    lines = [f"HTTP/1.1 {response.status} {_PHRASES.get(response.status, '')}"]
    lines += [f"{key}: {value}" for key, value in response.headers]
    head = "\r\n".join(lines).encode("latin-1")
    return mime.write_part(about, b"%s\r\n\r\n%s" % (head, response.body))

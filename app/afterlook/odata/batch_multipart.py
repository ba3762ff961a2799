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
    MAX_OPERATIONS,
    Answer,
    Operation,
    Unit,
    UnitResult,
    check_units,
    expect_at_most,
    with_short_id,
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
    units = _units(raw, content_type, MAX_OPERATIONS)
    for unit in units:
        if unit.group is not None:
            _check(unit)
    return check_units(units)


def read_operations(raw: bytes, content_type: str, max_operations: int) -> Sequence[Operation]:
    """Read a batch whose change sets are nothing but more requests, with a name or without.

    Raises `BodyNotReadable`, `InvalidRequest`.
    """
    units = _units(raw, content_type, max_operations)
    return [operation for unit in units for operation in unit.operations]


def _units(raw: bytes, content_type: str, max_operations: int) -> list[Unit]:
    units = []
    count = 0
    for part in mime.parts(raw, content_type):
        headers, content = mime.headed(part)
        media_type = mime.value(headers, "content-type") or ""
        if mime.is_multipart(media_type):
            units.append(_change_set(content, media_type, max_operations))
        else:
            units.append(Unit((_operation(headers, content),)))
        count += len(units[-1].operations)
        expect_at_most(count, max_operations)
    return units


def _change_set(content: bytes, content_type: str, max_operations: int) -> Unit:
    operations: list[Operation] = []
    for part in mime.parts(content, content_type):
        operations.append(_operation(*mime.headed(part)))
        expect_at_most(len(operations), max_operations)
    return Unit(tuple(operations), "")


def _check(change_set: Unit) -> None:
    for operation in change_set.operations:
        if operation.id is None:
            raise BodyNotReadable(reason="a request of a change set has no Content-ID")
        if operation.method in _READING:
            raise InvalidRequest(reason="A change set cannot hold requests that only read.")


def _operation(headers: Headers, content: bytes) -> Operation:
    """Read the request in a part that has these headers."""
    if not _HTTP.match(mime.value(headers, "content-type") or ""):
        raise BodyNotReadable(reason="the Content-Type of a part is not 'application/http'")
    encoding = mime.value(headers, "content-transfer-encoding") or "binary"
    if encoding.lower() not in _PLAIN:
        raise BodyNotReadable(reason=f"a part has the Content-Transfer-Encoding '{encoding}'")
    line, _, rest = content.lstrip(b"\r\n").partition(b"\n")
    method, url = _request_line(line)
    # With the line end back in front, a request without headers is split as one that has some.
    own, body = mime.headed(b"\n" + rest)
    operation = Operation(
        id=mime.value(headers, "content-id") or mime.value(own, "content-id"),
        method=method,
        url=url,
        headers=tuple(pair for pair in own if pair[0] != "content-id"),
        body=body,
    )
    return with_short_id(operation)


def _request_line(line: bytes) -> tuple[str, str]:
    try:
        method, _, rest = line.decode("utf-8").strip().partition(" ")
    except UnicodeDecodeError as error:
        raise BodyNotReadable(reason="a request line is not UTF-8") from error
    url, _, version = rest.rpartition(" ")
    if not (_METHOD.fullmatch(method) and url.strip() and version.upper() in _VERSIONS):
        raise BodyNotReadable(reason="a part does not begin with a request line")
    return method, url.strip()


def write(results: Iterable[UnitResult]) -> tuple[bytes, str]:
    """Write the answers; return them with their media type, which names the boundary.

    What was not processed has no answer in this form, and a change set that failed has one.
    """
    parts = []
    for one in results:
        messages = [_message(each.id, answer) for each, answer in one.pairs() if answer.processed]
        if one.failure is not None:
            parts.append(_message(None, one.failure))
        elif one.unit.group is not None and messages:
            content, media_type = mime.joined("changesetresponse", messages)
            parts.append(mime.part({"Content-Type": media_type}, content))
        else:
            parts += messages
    return mime.joined("batchresponse", parts)


def _message(name: str | None, answer: Answer) -> bytes:
    about = {"Content-Type": "application/http", "Content-Transfer-Encoding": "binary"}
    if name is not None:
        about["Content-ID"] = name
    lines = [f"HTTP/1.1 {answer.status} {_PHRASES.get(answer.status, '')}"]
    lines += [f"{key}: {value}" for key, value in answer.headers]
    head = "\r\n".join(lines).encode("latin-1")
    return mime.part(about, b"%s\r\n\r\n%s" % (head, answer.body))

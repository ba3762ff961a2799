"""Exchanges as they are shown: as the members that docs/journal.md lists.

Owns how bodies become text: decoded, unpacked as far as is kept, and without credentials.
"""

from __future__ import annotations

import base64
import re
import zlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from afterlook.control.traffic.contract import differences
from afterlook.control.traffic.exchanges import MAX_BODY, Body, Exchange, HeaderLines, Seen
from afterlook.control.traffic.masks import mask_header, mask_pairs, mask_text
from afterlook.control.traffic.successors import successor_of
from afterlook.control.values import write_instant
from afterlook.runtime.upload_urls import mask_session_id

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTUAL = re.compile(r"(?i)text/|json|xml|javascript|x-www-form-urlencoded|multipart/mixed|http")
_TEXT_BYTES = frozenset(range(0x20, 0x7F)) | {0x09, 0x0A, 0x0D}


def summarise(exchange: Exchange) -> Seen:
    """Return an exchange as a list shows it."""
    fired, status = exchange.fired, exchange.status
    marks = {
        "fault": fired is not None,
        "repeat": fired is not None and fired.is_repeat,
        "batch": exchange.parts is not None,
        "part": exchange.part is not None,
    }
    return {
        "id": exchange.id,
        "parent": exchange.parent,
        "part": exchange.part,
        "at": write_instant(exchange.at),
        "real": write_instant(exchange.real),
        "ms": round(exchange.ms, 2),
        "method": exchange.method,
        "target": _target(exchange),
        "path": exchange.shown_path,
        "wire": exchange.wire,
        "operation": exchange.called,
        "mailbox": exchange.mailbox,
        "status": status,
        "reason": _phrase(status),
        "fault": None
        if fired is None
        else {"id": fired.id, "text": fired.text, "note": fired.note},
        "is_done": exchange.is_done,
        "request_bytes": exchange.request.size,
        "answer_bytes": exchange.answer.size,
        "marks": [name for name, is_so in marks.items() if is_so],
    }


def show(exchange: Exchange) -> Seen:
    """Return an exchange whole."""
    answer = None if exchange.status is None else _message(exchange.answer_headers, exchange.answer)
    request = _message(exchange.request_headers, exchange.request)
    shown = {**summarise(exchange), "request": request, "answer": answer}
    return {**shown, "contract": differences(shown), "successor": successor_of(exchange)}


def text_of(exchange: Exchange) -> str:
    """Return everything of an exchange that is shown as text."""
    parts = [f"{exchange.method} {_target(exchange)}"]
    for headers, body in (
        (exchange.request_headers, exchange.request),
        (exchange.answer_headers, exchange.answer),
    ):
        message = _message(headers, body)
        parts += [f"{name}: {value}" for name, value in message["headers"]]
        parts.append(message["body"]["text"] or "")
    return "\n".join(parts)


def _target(exchange: Exchange) -> str:
    query = exchange.query.decode("latin-1")
    path = mask_session_id(exchange.raw_path.decode("latin-1"))
    return f"{path}?{mask_pairs(query)}" if query else path


def _phrase(status: int | None) -> str:
    try:
        return HTTPStatus(status or 0).phrase
    except ValueError:
        return ""


def _message(lines: HeaderLines, body: Body) -> dict[str, Any]:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in lines]
    named = {name.lower(): value for name, value in headers}
    return {
        "headers": [[name, mask_header(name, value)] for name, value in headers],
        "body": _show_body(body, named),
    }


def _show_body(body: Body, headers: Mapping[str, str]) -> dict[str, Any]:
    media_type = headers.get("content-type", "")
    raw, is_cut = bytes(body.kept), body.is_cut
    if headers.get("content-encoding", "").lower().strip() in ("gzip", "deflate"):
        raw, was_cut = _unpack(raw)
        is_cut = is_cut or was_cut
    text = _as_text(raw, media_type)
    mask = mask_pairs if "x-www-form-urlencoded" in media_type.lower() else mask_text
    return {
        "bytes": body.size,
        "media_type": media_type or None,
        "text": None if text is None else mask(text),
        "base64": base64.b64encode(raw).decode("ascii") if text is None and raw else None,
        "is_cut": is_cut,
    }


def _unpack(raw: bytes) -> tuple[bytes, bool]:
    # 32: whichever of the two headers there is.
    unpacking = zlib.decompressobj(32 + zlib.MAX_WBITS)
    try:
        unpacked = unpacking.decompress(raw, MAX_BODY)
    except zlib.error:
        return raw, False
    return unpacked, bool(unpacking.unconsumed_tail) or not unpacking.eof


def _as_text(raw: bytes, media_type: str) -> str | None:
    if not raw:
        return ""
    is_text = _TEXTUAL.search(media_type) or _TEXT_BYTES.issuperset(raw[:4096])
    # What was cut may end within a character.
    return raw.decode("utf-8", "replace") if is_text else None

"""The fields of a task that can be written, and what each takes.

Owns how their values are read from text: empty or none clears a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from urllib.parse import urlsplit

from afterlook.store.workmanagement.rows import NaiveTicks
from afterlook.workmanagement import dates
from afterlook.workmanagement.results import WriteError, WriteRejected

MAX_TITLE = 255
MAX_DESCRIPTION = 63_999
"""What a column of multiple lines of text took."""

MAX_URL = 2048
MAX_ATTRIBUTE = 255
MAX_ATTRIBUTES = 100

_COMPLETED = {"1": True, "true": True, "0": False, "false": False, "": False}
_BEHIND_HOST = re.compile("[/?#]")
_OF_NO_URL = re.compile(r"""[\x00-\x20\x7f"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")
"""What no address holds unescaped (RFC 3986), letters of all languages aside."""


class WritableField(IntEnum):
    """A field that can be written ([MS-WMCSOM] 3.1.5.46)."""

    DESCRIPTION = 4
    DUE_DATE = 5
    EDIT_URL = 6
    IS_COMPLETED = 13
    TITLE = 21
    START_DATE = 28


_OLDER = {1: WritableField.TITLE}
"""Numbers of the build that the document's example 4.2 was recorded with."""


def parse_field(number: int, text: str | None, culture: str) -> dict[str, object]:
    """Return what to write into the column of a field. Raises `WriteRejected`."""
    field = _OLDER.get(number, number)
    if field not in _PARSERS:
        raise WriteRejected(WriteError.INVALID_INPUT)
    column, reader = _PARSERS[WritableField(field)]
    return {column: reader(text, culture)}


def parse_title(text: str | None, _: str = "") -> str:
    """Read a name. Raises `WriteRejected`."""
    if text is None or not text.strip() or len(text) > MAX_TITLE:
        raise WriteRejected(WriteError.TITLE_INVALID)
    return text


def parse_description(text: str | None, _: str = "") -> str | None:
    """Read a description. Raises `WriteRejected`."""
    if text and len(text) > MAX_DESCRIPTION:
        raise WriteRejected(WriteError.DESCRIPTION_INVALID)
    return text or None


def parse_start_date(text: str | None, culture: str) -> NaiveTicks | None:
    """Read a start date. Raises `WriteRejected`."""
    return _parse_date(text, culture, WriteError.START_DATE_INVALID)


def parse_due_date(text: str | None, culture: str) -> NaiveTicks | None:
    """Read a due date. Raises `WriteRejected`."""
    return _parse_date(text, culture, WriteError.DUE_DATE_INVALID)


def parse_edit_url(text: str | None, _: str = "") -> str | None:
    """Read an address, relative or of the web: a page will lead there. Raises `WriteRejected`."""
    if not text:
        return None
    if len(text) > MAX_URL or _OF_NO_URL.search(text) or not _is_of_web(text):
        raise WriteRejected(WriteError.EDIT_URL_INVALID)
    return text


def _is_of_web(address: str) -> bool:
    """Tell whether an address is relative, or names a host."""
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    if parts.scheme or address.startswith("//"):
        return parts.scheme in ("", "http", "https") and has_host
    # What stands before a colon would be a scheme.
    return ":" not in _BEHIND_HOST.split(address, maxsplit=1)[0]


def parse_attribute(text: str | None) -> str:
    """Read a custom attribute. Raises `WriteRejected`."""
    if not text or len(text) > MAX_ATTRIBUTE:
        raise WriteRejected(WriteError.INVALID_INPUT)
    return text


def _parse_is_completed(text: str | None, _: str) -> bool:
    value = _COMPLETED.get((text or "").strip().lower())
    if value is None:
        raise WriteRejected(WriteError.IS_COMPLETED_INVALID)
    return value


def _parse_date(text: str | None, culture: str, error: WriteError) -> NaiveTicks | None:
    if not (text and text.strip()):
        return None
    try:
        return dates.parse(text, culture)
    except (ValueError, OverflowError) as cause:
        raise WriteRejected(error) from cause


_PARSERS: dict[int, tuple[str, Callable[[str | None, str], object]]] = {
    WritableField.DESCRIPTION: ("description", parse_description),
    WritableField.DUE_DATE: ("due", parse_due_date),
    WritableField.EDIT_URL: ("edit_url", parse_edit_url),
    WritableField.IS_COMPLETED: ("is_completed", _parse_is_completed),
    WritableField.TITLE: ("name", parse_title),
    WritableField.START_DATE: ("start", parse_start_date),
}

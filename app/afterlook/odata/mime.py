"""`multipart/mixed` (RFC 2046 §5.1): parts between boundaries, each with headers of its own.

Owns taking such a body apart, in one pass over it, and putting one together. Lines may end in CRLF
or LF, and the closing delimiter may lack its `--`, as that of a stored client does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from afterlook.errors import BodyNotReadable

Headers = tuple[tuple[str, str], ...]
"""Names, lower-case where they were read, with their values, in the order in which they came."""

MEDIA_TYPE = "multipart/mixed"

MAX_HEAD = 64 * 1024
"""Bytes of the header lines of one part."""

MAX_LINES = 100
"""Header lines of one part."""

_MULTIPART = re.compile(rf"\s*{MEDIA_TYPE}\s*(?:;|$)", re.IGNORECASE)
# RFC 2046 §5.1.1, without the space.
_BOUNDARY = re.compile(
    r""";\s*boundary\s*=\s*(?:"([0-9A-Za-z'()+_,./:=?-]{1,70})"|([0-9A-Za-z'()+_,./:=?-]{1,70}))""",
    re.IGNORECASE,
)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_REST_OF_DELIMITER = re.compile(rb"(--)?[ \t]*+(?:\r?\n|\Z)")
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t\x20-\x7e\x80-\xff]*)")


def is_multipart(content_type: str) -> bool:
    """Tell whether a media type is this one."""
    return _MULTIPART.match(content_type) is not None


def split_parts(raw: bytes, content_type: str) -> Iterator[bytes]:
    """Yield the parts of a body, one at least, as they are found. Raises `BodyNotReadable`."""
    match = _BOUNDARY.search(content_type)
    if match is None:
        raise BodyNotReadable(reason=f"'{content_type}' names no boundary")
    start = None
    count = 0
    for place, rest in _delimiters(raw, b"--" + (match[1] or match[2]).encode("ascii")):
        if start is not None:
            count += 1
            yield raw[start:place].removesuffix(b"\n").removesuffix(b"\r")
        start = rest.end()
        if rest[1]:
            break
    else:
        if raw[start or 0 :].strip():
            raise BodyNotReadable(reason="its last part has no end")
    if not count:
        raise BodyNotReadable(reason="it has no parts between its boundaries")


def _delimiters(raw: bytes, begin: bytes) -> Iterator[tuple[int, re.Match[bytes]]]:
    """Yield where a line begins that is a delimiter, and what its end looks like."""
    place = raw.find(begin)
    while place >= 0:
        after = place + len(begin)
        if place == 0 or raw[place - 1 : place] == b"\n":
            rest = _REST_OF_DELIMITER.match(raw, after)
            if rest is not None:
                yield place, rest
                after = rest.end()
        place = raw.find(begin, after)


def split_headers(raw: bytes) -> tuple[Headers, bytes]:
    """Split what begins with header lines from the content after the empty line.

    Raises `BodyNotReadable`, for more than `MAX_LINES` or `MAX_HEAD` too.
    """
    blank_line = _END_OF_HEADERS.search(raw, 0, MAX_HEAD)
    head, content = (
        (raw, b"") if blank_line is None else (raw[: blank_line.start()], raw[blank_line.end() :])
    )
    # One line end may stand in front of them.
    lines = head.removeprefix(b"\n")
    if len(head) > MAX_HEAD or lines.count(b"\n") >= MAX_LINES:
        raise BodyNotReadable(reason="the headers of a part are too long or too many")
    headers = []
    for line in lines.decode("latin-1").split("\n"):
        text = line.removesuffix("\r")
        if not text:
            continue
        match = _HEADER.fullmatch(text)
        if match is None:
            raise BodyNotReadable(reason="a line among the headers of a part is none")
        headers.append((match[1].lower(), match[2].strip()))
    return tuple(headers), content


def find_header(headers: Headers, name: str) -> str | None:
    """Return what the first header of a name says, if anything."""
    return next((value for key, value in headers if key == name and value), None)


def join_parts(name: str, parts: Sequence[bytes]) -> tuple[bytes, str]:
    """Put parts together; return the body and its media type, which names the boundary."""
    # A boundary must not occur within: what the parts themselves determine cannot.
    boundary = f"{name}_{sha256(b''.join(parts)).hexdigest()[:32]}"
    line = f"--{boundary}".encode("ascii")
    content = b"".join(b"%s\r\n%s\r\n" % (line, part) for part in parts)
    return b"%s%s--\r\n" % (content, line), f"{MEDIA_TYPE}; boundary={boundary}"


def write_part(headers: Mapping[str, str], content: bytes) -> bytes:
    """Write a part."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return lines.encode("latin-1") + b"\r\n" + content

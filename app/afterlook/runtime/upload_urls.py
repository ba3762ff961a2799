"""The addresses of upload sessions, each of which is authority enough to upload.

Owns masking the ids in them, for logs and for the journal.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

MASK = "***"

_NAME = "attachmentsessions"
_SESSION = re.compile(
    rf"(\b{_NAME}(?:\\?/|%2f|\(|%28)(?:'|%27)?)[^/\\'\"()?&#\s%<>]+", re.IGNORECASE
)
_UNQUOTED = "/:()'*$=,;@+!~"
"""What an address that is written anew shows as it is."""


def mask_session_ids(text: str) -> str:
    """Return a text without the ids of upload sessions in the addresses that it holds."""
    return _SESSION.sub(rf"\1{MASK}", text)


def mask_session_id(path: str) -> str:
    """Return a path without the id of an upload session, also where it is written with escapes."""
    if "%" in path and _NAME in (plain := unquote(path)).lower():
        return quote(mask_session_ids(plain), safe=_UNQUOTED)
    return mask_session_ids(path)

"""Entity tags: how a change key is written as one, and how `If-Match` is held against it.

Owns the spelling (RFC 9110 §8.8.3, §13.1.1). Must not know what a change key is made of.
"""

from __future__ import annotations

import re

_OPAQUE = re.compile(r"""\"([^"]*)\"|([^\s",]+)""")


def weak(change_key: str) -> str:
    """Write a change key as a weak entity tag."""
    return f'W/"{change_key}"'


def matches(if_match: str, change_key: str) -> bool:
    """Tell whether `If-Match`, or `If-None-Match`, names the entity that has `change_key`.

    `*` allows any. Weak, strong and unquoted tags are compared by what they hold: the service's
    own clients send the weak `@odata.etag` back, which RFC 9110 alone would never match.
    """
    if if_match.strip() == "*":
        return True
    return any(change_key in opaque for opaque in _OPAQUE.findall(if_match))

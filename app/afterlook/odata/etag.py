"""Entity tags: how a change key is written as one, and how conditions are held against it.

Owns the spelling (RFC 9110 §8.8.3, §13.1).
"""

from __future__ import annotations

import re
from typing import NamedTuple

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


class Conditions(NamedTuple):
    """The values of `If-Match` and `If-None-Match`; None where a request has none."""

    if_match: str | None = None
    if_none_match: str | None = None

    def broken_by(self, change_key: str) -> str | None:
        """Return the value that forbids a write to the entity that has `change_key`, or None."""
        if self.if_match is not None and not matches(self.if_match, change_key):
            return self.if_match
        if self.if_none_match is not None and matches(self.if_none_match, change_key):
            return self.if_none_match
        return None

    def for_creation(self) -> Conditions:
        """Return what counts for what is there already, where something is to be created.

        `If-None-Match: *` is about what is to be created, and holds: it has no key yet.
        """
        is_any = self.if_none_match is not None and self.if_none_match.strip() == "*"
        return self._replace(if_none_match=None) if is_any else self


ANY = Conditions()
"""What every entity meets."""

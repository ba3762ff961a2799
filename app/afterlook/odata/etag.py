"""Entity tags: how a change key is written as one, and what a request demands of it.

Owns the spelling (RFC 9110 §8.8.3, §13.1): as OData's clients have it, and as HTTP has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_OPAQUE = re.compile(r"""\"([^"]*)\"|([^\s",]+)""")
_ENTITY_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def write_weak(change_key: str) -> str:
    """Write a change key as a weak entity tag."""
    return f'W/"{change_key}"'


class Tags(NamedTuple):
    """The tags of a header by what they hold, or `*`, which `is_any`."""

    opaque: frozenset[str]
    is_any: bool = False

    def matches(self, change_key: str) -> bool:
        """Tell whether one of them names the state of an entity that has `change_key`."""
        return self.is_any or change_key in self.opaque


class Precondition(NamedTuple):
    """What `If-Match` and `If-None-Match` demand of what is written over; None for no header."""

    if_match: Tags | None = None
    if_none_match: Tags | None = None

    def is_met_by(self, change_key: str) -> bool:
        """Tell whether the state of an entity that has `change_key` may be written over."""
        if self.if_match is not None and not self.if_match.matches(change_key):
            return False
        return self.if_none_match is None or not self.if_none_match.matches(change_key)

    def for_creation(self) -> Precondition:
        """Return what a POST demands of the existing entity to which it adds something.

        `If-None-Match: *` is about what is to be created, and holds: it has no key yet.
        """
        is_any = self.if_none_match is not None and self.if_none_match.is_any
        return self._replace(if_none_match=None) if is_any else self


UNCONDITIONAL = Precondition()
"""What every state meets."""


def read_precondition(if_match: str | None, if_none_match: str | None) -> Precondition:
    """Read the headers of a request, None for one that it does not have."""
    if if_match is None and if_none_match is None:
        return UNCONDITIONAL
    return Precondition(_read_tags(if_match), _read_tags(if_none_match))


def read_tags(fields: Iterable[str]) -> Tags:
    """Read the fields of `If-None-Match` as a cache sends them: quoted tags alone.

    Weak and strong ones are alike by what they hold (RFC 9110 §8.8.3.2, §13.1.2).
    """
    header = ",".join(fields)
    return Tags(frozenset(_ENTITY_TAG.findall(header)), is_any=header.strip() == "*")


def _read_tags(header: str | None) -> Tags | None:
    """Read tags, weak, strong and unquoted ones alike, by what they hold.

    The service's own clients send the weak `@odata.etag` back, which RFC 9110 alone would never
    match.
    """
    if header is None:
        return None
    opaque = frozenset(quoted or bare for quoted, bare in _OPAQUE.findall(header))
    return Tags(opaque, is_any=header.strip() == "*")

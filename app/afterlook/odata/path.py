"""Resource paths: every spelling that OData allows, turned into one.

Owns the grammar of segments and keys (OData URL Conventions 4.0, §4.3). A `Vocabulary` names the
entity sets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from afterlook.errors import UriTooLong, UrlSyntax

MAX_SEGMENTS = 256
"""Slashes in a path: far more than any address of a service has segments."""

_ID = re.compile(r"^[ ]*Id[ ]*=[ ]*", re.IGNORECASE)
"""A key may be named (OData URL Conventions 4.0, §4.3.1)."""

_SPECIAL = re.compile(r"[/\x00-\x1f\x7f]")
_PLAIN_KEY = r"\('[A-Za-z0-9_=-]+'\)"
# Longer than any word, so that it is a key wherever one can stand.
_LONG_KEY = r"[A-Za-z0-9_-]{32,}(?:=|%3D)*"


class Segment(NamedTuple):
    """One path segment: `name` as spelt, `key` unquoted when it came in parentheses."""

    name: str
    key: str | None


@dataclass(frozen=True)
class Vocabulary:
    """The segment names of one service, lower-case.

    `entity_sets` take a key, in parentheses or as the next segment; `words` maps the others
    to their canonical spelling. Those of `bound` are called on a collection, and so are no keys.
    """

    entity_sets: frozenset[str]
    words: dict[str, str]
    bound: frozenset[str] = frozenset()

    @cached_property
    def actions(self) -> frozenset[str]:
        """What may be called with parentheses, without them."""
        return frozenset(word[:-2] for word in self.words if word.endswith("()"))

    @cached_property
    def canonical_form(self) -> str:
        """A pattern of paths that `write_canonical` would leave as they are, as most that are sent.

        An entity set without a key ends them, since whatever follows might be one.
        """
        sets = "|".join(sorted(self.entity_sets))
        words = "|".join(map(re.escape, sorted(set(self.words.values()))))
        return f"(?:/(?:{sets}){_PLAIN_KEY}|/(?:{words})){{1,8}}(?:/(?:{sets}))?"

    @cached_property
    def segmented_form(self) -> str:
        """A pattern of paths whose keys are long and segments of their own, as most of Graph's."""
        sets = "|".join(sorted(self.entity_sets))
        words = "|".join(map(re.escape, sorted(set(self.words.values()))))
        return f"(?:/(?i:{sets})/{_LONG_KEY}|/(?:{words})){{1,8}}(?:/(?i:{sets}))?"

    @cached_property
    def _segmented_key(self) -> re.Pattern[str]:
        return re.compile(f"/((?i:{'|'.join(sorted(self.entity_sets))}))(?:/({_LONG_KEY})|$)")

    def bracket_keys(self, path: str) -> str:
        """Write a path of `segmented_form` as `write_canonical` would."""
        return self._segmented_key.sub(_bracket, path)

    def has_segment(self, name: str) -> bool:
        """Tell whether `name`, in any case, is a segment of this service."""
        lower = name.lower()
        return lower in self.entity_sets or lower in self.words

    def is_key(self, segments: list[Segment], place: int) -> bool:
        """Tell whether what follows an entity set is its key: all is but `$count` and its like."""
        if place >= len(segments):
            return False
        name = segments[place].name.lower()
        return not (name in self.bound or (name.startswith("$") and name in self.words))


def _bracket(match: re.Match[str]) -> str:
    name, key = match.groups()
    return f"/{name.lower()}" + ("" if key is None else f"('{key.replace('%3D', '=')}')")


def parse(raw_path: str, actions: frozenset[str] = frozenset()) -> list[Segment]:
    """Split a percent-encoded path into segments; empty ones fall away.

    `actions` are what may stand before empty parentheses.

    Raises `UrlSyntax` for a broken key or for bytes that are not UTF-8, `UriTooLong` for more
    than `MAX_SEGMENTS`.
    """
    if raw_path.count("/") > MAX_SEGMENTS:
        raise UriTooLong
    segments = []
    position = 0
    for raw in raw_path.split("/"):
        if raw:
            segments.append(_read_segment(raw, raw_path, position, actions))
        position += len(raw) + 1
    return segments


def _read_segment(raw: str, raw_path: str, position: int, actions: frozenset[str]) -> Segment:
    try:
        text = unquote(raw, errors="strict") if "%" in raw else raw
    except UnicodeDecodeError as error:
        raise UrlSyntax(position=position, text=raw_path) from error
    opening = text.find("(")
    if opening < 0:
        return Segment(text, None)
    if text.endswith("()") and text[:opening].lower() in actions:
        return Segment(text, None)
    inner = _ID.sub("", text[opening + 1 : -1])
    key = inner[1:-1].replace("''", "'")
    quoted = text.endswith(")") and len(inner) > 2 and inner[0] == inner[-1] == "'"  # noqa: PLR2004
    if not quoted or key.replace("'", "''") != inner[1:-1]:
        raise UrlSyntax(position=position + opening, text=raw_path)
    return Segment(text[:opening], key)


def write_canonical(segments: list[Segment], vocabulary: Vocabulary) -> str:
    """Write segments as `/me/taskfolders('x')/tasks`: known names in their one spelling.

    A key that stood as a segment of its own goes into parentheses. Unknown names stay as they
    are, and match no route.
    """
    written = []
    place = 0
    while place < len(segments):
        name, key = segments[place]
        lower = name.lower()
        place += 1
        if lower in vocabulary.entity_sets:
            if key is None and vocabulary.is_key(segments, place):
                key = _write_key(segments[place])
                place += 1
            written.append(lower if key is None else f"{lower}('{_escape(key)}')")
        elif key is None:
            written.append(vocabulary.words.get(lower) or _escape(name))
        else:
            written.append(_escape(f"{name}('{key}')"))
    return "/" + "/".join(written)


def _escape(text: str) -> str:
    """Encode again what a router would take for a separator or for the end."""
    return _SPECIAL.sub(lambda match: f"%{ord(match[0]):02X}", text)


def _write_key(segment: Segment) -> str:
    return segment.name if segment.key is None else f"{segment.name}('{segment.key}')"


def find_unknown_segment(segments: list[Segment], vocabulary: Vocabulary) -> str:
    """Name the segment that makes the path lead nowhere: the first unknown, else the last."""
    last = ""
    place = 0
    while place < len(segments):
        last, key = segments[place]
        place += 1
        if not vocabulary.has_segment(last):
            return last
        if (
            last.lower() in vocabulary.entity_sets
            and key is None
            and vocabulary.is_key(segments, place)
        ):
            place += 1
    return last

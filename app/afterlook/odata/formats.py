"""Which representation a client asks for, by `Accept` or `$format`.

Owns media types and their parameters (OData Protocol 4.0 §11.2.11, OData JSON 4.0 §3). Must not
know what is represented.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from afterlook.errors import FormatNotSupported

JSON = "application/json"
XML = "application/xml"


class Level(Enum):
    """How much metadata comes with JSON."""

    NONE = "none"
    MINIMAL = "minimal"
    FULL = "full"


_TAKING_JSON = (JSON, "application/*", "*/*")

# `odata=…` is what it was called before OData 4.0, `metadata=…` what 4.01 allows.
_PARAMETERS = ("odata.metadata", "metadata", "odata")
_LEVELS = {
    "none": Level.NONE,
    "nometadata": Level.NONE,
    "minimal": Level.MINIMAL,
    "minimalmetadata": Level.MINIMAL,
    "full": Level.FULL,
    "fullmetadata": Level.FULL,
}


class _MediaRange(NamedTuple):
    """One item of `Accept`; `name` and the names in `parameters` are lower-case."""

    name: str
    parameters: dict[str, str]

    @property
    def quality(self) -> float:
        """How much it is wanted (RFC 9110 §12.4.2); what is no number is ignored."""
        text = self.parameters.get("q", "1")
        whole, _, fraction = text.partition(".")
        readable = text.isascii() and whole.isdigit() and (not fraction or fraction.isdigit())
        return min(float(text[:8]), 1.0) if readable else 1.0

    @property
    def level(self) -> Level | None:
        """The level that it names; None for one that is none, `odata=verbose` for example."""
        name = next((self.parameters[one] for one in _PARAMETERS if one in self.parameters), "")
        return _LEVELS.get(name.lower()) if name else Level.MINIMAL


def accepted_level(accept: str) -> Level:
    """Return the level that an `Accept` header wants most, the first among equals.

    Everybody who asks this service for something else than JSON gets JSON all the same: a
    refusal would help nobody.
    """
    if "metadata" not in accept.lower():
        return Level.MINIMAL
    wanted = [one for one in map(_read_media_range, accept.split(",")) if one.name == JSON]
    best = max(wanted, key=lambda one: one.quality, default=None)
    return (best.level if best is not None else None) or Level.MINIMAL


def named_level(format_: str) -> Level:
    """Return the level that a `$format` names. Raises `FormatNotSupported`: it must be exact."""
    wanted = _read_media_range(format_)
    level = wanted.level if wanted.name in (JSON, "json") else None
    if level is None:
        raise FormatNotSupported(supported=JSON, given=format_)
    return level


def json_parameters(accept: str) -> list[dict[str, str]]:
    """Return the parameters of what an `Accept` header takes JSON by, what it wants most first."""
    ranges = [_read_media_range(item) for item in accept.split(",")]
    wanted = [one for one in ranges if one.name in _TAKING_JSON and one.quality > 0]
    return [one.parameters for one in sorted(wanted, key=lambda one: -one.quality)]


def is_json_wanted(format_: str | None, accept: str) -> bool:
    """Tell whether a document that exists as XML and as JSON is wanted as JSON.

    XML counts when the client doesn't mind. Raises `FormatNotSupported` for another `$format`.
    """
    if format_ is not None:
        name = _read_media_range(format_).name
        if name not in (JSON, "json", XML, "xml"):
            raise FormatNotSupported(supported=f"{XML}, {JSON}", given=format_)
        return name in (JSON, "json")
    ranges = [_read_media_range(item) for item in accept.split(",")]
    return _find_quality(JSON, ranges) > _find_quality(XML, ranges)


def _find_quality(name: str, ranges: list[_MediaRange]) -> float:
    """Return how much a media type is wanted; the most specific range decides."""
    for range_ in (name, "application/*", "*/*"):
        qualities = [one.quality for one in ranges if one.name == range_]
        if qualities:
            return max(qualities)
    return 0.0


def _read_media_range(text: str) -> _MediaRange:
    name, *parameters = text.split(";")
    pairs = (parameter.partition("=") for parameter in parameters)
    return _MediaRange(
        name.strip().lower(),
        {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs},
    )

"""Errors below `/beta/me/outlook`: docs/reference/graph.md §2.

The Outlook API's own codes went through Graph; what was wrong with an address Graph itself
refused, as `BadRequest`. Owns that, and Graph's names in messages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afterlook import errors
from afterlook.graph.outlook.edm import PROPERTY_NAMES, name_type, name_value

if TYPE_CHECKING:
    from afterlook.errors import ServiceError

_OUTSIDE = (errors.SegmentNotFound, errors.UrlSyntax, errors.PropertyNotFound)
_OWN_WORDS = (
    errors.InvalidRequest,
    errors.BodyNotReadable,
    errors.NavigationNotSupported,
)
"""Errors whose messages quote names of ours, and nothing of a client's that looks like one."""

_QUOTED_TYPE = re.compile(r"(?<=type ')Microsoft\.OutlookServices\.\w+(?='[^']*$)")
_PATTERN_TYPE = re.compile(r"(?<=of the type )\w+")
_QUOTED = re.compile(r"'(\w+)'|\b([A-Z][a-z]+(?:[A-Z]\w+)+)\b")


def describe(error: ServiceError) -> tuple[str, str]:
    """Return code and message of an error."""
    code = "BadRequest" if isinstance(error, _OUTSIDE) else error.code
    return code, _reword(error)


def _reword(error: ServiceError) -> str:
    message = _QUOTED_TYPE.sub(lambda match: name_type(match[0]), error.message)
    is_own = isinstance(error, errors.PropertyUnknown) and message != error.message
    if not (is_own or isinstance(error, _OWN_WORDS)):
        return message
    message = _PATTERN_TYPE.sub(lambda match: name_value(match[0]), message)
    return _QUOTED.sub(_respell, message)


def _respell(match: re.Match[str]) -> str:
    name = match[1] or match[2]
    return match[0].replace(name, PROPERTY_NAMES.get(name, name))

"""Errors below `/beta/me/outlook`: docs/reference/graph.md §2.

The Outlook API's own codes went through Graph; what was wrong with an address Graph itself
refused, as `BadRequest`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook import errors

if TYPE_CHECKING:
    from afterlook.errors import ServiceError

_OUTSIDE = (errors.SegmentNotFound, errors.UrlSyntax, errors.PropertyNotFound)


def name_code(error: ServiceError) -> str:
    """Return the code of an error."""
    return "BadRequest" if isinstance(error, _OUTSIDE) else error.code

"""Bodies of task lists."""

from __future__ import annotations

from collections.abc import Mapping

from afterlook.errors import InvalidRequest, LiteralNotConvertible
from afterlook.outlook.bodies.base import MAX_NAME


def read_display_name(body: Mapping[str, object], *, is_required: bool) -> str | None:
    """Return the displayName of a list, None where the body leaves it out.

    Raises `LiteralNotConvertible`, `InvalidRequest`.
    """
    name = body.get("displayName")
    if name is None and not is_required:
        return None
    if name is None:
        raise LiteralNotConvertible(literal="null", type="displayName")
    if not isinstance(name, str):
        raise LiteralNotConvertible(literal=str(name)[:100], type="Edm.String")
    if not name.strip() or len(name) > MAX_NAME:
        reason = f"The property 'displayName' must be 1 to {MAX_NAME} characters, not spaces alone."
        raise InvalidRequest(reason=reason)
    return name

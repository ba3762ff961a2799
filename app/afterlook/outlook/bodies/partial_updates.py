"""PATCH of a part of a complex property: what a body does not name stays (OData 4.0 §11.4.3).

Owns laying what a body says over the entity as it is rendered.
"""

from __future__ import annotations

from collections.abc import Mapping

from afterlook.odata.edm import EntityType, StructuredType

Json = dict[str, object]

_ZONE = "RecurrenceTimeZone"
"""Older documents have it beside the range, where the newer model has no such member."""


def has_parts(body: Mapping[str, object], entity_type: EntityType) -> bool:
    """Tell whether a body names a complex property without all of its members."""
    return any(_lacks(body.get(part.name), part.type) for part in entity_type.complex)


def merge(
    body: Mapping[str, object], rendered: Mapping[str, object], entity_type: EntityType
) -> Json:
    """Return a body with whole complex properties: where it is silent, they are as `rendered`."""
    merged = {**body}
    for part in entity_type.complex:
        given, stored = body.get(part.name), rendered.get(part.name)
        if isinstance(given, dict) and isinstance(stored, dict) and given:
            merged[part.name] = _over(given, stored, part.type)
    return merged


def _lacks(given: object, type_: object) -> bool:
    if not (isinstance(given, dict) and isinstance(type_, StructuredType)):
        return False
    return any(part.name not in given or _lacks(given[part.name], part.type) for part in type_)


def _over(given: Json, stored: Json, type_: object) -> Json:
    merged = {**given}
    for part in type_ if isinstance(type_, StructuredType) else ():
        old = stored.get(part.name)
        new = given.get(part.name)
        if isinstance(old, dict) and (isinstance(new, dict) or part.name not in given):
            kept = {
                name: value for name, value in old.items() if name != _ZONE or _ZONE not in given
            }
            merged[part.name] = _over(new if isinstance(new, dict) else {}, kept, part.type)
        elif part.name not in given and old not in (None, []):
            merged[part.name] = old
    return merged

"""Names as Graph spells them, camelCase, and as the Outlook API does, PascalCase.

Owns turning the bodies of the one into those of the other: both have the same members, and the
Outlook wire's models read them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Json = dict[str, object]


def to_pascal(name: str) -> str:
    """Return a name as the Outlook API spells it; annotations stay."""
    return name[:1].upper() + name[1:]


def to_camel(name: str) -> str:
    """Return a name as Graph spells it; annotations stay."""
    return name[:1].lower() + name[1:]


def pascalise(body: Mapping[str, object]) -> Json:
    """Return a JSON object with all names in PascalCase, at any depth."""
    return _rename(body, to_pascal)


def camelise(entity: Mapping[str, object]) -> Json:
    """Return a JSON object with all names in camelCase, at any depth."""
    return _rename(entity, to_camel)


def _rename(members: Mapping[str, object], rename: Callable[[str], str]) -> Json:
    return {rename(name): _rename_within(value, rename) for name, value in members.items()}


def _rename_within(value: object, rename: Callable[[str], str]) -> object:
    if isinstance(value, dict):
        return _rename(value, rename)
    if isinstance(value, list):
        return [_rename_within(item, rename) for item in value]
    return value

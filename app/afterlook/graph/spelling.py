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
    return _renamed(body, to_pascal)


def camelise(entity: Mapping[str, object]) -> Json:
    """Return a JSON object with all names in camelCase, at any depth."""
    return _renamed(entity, to_camel)


def _renamed(members: Mapping[str, object], rename: Callable[[str], str]) -> Json:
    return {rename(name): _value(value, rename) for name, value in members.items()}


def _value(value: object, rename: Callable[[str], str]) -> object:
    if isinstance(value, dict):
        return _renamed(value, rename)
    if isinstance(value, list):
        return [_value(item, rename) for item in value]
    return value

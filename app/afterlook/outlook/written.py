"""What all objects that clients write have in common.

Owns passing over annotations and reading enumeration members. Must not know any property.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, WithJsonSchema, model_validator
from pydantic.alias_generators import to_pascal
from pydantic_core import PydanticCustomError

from afterlook.odata.edm import EnumType
from afterlook.outlook.edm import NAMESPACE


def member(type_: EnumType) -> Callable[[object], int]:
    """Read an enumeration member in any case, or its number as text; return the number."""

    def read(value: object) -> int:
        number = type_.number(value) if isinstance(value, str) else None
        if number is None:
            raise PydanticCustomError("member", "no member", {"type": type_.name})
        return number

    return read


def shown(type_: EnumType) -> WithJsonSchema:
    """Return what the published contract says of an enumeration's members."""
    return WithJsonSchema({"type": "string", "enum": list(type_.members)})


class WrittenObject(BaseModel):
    """A JSON object that a client writes; annotations and actions in it are passed over."""

    model_config = ConfigDict(alias_generator=to_pascal, extra="forbid")
    edm_type: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _only_properties(cls, value: object) -> object:
        if not isinstance(value, dict):
            raise PydanticCustomError(
                "object", "no object", {"type": f"{NAMESPACE}.{cls.edm_type}"}
            )
        known = cls._spellings()
        if value.keys() <= known:
            return value
        given = {name: item for name, item in value.items() if "@" not in name and name[:1] != "#"}
        unknown = next((name for name in given if name not in known), None)
        if unknown is not None:
            # Before Pydantic looks: it would make an error of each, of a hundred thousand too.
            raise PydanticCustomError("unknown", "unknown", {"name": unknown, "of": cls.edm_type})
        return given

    @classmethod
    @cache
    def _spellings(cls) -> frozenset[str]:
        return frozenset(part.alias or name for name, part in cls.model_fields.items())

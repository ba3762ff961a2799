"""What all objects that clients write have in common.

Owns passing over annotations and reading enumeration members.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, ClassVar, TypeVar

import orjson
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_pascal
from pydantic_core import ErrorDetails, PydanticCustomError

from afterlook.errors import InvalidRequest, LiteralNotConvertible, PropertyUnknown, ServiceError
from afterlook.mailbox.extended_properties import make_too_many_error
from afterlook.odata.edm import EntityType, EnumType
from afterlook.outlook.edm import NAMESPACE

_MAX_LITERAL = 100
_EDM_TYPES = {
    "string_type": "Edm.String",
    "bool_type": "Edm.Boolean",
    "list_type": "Collection(Edm.String)",
}


def make_member_reader(type_: EnumType) -> Callable[[object], int]:
    """Read an enumeration member in any case, or its number as text; return the number."""

    def read(value: object) -> int:
        number = type_.number(value) if isinstance(value, str) else None
        if number is None:
            raise PydanticCustomError("member", "no member", {"type": type_.name})
        return number

    return read


def make_members_schema(type_: EnumType) -> WithJsonSchema:
    """Return what the published contract says of an enumeration's members."""
    return WithJsonSchema({"type": "string", "enum": list(type_.members)})


def _as_bool(value: object) -> object:
    return (
        {"true": True, "false": False}.get(value.lower(), value)
        if isinstance(value, str)
        else value
    )


Boolean = Annotated[StrictBool, BeforeValidator(_as_bool)]
Texts = Annotated[list[StrictStr], Field(fail_fast=True)]
MAX_NAME = 255
Name = Annotated[StrictStr, StringConstraints(pattern=r"\S", max_length=MAX_NAME)]


class InputModel(BaseModel):
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


Model = TypeVar("Model", bound=InputModel)


def read_body(model: type[Model], body: Mapping[str, object], entity_type: EntityType) -> Model:
    """Read a body; the type's read-only properties are passed over, whatever they say.

    Raises `PropertyUnknown`, `LiteralNotConvertible`, `InvalidRequest`.
    """
    writable = {name: value for name, value in body.items() if name not in entity_type.read_only}
    try:
        return model.model_validate(writable)
    except ValidationError as error:
        # A misspelt property is the likelier cause than another that is wrong.
        problems = sorted(error.errors(), key=lambda problem: problem["type"] != "unknown")
        raise _as_service_error(problems[0]) from error


def _as_service_error(problem: ErrorDetails) -> ServiceError:
    name = (problem["loc"] or ("",))[-1]
    match problem["type"]:
        case "unknown":
            type_name = f"{NAMESPACE}.{problem['ctx']['of']}"
            return PropertyUnknown(name=problem["ctx"]["name"][:128], type=type_name)
        case "too_long":
            return make_too_many_error()
        case "missing":
            return InvalidRequest(reason=f"The property '{name}' is required.")
        case "string_pattern_mismatch" | "string_too_long":
            max_length = problem["ctx"].get("max_length", MAX_NAME)
            reason = (
                f"The property '{name}' must be 1 to 255 characters and more than spaces."
                if max_length == MAX_NAME
                else f"The property '{name}' must be {max_length} characters at most."
            )
            return InvalidRequest(reason=reason)
    literal = problem["input"]
    text = literal if isinstance(literal, str) else orjson.dumps(literal).decode()
    expected = problem.get("ctx", {}).get("type") or _EDM_TYPES.get(problem["type"], "Edm.String")
    return LiteralNotConvertible(literal=text[:_MAX_LITERAL], type=expected)

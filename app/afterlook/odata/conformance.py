"""Whether JSON is what a type declares (OData JSON 4.0 §7).

Owns which JSON a value of each type may be. Nothing is changed, and null is a value of everything:
what is kept as it was given need not be read.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import orjson

from afterlook.errors import LiteralNotConvertible, PropertyUnknown
from afterlook.odata.edm import (
    BINARY,
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    DOUBLE,
    GUID,
    INT32,
    INT64,
    STRING,
    CollectionType,
    EdmType,
    EntityType,
    EnumType,
    StructuredType,
)

if TYPE_CHECKING:
    from afterlook.odata.model import EntityModel

_MAX_SHOWN = 100
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?(Z|[+-]\d\d:[0-5]\d)",
    re.IGNORECASE | re.ASCII,
)
_GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def check(value: object, type_: EdmType, model: EntityModel) -> None:
    """Hold a value against a type.

    Raises `PropertyUnknown`, `LiteralNotConvertible`.
    """
    if value is None:
        return
    if isinstance(type_, CollectionType):
        if not isinstance(value, list):
            raise _make_error(value, type_)
        for item in value:
            check(item, type_.item, model)
    elif isinstance(type_, StructuredType):
        if not isinstance(value, dict):
            raise _make_error(value, type_)
        _check_members(value, _find_actual_type(value, type_, model), model)
    elif isinstance(type_, EnumType):
        if not isinstance(value, str) or type_.number(value) is None:
            raise _make_error(value, type_)
    elif not _PRIMITIVE.get(type_.name, _is_text)(value):
        raise _make_error(value, type_)


def _check_members(value: Mapping[str, object], type_: StructuredType, model: EntityModel) -> None:
    for name, member in value.items():
        if "@" in name or name.startswith("#"):
            continue
        part = type_.find(name)
        if part is not None and part.name == name:
            check(member, part.type, model)
            continue
        navigations = type_.navigations if isinstance(type_, EntityType) else ()
        leads = next((one for one in navigations if one.name == name), None)
        if leads is None:
            raise PropertyUnknown(name=name[:_MAX_SHOWN], type=type_.name)
        target: EdmType = model.entity_type(leads.type)
        check(
            member,
            CollectionType(f"Collection({leads.type})", item=target) if leads.many else target,
            model,
        )


def _find_actual_type(
    value: Mapping[str, object], declared: StructuredType, model: EntityModel
) -> StructuredType:
    """Return the type that an entity says it is of, if it derives from the declared one."""
    type_name = value.get("@odata.type")
    if not isinstance(declared, EntityType):
        return declared
    if type_name is None and not declared.abstract:
        return declared
    name = str(type_name).removeprefix("#").lower()
    for type_ in model.entity_types:
        if type_.name.lower() == name and declared in type_.lineage and not type_.abstract:
            return type_
    raise LiteralNotConvertible(literal=str(type_name)[:_MAX_SHOWN], type=declared.name)


def _make_error(value: object, type_: EdmType) -> LiteralNotConvertible:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return LiteralNotConvertible(literal=text[:_MAX_SHOWN], type=type_.name)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_whole(bits: int) -> Callable[[object], bool]:
    def is_whole(value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return float(value).is_integer() and -(2**bits) <= value < 2**bits

    return is_whole


def _is_number(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number or value in ("INF", "-INF", "NaN")


def _is_day(value: object) -> bool:
    try:
        return (
            isinstance(value, str)
            and len(value) == len("2016-04-25")
            and bool(date.fromisoformat(value))
        )
    except ValueError:
        return False


def _is_moment(value: object) -> bool:
    match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    return match is not None and _is_day(match[1])


def _is_bytes(value: object) -> bool:
    try:
        return isinstance(value, str) and binascii.a2b_base64(value, strict_mode=True) is not None
    except ValueError:
        return False


def _is_guid(value: object) -> bool:
    return isinstance(value, str) and _GUID.fullmatch(value) is not None


_PRIMITIVE: dict[str, Callable[[object], bool]] = {
    STRING.name: _is_text,
    BOOLEAN.name: _is_flag,
    INT32.name: _is_whole(31),
    INT64.name: _is_whole(63),
    DOUBLE.name: _is_number,
    DATE.name: _is_day,
    DATE_TIME_OFFSET.name: _is_moment,
    BINARY.name: _is_bytes,
    GUID.name: _is_guid,
}

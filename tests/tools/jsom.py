"""The script library's own copy of the types of Work Management, from what serves CSOM.

`--write` makes the registry of `sp.workmanagement.js` and the declarations for TypeScript beside
it, `--check` tells whether they still say what the server does.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from afterlook.csom.types import ArrayType, ClientEnum, ClientType, Method, ObjectType, ScalarType
from afterlook.sharepoint.om import enums
from afterlook.sharepoint.om.declarations import NAMESPACE
from afterlook.sharepoint.registry import OM_TYPES
from tests.tools import generated_files

LIBRARY = Path(__file__).parents[2] / "app" / "afterlook" / "web" / "library"
REGISTRY = LIBRARY / "sp.workmanagement" / "registry.js"
DECLARATIONS = LIBRARY / "sp.workmanagement.d.ts"

_BY = "Written by `python -m tests.tools.jsom --write` from the types that the server declares."

_RESULTS = {"Boolean": "BooleanResult", "Int32": "IntResult", "String": "StringResult"}
_VALUES = {
    "Boolean": "boolean",
    "DateTime": "Date",
    "Guid": "SP.Guid",
    "Int32": "number",
    "String": "string",
    "UInt32": "number",
}


def short(type_: ObjectType[Any]) -> str:
    """Return a class's name within its namespace."""
    return type_.name.removeprefix(f"{NAMESPACE}.")


def script_name(name: str) -> str:
    """Return the name that scripts give a member."""
    return f"{name[:1].lower()}{name[1:]}"


def all_enums() -> list[ClientEnum]:
    """Return the enumerations, by their names."""
    found = {value.name: value for value in vars(enums).values() if isinstance(value, ClientEnum)}
    return [found[name] for name in sorted(found)]


def all_classes() -> list[ObjectType[Any]]:
    """Return the classes by their names, each after the one that it derives from."""
    classes: dict[str, ObjectType[Any]] = {}

    def add(type_: ObjectType[Any]) -> None:
        if type_.base is not None:
            add(type_.base)
        classes.setdefault(short(type_), type_)

    for type_ in sorted(OM_TYPES, key=short):
        add(type_)
    return list(classes.values())


# The registry ------------------------------------------------------------------------------------


def registry() -> str:
    """Return the registry of the script."""
    enumerations = {each.name: _members(each) for each in all_enums()}
    classes = {short(each): _declare(each) for each in all_classes()}
    lines = [
        f"// {_BY}",
        "",
        (
            "/** @type {{ enums: Record<string, Record<string, number>>,"
            " classes: Record<string, Declaration> }} */"
        ),
        "const REGISTRY = {",
        "  enums: {",
        *_lines(enumerations),
        "  },",
        "  classes: {",
        *_lines(classes),
        "  },",
        "};",
        "",
    ]
    return "\n".join(lines)


def _lines(entries: dict[str, Any]) -> Iterable[str]:
    return (f"    {name}: {json.dumps(entry)}," for name, entry in entries.items())


def _members(enum: ClientEnum) -> dict[str, int]:
    return {script_name(name): value for name, value in enum.members.items()}


def _declare(type_: ObjectType[Any]) -> dict[str, Any]:
    properties = type_.properties.values()
    declared = {
        "id": type_.type_id,
        "base": type_.base and short(type_.base),
        "items": type_.items and short(type_.items),
        "made": 1 if type_.constructible else None,
        "values": [each.name for each in properties if each.kind == "Scalar"],
        "readOnly": [each.name for each in properties if not each.writable],
        "objects": {
            each.name: short(each.type)
            for each in properties
            if isinstance(each.type, ObjectType) and each.kind == "ObjectPath"
        },
        "methods": {
            each.name: [len(each.parameters), _result(each)] for each in type_.methods.values()
        },
    }
    return {key: value for key, value in declared.items() if value}


def _result(method: Method) -> str:
    match method.returns:
        case ObjectType() as type_:
            return short(type_)
        case ClientEnum():
            return "IntResult"
        case ScalarType("None"):
            return ""
        case ScalarType(name):
            return _RESULTS[name]
    raise TypeError(method)


# The declarations --------------------------------------------------------------------------------


def declarations() -> str:
    """Return the declarations of the script, for those who write programs in TypeScript."""
    lines = [
        f"// {_BY}",
        "// They stand on those of the package @types/sharepoint.",
        "",
        '/// <reference types="sharepoint" />',
        "",
        "interface IEnumerator<T> {",
        "  /** The same as `get_current()`; what programs use. */",
        "  readonly current: T;",
        "}",
        "",
        f"declare namespace {NAMESPACE} {{",
        *(f"  {line}" if line else "" for line in _namespace()),
        "}",
        "",
    ]
    return "\n".join(lines)


def _namespace() -> Iterable[str]:
    for enum in all_enums():
        yield f"enum {enum.name} {{"
        yield from (f"  {name} = {value}," for name, value in _members(enum).items())
        yield "}"
    for type_ in all_classes():
        yield ""
        yield f"class {short(type_)} extends {_base(type_)} {{"
        yield from (f"  {line}" for line in _class(type_))
        yield "}"


def _base(type_: ObjectType[Any]) -> str:
    if type_.base is not None:
        return short(type_.base)
    if type_.items is not None:
        return f"SP.ClientObjectCollection<{short(type_.items)}>"
    return "SP.ClientObject"


def _class(type_: ObjectType[Any]) -> Iterable[str]:
    optional = "?" if type_.constructible else ""
    yield (
        "constructor(context: SP.ClientRuntimeContext, "
        f"objectPath{optional}: SP.ObjectPath | null);"
    )
    if type_.items is not None:
        yield f"get_item(index: number): {short(type_.items)};"
    for part in type_.properties.values():
        yield f"get_{script_name(part.name)}(): {_value(part.type)};"
        if part.writable:
            yield f"set_{script_name(part.name)}(value: {_given(part.type)}): void;"
    for method in type_.methods.values():
        yield f"{script_name(method.name)}({', '.join(_parameters(method))}): {_returned(method)};"


def _parameters(method: Method) -> list[str]:
    """Return the parameters; those at the end that may be null need not be given."""
    written: list[str] = []
    optional = "?"
    for parameter in reversed(method.parameters):
        type_ = _given(parameter.type)
        optional = optional if type_.endswith(" | null") else ""
        written.append(f"{parameter.name}{optional}: {type_}")
    return written[::-1]


def _returned(method: Method) -> str:
    result = _result(method)
    if not result:
        return "void"
    return result if isinstance(method.returns, ObjectType) else f"SP.{result}"


def _value(type_: ClientType) -> str:
    match type_:
        case ScalarType(name):
            return _VALUES[name]
        case ClientEnum(name):
            return name
        case ArrayType(item):
            return f"{_value(item)}[]"
        case ObjectType():
            return short(type_)
    raise TypeError(type_)


def _given(type_: ClientType) -> str:
    """Return the type of what a program gives: null is no text, no date, no object."""
    is_nullable = not isinstance(type_, ClientEnum) and type_ not in _NOT_NULL
    return f"{_value(type_)} | null" if is_nullable else _value(type_)


_NOT_NULL = (ScalarType("Boolean"), ScalarType("Int32"), ScalarType("UInt32"))


def run() -> int:
    """Write or check the files; return an exit code."""
    return generated_files.run(
        "jsom", lambda: {REGISTRY: registry(), DECLARATIONS: declarations()}, "jsom"
    )


if __name__ == "__main__":
    sys.exit(run())

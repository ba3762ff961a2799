"""The schema of requests ([MS-CSOM] 6.1): which elements stand where, with which attributes.

Owns the table; `validation` holds documents against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NAMESPACE = "http://schemas.microsoft.com/sharepoint/clientquery/2009"
_XSD = "http://www.w3.org/2001/XMLSchema"


@dataclass(frozen=True)
class Datatype:
    """The type of an attribute: its name in messages, its form, and the word for a breach."""

    name: str
    form: re.Pattern[str]
    breach: str


INTEGER = Datatype(
    f"{_XSD}:integer",
    re.compile(r"[ \t\r\n]*[+-]?[0-9]{1,18}[ \t\r\n]*"),
    "The string '{value}' is not a valid Integer value.",
)
BOOLEAN = Datatype(
    f"{_XSD}:boolean",
    re.compile(r"[ \t\r\n]*(true|false|1|0)[ \t\r\n]*"),
    "The string '{value}' is not a valid Boolean value.",
)
TYPE_ID = Datatype(
    f"{NAMESPACE}:TypeIdGuidType",
    re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}"),
    "The Pattern constraint failed.",
)
STRING = Datatype(f"{_XSD}:string", re.compile(r".*", re.DOTALL), "")
_SHORT = Datatype(
    f"{_XSD}:string", re.compile(r".{0,128}", re.DOTALL), "The MaxLength constraint failed."
)


@dataclass(frozen=True)
class ElementType:
    """An element at its place: what it must have, what it may have, and what may stand in it.

    `children` leads from the name of a child to its own type. Each stands at most once and in this
    order, unless they are `many`; those in `needed` must be there. Only a type with `text`
    holds any.
    """

    required: Mapping[str, Datatype] = field(default_factory=dict)
    optional: Mapping[str, Datatype] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    many: bool = False
    text: bool = False


def _types_named(*names: str, suffix: str = "") -> dict[str, str]:
    return {name: name + suffix for name in names}


def _all(type_: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, type_)


def _many(children: Mapping[str, str]) -> ElementType:
    return ElementType(children=children, many=True)


_ID = {"Id": INTEGER}
_ON_PATH = {**_ID, "ObjectPathId": INTEGER}
_ON_TYPE = {**_ID, "TypeId": TYPE_ID, "Name": STRING}
_NAME = {"Name": STRING}
_VERSION = {"Version": STRING}
_TYPE = {"Type": STRING, "TypeId": TYPE_ID}
_VALUE = {"ObjectPathId": INTEGER, **_TYPE}
_VALUES = {"Object": "Value", "Property": "NamedValue"}
_PARAMETERS = {"Parameters": "Parameters"}
_PARAMETER = {"Parameter": "Value"}
_ACTIONS = {
    **_types_named("ObjectPath", "SetProperty", "SetStaticProperty", "StaticMethod", "Method"),
    **_types_named("ObjectIdentityQuery", "ExceptionHandlingScope", "ConditionalScope"),
    "Query": "QueryAction",
    "ExceptionHandlingScopeSimple": "Scope",
}
_EXPRESSIONS = {
    **_all("Operation", "GT", "LT", "EQ", "NE", "GE", "LE", "AND", "OR", "NOT"),
    **_all("Named", "ExpressionProperty", "ExpressionMethod"),
    **_all("Static", "ExpressionStaticProperty", "ExpressionStaticMethod"),
    **_all("Typed", "ExpressionConvert", "ExpressionTypeIs"),
    "ExpressionConstant": "Value",
    "ExpressionParameter": "ExpressionParameter",
}
_QUERYABLES = {
    **_all("Lambda", "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending"),
    **_types_named("Take", "OfType"),
    "QueryableObject": "Empty",
}
_QUERIES = _types_named("Query", "ChildItemQuery")
_SELECTED = {"SelectAllProperties": BOOLEAN}

ELEMENT_TYPES = {
    "Request": ElementType(
        {"SchemaVersion": STRING, "LibraryVersion": STRING},
        {"ApplicationName": _SHORT, "AddExpandoFieldTypeSuffix": BOOLEAN},
        _types_named("Actions", "ObjectPaths"),
        needed=("Actions", "ObjectPaths"),
    ),
    "Actions": _many(_ACTIONS),
    "ObjectPath": ElementType(_ON_PATH),
    "ObjectIdentityQuery": ElementType(_ON_PATH),
    "QueryAction": ElementType(_ON_PATH, children=_QUERIES, needed=("Query",)),
    "SetProperty": ElementType({**_ON_PATH, **_NAME}, children=_PARAMETER, needed=("Parameter",)),
    "SetStaticProperty": ElementType(_ON_TYPE, children=_PARAMETER, needed=("Parameter",)),
    "Method": ElementType({**_ON_PATH, **_NAME}, _VERSION, _PARAMETERS),
    "StaticMethod": ElementType(_ON_TYPE, _VERSION, _PARAMETERS),
    "Scope": ElementType(_ID, children=_ACTIONS, many=True),
    "ExceptionHandlingScope": ElementType(
        _ID,
        children=_all("Scope", "TryScope", "CatchScope", "FinallyScope"),
        needed=("TryScope",),
    ),
    "ConditionalScope": ElementType(
        _ID,
        children={"Test": "Test", **_all("Scope", "IfTrueScope", "IfFalseScope")},
        needed=("Test",),
    ),
    "Test": ElementType(
        children={"Parameters": "LambdaParameters", "Body": "Expression"}, needed=("Body",)
    ),
    "LambdaParameters": _many({"Parameter": "ExpressionParameter"}),
    "Expression": _many(_EXPRESSIONS),
    "Operation": _many(_EXPRESSIONS),
    "Named": ElementType(_NAME, children={**_EXPRESSIONS, **_PARAMETERS}, many=True),
    "Static": ElementType({"TypeId": TYPE_ID, **_NAME}, children=_PARAMETERS),
    "Typed": ElementType(optional=_TYPE, children=_EXPRESSIONS, many=True),
    "ExpressionParameter": ElementType(_NAME),
    "Query": ElementType(_SELECTED, children=_types_named("Properties")),
    "ChildItemQuery": ElementType(
        _SELECTED, children=_types_named("Properties", "QueryableExpression")
    ),
    "Properties": _many({"Property": "QueryProperty"}),
    "QueryProperty": ElementType(
        _NAME, {"ScalarProperty": BOOLEAN, "SelectAll": BOOLEAN}, _QUERIES
    ),
    "QueryableExpression": _many(_QUERYABLES),
    "Lambda": ElementType(
        children={"Test": "Test", "Object": "QueryableExpression"}, needed=("Test", "Object")
    ),
    "Take": ElementType({"Count": INTEGER}, children=_QUERYABLES, many=True),
    "OfType": ElementType(optional=_TYPE, children=_QUERYABLES, many=True),
    "Empty": ElementType(),
    "Parameters": _many(_PARAMETER),
    "Value": ElementType(optional=_VALUE, children=_VALUES, many=True, text=True),
    "NamedValue": ElementType(_NAME, _VALUE, _VALUES, many=True, text=True),
    "ObjectPaths": _many(
        _types_named(
            *("Constructor", "Method", "StaticMethod", "Property", "StaticProperty", "Identity"),
            suffix="Path",
        )
    ),
    "ConstructorPath": ElementType({**_ID, "TypeId": TYPE_ID}, children=_PARAMETERS),
    "MethodPath": ElementType({**_ID, "ParentId": INTEGER, **_NAME}, _VERSION, _PARAMETERS),
    "StaticMethodPath": ElementType(_ON_TYPE, _VERSION, _PARAMETERS),
    "PropertyPath": ElementType({**_ID, "ParentId": INTEGER, **_NAME}),
    "StaticPropertyPath": ElementType(_ON_TYPE),
    "IdentityPath": ElementType({**_ID, **_NAME}),
}


def list_possible(children: Iterable[str]) -> str:
    """Say which elements could have stood somewhere."""
    return f"List of possible elements expected: '{', '.join(children)}'."

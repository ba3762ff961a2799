"""The schema of requests ([MS-CSOM] 6.1), and holding a document against it.

Owns which elements stand where with which attributes, and the words in which a validating reader
says that they do not. Must not know what any of them means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from afterlook.csom.errors import SchemaViolation

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

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
    re.compile(r"\s*[+-]?[0-9]{1,9}\s*"),
    "The string '{value}' is not a valid Integer value.",
)
BOOLEAN = Datatype(
    f"{_XSD}:boolean",
    re.compile(r"\s*(true|false|1|0)\s*"),
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
class Kind:
    """An element at its place: what it must have, what it may have, and what may stand in it."""

    required: Mapping[str, Datatype] = field(default_factory=dict)
    optional: Mapping[str, Datatype] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    ordered: tuple[str, ...] = ()


def _kinds(names: Iterable[str], suffix: str = "") -> dict[str, str]:
    return {name: name + suffix for name in names}


_ID = {"Id": INTEGER}
_ON_PATH = {**_ID, "ObjectPathId": INTEGER}
_ON_TYPE = {**_ID, "TypeId": TYPE_ID, "Name": STRING}
_VALUE = {"ObjectPathId": INTEGER, "TypeId": TYPE_ID, "Type": STRING}
_VALUES = {"Object": "Value", "Property": "NamedValue"}
_PARAMETERS = {"Parameters": "Parameters"}
_ACTIONS = {
    **_kinds(("ObjectPath", "SetProperty", "SetStaticProperty", "StaticMethod", "Method")),
    **_kinds(("ObjectIdentityQuery", "ExceptionHandlingScope", "ConditionalScope")),
    "Query": "QueryAction",
    "ExceptionHandlingScopeSimple": "ScopeWithId",
}
_COMPARED = ("GT", "LT", "EQ", "NE", "GE", "LE", "AND", "OR", "NOT")
_EXPRESSIONS = {
    **dict.fromkeys(_COMPARED, "Operation"),
    **dict.fromkeys(("ExpressionProperty", "ExpressionMethod"), "Named"),
    **dict.fromkeys(("ExpressionStaticProperty", "ExpressionStaticMethod"), "Static"),
    **dict.fromkeys(("ExpressionConvert", "ExpressionTypeIs"), "Typed"),
    "ExpressionConstant": "Value",
    "ExpressionParameter": "ExpressionParameter",
}
_QUERYABLES = {
    **dict.fromkeys(("OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending"), "Lambda"),
    "Where": "Lambda",
    "Take": "Take",
    "OfType": "OfType",
    "QueryableObject": "Empty",
}

KINDS = {
    "Request": Kind(
        required={"SchemaVersion": STRING, "LibraryVersion": STRING},
        optional={"ApplicationName": _SHORT, "AddExpandoFieldTypeSuffix": BOOLEAN},
        children=_kinds(("Actions", "ObjectPaths")),
        ordered=("Actions", "ObjectPaths"),
    ),
    "Actions": Kind(children=_ACTIONS),
    "ObjectPath": Kind(_ON_PATH),
    "ObjectIdentityQuery": Kind(_ON_PATH),
    "QueryAction": Kind(_ON_PATH, children=_kinds(("Query", "ChildItemQuery")), ordered=("Query",)),
    "SetProperty": Kind(
        {**_ON_PATH, "Name": STRING}, children={"Parameter": "Value"}, ordered=("Parameter",)
    ),
    "SetStaticProperty": Kind(_ON_TYPE, children={"Parameter": "Value"}, ordered=("Parameter",)),
    "Method": Kind({**_ON_PATH, "Name": STRING}, {"Version": STRING}, _PARAMETERS),
    "StaticMethod": Kind(_ON_TYPE, {"Version": STRING}, _PARAMETERS),
    "ScopeWithId": Kind(_ID, children=_ACTIONS),
    "ExceptionHandlingScope": Kind(
        _ID,
        children=dict.fromkeys(("TryScope", "CatchScope", "FinallyScope"), "ScopeWithId"),
        ordered=("TryScope",),
    ),
    "ConditionalScope": Kind(
        _ID,
        children={
            "Test": "Test",
            **dict.fromkeys(("IfTrueScope", "IfFalseScope"), "ScopeWithId"),
        },
        ordered=("Test",),
    ),
    "Test": Kind(children={"Parameters": "LambdaParameters", "Body": "Body"}),
    "LambdaParameters": Kind(children={"Parameter": "ExpressionParameter"}),
    "Body": Kind(children=_EXPRESSIONS),
    "Operation": Kind(children=_EXPRESSIONS),
    "Named": Kind({"Name": STRING}, children={**_EXPRESSIONS, **_PARAMETERS}),
    "Static": Kind({"TypeId": TYPE_ID, "Name": STRING}, children=_PARAMETERS),
    "Typed": Kind(optional={"Type": STRING, "TypeId": TYPE_ID}, children=_EXPRESSIONS),
    "ExpressionParameter": Kind({"Name": STRING}),
    "Query": Kind(
        {"SelectAllProperties": BOOLEAN},
        children={"Properties": "Properties"},
    ),
    "ChildItemQuery": Kind(
        {"SelectAllProperties": BOOLEAN},
        children=_kinds(("Properties", "QueryableExpression")),
    ),
    "Properties": Kind(children={"Property": "QueryProperty"}),
    "QueryProperty": Kind(
        {"Name": STRING},
        {"ScalarProperty": BOOLEAN, "SelectAll": BOOLEAN},
        _kinds(("Query", "ChildItemQuery")),
    ),
    "QueryableExpression": Kind(children=_QUERYABLES),
    "Lambda": Kind(children={"Test": "Test", "Object": "QueryableExpression"}),
    "Take": Kind({"Count": INTEGER}, children=_QUERYABLES),
    "OfType": Kind(optional={"Type": STRING, "TypeId": TYPE_ID}, children=_QUERYABLES),
    "Empty": Kind(),
    "Parameters": Kind(children={"Parameter": "Value"}),
    "Value": Kind(optional=_VALUE, children=_VALUES),
    "NamedValue": Kind({"Name": STRING}, _VALUE, _VALUES),
    "ObjectPaths": Kind(
        children=_kinds(
            ("Constructor", "Method", "StaticMethod", "Property", "StaticProperty", "Identity"),
            "Path",
        )
    ),
    "ConstructorPath": Kind({**_ID, "TypeId": TYPE_ID}, children=_PARAMETERS),
    "MethodPath": Kind(
        {**_ID, "ParentId": INTEGER, "Name": STRING}, {"Version": STRING}, _PARAMETERS
    ),
    "StaticMethodPath": Kind(_ON_TYPE, {"Version": STRING}, _PARAMETERS),
    "PropertyPath": Kind({**_ID, "ParentId": INTEGER, "Name": STRING}),
    "StaticPropertyPath": Kind(_ON_TYPE),
    "IdentityPath": Kind({**_ID, "Name": STRING}),
}


def validate(root: Element) -> None:
    """Hold a document against the schema. Raises `SchemaViolation` for the first breach."""
    if root.tag != f"{{{NAMESPACE}}}Request":
        raise SchemaViolation(reason=f"The '{_full(root)}' element is not declared.")
    waiting: list[tuple[Element, str]] = [(root, "Request")]
    while waiting:
        element, name = waiting.pop()
        kind = KINDS[name]
        _validate_attributes(element, kind)
        _validate_children(element, kind)
        waiting += [(child, kind.children[local(child)]) for child in reversed(element)]


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _validate_attributes(element: Element, kind: Kind) -> None:
    for name, value in element.attrib.items():
        datatype = kind.required.get(name) or kind.optional.get(name)
        if datatype is None:
            raise SchemaViolation(reason=f"The '{name}' attribute is not declared.")
        if not datatype.form.fullmatch(value):
            breach = datatype.breach.format(value=value)
            reason = (
                f"The '{name}' attribute is invalid - The value '{value}' is invalid "
                f"according to its datatype '{datatype.name}' - {breach}"
            )
            raise SchemaViolation(reason=reason)
    for name in kind.required:
        if name not in element.attrib:
            raise SchemaViolation(reason=f"The required attribute '{name}' is missing.")


def _validate_children(element: Element, kind: Kind) -> None:
    names = []
    for child in element:
        in_namespace = child.tag == f"{{{NAMESPACE}}}{local(child)}"
        if not in_namespace or local(child) not in kind.children:
            expected = f" List of possible elements expected: '{', '.join(kind.children)}'."
            reason = f"The {_described(element)} has invalid child {_described(child)}."
            raise SchemaViolation(reason=reason + (expected if kind.children else ""))
        names.append(local(child))
    if tuple(names[: len(kind.ordered)]) != kind.ordered:
        expected = f"List of possible elements expected: '{', '.join(kind.ordered)}'."
        reason = f"The {_described(element)} has incomplete content. {expected}"
        raise SchemaViolation(reason=reason)
    if kind.children.get("Actions") and len(names) != len(kind.ordered):
        raise SchemaViolation(reason=f"The {_described(element)} has invalid content.")


def _full(element: Element) -> str:
    return str(element.tag).replace("{", "").replace("}", ":")


def _described(element: Element) -> str:
    namespace = str(element.tag).rpartition("}")[0].lstrip("{")
    return f"element '{local(element)}' in namespace '{namespace}'"

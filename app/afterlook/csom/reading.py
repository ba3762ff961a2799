"""From the bytes of a request to its actions and paths.

Owns reading XML that may be hostile: no DOCTYPE, no entities, bounded in size and depth; and the
meaning of each element's place. Must not know what the request is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree

from afterlook.csom import request as asked
from afterlook.csom.errors import InvalidClientQuery, RequestTooBig, SchemaViolation, XmlMalformed
from afterlook.csom.schema import local, validate

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_BYTES = 2 * 1024 * 1024
"""The largest request, as the product had it by default (contract §1.6)."""

MAX_DEPTH = 64
"""The deepest nesting of elements."""

_TRUE = ("true", "1")


def read(raw: bytes) -> asked.Request:
    """Read a request. Raises `RequestTooBig`, `XmlMalformed`, `SchemaViolation`."""
    if len(raw) > MAX_BYTES:
        raise RequestTooBig
    root = _document(raw)
    validate(root)
    actions, paths = root
    return asked.Request(_actions(actions), dict(map(_path, paths)))


def _document(raw: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlMalformed(reason=str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise XmlMalformed(reason="For security reasons DTD is prohibited in this XML document.")
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return root
    raise XmlMalformed(reason=f"The document is nested deeper than {MAX_DEPTH} levels.")


def _id(element: Element, name: str = "Id") -> int:
    return int(element.attrib[name])


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local(child) == name), None)


def _actions(elements: Iterable[Element] | None) -> tuple[asked.Action, ...]:
    return tuple(map(_action, elements)) if elements is not None else ()


def _action(element: Element) -> asked.Action:
    match local(element):
        case "ObjectPath":
            return asked.Instantiate(_id(element), _id(element, "ObjectPathId"))
        case "ObjectIdentityQuery":
            return asked.QueryIdentity(_id(element), _id(element, "ObjectPathId"))
        case "Query":
            path = _id(element, "ObjectPathId")
            children = _child(element, "ChildItemQuery")
            return asked.QueryObject(_id(element), path, _query(element[0]), _children(children))
        case "Method":
            path, name = _id(element, "ObjectPathId"), element.attrib["Name"]
            return asked.CallMethod(_id(element), path, name, _arguments(element))
        case "StaticMethod":
            type_id, name = element.attrib["TypeId"], element.attrib["Name"]
            return asked.CallStaticMethod(_id(element), type_id, name, _arguments(element))
        case "SetProperty":
            path, name = _id(element, "ObjectPathId"), element.attrib["Name"]
            return asked.SetProperty(_id(element), path, name, _value(element[0]))
        case "SetStaticProperty":
            type_id, name = element.attrib["TypeId"], element.attrib["Name"]
            return asked.SetStaticProperty(_id(element), type_id, name, _value(element[0]))
        case "ConditionalScope":
            return _conditional(element)
        case "ExceptionHandlingScopeSimple":
            return asked.ExceptionScope(_id(element), _actions(element))
        case _:
            scopes = [_actions(_child(element, f"{name}Scope")) for name in _SCOPES]
            return asked.ExceptionScope(_id(element), *scopes)


_SCOPES = ("Try", "Catch", "Finally")


def _conditional(element: Element) -> asked.ConditionalScope:
    branches = [_actions(_child(element, name)) for name in ("IfTrueScope", "IfFalseScope")]
    return asked.ConditionalScope(_id(element), _body(element[0]), *branches)


def _body(test: Element) -> asked.Operation:
    body = _child(test, "Body")
    if body is None or len(body) != 1:
        raise SchemaViolation(reason="The element 'Body' has incomplete content.")
    return _operation(body[0])


def _operation(element: Element) -> asked.Operation:
    name = local(element)
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    if name == "ExpressionConstant":
        return asked.Operation(name, attributes, (), _value(element))
    operands = tuple(_operation(child) for child in element if local(child) != "Parameters")
    return asked.Operation(name, attributes, operands)


def _queryable(element: Element) -> asked.Operation:
    """Read one step of a query on items; what it is applied to comes first among its operands."""
    name = local(element)
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    test, inner = _child(element, "Test"), _child(element, "Object")
    if name in ("Take", "OfType"):
        inner = element
    source = () if inner is None else tuple(map(_queryable, inner))
    condition = () if test is None else (_body(test),)
    return asked.Operation(name, attributes, (*source, *condition))


def _query(element: Element) -> asked.Query:
    return asked.Query(_is_true(element, "SelectAllProperties"), _properties(element))


def _children(element: Element | None) -> asked.ChildQuery | None:
    if element is None:
        return None
    select_all, expression = _is_true(element, "SelectAllProperties"), None
    queryable = _child(element, "QueryableExpression")
    if queryable is not None and len(queryable):
        expression = _queryable(queryable[0])
    return asked.ChildQuery(select_all, _properties(element), expression)


def _properties(element: Element) -> tuple[asked.PropertyQuery, ...]:
    listed = _child(element, "Properties")
    return () if listed is None else tuple(map(_property, listed))


def _property(element: Element) -> asked.PropertyQuery:
    query, children = _child(element, "Query"), _child(element, "ChildItemQuery")
    return asked.PropertyQuery(
        name=element.attrib["Name"],
        select_all=_is_true(element, "SelectAll"),
        query=None if query is None else _query(query),
        children=_children(children),
    )


def _is_true(element: Element, name: str) -> bool:
    return element.attrib.get(name, "").strip() in _TRUE


def _arguments(element: Element) -> asked.Arguments:
    listed = _child(element, "Parameters")
    return () if listed is None else tuple(map(_value, listed))


def _value(element: Element) -> asked.Value:
    given = [name for name in ("ObjectPathId", "TypeId", "Type") if name in element.attrib]
    if len(given) != 1:
        attributes = "the attributes ObjectPathId, TypeId and Type"
        reason = f"The element '{local(element)}' must have exactly one of {attributes}."
        raise InvalidClientQuery(reason=reason)
    match given[0], element.attrib.get("Type"):
        case "ObjectPathId", _:
            return asked.Reference(_id(element, "ObjectPathId"))
        case "TypeId", _:
            return asked.ValueObject(element.attrib["TypeId"], _named(element))
        case _, "Array":
            return asked.Array(tuple(map(_value, element)))
        case _, "Dictionary":
            return asked.Dictionary(_named(element))
    return asked.Literal(element.attrib["Type"], element.text or "")


def _named(element: Element) -> dict[str, asked.Value]:
    return {child.attrib.get("Name", ""): _value(child) for child in element}


def _path(element: Element) -> tuple[int, asked.Path]:
    attributes, name = element.attrib, element.attrib.get("Name", "")
    match local(element):
        case "Constructor":
            path: asked.Path = asked.Construction(attributes["TypeId"], _arguments(element))
        case "Method":
            path = asked.MethodPath(_id(element, "ParentId"), name, _arguments(element))
        case "StaticMethod":
            path = asked.StaticMethodPath(attributes["TypeId"], name, _arguments(element))
        case "Property":
            path = asked.PropertyPath(_id(element, "ParentId"), name)
        case "StaticProperty":
            path = asked.StaticPropertyPath(attributes["TypeId"], name)
        case _:
            path = asked.IdentityPath(name)
    return _id(element), path

"""From the elements of a request to its values and expressions (docs/reference/csom.md §1.2).

Owns the forms of parameters, where the operands of an operation stand, and how many it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.csom import request_model as model
from afterlook.csom.errors import InvalidClientQuery
from afterlook.csom.validation import local_name, make_incomplete_error

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FORMS = ("ObjectPathId", "TypeId", "Type")
_WITHOUT_OPERANDS = frozenset(
    {"ExpressionParameter", "ExpressionStaticProperty", "ExpressionStaticMethod"}
)
_TWO = frozenset({"GT", "LT", "EQ", "NE", "GE", "LE", "AND", "OR"})


def read_arguments(element: Element) -> model.Arguments:
    """Return the parameters of a call."""
    listed = find_child(element, "Parameters")
    return () if listed is None else tuple(map(read_value, listed))


def read_value(element: Element) -> model.Value:
    """Return the value of a parameter. Raises `InvalidClientQuery` for one of no known form."""
    attributes = element.attrib
    given = [name for name in _FORMS if name in attributes]
    if len(given) != 1:
        reason = (
            f"The element '{local_name(element)}' must have exactly one of the attributes "
            "ObjectPathId, TypeId and Type."
        )
        raise InvalidClientQuery(reason=reason)
    form, given_value = given[0], attributes[given[0]]
    if form == "TypeId":
        return model.ValueObject(given_value, _read_named(element))
    if form == "Type" and given_value == "Array":
        return model.Array(tuple(map(read_value, _expect_children(element, "Object"))))
    if form == "Type" and given_value == "Dictionary":
        return model.Dictionary(_read_named(element))
    _expect_children(element, "")
    if form == "ObjectPathId":
        return model.Reference(int(given_value))
    return model.ScalarValue(given_value, element.text or "")


def find_child(element: Element, name: str) -> Element | None:
    """Return the first child of a name."""
    return next((child for child in element if local_name(child) == name), None)


def read_expression(test: Element) -> model.ExpressionOperation:
    """Read the body of a test. Raises `SchemaViolation` where it is not one operation."""
    body = find_child(test, "Body")
    if body is None:
        raise make_incomplete_error(test)
    return _read_operation(_only_child(body))


def read_item_query(steps: Element) -> model.ExpressionOperation:
    """Read a query on items, outermost step first; what a step is applied to is its first operand.

    Raises `SchemaViolation`.
    """
    element = _only_child(steps)
    name, attributes = local_name(element), _attributes(element)
    if name == "QueryableObject":
        return model.ExpressionOperation(name, attributes, ())
    if name in ("Take", "OfType"):
        return model.ExpressionOperation(name, attributes, (read_item_query(element),))
    test, source = element
    return model.ExpressionOperation(
        name, attributes, (read_item_query(source), read_expression(test))
    )


def _read_named(element: Element) -> dict[str, model.Value]:
    return {item.attrib["Name"]: read_value(item) for item in _expect_children(element, "Property")}


def _expect_children(element: Element, name: str) -> Element:
    """Return an element whose children are all of a name."""
    wrong = next((local_name(item) for item in element if local_name(item) != name), None)
    if wrong is not None:
        reason = f"The element '{wrong}' cannot stand in a value of this kind."
        raise InvalidClientQuery(reason=reason)
    return element


def _read_operation(element: Element) -> model.ExpressionOperation:
    name, attributes = local_name(element), _attributes(element)
    if name == "ExpressionConstant":
        return model.ExpressionOperation(name, attributes, (), read_value(element))
    operands = tuple(_read_operation(item) for item in element if local_name(item) != "Parameters")
    count = 0 if name in _WITHOUT_OPERANDS else 2 if name in _TWO else 1
    if len(operands) != count:
        raise make_incomplete_error(element)
    return model.ExpressionOperation(name, attributes, operands)


def _only_child(element: Element) -> Element:
    if len(element) != 1:
        raise make_incomplete_error(element)
    return element[0]


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(text) for name, text in element.attrib.items()}

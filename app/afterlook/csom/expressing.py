"""From the elements of a request to its expressions (contract §1.2).

Owns where the operands of an operation stand, and how many it has. Must not know what it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.csom.literals import child, value
from afterlook.csom.request import Operation
from afterlook.csom.validation import incomplete, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WITHOUT_OPERANDS = frozenset(
    {"ExpressionParameter", "ExpressionStaticProperty", "ExpressionStaticMethod"}
)
_TWO = frozenset({"GT", "LT", "EQ", "NE", "GE", "LE", "AND", "OR"})


def expression(test: Element) -> Operation:
    """Read the body of a test. Raises `SchemaViolation` where it is not one operation."""
    body = child(test, "Body")
    if body is None:
        raise incomplete(test)
    return _operation(_only(body))


def queryable(steps: Element) -> Operation:
    """Read a query on items, outermost step first; what a step is applied to is its first operand.

    Raises `SchemaViolation`.
    """
    element = _only(steps)
    name, attributes = local(element), _attributes(element)
    if name == "QueryableObject":
        return Operation(name, attributes, ())
    if name in ("Take", "OfType"):
        return Operation(name, attributes, (queryable(element),))
    test, source = element
    return Operation(name, attributes, (queryable(source), expression(test)))


def _operation(element: Element) -> Operation:
    name, attributes = local(element), _attributes(element)
    if name == "ExpressionConstant":
        return Operation(name, attributes, (), value(element))
    operands = tuple(_operation(item) for item in element if local(item) != "Parameters")
    count = 0 if name in _WITHOUT_OPERANDS else 2 if name in _TWO else 1
    if len(operands) != count:
        raise incomplete(element)
    return Operation(name, attributes, operands)


def _only(element: Element) -> Element:
    if len(element) != 1:
        raise incomplete(element)
    return element[0]


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(text) for name, text in element.attrib.items()}

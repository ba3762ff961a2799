"""From the elements of a request to the values in them (contract §1.2, "Parameter forms").

Owns the forms of parameters. Must not know what their texts mean, nor what they are for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.csom import request as asked
from afterlook.csom.errors import InvalidClientQuery
from afterlook.csom.validation import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FORMS = ("ObjectPathId", "TypeId", "Type")


def arguments(element: Element) -> asked.Arguments:
    """Return the parameters of a call."""
    listed = child(element, "Parameters")
    return () if listed is None else tuple(map(value, listed))


def value(element: Element) -> asked.Value:
    """Return the value of a parameter. Raises `InvalidClientQuery` for one of no known form."""
    attributes = element.attrib
    given = [name for name in _FORMS if name in attributes]
    if len(given) != 1:
        reason = (
            f"The element '{local(element)}' must have exactly one of the attributes "
            "ObjectPathId, TypeId and Type."
        )
        raise InvalidClientQuery(reason=reason)
    form, given_value = given[0], attributes[given[0]]
    if form == "TypeId":
        return asked.ValueObject(given_value, _named(element))
    if form == "Type" and given_value == "Array":
        return asked.Array(tuple(map(value, _of(element, "Object"))))
    if form == "Type" and given_value == "Dictionary":
        return asked.Dictionary(_named(element))
    _of(element, "")
    if form == "ObjectPathId":
        return asked.Reference(int(given_value))
    return asked.Literal(given_value, element.text or "")


def child(element: Element, name: str) -> Element | None:
    """Return the first child of a name."""
    return next((child for child in element if local(child) == name), None)


def _named(element: Element) -> dict[str, asked.Value]:
    return {item.attrib["Name"]: value(item) for item in _of(element, "Property")}


def _of(element: Element, name: str) -> Element:
    """Return an element whose children are all of a name."""
    wrong = next((local(item) for item in element if local(item) != name), None)
    if wrong is not None:
        reason = f"The element '{wrong}' cannot stand in a value of this kind."
        raise InvalidClientQuery(reason=reason)
    return element

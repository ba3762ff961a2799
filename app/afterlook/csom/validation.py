"""Holding a document against the schema.

Owns the words in which a validating reader says what is wrong with an element or attribute.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from afterlook.csom.errors import SchemaViolation
from afterlook.csom.schema import ELEMENT_TYPES, NAMESPACE, ElementType, list_possible
from afterlook.csom.xml import MAX_ATTRIBUTES

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAX_QUOTED = 200
_XML = "{http://www.w3.org/XML/1998/namespace}"
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_PREFIX = f"{{{NAMESPACE}}}"


def validate(root: Element) -> None:
    """Hold a document against the schema. Raises `SchemaViolation` for the first breach."""
    if root.tag != f"{_PREFIX}Request":
        full = str(root.tag).replace("{", "").replace("}", ":")
        raise SchemaViolation(reason=f"The '{_cut(full)}' element is not declared.")
    waiting = [(root, ELEMENT_TYPES["Request"])]
    while waiting:
        element, type_ = waiting.pop()
        _validate_attributes(element, type_)
        _validate_children(element, type_)
        if not type_.text:
            _validate_emptiness(element, type_)
        waiting += [
            (child, ELEMENT_TYPES[type_.children[local_name(child)]]) for child in reversed(element)
        ]


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def make_incomplete_error(element: Element, expected: str = "") -> SchemaViolation:
    """Return what is to be said of an element that lacks some."""
    return SchemaViolation(
        reason=f"The {_describe(element)} has incomplete content. {expected}".rstrip()
    )


def _validate_attributes(element: Element, type_: ElementType) -> None:
    attributes = element.attrib
    # Before any is read: to read a value is to walk along all attributes before it.
    if len(attributes) > MAX_ATTRIBUTES:
        reason = f"The {_describe(element)} has more than {MAX_ATTRIBUTES} attributes."
        raise SchemaViolation(reason=reason)
    for name in type_.required:
        if name not in attributes:
            raise SchemaViolation(reason=f"The required attribute '{name}' is missing.")
    for name, value in attributes.items():
        datatype = type_.required.get(name) or type_.optional.get(name)
        if datatype is None:
            if name.startswith((_XML, _INSTANCE)):
                continue
            reason = f"The '{_cut(name.rpartition('}')[2])}' attribute is not declared."
            raise SchemaViolation(reason=reason)
        if not datatype.form.fullmatch(value):
            quoted = _cut(value)
            reason = (
                f"The '{name}' attribute is invalid - The value '{quoted}' is invalid "
                f"according to its datatype '{datatype.name}' - "
            )
            raise SchemaViolation(reason=reason + datatype.breach.format(value=quoted))


def _validate_children(element: Element, type_: ElementType) -> None:
    expected: Collection[str] = type_.children
    present = set()
    for child in element:
        name = local_name(child)
        if child.tag != _PREFIX + name or name not in expected:
            reason = f"The {_describe(element)} has invalid child {_describe(child)}."
            if expected:
                reason = f"{reason} {list_possible(expected)}"
            raise SchemaViolation(reason=reason)
        if not type_.many:
            # What comes before this one, and itself, can stand no more.
            expected = list(expected)[list(expected).index(name) + 1 :]
        present.add(name)
    missing = [name for name in type_.needed if name not in present]
    if missing:
        raise make_incomplete_error(element, list_possible(missing))


def _validate_emptiness(element: Element, type_: ElementType) -> None:
    texts = [element.text, *(child.tail for child in element)]
    if any(text and not text.isspace() for text in texts):
        reason = f"The {_describe(element)} cannot contain text."
        if type_.children:
            reason = f"{reason} {list_possible(type_.children)}"
        raise SchemaViolation(reason=reason)


def _describe(element: Element) -> str:
    namespace, _, name = str(element.tag).rpartition("}")
    return f"element '{_cut(name)}' in namespace '{_cut(namespace.lstrip('{'))}'"


def _cut(text: str) -> str:
    """Keep what a message quotes within bounds."""
    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"

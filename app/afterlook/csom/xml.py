"""XML that may be hostile: no DOCTYPE, no entities, bounded in size and depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from afterlook.csom.errors import RequestTooBig, TooManyResources, XmlMalformed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_BYTES = 2 * 1024 * 1024
"""The largest document, as the product had it by default (docs/reference/csom.md §1.6)."""

MAX_DEPTH = 64
"""The deepest nesting of elements; whoever walks a document may do so by recursion."""

MAX_ELEMENTS = 100_000
"""The most elements of a document."""

MAX_ATTRIBUTES = 32
"""The most attributes of an element: libxml2 looks each up by walking along all."""

_MAX_EQUALS = 150_000
"""The most `=` in a document, of which each attribute has one: to free them takes time, too."""

_PROHIBITED = "For security reasons DTD is prohibited in this XML document."


def parse(raw: bytes) -> Element:
    """Return the root of a document.

    Raises `RequestTooBig`, `XmlMalformed`, and `TooManyResources` for too many elements.
    """
    if len(raw) > MAX_BYTES:
        raise RequestTooBig
    if raw.count(b"=") > _MAX_EQUALS:
        raise TooManyResources
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlMalformed(reason=str(error)) from error
    # What a DOCTYPE declares has been read by now; libxml2 bounds how far it expands.
    if root.getroottree().docinfo.doctype:
        raise XmlMalformed(reason=_PROHIBITED)
    _measure(root)
    return root


def _measure(root: Element) -> None:
    # A loop, for within one call other threads would not have their turn.
    for number, _ in enumerate(root.iter()):
        if number >= MAX_ELEMENTS:
            raise TooManyResources
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise XmlMalformed(reason=f"The document is nested deeper than {MAX_DEPTH} levels.")

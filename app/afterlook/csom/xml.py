"""XML that may be hostile: no DOCTYPE, no entities, bounded in size and depth.

Must not know what the documents are about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from afterlook.csom.errors import RequestTooBig, XmlMalformed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_BYTES = 2 * 1024 * 1024
"""The largest document, as the product had it by default (contract §1.6)."""

MAX_DEPTH = 64
"""The deepest nesting of elements; whoever walks a document may do so by recursion."""

_PROHIBITED = "For security reasons DTD is prohibited in this XML document."


def parse(raw: bytes) -> Element:
    """Return the root of a document. Raises `RequestTooBig`, `XmlMalformed`."""
    if len(raw) > MAX_BYTES:
        raise RequestTooBig
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
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise XmlMalformed(reason=f"The document is nested deeper than {MAX_DEPTH} levels.")

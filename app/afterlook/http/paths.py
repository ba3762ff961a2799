"""The one form of an address that guards and routes see alike (RFC 3986 §6.2.2).

Owns what is left out of a path before anybody looks at it, and which wire an address belongs to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.http.sender import Sender

Wire = Literal["outlook", "graph", "sharepoint", "oauth"]

API_ROOT = "api"
_GRAPH_ROOTS = ("/v1.0", "/beta")
_BELOW_WEBS = frozenset({"_api", "_layouts", "_vti_bin"})

_BELOW_TENANT = re.compile(r"/[^/]+/(?:oauth2|discovery|userrealm|(?:v2\.0/)?\.well-known)/")

# What stands in quotes is a client's data: there, `//` and `..` mean themselves.
_LITERAL = re.compile(r"((?:'|%27)(?:[^'%]|%(?!27))*+(?:'|%27))")
_SLASH = re.compile(r"%2f", re.IGNORECASE)


def apply_normal_path(scope: Scope, _: Sender) -> None:
    """Bring the `path` and `raw_path` of a request into normal form."""
    raw = raw_path(scope)
    if not is_normal(raw):
        scope["path"], raw = normalise(raw)
        scope["raw_path"] = raw.encode("latin-1")


def is_normal(raw: str) -> bool:
    """Tell of almost every path, and fast, that there is nothing to do."""
    return not ("%" in raw or "//" in raw or "/." in raw) and raw.startswith("/")


def normalise(raw: str) -> tuple[str, str]:
    """Return the normal form of a percent-encoded path: decoded, and encoded as it was.

    Empty segments and those that are dots fall away; an encoded slash separates nothing, and so
    stays encoded in both.
    """
    kept: list[tuple[str, str]] = []
    text = encoded = ""
    for place, part in enumerate(_LITERAL.split(raw)):
        if place % 2:
            text, encoded = text + unquote(part), encoded + part
            continue
        first, *others = part.split("/")
        text, encoded = text + _decode(first), encoded + first
        for other in others:
            _keep(kept, text, encoded)
            text, encoded = _decode(other), other
    _keep(kept, text, encoded)
    end = "/" if text in ("", ".", "..") and kept else ""
    path = "/".join(each for each, _ in kept)
    return f"/{path}{end}", f"/{'/'.join(each for _, each in kept)}{end}"


def _keep(kept: list[tuple[str, str]], text: str, encoded: str) -> None:
    if text == "..":
        del kept[-1:]
    elif text not in ("", "."):
        kept.append((text, encoded))


def _decode(segment: str) -> str:
    return unquote(_SLASH.sub("%252F", segment)) if "%" in segment else segment


def raw_path(scope: Scope) -> str:
    """Return the path as it was sent, percent-encoded."""
    raw = scope.get("raw_path")
    return raw.decode("latin-1") if raw else quote(scope["path"])


def is_below_api_root(scope: Scope) -> bool:
    """Tell whether a request is Outlook's, however its address is spelt."""
    return scope["path"][: len(API_ROOT) + 2].lower() in (f"/{API_ROOT}", f"/{API_ROOT}/")


def is_below_graph(scope: Scope) -> bool:
    """Tell whether a request is Graph's, however its address is spelt.

    A web may be called `beta` too: what is below it is SharePoint's.
    """
    start = scope["path"][:6].lower()
    return start.rstrip("/") in _GRAPH_ROOTS and wire_of(scope) == "graph"


def wire_of(scope: Scope) -> Wire | None:
    """Tell which wire an address is below, whether or not there is anything."""
    if is_below_api_root(scope):
        return "outlook"
    path = scope["path"].lower()
    if not _BELOW_WEBS.isdisjoint(path.split("/")):
        return "sharepoint"
    if f"/{path[1:].partition('/')[0]}" in _GRAPH_ROOTS:
        return "graph"
    return "oauth" if _BELOW_TENANT.match(path) else None

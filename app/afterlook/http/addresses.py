"""The address normaliser: every OData spelling of an address becomes the one that is routed.

Owns which part of an address is the root of a service. A `Vocabulary` knows its segments. No
redirect, ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from afterlook.errors import SegmentNotFound
from afterlook.http.paths import API_ROOT, is_below_api_root, is_below_graph, raw_path
from afterlook.odata import path as odata_path
from afterlook.odata.path import Vocabulary

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.http.sender import Sender

VERSIONS = ("beta", "v2.0")
GRAPH_VERSIONS = ("beta", "v1.0")


class ServiceRoot(NamedTuple):
    """Where addresses of a service begin: `/api/beta` for `prefix` "/api" and version "beta".

    `is_below` tells whether a request is this service's.
    """

    prefix: str
    versions: tuple[str, ...]
    vocabulary: Vocabulary
    is_below: Callable[[Scope], bool]


class Addresses:
    """Rewrites the path of requests below service roots; `HEAD` becomes a `GET` unseen."""

    def __init__(self, *roots: ServiceRoot) -> None:
        self._roots = roots
        forms = (f"{_write_prefix_pattern(root)}{root.vocabulary.canonical_form}" for root in roots)
        self._is_canonical = re.compile("|".join(forms).encode("ascii")).fullmatch
        self._segmented = [
            (
                re.compile(
                    f"{_write_prefix_pattern(root)}{root.vocabulary.segmented_form}"
                ).fullmatch,
                root,
            )
            for root in roots
        ]

    def __call__(self, scope: Scope, _: Sender | None = None) -> None:
        """Write a request's canonical path into its scope. Raises as `odata.path.parse` does."""
        if scope["method"] == "HEAD":
            scope["method"] = "GET"
        if self._is_canonical(scope.get("raw_path") or b""):
            return
        raw = raw_path(scope)
        for has_form, root in self._segmented:
            if has_form(raw):
                scope["path"] = root.vocabulary.bracket_keys(raw)
                return
        for root in self._roots:
            if root.is_below(scope):
                scope["path"] = _write_canonical(scope, root) or scope["path"]
                return


def _write_prefix_pattern(root: ServiceRoot) -> str:
    return f"{root.prefix}/(?:{'|'.join(map(re.escape, root.versions))})"


def outlook_root(vocabulary: Vocabulary) -> ServiceRoot:
    """Return the root of the Outlook service."""
    return ServiceRoot(f"/{API_ROOT}", VERSIONS, vocabulary, is_below_api_root)


def graph_root(vocabulary: Vocabulary) -> ServiceRoot:
    """Return the root of Microsoft Graph."""
    return ServiceRoot("", GRAPH_VERSIONS, vocabulary, is_below_graph)


def _write_canonical(scope: Scope, root: ServiceRoot) -> str | None:
    segments = odata_path.parse(raw_path(scope), root.vocabulary.actions)[root.prefix.count("/") :]
    if not segments:
        return None
    version, *rest = segments
    if version.name.lower() not in root.versions:
        raise SegmentNotFound(segment=version.name)
    written = odata_path.write_canonical(rest, root.vocabulary)
    return f"{root.prefix}/{version.name.lower()}{written}"


def origin(scope: Scope, host: str | None) -> str:
    """Return scheme and host as the client addressed them."""
    if host is None:
        address, port = scope["server"]
        host = f"{address}:{port}"
    return f"{scope['scheme']}://{host}"

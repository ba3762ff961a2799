"""The address normaliser: every OData spelling of an address becomes the one that is routed.

Owns which part of an address is a service root. A `Vocabulary` knows the service's segments. No
redirect, ever.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afterlook.errors import SegmentNotFound
from afterlook.http.paths import ROOT, is_below_root, raw_path
from afterlook.odata import path as odata_path
from afterlook.odata.path import Vocabulary

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.http.sender import Sender

VERSIONS = ("beta", "v2.0")


class Addresses:
    """Rewrites the path of requests below `/api/{version}`; `HEAD` becomes a `GET` unseen."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        form = f"/{ROOT}/(?:{'|'.join(map(re.escape, VERSIONS))}){vocabulary.canonical_form}"
        self._is_canonical = re.compile(form.encode("ascii")).fullmatch

    def __call__(self, scope: Scope, _: Sender | None = None) -> None:
        """Write a request's canonical path into its scope. Raises as `odata.path.parse` does."""
        if scope["method"] == "HEAD":
            scope["method"] = "GET"
        if not self._is_canonical(scope.get("raw_path") or b""):
            scope["path"] = self._canonical(scope) or scope["path"]

    def _canonical(self, scope: Scope) -> str | None:
        if not is_below_root(scope):
            return None
        _, *segments = odata_path.parse(raw_path(scope), self._vocabulary.actions)
        if not segments:
            return None
        version, *rest = segments
        if version.name.lower() not in VERSIONS:
            raise SegmentNotFound(segment=version.name)
        return f"/{ROOT}/{version.name.lower()}{odata_path.canonical(rest, self._vocabulary)}"


def origin(scope: Scope, host: str | None) -> str:
    """Return scheme and host as the client addressed them."""
    if host is None:
        address, port = scope["server"]
        host = f"{address}:{port}"
    return f"{scope['scheme']}://{host}"

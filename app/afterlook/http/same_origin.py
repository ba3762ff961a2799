"""Writes that a web page of another origin makes a browser send (Fetch Standard, Fetch Metadata).

Owns which origins may write, on every wire and whether or not there is a token: a browser needs no
preflight for a form, nor for a POST without a body.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from afterlook.errors import OriginRefused

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.http.sender import Sender

ANY = "*"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({b"same-origin", b"none"})
_DEFAULT_PORTS = {"http": b":80", "https": b":443"}
_MAX_SHOWN = 128


class SameOrigin:
    """Refuses methods that may write from origins that are neither our own nor in `origins`.

    Another origin of the same site is another one. A client that is no browser names none.
    """

    def __init__(self, origins: Iterable[str]) -> None:
        self._origins = frozenset(origin.encode("ascii") for origin in origins)
        self._any = ANY.encode("ascii") in self._origins

    def __call__(self, scope: Scope, _: Sender) -> None:
        """Let a request pass. Raises `OriginRefused`."""
        if scope["method"] not in _SAFE and not self._any:
            foreign = self.find_foreign(scope)
            if foreign is not None:
                raise OriginRefused(origin=foreign)

    def find_foreign(self, scope: Scope) -> str | None:
        """Return whose page made a request, or None where it is our own or no browser's."""
        host, origins, sites = b"", [], []
        for name, value in scope["headers"]:
            if name == b"origin":
                origins.append(value)
            elif name == b"sec-fetch-site":
                sites.append(value)
            elif name == b"host":
                host = value
        if not origins and not sites:
            return None
        if len(origins) == 1 and origins[0] in self._origins:
            return None
        foreign = [one for one in origins if not _is_own(one, scope["scheme"], host)]
        if foreign or not _OWN_SITES.issuperset(sites):
            return b", ".join(origins or sites)[:_MAX_SHOWN].decode("latin-1")
        return None


OWN_PAGES = SameOrigin(())
"""Stricter than the guard, which lets origins through that the settings name."""


def _is_own(origin: bytes, scheme: str, host: bytes) -> bool:
    port = _DEFAULT_PORTS[scheme]
    own = scheme.encode("ascii") + b"://" + host.lower().removesuffix(port)
    return origin.lower().removesuffix(port) == own

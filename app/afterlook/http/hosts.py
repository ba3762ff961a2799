"""Whose name a request was sent to, and by which scheme: before anything else looks at it.

Owns what a Host may be, that no web page can rebind a name to us, and what a proxy may say instead
of the client.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import TYPE_CHECKING

from afterlook.errors import HostMalformed, HostNotServed, ServiceError

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.http.sender import Sender

ANY = "*"
ANY_ADDRESS = "any IP address"
"""Among hosts: whatever is an IP address. Nobody can rebind one."""

REDIRECTED = frozenset(
    {
        "graph.microsoft.com",
        "login.microsoftonline.com",
        "outlook.office.com",
        "outlook.office365.com",
    }
)
REDIRECTED_BELOW = (".sharepoint.com",)
"""Names of the services, which people make lead here, by a hosts file or a proxy.

Only Microsoft says where they lead, so that no web page can rebind one of them to this server.
"""

_HOST = re.compile(
    r"(?P<name>\[[0-9a-f:.]{2,45}\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::(?P<port>\d{1,5}))?",
    re.ASCII,
)
_BELOW = (".localhost", *REDIRECTED_BELOW)
_MAX_HOST = 255
_MAX_PORT = 0xFFFF
_MAX_CACHED = 256
_SCHEMES = frozenset({b"http", b"https"})
_FORWARDED = frozenset({b"x-forwarded-proto", b"x-forwarded-host"})

Networks = Collection[IPv4Network | IPv6Network]
Refusal = Callable[[], ServiceError]
"""Makes the error for a host anew: an exception that is raised twice keeps its old traceback."""


class KnownHosts:
    """Answers only for hosts that are ours, under the one that the client asked for.

    `hosts` are lower-case names without port; `REDIRECTED` and names below `localhost` are ours
    too. From peers in `proxies`, `X-Forwarded-Proto` and `X-Forwarded-Host` are taken, the latter
    if it is ours.
    """

    def __init__(self, hosts: frozenset[str], proxies: Networks) -> None:
        self._hosts = hosts | REDIRECTED
        self._proxies = proxies
        self._verdicts: dict[bytes, Refusal | None] = {}
        self._peers: dict[str, bool] = {}

    def __call__(self, scope: Scope, _: Sender) -> None:
        """Let a request pass, as the client sent it. Raises `HostMalformed`, `HostNotServed`."""
        given, forwarded = [], []
        for name, value in scope["headers"]:
            if name == b"host":
                given.append(value)
            elif name in _FORWARDED:
                forwarded.append((name, value))
        refusal = HostMalformed if len(given) != 1 else self._check(given[0])
        if refusal is not None:
            raise refusal()
        if forwarded and self._is_proxy(scope):
            self._apply_forwarded(scope, forwarded)

    def is_known(self, host: str) -> bool:
        """Tell whether a name, or an address, with a port or without, is one of ours."""
        return self._check(host.encode("utf-8", "replace")) is None

    def _check(self, host: bytes) -> Refusal | None:
        """Return why a host is not answered for, remembering it: most clients have one alone."""
        try:
            return self._verdicts[host]
        except KeyError:
            verdict = self._check_anew(host.decode("latin-1"))
            if len(host) <= _MAX_HOST:
                if len(self._verdicts) >= _MAX_CACHED:
                    self._verdicts.clear()
                self._verdicts[host] = verdict
            return verdict

    def _check_anew(self, host: str) -> Refusal | None:
        match = _HOST.fullmatch(host.lower()) if len(host) <= _MAX_HOST else None
        if match is None or int(match["port"] or 0) > _MAX_PORT:
            return HostMalformed
        name = match["name"].strip("[]").removesuffix(".")
        is_literal = _is_address(name)
        if match["name"].startswith("[") and not is_literal:
            return HostMalformed
        if ANY in self._hosts or name in self._hosts or name.endswith(_BELOW):
            return None
        if is_literal and ANY_ADDRESS in self._hosts:
            return None
        return partial(HostNotServed, host=host)

    def _is_proxy(self, scope: Scope) -> bool:
        if not scope.get("client"):
            return False
        peer = scope["client"][0]
        if peer not in self._peers:
            if len(self._peers) >= _MAX_CACHED:
                self._peers.clear()
            self._peers[peer] = _is_address(peer) and any(
                ip_address(peer) in network for network in self._proxies
            )
        return self._peers[peer]

    def _apply_forwarded(self, scope: Scope, forwarded: list[tuple[bytes, bytes]]) -> None:
        """Make a scope what the proxy met; what cannot be, or is not ours, is passed over."""
        # Of several proxies the first was the client's.
        said = {name: value.partition(b",")[0].strip() for name, value in reversed(forwarded)}
        scheme = said.get(b"x-forwarded-proto", b"").lower()
        host = said.get(b"x-forwarded-host")
        if scheme in _SCHEMES:
            scope["scheme"] = scheme.decode("ascii")
        if host is not None and self._check(host) is None:
            others = [pair for pair in scope["headers"] if pair[0] != b"host"]
            scope["headers"] = [(b"host", host), *others]


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True

"""Addresses below a web, of which there are any number: `/`, `/personal/user_x`, `/sites/a/b`.

Owns what may stand before the part that is routed, and that case does not count.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Endpoint = Callable[[Request], Awaitable[Response]]

_MAX_SEGMENTS = 16
_SEGMENT = r"[^/\x00-\x1f\x7f]{1,128}"
_WEB = rf"(?P<web>(?:/+{_SEGMENT}){{0,{_MAX_SEGMENTS}}}?)"
_SLASHES = re.compile("/+")
_ADDRESS = re.compile(rf"/|(?:/{_SEGMENT}){{1,{_MAX_SEGMENTS}}}")


class WebRoute(Route):
    """A route to an address below any web; `tail` is a regular expression.

    What a group `resource` of it matches is a parameter of the path.
    """

    def __init__(self, tail: str, endpoint: Endpoint, methods: Sequence[str] = ("POST",)) -> None:
        path = "/{web:path}{resource:path}"
        super().__init__(path, endpoint, methods=list(methods), include_in_schema=False)
        # Starlette has no routes without regard to case.
        # Letters that are like ASCII's without regard to case, such as the long s, are not alike:
        # no guard would take `_ap\u0131` for `_api`.
        flags = re.IGNORECASE | re.ASCII
        self.path_regex = re.compile(rf"{_WEB}/+{tail}/*\Z", flags)


def is_web(address: str) -> bool:
    """Tell whether a web can have this server-relative address."""
    return _ADDRESS.fullmatch(address) is not None


def web_of(request: Request) -> str:
    """Return the server-relative address of the web that a request is sent to."""
    return _SLASHES.sub("/", str(request.path_params["web"])) or "/"

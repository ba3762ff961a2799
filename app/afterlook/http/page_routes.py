"""Routes to addresses that match a regular expression, without regard to case.

So are all addresses of SharePoint, and those where people sign in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.convertors import StringConvertor
from starlette.routing import Route

from afterlook.http.webs import Endpoint


class PageRoute(Route):
    """A route; `pattern` is a regular expression of the whole path.

    What its named groups match are parameters of the path.
    """

    def __init__(self, pattern: str, endpoint: Endpoint, methods: Sequence[str] = ("GET",)) -> None:
        super().__init__("/", endpoint, methods=list(methods), include_in_schema=False)
        # Letters that are like ASCII's without regard to case are not alike.
        self.path_regex = re.compile(rf"{pattern}\Z", re.IGNORECASE | re.ASCII)
        self.param_convertors = dict.fromkeys(self.path_regex.groupindex, StringConvertor())

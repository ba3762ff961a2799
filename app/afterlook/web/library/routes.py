"""Where browsers get the scripts: in the layouts folder of any web, as SharePoint's pages do.

`/_layouts/15/sp.js`, `/personal/user_x/_layouts/16/SP.js`: case does not count, and the web is any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from afterlook.errors import ResourceNotFound
from afterlook.http.webs import WebRoute
from afterlook.odata.etag import read_tags, write_weak
from afterlook.web.library.scripts import read_scripts

if TYPE_CHECKING:
    from starlette.requests import Request

_SCRIPTS = read_scripts()

# The address says no version: a browser asks each time whether it is still the same. The tag is a
# weak one, because the same script goes out compressed, too.
_CACHE = "no-cache"


async def answer_script(request: Request) -> Response:
    """Answer with a script. Raises `ResourceNotFound`."""
    script = _SCRIPTS.get(request.path_params["resource"].lower())
    if script is None:
        raise ResourceNotFound(path=request.scope["path"])
    headers = {
        "Cache-Control": _CACHE,
        "ETag": write_weak(script.version),
        "X-Content-Type-Options": "nosniff",
    }
    if read_tags(request.headers.getlist("if-none-match")).matches(script.version):
        return Response(status_code=304, headers=headers)
    return Response(script.content, headers=headers, media_type=script.media_type)


ROUTES = [
    WebRoute(r"_layouts/+1[56]/+(?P<resource>[^/]{1,128}\.(?:js|d\.ts))", answer_script, ["GET"]),
]

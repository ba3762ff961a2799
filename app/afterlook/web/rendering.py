"""The templates of the page, with what all of them use."""

from __future__ import annotations

from pathlib import Path

from afterlook.assets.files import Files
from afterlook.assets.pages import SHARED, Pages
from afterlook.web.texts import TEXTS, count_tasks, say
from afterlook.web.views import VIEWS

_HERE = Path(__file__).parent

FILES = Files("/_page", _HERE / "static", {"page.css": SHARED.text("base.css")})
"""The page's own styles and scripts."""

_LIBRARY = tuple(f"/_layouts/15/{name}.js" for name in ("sp.runtime", "sp", "sp.workmanagement"))
"""Of the script library what the page's own scripts call, in the order of need."""

_MAIN = "page/main.js"

PAGES = Pages(
    _HERE / "templates",
    t=TEXTS,
    say=say,
    count_tasks=count_tasks,
    views=VIEWS,
    file=FILES.url,
    stylesheet="page.css",
    scripts=_LIBRARY,
    page_script=FILES.url(_MAIN),
)

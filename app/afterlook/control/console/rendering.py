"""The templates of the console, and what a browser may do with its pages.

Stricter than other pages: nothing shows them in a frame, and no text becomes markup, whatever a
script should do (Trusted Types). What a client sent is shown here as it came.
"""

from __future__ import annotations

from pathlib import Path

from afterlook import __version__
from afterlook.assets.files import Files
from afterlook.assets.pages import SHARED, Pages
from afterlook.control.console.registry import describe_operations
from afterlook.control.console.sections import SECTIONS
from afterlook.control.operation import API, CONTROL_ROOT

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)

FILES = Files(f"{CONTROL_ROOT}/files", _HERE / "static", {"console.css": SHARED.text("base.css")})
"""The console's own styles and scripts."""

HEADERS = {"Cache-Control": "no-store", "X-Frame-Options": "DENY"}

PAGES = Pages(
    _HERE / "templates",
    policy=_POLICY,
    version=__version__,
    sections=SECTIONS,
    operations=describe_operations,
    api=API,
    file=FILES.url,
    script=FILES.url("console/main.js"),
)

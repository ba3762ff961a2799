"""Pages: from a template to an answer.

Owns what a browser may do with a page (Content Security Policy Level 3), that what users wrote is
text and nothing else, and that a template never passes over what it was not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from afterlook.assets.files import Files

_HERE = Path(__file__).parent

SHARED = Files("/_assets", _HERE / "static")
"""Styles, icons, and the script that chooses between light and dark."""

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""What a browser may do with a page, unless its package says otherwise."""

_HEADERS = {
    # What a page shows is its user's; it may come back from memory, not from a store.
    "Cache-Control": "private, no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # With `no-referrer` a form would be sent with `Origin: null`, and so be refused.
    "Referrer-Policy": "same-origin",
    "Vary": "Cookie",
    "X-Content-Type-Options": "nosniff",
}
# None of these can end a script element, or begin a comment in it.
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


class Pages:
    """Templates of a package, on the base that all share; `policy` is about their nonce."""

    def __init__(self, directory: Path, *, policy: str = POLICY, **shared: object) -> None:
        self._policy = policy
        self._environment = Environment(
            loader=FileSystemLoader([directory, _HERE / "templates"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals |= {"asset": SHARED.url, "sprite": SHARED.url("icons.svg")}
        self._environment.globals["symbols"] = find_symbols
        # Before the first paint, and so not worth a request.
        self._environment.globals["theme"] = Markup(SHARED.text("theme.js"))  # noqa: S704
        self._environment.globals |= shared
        self._environment.filters["json"] = embed_json

    def render(
        self,
        template: str,
        values: Mapping[str, Any],
        *,
        nonce: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """Return a page; `nonce` is one that nobody can guess, and was never used before."""
        content = self._environment.get_template(template).render(values, nonce=nonce)
        policy = {"Content-Security-Policy": self._policy.format(nonce=nonce)}
        return HTMLResponse(content, status, {**_HEADERS, **policy, **(headers or {})})


def find_symbols(*names: str) -> Markup:
    """Return symbols of the sprite, for a page that shows them a hundred times."""
    sprite = SHARED.text("icons.svg")
    ends = [sprite.partition(f'<symbol id="{name}"')[1:] for name in names]
    parts = [start + rest.partition("</symbol>")[0] for start, rest in ends]
    return Markup("".join(f"{part}</symbol>" for part in parts))  # noqa: S704


def embed_json(value: object) -> Markup:
    """Return a value as JSON that may stand in a script element."""
    return Markup(orjson.dumps(value).decode().translate(_ESCAPED))  # noqa: S704

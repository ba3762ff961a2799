"""The scripts of the library: each is put together from parts, in a fixed order.

Owns their names, their order, and what stands around them. A script is a classic one: complete when
its tag has run, strict, with nothing global but the names that programs call. A second copy of it
does nothing, so that objects of the first stay what they are. Under its usual name it comes without
comments, which are half of it; `.debug.js` has them.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from afterlook.assets.modules import remove_comments

_HERE = Path(__file__).parent

_PARTS = {
    "microsoftajax.js": ("functions.js", "types.js"),
    "init.js": ("jobs.js", "sod.js", "body.js"),
    "sp.runtime.js": (
        "values.js",
        "json.js",
        "xml.js",
        "paths.js",
        "actions.js",
        "queries.js",
        "objects.js",
        "collections.js",
        "results.js",
        "scopes.js",
        "transport.js",
        "request.js",
        "execution.js",
        "context.js",
        "namespace.js",
    ),
    "sp.js": ("client_context.js", "utilities.js", "notices.js"),
    "sp.workmanagement.js": ("registry.js", "factory.js"),
    "sp.ui.dialog.js": ("dialog.js",),
}

_NEEDS = {
    "sp.js": ("ClientRuntimeContext", "sp.runtime.js"),
    "sp.workmanagement.js": ("ClientContext", "sp.js"),
}
"""What is missing where a script comes before its time, and which one brings it."""

_DECLARATIONS = "sp.workmanagement.d.ts"


class Script(NamedTuple):
    """A file as it is served; `version` is another one when its content is."""

    content: bytes
    media_type: str
    version: str


def read_scripts() -> dict[str, Script]:
    """Return all files by their names, which are in small letters."""
    scripts: dict[str, Script] = {}
    for name, parts in _PARTS.items():
        text = _put_together(name, parts)
        scripts[name] = _served(_shorten(text), "text/javascript")
        scripts[name.replace(".js", ".debug.js")] = _served(text, "text/javascript")
    declarations = (_HERE / _DECLARATIONS).read_text("utf-8")
    return {**scripts, _DECLARATIONS: _served(declarations, "text/plain")}


def _served(text: str, media_type: str) -> Script:
    content = text.encode()
    return Script(content, f"{media_type}; charset=utf-8", sha256(content).hexdigest()[:32])


_BLANK_LINES = re.compile(r"\n{2,}")


def _shorten(text: str) -> str:
    return _BLANK_LINES.sub("\n", remove_comments(text))


def _put_together(name: str, parts: tuple[str, ...]) -> str:
    folder = _HERE / name.removesuffix(".js")
    code = "\n".join((folder / part).read_text("utf-8") for part in parts)
    return f'(function main() {{\n"use strict";\n{_head(name)}\n{code}\n{_foot(name)}}})();\n'


def _head(name: str) -> str:
    return (
        "const SP = (globalThis.SP ??= {});\n"
        f"{_wait(name, *_NEEDS[name]) if name in _NEEDS else ''}"
        "globalThis._spScripts ??= new Set();\n"
        f'if (globalThis._spScripts.has("{name}")) return;\n'
        f'globalThis._spScripts.add("{name}");\n'
    )


def _wait(name: str, member: str, needed: str) -> str:
    return (
        f"if (!SP.{member}) {{\n"
        f'  if (!SP.SOD) throw new Error("{name} comes after {needed}.");\n'
        f'  SP.SOD.executeOrDelayUntilScriptLoaded(main, "{needed}");\n'
        "  return;\n}\n"
    )


def _foot(name: str) -> str:
    return f'globalThis.NotifyScriptLoadedAndExecuteWaitingJobs?.("{name}");\n'

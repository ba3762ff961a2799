"""ES modules put together into one script, so that a page asks for one file.

Owns what a module may say: it imports names from its neighbours (`import { a, b } from "./c.js";`)
and from `assets/scripts/`, which all pages share, exports declarations (`export function …`), and
renames nothing. What is at the top level of any of them is a name of all of them, and so is there
once. Comments and indents, half of the bytes, stay in the sources.
"""

from __future__ import annotations

import re
from pathlib import Path

_NAMES = r"\{\s*\w+(?:,\s*\w+)*,?\s*\}"
_IMPORT = re.compile(rf'^import(?: {_NAMES} from)? "(?P<name>\.{{1,2}}/[\w./]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)
# A line of comment, a block of them, the type of an expression in parentheses, or a word at a
# line's end. No text and no pattern of ours holds what looks like one.
_COMMENTS = re.compile(
    r"^\s*//.*\n|^\s*/\*\*(?:[^*]|\*(?!/))*\*/\s*\n|/\*\*.*?\*/ ?|(?<=[;,{]) // .*$", re.MULTILINE
)
_INDENTS = re.compile(r"\n\s*")


def put_together(main: Path) -> str:
    """Return a module and all that it imports, each once, before what needs it.

    Raises `ValueError` for a module that says what it may not.
    """
    parts: dict[Path, str] = {}
    _visit(main, parts, set())
    owners: dict[str, Path] = {}
    for path, text in parts.items():
        for name in _DECLARED.findall(text):
            if owners.setdefault(name, path) != path:
                message = f"{name} is declared in {owners[name].name} and in {path.name}"
                raise ValueError(message)
    return _INDENTS.sub("\n", remove_comments("".join(parts.values())))


def remove_comments(script: str) -> str:
    """Return a script of ours without its comments."""
    return _COMMENTS.sub("", script)


def _visit(path: Path, parts: dict[Path, str], begun: set[Path]) -> None:
    path = path.resolve()
    if path in begun:
        # Functions may need each other across modules: they are there before any of them runs.
        return
    begun.add(path)
    text = path.read_text("utf-8")
    for match in _IMPORT.finditer(text):
        _visit(path.parent / match["name"], parts, begun)
    text = _EXPORT.sub("", _IMPORT.sub("", text))
    other = _OTHER.search(text)
    if other is not None:
        message = f"{path.name}: {other[0]!r} is not of the kind that is put together"
        raise ValueError(message)
    parts[path] = text

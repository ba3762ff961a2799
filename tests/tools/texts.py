"""The texts of the page as its scripts import them: `page/texts.js`, made of `web/texts.py`.

Of all texts it has those whose keys scripts name, be it by their beginning: `empty_${key}`.
`--write` makes the file, `--check` tells whether it still says the same.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from afterlook.web.texts import TEXTS, WRITE_ERRORS
from tests.tools import generated_files

FILE = Path(__file__).parents[2] / "app" / "afterlook" / "web" / "static" / "page" / "texts.js"

_WIDTH = 100
_NAMED = re.compile(r'"(\w+)"|`(\w+_)\$\{')


def named() -> Mapping[str, str]:
    """Return the texts that scripts name."""
    scripts = [path.read_text("utf-8") for path in FILE.parent.glob("*.js") if path != FILE]
    found = [match for script in scripts for match in _NAMED.findall(script)]
    keys = {key for key, _ in found if key}
    beginnings = tuple(beginning for _, beginning in found if beginning)
    return {key: text for key, text in TEXTS.items() if key in keys or key.startswith(beginnings)}


def document() -> str:
    """Return the module as the file should have it."""
    errors = {str(number): text for number, text in WRITE_ERRORS.items()}
    return (
        "// Made of web/texts.py by `python -m tests.tools.texts --write`; change it there.\n\n"
        f"export const TEXTS = {_written(named())};\n\n"
        "/** Sentences after “Not saved:”, by WriteFieldErrorType. */\n"
        f"export const WRITE_ERRORS = {_written(errors)};\n"
    )


def _written(texts: Mapping[str, str]) -> str:
    return "{\n" + "".join(map(_line, texts, texts.values())) + "}"


def _line(key: str, text: str) -> str:
    """Return a text as the formatter wants it: on a line of its own where it is long."""
    value = json.dumps(text, ensure_ascii=False)
    line = f"  {key}: {value},\n"
    return line if len(line) <= _WIDTH + 1 else f"  {key}:\n    {value},\n"


def run() -> int:
    """Write or check the file; return an exit code."""
    return generated_files.run("texts", lambda: {FILE: document()}, "texts")


if __name__ == "__main__":
    sys.exit(run())

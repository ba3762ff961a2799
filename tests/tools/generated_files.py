"""Files that are made and kept: `--write` makes them, `--check` tells whether they are still so."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path


def run(tool: str, make_files: Callable[[], Mapping[Path, str]], target: str) -> int:
    """Write or check files for the command line of a tool; return an exit code.

    `target` is the `make` target that writes them.
    """
    parser = argparse.ArgumentParser(prog=f"python -m tests.tools.{tool}")
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--write", action="store_true")
    chosen.add_argument("--check", action="store_true")
    is_write = parser.parse_args().write
    for file, content in make_files().items():
        if is_write:
            file.write_text(content, "utf-8")
        elif not file.exists() or file.read_text("utf-8") != content:
            sys.stderr.write(f"{file.name} is not what it would be made: run `make {target}`\n")
            return 1
    return 0

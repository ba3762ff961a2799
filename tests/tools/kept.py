"""Files that are made and kept: `--write` makes one, `--check` tells whether it is up to date."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path


def run(tool: str, file: Path, made: Callable[[], str], stale: str) -> int:
    """Write or check a file for the command line of a tool; return an exit code.

    `stale` is said of a file that is not what it would be made.
    """
    parser = argparse.ArgumentParser(prog=f"python -m tests.tools.{tool}")
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--write", action="store_true")
    chosen.add_argument("--check", action="store_true")
    if parser.parse_args().write:
        file.write_text(made(), "utf-8")
        return 0
    if file.exists() and file.read_text("utf-8") == made():
        return 0
    sys.stderr.write(f"{stale}\n")
    return 1

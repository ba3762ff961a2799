"""The published contract: `openapi/openapi.yaml` is what the routes say.

`--write` makes the file, `--check` tells whether it still says the same.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import yaml

from afterlook import main, settings

FILE = Path(__file__).parents[2] / "openapi" / "openapi.yaml"


def document() -> str:
    """Return the contract as the file should have it."""
    with tempfile.TemporaryDirectory() as directory:
        loaded = settings.load(data=directory)
        store = main.open_store(loaded)
        try:
            contract = main.create_app(loaded, store).openapi()
        finally:
            store.close()
    return yaml.safe_dump(contract, sort_keys=False, allow_unicode=True, width=100)


def run() -> int:
    """Write or check the file; return an exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.openapi")
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--write", action="store_true")
    chosen.add_argument("--check", action="store_true")
    if parser.parse_args().write:
        FILE.write_text(document(), "utf-8")
        return 0
    if FILE.exists() and FILE.read_text("utf-8") == document():
        return 0
    sys.stderr.write(f"{FILE.name} does not say what the routes say: run `make openapi`\n")
    return 1


if __name__ == "__main__":
    sys.exit(run())

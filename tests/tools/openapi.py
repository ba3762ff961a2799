"""The published contract: `openapi/openapi.yaml` is what the routes say.

`--write` makes the file, `--check` tells whether it still says the same.
"""

import sys
import tempfile
from pathlib import Path

import yaml

from afterlook import main, settings
from tests.tools import kept

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
    return kept.run("openapi", lambda: {FILE: document()}, "openapi")


if __name__ == "__main__":
    sys.exit(run())

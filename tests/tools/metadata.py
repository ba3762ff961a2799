"""The published entity model: `openapi/metadata.xml` is what `$metadata` answers.

`--write` makes the file, `--check` tells whether it still says the same.
"""

import sys
from pathlib import Path

from afterlook.odata import csdl
from afterlook.outlook.model import MODEL
from tests.tools import kept

FILE = Path(__file__).parents[2] / "openapi" / "metadata.xml"


def document() -> str:
    """Return the model as the file should have it."""
    return csdl.write_model(MODEL)


def run() -> int:
    """Write or check the file; return an exit code."""
    return kept.run("metadata", lambda: {FILE: document()}, "openapi")


if __name__ == "__main__":
    sys.exit(run())

"""The published entity models: `openapi/metadata.xml`, `graph.xml`, `graph-beta.xml`.

They are what `$metadata` answers.

`--write` makes the file, `--check` tells whether it still says the same.
"""

import sys
from pathlib import Path

from afterlook.graph.model import MODEL as GRAPH
from afterlook.graph.outlook.model import BETA_MODEL
from afterlook.odata import csdl
from afterlook.outlook.model import MODEL
from tests.tools import generated_files

_FILES = Path(__file__).parents[2] / "openapi"
FILE = _FILES / "metadata.xml"


def document() -> str:
    """Return the model as the file should have it."""
    return csdl.write_model(MODEL)


def make_files() -> dict[Path, str]:
    """Return each file as it should be."""
    return {
        FILE: document(),
        _FILES / "graph.xml": csdl.write_model(GRAPH),
        _FILES / "graph-beta.xml": csdl.write_model(BETA_MODEL),
    }


def run() -> int:
    """Write or check the file; return an exit code."""
    return generated_files.run("metadata", make_files, "openapi")


if __name__ == "__main__":
    sys.exit(run())

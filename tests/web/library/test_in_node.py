"""The scripts in Node: tests/js/*.test.js, on a page without a browser."""

import os
import subprocess
from pathlib import Path

import pytest

from afterlook.web.library.scripts import read_scripts
from tests.support.node import ROOT, find_node

FILES = sorted((ROOT / "tests" / "js").glob("*.test.js"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the scripts as they are served."""
    folder = tmp_path_factory.mktemp("library")
    for name, script in read_scripts().items():
        (folder / name).write_bytes(script.content)
    return folder


@pytest.mark.observed("library.requests", "library.scopes", "library.digest")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_scripts_in_node(file: Path, library: Path) -> None:
    environment = os.environ | {"AFTERLOOK_LIBRARY": str(library)}
    command = [find_node(), "--test", "--test-reporter=spec", str(file)]
    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stdout

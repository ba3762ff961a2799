"""Modules of the console that need no page, in Node: tests/js/console."""

import subprocess
from pathlib import Path

import pytest

from tests.support.node import ROOT, find_node

FILES = sorted((ROOT / "tests" / "js" / "console").glob("*.test.mjs"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_modules_in_node(file: Path) -> None:
    command = [find_node(), "--test", "--test-reporter=spec", str(file)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stdout

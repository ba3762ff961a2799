"""Node, which runs the tests of scripts outside of a browser, and what npm has installed."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "node_modules"


def find_node() -> str:
    """Return the path of Node, or skip the test; where `CI` is set, fail it."""
    return shutil.which("node") or do_without("there is no Node here: apt-get install nodejs npm")


def read_module(path: str) -> str:
    """Return a file of a package, such as `jquery/dist/jquery.js`; without, skip the test."""
    file = MODULES / path
    if not file.exists():
        do_without(f"there is no {path} here: npm ci")
    return file.read_text("utf-8")


def do_without(message: str) -> str:
    """Skip the test; where `CI` is set, fail it."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)

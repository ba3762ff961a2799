"""Mutants of one module: small faults, one at a time, that some test should see.

    make mutants MODULE=afterlook/mailbox/schedule.py
    make mutants MODULE=afterlook/odata/prefer.py ARGS="tests/odata/test_prefer.py"

Each runs in a fork of this process, in which the libraries are loaded already; no file is changed.
Without tests to run it takes the modules of tests that import the module. A mutant that lives is a
test that is missing, or code that makes no difference.
"""

import argparse
import ast
import importlib
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import pytest

from tests.tools.mutations import mutants

ROOT = Path(__file__).parents[2]
LIBRARIES = ("alembic.command", "fastapi", "hypothesis.strategies", "psycopg", "sqlmodel", "lxml")
"""What takes long to load; not Afterlook itself, which every fork loads with its own fault."""

MAX_SLOWDOWN = 5
"""How many times as long as the tests alone a mutant may take: one that loops forever is seen."""


class Loader(SourceFileLoader):
    """Loads a module from code in place of its file."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        """Return the code."""
        return self._code


class Finder:
    """Finds one module, with a fault in it."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self._name, self._path = name, str(path)
        self._code = compile(tree, self._path, "exec")

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Return how to load the module, if it is this one."""
        if name != self._name:
            return None
        loader = Loader(name, self._path, self._code)
        return spec_from_file_location(name, self._path, loader=loader)


def main() -> int:
    """Try all mutants of a module; tell those that live."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("module", help="a file below app/: afterlook/mailbox/schedule.py")
    parser.add_argument("tests", nargs="*", help="arguments for pytest")
    asked = parser.parse_args()
    path = ROOT / "app" / asked.module.removeprefix("app/")
    name = ".".join(path.relative_to(ROOT / "app").with_suffix("").parts)
    tests = asked.tests or [str(file) for file in importers(name)]
    for library in LIBRARIES:
        importlib.import_module(library)

    tree = ast.parse(path.read_text("utf-8"))
    begin = time.monotonic()
    if wait(start(Finder(name, path, tree), tests, 3600)) != 0:
        sys.stderr.write(f"the tests fail without any fault, or there are none: {tests}\n")
        return 1
    seconds = int(MAX_SLOWDOWN * (time.monotonic() - begin)) + 1
    found, alive = list(mutants(tree)), 0
    for one in found:
        if wait(start(Finder(name, path, one.tree), tests, seconds)) == 0:
            alive += 1
            print(f"{path.relative_to(ROOT)}:{one.line}: {one.before}  ->  {one.after}", flush=True)
    print(f"{len(found)} mutants, {alive} live")
    return bool(alive)


def importers(name: str) -> Iterator[Path]:
    """Yield the modules of tests that import a module."""
    package, _, module = name.rpartition(".")
    by_name = rf"^from {re.escape(package)} import .*\b{module}\b"
    pattern = re.compile(rf"^from {re.escape(name)} import|{by_name}", re.MULTILINE)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        if pattern.search(file.read_text("utf-8")):
            yield file


def start(finder: Finder, tests: list[str], seconds: int) -> int:
    """Run tests in a fork that finds the module with its fault; return the fork's id."""
    fork = os.fork()
    if fork:
        return fork
    signal.alarm(seconds)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.meta_path.insert(0, finder)
    # Examples that fail here would be tried again by every later run of the tests.
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = tempfile.mkdtemp()
    plain = ("-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist")
    os._exit(pytest.main([*plain, *tests]))


def wait(fork: int) -> int:
    """Return how a fork ended: 0 if all tests passed."""
    return os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1])


if __name__ == "__main__":
    sys.exit(main())

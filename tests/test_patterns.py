"""Every regular expression of the package takes time that grows with the text and no faster."""

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from starlette.routing import Route

import afterlook
from afterlook.control.access import Access
from afterlook.csom.schema import Datatype
from afterlook.graph import addresses as graph_addresses
from afterlook.graph import routes as graph_routes
from afterlook.migration.options import OPTIONS
from afterlook.outlook.edm import VOCABULARY
from afterlook.outlook.routes import MOUNTED
from afterlook.sharepoint import routes
from afterlook.web import routes as pages
from afterlook.wires import make_control_routes, make_routes
from tests.support.backtracking import TooManySteps, hostile_texts, steps_of

LENGTH = 48
"""Of a text; what is twice as long may take a little more than twice the steps."""

SEARCHING = frozenset({"search", "sub", "subn", "finditer", "findall", "split"})
LONGER = {"(?P<resource>": 300}
"""Parts of expressions that repeat something so many times: texts must be longer than that."""

IN_FUNCTIONS = {
    **dict.fromkeys(
        ("afterlook.http.webs", "afterlook.http.page_routes", "afterlook.http.lazy_routes"), 1
    ),
    "afterlook.http.addresses": 2,
    "afterlook.graph.outlook.routes": 1,
    "afterlook.migration.options": 2,
    "afterlook.odata.path": 1,
    "afterlook.control.traffic.contract": 1,
    "afterlook.workmanagement.dates": 1,
}
"""Expressions that are made in functions: those of routes and of canonical paths, which are found
there, those of options of the retired API, which are in a table, and those of how cultures write
dates, which are CLDR's and read 120 characters at most."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(afterlook.__path__, "afterlook."):
        if "migrations" not in found.name and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, tuple[re.Pattern[Any], bool, bool]]:
    """Return all expressions, whether they must match wholly, and whether they search."""
    found: dict[str, tuple[re.Pattern[Any], bool, bool]] = {}
    for module in modules():
        uses = used(module.__name__)
        for name, value in vars(module).items():
            pattern = value.form if isinstance(value, Datatype) else value
            if isinstance(pattern, re.Pattern):
                methods = uses.get(name, {"fullmatch"})
                key = f"{module.__name__}.{name}"
                found[key] = pattern, methods == {"fullmatch"}, bool(methods & SEARCHING)
    for option in OPTIONS:
        found[f"option {option.name}"] = option.pattern, False, True
    for wire, vocabulary in (("Outlook", VOCABULARY), ("Graph", graph_addresses.VOCABULARY)):
        found[f"canonical paths of {wire}"] = re.compile(vocabulary.canonical_form), True, False
        found[f"sets in paths of {wire}"] = vocabulary._segmented_key, False, True
        found[f"usual paths of {wire}"] = re.compile(vocabulary.segmented_form), True, False
    mounted = (*MOUNTED, *graph_routes.MOUNTED)
    shapes: set[str] = set()
    served = [(prefix, route) for prefix, router in mounted for route in router.routes]
    emulator: Any = None
    for late in (*make_routes(), *make_control_routes(emulator, Access(""))):
        found[f"where late routes are {late.where.pattern}"] = late.where, False, True
    for prefix, route in [*served, *(("", route) for route in (*routes.ROUTES, *pages.ROUTES))]:
        if isinstance(route, Route) and _shape(route) not in shapes:
            shapes.add(_shape(route))
            found[f"{prefix}{route.path} {route.path_regex.pattern[-40:]}"] = (
                route.path_regex,
                False,
                False,
            )
    return found


def _shape(route: Route) -> str:
    """Return the expression of a route without its words, which are like those of another."""
    return re.sub(r"\w+", "x", route.path_regex.pattern)


@cache
def tree(name: str) -> ast.Module:
    file = sys.modules[name].__file__
    assert file is not None
    return ast.parse(Path(file).read_text("utf-8"))


def used(name: str) -> dict[str, set[str]]:
    """Return which methods of which names a module calls."""
    calls: dict[str, set[str]] = {}
    for node in ast.walk(tree(name)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and hasattr(re.Pattern, node.attr)
        ):
            calls.setdefault(node.value.id, set()).add(node.attr)
    return calls


def calls_of_re(node: ast.AST) -> int:
    return sum(
        isinstance(one, ast.Call)
        and isinstance(one.func, ast.Attribute)
        and isinstance(one.func.value, ast.Name)
        and one.func.value.id == "re"
        and hasattr(re, one.func.attr)
        and one.func.attr != "escape"
        for one in ast.walk(node)
    )


ALL = patterns()


@pytest.fixture(autouse=True)
def deep() -> Iterator[None]:
    """Let the matcher go as deep as a text is long."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


def test_no_expression_is_hidden() -> None:
    """What is compiled while a request is answered would be looked at by nobody."""
    for module in modules():
        functions = [
            node
            for node in ast.walk(tree(module.__name__))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        ]
        assert sum(map(calls_of_re, functions)) == IN_FUNCTIONS.get(module.__name__, 0), module
        own = sum(isinstance(value, re.Pattern | Datatype) for value in vars(module).values())
        at_import = calls_of_re(tree(module.__name__)) - sum(map(calls_of_re, functions))
        assert own >= at_import, module


@pytest.mark.parametrize("name", ALL)
def test_every_expression_is_linear(name: str) -> None:
    pattern, whole, everywhere = ALL[name]
    length = next((most for part, most in LONGER.items() if part in str(pattern.pattern)), LENGTH)
    shorts, longs = hostile_texts(pattern, length), hostile_texts(pattern, 2 * length)
    for short, long in zip(shorts, longs, strict=True):
        steps = steps_of(pattern, short, 10**6, whole=whole, everywhere=everywhere)
        most = 2.6 * steps + 4 * length
        try:
            steps_of(pattern, long, int(most), whole=whole, everywhere=everywhere)
        except TooManySteps:
            pytest.fail(f"{pattern.pattern!r} takes too long for {short!r}: {steps} steps")

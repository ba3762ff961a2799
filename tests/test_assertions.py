"""No test passes because a condition was never true: something is asserted outside of any."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent


def is_assertion(node: ast.AST) -> bool:
    """Tell whether something is an `assert`, or expects an exception."""
    if isinstance(node, ast.With):
        return any("raises" in ast.unparse(item.context_expr) for item in node.items)
    return isinstance(node, ast.Assert)


def has_assertion(nodes: list[ast.stmt]) -> bool:
    return any(is_assertion(each) for node in nodes for each in ast.walk(node))


def is_conditional(test: ast.FunctionDef) -> bool:
    """Tell whether all assertions of a test stand where a condition may pass them by."""
    passed_by = {
        each
        for node in ast.walk(test)
        if isinstance(node, ast.If)
        and not (has_assertion(node.body) and has_assertion(node.orelse))
        for each in ast.walk(node)
    }
    assertions = {node for node in ast.walk(test) if is_assertion(node)}
    return bool(assertions) and assertions <= passed_by


def conditional(text: str) -> Iterator[str]:
    """Yield the names of such tests in a module."""
    for node in ast.walk(ast.parse(text)):
        is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if isinstance(node, ast.FunctionDef) and is_test and is_conditional(node):
            yield node.name


def test_no_test_has_only_conditional_assertions() -> None:
    files = sorted(TESTS.rglob("test_*.py"))
    found = [(file.name, name) for file in files for name in conditional(file.read_text("utf-8"))]

    assert len(files) > 200
    assert found == []


def test_the_lint_finds_one() -> None:
    """With an `else` that asserts as well, it is none."""
    one = "def test_it():\n    for x in y:\n        if x:\n            assert x\n"

    assert list(conditional(one)) == ["test_it"]
    assert list(conditional(f"{one}        else:\n            assert not x\n")) == []

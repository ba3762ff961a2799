"""What tests share stands in `tests/support/`: nobody imports from a conftest or from a test."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent


def shared_wrongly(text: str) -> Iterator[str]:
    """Yield the conftests and test modules that a module imports from."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            package, _, module = name.rpartition(".")
            if package.startswith("tests") and (
                module == "conftest" or (module.startswith("test_") and _is_module(name))
            ):
                yield name


def _is_module(name: str) -> bool:
    return TESTS.parent.joinpath(*name.split(".")).with_suffix(".py").is_file()


def test_nobody_imports_from_a_conftest_or_a_test() -> None:
    files = {file.relative_to(TESTS).as_posix(): file for file in sorted(TESTS.rglob("*.py"))}
    wrong = [
        (name, module)
        for name, file in files.items()
        for module in shared_wrongly(file.read_text("utf-8"))
    ]

    assert len(files) > 250
    assert wrong == []


def test_the_lint_finds_them() -> None:
    """However they are imported; a package of tests may be imported from."""
    assert list(shared_wrongly("from tests.outlook.conftest import things")) == [
        "tests.outlook.conftest"
    ]
    assert list(shared_wrongly("from tests import conftest, test_imports")) == [
        "tests.conftest",
        "tests.test_imports",
    ]
    assert list(shared_wrongly("import tests.test_imports")) == ["tests.test_imports"]
    assert list(shared_wrongly("from tests.support.wire import Wire")) == []

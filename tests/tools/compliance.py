"""`docs/compliance.md`: what the server does, by which source, and which tests hold it to that.

`docs/odata.md` is the part of it that any OData client may count on. `--write` makes the files
from the ledger and the marks of the tests, `--check` tells whether they still say the same. Tests
are collected, not run.
"""

import contextlib
import io
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support import citations, marks
from tests.support.marks import Statement
from tests.tools import generated_files

ROOT = Path(__file__).parents[2]
COMPLIANCE = ROOT / "docs" / "compliance.md"
ODATA = ROOT / "docs" / "odata.md"

# The order of the document; sections of other sources follow by name.
SEED_ORDER = (
    "Overview",
    "URL parameters",
    "Specifying the StartDateTime and DueDateTime properties",
    "Create tasks",
    "Get tasks",
    "Update tasks",
    "Delete tasks",
    "Complete tasks",
    "Synchronize tasks or task folders",
    "Attachments",
    "Task folders",
    "Task groups",
)

INTRODUCTION = """\
# Compliance

Made by `make docs` from the ledger in `tests/statements/` and from the marks of the tests:
`spec` is a statement of the documents that describe the services, `observed` was seen from the real
service or a real client, `inferred` is our reasoning where both are silent; *house* as a source is
a rule of this server's own. Each statement has a test that fails where it does not hold. The *task
reference* is Microsoft's page on the Outlook Task REST API. Not listed: the documents' notices of
retirement, what they say about registering apps, and their links.
"""


ODATA_INTRODUCTION = """\
# OData

What a client of OData V4 may count on here: made by `make docs` from the marks of the tests, as
[compliance.md](compliance.md) is, which tells what the marks mean. What is not listed is refused
by name, with 400 and `ErrorInvalidUrlQuery`. Synchronisation has a page of its own,
[sync.md](sync.md).
"""


class UnheldError(Exception):
    """Statements have no test; the text names them."""


class NotCollectedError(Exception):
    """The tests cannot be collected; the text is what pytest said."""


@dataclass
class Bearers:
    """The tests that bear a statement, and the marks by which they do."""

    origins: set[str] = field(default_factory=set)
    tests: set[tuple[str, str]] = field(default_factory=set)


class _Collector:
    """A plugin of pytest that keeps what was collected."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = session.items


def collect_tests() -> list[pytest.Item]:
    """Collect all tests. Raises `NotCollectedError`."""
    collector, said = _Collector(), io.StringIO()
    arguments = ["--collect-only", "-qqq", "-p", "no:cacheprovider", f"--rootdir={ROOT}"]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = pytest.main([*arguments, str(ROOT / "tests")], plugins=[collector])
    if code is not pytest.ExitCode.OK:
        raise NotCollectedError(said.getvalue().strip())
    return collector.items


def bearers(items: Iterable[pytest.Item]) -> dict[str, Bearers]:
    """Return who bears each statement; a test counts once, however often parametrised."""
    found: dict[str, Bearers] = defaultdict(Bearers)
    for item in items:
        origin = marks.origin(item)
        if origin is None:
            continue
        mark, keys = origin
        file = item.path.relative_to(ROOT).as_posix()
        for key in keys:
            found[key].origins.add(mark)
            found[key].tests.add((getattr(item, "originalname", item.name), file))
    return found


def documents() -> dict[Path, str]:
    """Return each file as it should be. Raises `UnheldError`, `NotCollectedError`."""
    statements, borne = marks.statements(), bearers(collect_tests())
    unheld = [key for key, one in statements.items() if key not in borne]
    if unheld:
        raise UnheldError(", ".join(unheld))
    of_odata = {key: one for key, one in statements.items() if one.odata}
    return {
        COMPLIANCE: document(INTRODUCTION, statements, borne),
        ODATA: document(ODATA_INTRODUCTION, of_odata, borne),
    }


def document(introduction: str, statements: dict[str, Statement], borne: dict[str, Bearers]) -> str:
    """Return a file that lists these statements by section."""
    sections: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements.values():
        sections[statement.section].append(statement)
    order = sorted(sections, key=_place)
    lines = [introduction, *_counts(order, sections)]
    for section in order:
        lines += ["", f"## {section}", ""]
        lines += ["| statement | source | origin | tests |", "|---|---|---|---|"]
        lines += [_row(one, borne.get(one.key, Bearers())) for one in sections[section]]
    return "\n".join(lines) + "\n"


def _place(section: str) -> tuple[int, str]:
    return (SEED_ORDER.index(section) if section in SEED_ORDER else len(SEED_ORDER), section)


def _counts(order: list[str], sections: dict[str, list[Statement]]) -> Iterator[str]:
    yield from ("| section | statements |", "|---|--:|")
    for section in order:
        yield f"| [{section}](#{citations.anchor(section)}) | {len(sections[section])} |"
    yield f"| **all** | **{sum(map(len, sections.values()))}** |"


def _row(statement: Statement, by: Bearers) -> str:
    origins = ", ".join(origin for origin in marks.ORIGINS if origin in by.origins)
    tests = "<br>".join(f"[`{name}`](../{file})" for name, file in sorted(by.tests))
    cells = (
        _cell(statement.text),
        citations.linked(statement.source, _cell),
        origins,
        tests,
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Keep Markdown from reading anything into a text, GitHub's `$...$` formulas included."""
    for sign in "\\|<*$`[":
        text = text.replace(sign, f"\\{sign}")
    return text


def run() -> int:
    """Write or check the files; return an exit code."""
    os.chdir(ROOT)
    try:
        return generated_files.run("compliance", documents, "docs")
    except UnheldError as unheld:
        sys.stderr.write(f"no test for: {unheld}\n")
    except NotCollectedError as failure:
        sys.stderr.write(f"the tests cannot be collected:\n{failure}\n")
    return 1


if __name__ == "__main__":
    sys.exit(run())

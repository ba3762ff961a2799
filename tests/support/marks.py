"""Where a wire test comes from: exactly one of three marks, naming a statement of the ledger."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

ORIGINS = ("spec", "observed", "inferred")
LEDGER = Path(__file__).parents[1] / "statements"


@dataclass(frozen=True)
class Statement:
    """A statement of the ledger: where it stands, and what it says.

    `odata` tells that it is about what any OData client may count on.
    """

    key: str
    section: str
    source: str
    text: str
    odata: bool


def statements() -> dict[str, Statement]:
    """Read the ledger: every statement by its key."""
    found: dict[str, Statement] = {}
    for file in sorted(LEDGER.glob("*.toml")):
        content = tomllib.loads(file.read_text("utf-8"))
        for key, entry in content["statement"].items():
            assert key not in found, f"{key} stands twice in the ledger"
            found[key] = Statement(
                key,
                content["section"],
                entry["source"],
                entry["text"],
                content.get("odata", False),
            )
    return found


def origin(item: pytest.Item) -> tuple[str, list[str]] | None:
    """Return a test's mark and the statements it names."""
    found = [mark for mark in item.iter_markers() if mark.name in ORIGINS]
    if not found:
        return None
    assert len(found) == 1, f"{item.nodeid} bears more than one mark of origin"
    return found[0].name, [str(key) for key in found[0].args]


def check(items: Iterable[pytest.Item]) -> None:
    """Fail the collection for a wire test without one mark, or with an unknown statement."""
    known = statements()
    for item in items:
        is_wire_test = "wire" in getattr(item, "fixturenames", ())
        marked = origin(item)
        if is_wire_test and (marked is None or not marked[1]):
            message = f"{item.nodeid} needs one of {ORIGINS}, naming a statement of the ledger"
            raise pytest.UsageError(message)
        unknown = [key for key in (marked[1] if marked else []) if key not in known]
        if unknown:
            message = f"{item.nodeid} names statements that are not in the ledger: {unknown}"
            raise pytest.UsageError(message)

"""Every test that `docs/sync.md` names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.findall(r"\[`(test_\w+)`\]\(\.\./(\S+?)\)", (ROOT / "docs" / "sync.md").read_text())


def test_every_guarantee_names_its_tests() -> None:
    """A guarantee without a test would be a promise that nobody keeps."""
    table = (ROOT / "docs" / "sync.md").read_text().partition("| guarantee |")[2]
    rows = [line for line in table.partition("\n\n")[0].splitlines()[2:] if line]

    assert len(rows) > 10
    assert all("](../tests/" in row for row in rows)


def test_the_tests_are_there() -> None:
    """By file and by name."""
    missing = [
        (name, file)
        for name, file in NAMED
        if (ROOT / file).parent.exists() and f"def {name}(" not in (ROOT / file).read_text()
    ]

    assert len(NAMED) > 20
    assert missing == []

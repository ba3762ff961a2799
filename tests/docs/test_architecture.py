"""The architecture page draws the house as it is."""

import re
import tomllib
from pathlib import Path

import afterlook

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def layers(drawn: str) -> list[set[str]]:
    """Return the modules of each layer, from `cli → { commands | testing } → …`."""
    return [{name.strip() for name in layer.split("|")} for layer in drawn.split("→")]


def test_layers() -> None:
    """The drawing of the layers is the contract that import-linter holds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = [
        each
        for each in project["tool"]["importlinter"]["contracts"]
        if each["name"] == "Imports point downwards"
    ]
    drawn = re.search(r"^    (cli → .*)$", PAGE, re.MULTILINE)
    assert drawn is not None

    expected = layers(" → ".join(contract["layers"]))[1:]
    assert layers(re.sub(r"[{}]", "", drawn[1])) == expected


def test_the_tree_names_all_there_is() -> None:
    """Every folder and module right below the package stands in the tree."""
    (package,) = afterlook.__path__
    tree = "\n".join(line for line in PAGE.splitlines() if line.startswith("    "))
    names = [
        f"{entry.name}/" if entry.is_dir() else entry.name
        for entry in Path(package).iterdir()
        if not entry.name.startswith("__") and entry.name != "py.typed"
    ]

    assert len(names) > 25
    assert [name for name in names if name not in tree] == []
    tops = [entry.name for entry in ROOT.iterdir() if entry.is_dir() and entry.name[0] != "."]
    known = {"app", "node_modules", "build", "dist"}
    assert [name for name in tops if name not in known and f"`{name}/`" not in PAGE] == []

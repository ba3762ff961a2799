"""What is published in `openapi/`: the routes, the control surface, and the forms of files.

The tables of operations in `docs/control.md` and of quirks in `docs/graph.md` come along. `--write`
makes the files, `--check` tells whether they still say the same.
"""

import json
import re
import sys
import tempfile
from pathlib import Path

import yaml
from pydantic.fields import FieldInfo

from afterlook import main, settings
from afterlook.control import openapi as control
from afterlook.control.archive import schema as archive
from afterlook.control.operation import API, Operation
from afterlook.control.operations import OPERATIONS
from afterlook.graph import openapi as graph
from afterlook.graph.quirks import QUIRKS
from afterlook.seeds import schema as seeds
from tests.tools import generated_files

_ROOT = Path(__file__).parents[2]
_FILES = _ROOT / "openapi"
FILE = _FILES / "openapi.yaml"
"""The contract of the Outlook API."""

_CONTROL_DOCS = _ROOT / "docs" / "control.md"
_TABLE = re.compile(r"(?<=<!-- operations -->\n).*?(?=<!-- end -->)", re.DOTALL)
_GRAPH_DOCS = _ROOT / "docs" / "graph.md"
_QUIRKS = re.compile(r"(?<=<!-- quirks -->\n).*?(?=<!-- end -->)", re.DOTALL)


def document() -> str:
    """Return the contract as the file should have it."""
    with tempfile.TemporaryDirectory() as directory:
        loaded = settings.load(data=directory)
        store = main.open_store(loaded)
        try:
            contract = main.create_app(loaded, store).openapi()
        finally:
            store.close()
    return _as_yaml(contract)


def _as_yaml(contract: object) -> str:
    return yaml.safe_dump(contract, sort_keys=False, allow_unicode=True, width=100)


def _as_json(schema: object) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def table() -> str:
    """Return the table of operations as the documents have it."""
    rows = "".join(f"| {' | '.join(_cells(operation))} |\n" for operation in OPERATIONS)
    return f"| command | HTTP | |\n|---|---|---|\n{rows}"


def quirks() -> str:
    """Return the table of quirks as the documents have it."""
    rows = "".join(f"| `{quirk.name}` | {quirk.says} | {quirk.source} |\n" for quirk in QUIRKS)
    return f"| quirk | what was seen | by whom |\n|---|---|---|\n{rows}"


def _cells(operation: Operation) -> list[str]:
    fields = operation.parameters.model_fields
    words = [operation.name]
    words += [_optional(name.upper(), fields[name]) for name in operation.arguments]
    words += ["FILE"] if operation.is_saved else []
    words += [
        _optional(f"--{name.replace('_', '-')}", field)
        for name, field in fields.items()
        if name not in operation.arguments
    ]
    address = f"`{operation.method} …{operation.path.removeprefix(API)}`"
    return [f"`{' '.join(words)}`", address, operation.summary]


def _optional(word: str, field: FieldInfo) -> str:
    return word if field.is_required() else f"[{word}]"


def make_files() -> dict[Path, str]:
    """Return each file as it should be."""
    text = _CONTROL_DOCS.read_text("utf-8")
    return {
        FILE: document(),
        _FILES / "control.yaml": _as_yaml(control.document()),
        _FILES / "graph.yaml": _as_yaml(graph.document()),
        _FILES / "seed.schema.json": _as_json(seeds.document()),
        _FILES / "export.schema.json": _as_json(archive.document()),
        _CONTROL_DOCS: _TABLE.sub(lambda _: table(), text),
        _GRAPH_DOCS: _QUIRKS.sub(lambda _: quirks(), _GRAPH_DOCS.read_text("utf-8")),
    }


def run() -> int:
    """Write or check the files; return an exit code."""
    return generated_files.run("openapi", make_files, "openapi")


if __name__ == "__main__":
    sys.exit(run())

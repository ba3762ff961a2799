"""The table of settings in `docs/operations.md` names each of them, with its default."""

import re
from pathlib import Path

from afterlook.settings import Settings

_TABLE = re.compile(
    r"^\| [^|]* \| `AFTERLOOK_(?P<name>[A-Z_]+)` \| (?P<default>[^|]*) \|", re.MULTILINE
)
_EMPTY = {"\N{EN DASH}": "", "off": "False"}


def test_every_setting_is_in_the_table() -> None:
    """None is missing, none is gone, and each default is the real one."""
    text = Path("docs/operations.md").read_text("utf-8")
    shown = {row["name"].lower(): row["default"].strip("`") for row in _TABLE.finditer(text)}
    real = {name: field.default for name, field in Settings.model_fields.items()}
    assert set(shown) == set(real)
    for name, default in real.items():
        given = str("" if default is None else default)
        assert given in (shown[name], _EMPTY.get(shown[name])), name

"""What docs/auth.md says to type is run as it stands there."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.wire import live

_TEXT = (Path(__file__).parents[2] / "docs" / "auth.md").read_text("utf-8")


@pytest.mark.inferred("oauth.permissions")
def test_curl(tmp_path: Path) -> None:
    (script,) = re.findall(r"```sh token\n(.*?)```", _TEXT, re.DOTALL)
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    with live(database, "sqlite", tmp_path, "--auth", "signed") as wire:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script.replace("http://127.0.0.1:8025", wire.url)],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert '"value":[]' in done.stdout

"""The GitHub Action: what its steps do, and that they are as its description says."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import yaml

from afterlook.settings import Settings

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action"


def start(scratch: Path, options: str) -> "subprocess.CompletedProcess[str]":
    """Run the step that starts the server, as a runner does."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(scratch),
        "GITHUB_ENV": str(scratch / "env"),
        "GITHUB_OUTPUT": str(scratch / "output"),
        "OPTIONS": options,
    }
    return subprocess.run(
        [ACTION / "start"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_start(tmp_path: Path) -> None:
    """Later steps find the server by a variable, and by the step's output."""
    started = start(tmp_path, "--seed empty --auth any")
    assert started.returncode == 0, started.stderr

    name, _, url = (tmp_path / "env").read_text().strip().partition("=")
    assert name == "AFTERLOOK_URL"
    assert (tmp_path / "output").read_text() == f"url={url}\n"
    answer = httpx2.get(f"{url}/readyz", timeout=30)
    assert httpx2.get(f"{url}/api/beta/me/tasks", timeout=30).status_code == 401

    [directory] = tmp_path.glob("afterlook-run.*")
    assert answer.headers["X-Afterlook-Instance"] == directory.name
    listed = subprocess.run(["pgrep", "-f", str(directory)], capture_output=True, check=True)
    os.kill(int(listed.stdout.split()[0]), signal.SIGTERM)


def test_a_start_that_fails(tmp_path: Path) -> None:
    """The step fails, and says why."""
    started = start(tmp_path, "--seed nope --port-file /nowhere/url")
    assert started.returncode != 0
    assert "/nowhere" in started.stderr
    assert not (tmp_path / "env").exists()


def test_what_it_describes() -> None:
    """Its inputs and outputs are those that the steps read and write."""
    described = yaml.safe_load((ACTION / "action.yml").read_text())
    steps = described["runs"]["steps"]
    given = {name: value for step in steps for name, value in step["env"].items()}
    assert given == {"PYTHON": "${{ inputs.python }}", "OPTIONS": "${{ inputs.options }}"}
    for step in steps:
        script = step["run"].strip('"').removeprefix("$GITHUB_ACTION_PATH/")
        assert os.access(ACTION / script, os.X_OK)
    assert described["outputs"]["url"]["value"] == "${{ steps.start.outputs.url }}"


def test_compose() -> None:
    """The Compose file sets what there is to set."""
    composed = yaml.safe_load((ROOT / "examples" / "compose" / "compose.yaml").read_text())
    names = composed["services"]["afterlook"]["environment"]
    assert {name.removeprefix("AFTERLOOK_").lower() for name in names} <= set(Settings.model_fields)
    built = ROOT / "examples" / "compose" / composed["services"]["afterlook"]["build"]
    assert (built / "Dockerfile").is_file()

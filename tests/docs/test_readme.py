"""Every command in the README is run as it stands there.

Only the port changes, so that a server on 8025 is not in the way, and `curl` fails where the server
refuses. A block of commands is found by the word after `sh`.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.wire import run_server

ROOT = Path(__file__).parents[2]
BLOCKS = dict(re.findall(r"```sh (\S+)\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL))
STRICT = """
set -euo pipefail
trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
curl() { command curl --fail-with-body "$@"; }
"""
SECONDS = 60


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Return the port of a server with the demo mailbox."""
    with run_server(tmp_path, "--port", "0", "--data", str(tmp_path / "data")) as (url, _):
        yield url.rpartition(":")[2]


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path) -> None:
    """Put the environment where a clone has it."""
    (tmp_path / ".venv").symlink_to(sys.prefix)


def run(script: str, where: Path, **environment: str) -> str:
    """Run a script with bash; return what it printed."""
    done = subprocess.run(
        ["bash", "-c", STRICT + script],
        cwd=where,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_block_is_known() -> None:
    """A block that no test here runs would be a promise that nobody keeps."""
    known = {
        *("serve", "make-test", "tour", "sync", "graph", "work", "scripts"),
        *("commands", "control", "ephemeral", "first-test", "ci", "ci-by-hand", "docker"),
    }
    assert set(BLOCKS) == known
    assert (ROOT / "README.md").read_text().count("```sh") == len(BLOCKS)


def test_tour(served: str, tmp_path: Path) -> None:
    """The five minutes with curl."""
    printed = run(BLOCKS["tour"].replace("8025", served), tmp_path)

    assert '"Subject":"Shop for dinner"' in printed
    assert '"DateTime":"2016-04-23T07:00:00.0000000","TimeZone":"UTC"' in printed
    assert '"DateTime":"2016-04-23T09:00:00.0000000","TimeZone":"W. Europe' in printed
    assert '"Importance":"High"' in printed
    assert '"Name":"list.txt","Size":' in printed
    assert "rice, mushrooms" in printed
    assert '"Status":"Completed"' in printed
    assert '"Subject":"Plant the bulbs"' in printed
    assert '"value":[]' in printed


def test_sync(served: str, tmp_path: Path) -> None:
    """Keeping a copy: the round, what is new, and the tombstone."""
    printed = run(BLOCKS["sync"].replace("8025", served), tmp_path)

    assert printed.count('"@odata.nextLink"') >= 1
    assert printed.count('"@odata.deltaLink"') == 4
    assert printed.count('"Subject":"Water the tomatoes"') == 1
    assert printed.count('"reason":"deleted"') == 1


def test_graph(served: str, tmp_path: Path) -> None:
    """The move to Microsoft Graph: one mailbox by both APIs, and what would be lost."""
    printed = run(BLOCKS["graph"].replace("8025", served), tmp_path)

    assert '"wellknownListName":"defaultList"' in printed
    read, _, changed = printed.partition('"title":"Order 200 bricks"')
    assert '"content":"Two pallets","contentType":"text"' in read
    assert '"dateTime":"2016-04-25T07:00:00.0000000","timeZone":"UTC"' in read
    assert "ensitivity" not in read
    by_old, _, by_new = changed.partition('"Subject":"Order 200 bricks"')
    assert '"displayName":"Measure"' in by_old
    assert '"title":"Order 200 bricks"' in by_new
    assert "not without loss: 1" in by_new


def test_work(served: str, tmp_path: Path) -> None:
    """Work Management: a task of one's own, one of a site's, and the mailbox."""
    printed = run(BLOCKS["work"].replace("8025", served), tmp_path)

    assert '"CreatedJob":true' in printed
    assert '"Name":"team: Fair"' in printed
    listed = printed.partition('"_Child_Items_"')[2]
    assert listed.index('"Name":"Rent the tables"') < listed.index('"Name":"Buy bulbs"')
    assert '"value":false' in printed
    assert '"Importance":"High","Subject":"Buy bulbs"' in printed


def test_scripts(served: str, tmp_path: Path) -> None:
    """What a page gets, and what TypeScript reads of it."""
    printed = run(BLOCKS["scripts"].replace("8025", served), tmp_path)

    assert "globalThis.SP" in printed
    assert "from the types that the server declares" in printed


def test_commands(served: str, tmp_path: Path) -> None:
    """The three commands."""
    printed = run(BLOCKS["commands"], tmp_path, AFTERLOOK_PORT=served)

    assert "--port-file" in printed
    assert f"ready: http://127.0.0.1:{served}" in printed
    assert '"afterlook": ' in printed


def test_control(served: str, tmp_path: Path) -> None:
    """A day of another year, and back again."""
    printed = run(BLOCKS["control"], tmp_path, AFTERLOOK_URL=f"http://127.0.0.1:{served}")

    assert "2016-04-22T05:44:01Z (frozen)" in printed
    assert printed.count("before  2016-04-22T05:44:01Z  1 mailbox, ") == 2
    assert printed.endswith("Z (real time)\n")


def test_first_test(tmp_path: Path) -> None:
    """The first test of a newcomer; in this environment, which has the package and pytest."""
    install = "python3 -m venv tests-of-mine\ntests-of-mine/bin/pip -q install . pytest\n"
    assert install in BLOCKS["first-test"]
    (tmp_path / "tests-of-mine").symlink_to(sys.prefix)
    printed = run(BLOCKS["first-test"].replace(install, ""), tmp_path)

    assert "2 passed" in printed


@pytest.mark.parametrize("block", ["ci", "ci-by-hand"])
def test_ci(block: str, tmp_path: Path) -> None:
    """The lines for CI, where another server has the usual port."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        printed = run(BLOCKS[block], tmp_path, AFTERLOOK_PORT=taken)

    assert '"value":[]' in printed


@pytest.mark.parametrize("block", ["serve", "ephemeral"])
def test_make_serve(block: str, tmp_path: Path) -> None:
    """`make serve` serves until it is told to stop."""
    port_file = tmp_path / "port"
    # What the make that runs these tests was told is not meant for this one.
    inherited = {"ARGS", "MAKEFLAGS", "MAKELEVEL"}
    environment = {name: value for name, value in os.environ.items() if name not in inherited} | {
        "AFTERLOOK_PORT": "0",
        "AFTERLOOK_PORT_FILE": str(port_file),
        "AFTERLOOK_DATA": str(tmp_path / "data"),
    }
    with subprocess.Popen(
        ["bash", "-c", "exec " + BLOCKS[block].strip()],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    ) as process:
        deadline = time.monotonic() + SECONDS
        while not port_file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        url = port_file.read_text().strip()
        assert '"value":[{' in run(f"curl -s {url}/api/beta/me/tasks", tmp_path)
        os.killpg(process.pid, signal.SIGINT)
        process.wait(SECONDS)


def test_make_test() -> None:
    """`make test` would run what is running now."""
    assert "-m pytest" in run("make -n test", ROOT)


def test_docker(tmp_path: Path) -> None:
    """The lines for Docker; without an engine, that they fit the Dockerfile."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "EXPOSE 8025" in dockerfile
    assert '"/data"' in dockerfile or "VOLUME /data" in dockerfile
    docker = shutil.which("docker")
    if (
        docker
        and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0
    ):
        run(BLOCKS["docker"].splitlines()[0], ROOT)

"""The pytest plug-in, as somebody uses it who installed the package."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

TESTS = """
import json
from datetime import UTC, datetime, timedelta
from urllib.request import Request, urlopen

import pytest

seen = []


def call(afterlook, content=None):
    headers = {**afterlook.headers, "Content-Type": "application/json"}
    body = content and json.dumps(content).encode()
    with urlopen(Request(f"{afterlook.url}/tasks", body, headers)) as answer:
        return json.load(answer)


@pytest.mark.parametrize("name", ["first", "second"])
def test_a_mailbox_of_its_own(afterlook, name):
    call(afterlook, {"Subject": name})
    assert [task["Subject"] for task in call(afterlook)["value"]] == [name]
    seen.append(afterlook.mailbox.upn)
    assert len(set(seen)) == len(seen)


def test_turns_the_clock(afterlook):
    afterlook.clock.freeze(datetime(2016, 4, 22, 5, 44, 1, tzinfo=UTC))
    afterlook.clock.advance(timedelta(days=32))
    afterlook.fault.add(status=503, path="/nowhere")
    assert call(afterlook, {"Subject": "x"})["CreatedDateTime"] == "2016-05-24T05:44:01Z"


def test_all_is_put_right(afterlook):
    assert afterlook.clock.show()["state"] == "real"
    assert afterlook.fault.list()["faults"] == []


def test_waits_for_what_comes(afterlook):
    import asyncio

    async def both():
        waiting = asyncio.create_task(
            afterlook.aio.journal(f"method:POST mailbox:{afterlook.mailbox.upn}", wait=20)
        )
        await asyncio.to_thread(call, afterlook, {"Subject": "x"})
        return await waiting

    assert asyncio.run(both())["entries"][0]["status"] == 201


def test_fails(afterlook):
    call(afterlook, {"Subject": "Milk"})
    assert not call(afterlook)["value"]
"""


def run_tests(where: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run pytest in a directory of somebody else."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=where,
        env={**os.environ, "PYTEST_ADDOPTS": "", **variables},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_the_fixtures(tmp_path: Path) -> None:
    """A server for all, a mailbox for each, and what was called where one fails."""
    (tmp_path / "test_theirs.py").write_text(TESTS, "utf-8")
    ended = run_tests(tmp_path)

    assert "1 failed, 5 passed" in ended.stdout, ended.stdout + ended.stderr
    calls = ended.stdout.partition("Calls to Afterlook")[2]
    assert "POST /api/v2.0/me/tasks" in calls
    assert "201" in calls


def test_options_of_the_server(tmp_path: Path) -> None:
    """They stand in the configuration; a server that cannot start is an error that says why."""
    (tmp_path / "test_theirs.py").write_text("def test(afterlook): ...\n", "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nafterlook_options = --seed nope\n", "utf-8")
    ended = run_tests(tmp_path)

    assert ended.returncode != 0
    assert "the server did not start" in ended.stdout


def test_a_server_that_runs_already(tmp_path: Path) -> None:
    """`afterlook exec -- pytest` starts one server, which the fixtures find."""
    (tmp_path / "test_theirs.py").write_text(
        "import os\n\n\n"
        "def test(afterlook):\n"
        "    assert afterlook.server.url == os.environ['AFTERLOOK_URL']\n",
        "utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "afterlook",
        "exec",
        "--",
        sys.executable,
        "-m",
        "pytest",
        "-q",
    ]
    ended = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_costs_nothing_where_it_is_not_used() -> None:
    """Whoever has the package installed loads the plug-in with every pytest."""
    script = (
        "import sys; import afterlook.testing.plugin; "
        "print([name for name in sys.modules if name.startswith('afterlook')])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == "['afterlook', 'afterlook.testing', 'afterlook.testing.plugin']"


@pytest.mark.parametrize("example", ["sync-client"])
def test_examples(example: str) -> None:
    """A client of somebody who does not know us, and its own tests."""
    ended = run_tests(ROOT / "examples" / example)
    assert ended.returncode == 0, ended.stdout + ended.stderr

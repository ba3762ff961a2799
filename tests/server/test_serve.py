"""`afterlook serve`, as a user runs it: what it says, keeps, and leaves behind."""

import json
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from afterlook import __version__
from tests.support.seeds import BACKWARDS, NEVER, TASK, with_folders, with_task
from tests.support.server import Run, add, expect_failure
from tests.support.wire import Engine, run_server

DEMO_SUBJECTS = ["Shop for dinner", "Shop for children's weekend", "Call the dentist"]


def banner(process: "subprocess.Popen[str]") -> str:
    """Read what a server prints at its start, up to the command to paste."""
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or not lines[-1].strip().startswith("curl "):
        line = process.stdout.readline()
        assert line, "".join(lines)
        lines.append(line)
    return "".join(lines)


def subjects(url: str, token: str | None = None) -> list[str]:
    """Return the subjects of a user's tasks."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    listed = httpx2.get(f"{url}/api/beta/me/tasks?$top=100", headers=headers, timeout=30)
    assert listed.status_code == 200, listed.text
    return [task["Subject"] for task in listed.json()["value"]]


def test_a_first_and_a_second_start(tmp_path: Path) -> None:
    """The first start says where everything is and loads the demo; the second finds it all."""
    with run_server(tmp_path, "--port", "0") as (url, process):
        told = banner(process)
        before = subjects(url)
        add(url, "mine")
        add(url, "somebody's", "somebody")
    with run_server(tmp_path, "--port", "0") as (url, process):
        told_again = banner(process)
        assert subjects(url) == [*before, "mine"]
        assert subjects(url, "somebody") == ["somebody's"]
        assert subjects(url, "somebody else") == []

    assert before[: len(DEMO_SUBJECTS)] == DEMO_SUBJECTS
    assert "seed 'demo'" in told
    assert "seed" not in told_again
    for fact in (
        "http://127.0.0.1:",
        "afterlook.db",
        "open",
        __version__,
        "curl http://",
        "/mytasks",
    ):
        assert fact in told
    assert [file.name for file in (tmp_path / "afterlook-data").iterdir()] == ["afterlook.db"]


def test_the_command_to_paste(tmp_path: Path) -> None:
    """The printed command answers, with a token where one is required."""
    with run_server(tmp_path, "--port", "0", "--ephemeral", "--auth", "any") as (url, process):
        told = banner(process)
        _, address, *options = shlex.split(told[told.index("curl ") :])
        assert address == f"{url}/api/beta/me/tasks"
        assert httpx2.get(address).status_code == 401
        flag, header = options
        assert flag == "-H"
        name, _, value = header.partition(": ")
        assert httpx2.get(address, headers={name: value}).status_code == 200
        assert subjects(url, "x") == []
    assert "a bearer token is required" in told


def test_restart_on_either_engine(database: str, engine: Engine, tmp_path: Path) -> None:
    """What was written is there again, in the mailboxes that the tokens opened."""
    flags = ("--port", "0", "--database", database, "--seed", "empty")
    with run_server(tmp_path, *flags) as (url, process):
        told = banner(process)
        add(url, "kept", "somebody")
    with run_server(tmp_path, *flags) as (url, _):
        assert subjects(url, "somebody") == ["kept"]

    assert {"sqlite": "afterlook.db", "postgresql": "postgresql"}[engine] in told
    if engine == "postgresql":
        password = database.partition("://")[2].partition("@")[0].partition(":")[2]
        assert not password or password not in told


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ephemeral(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str) -> None:
    """Nothing is left behind, neither here nor among the temporary files."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    flags = ("--port", "0", "--ephemeral", "--workers", workers)
    with run_server(tmp_path, *flags) as (url, _):
        add(url, "soon gone")
        assert "soon gone" in subjects(url)
    left = [file.name for file in tmp_path.rglob("*") if not file.name.startswith("port-")]

    assert left == ["scratch"]


def test_a_seed_of_ones_own(tmp_path: Path) -> None:
    """A file is a seed too; a mailbox in it may have a name and an object id."""
    seed = tmp_path / "mine.json"
    folder = {"Name": "Tasks", "Tasks": [{"Subject": "seeded", "Status": "completed"}]}
    groups = [{"Name": "My Tasks", "TaskFolders": [folder, {"Name": "Zoë"}]}, {"Name": "Work"}]
    seed.write_text(json.dumps({"Mailboxes": [{"Owner": "Me", "TaskGroups": groups}]}), "utf-8")
    with run_server(tmp_path, "--port", "0", "--seed", str(seed)) as (url, _):
        assert subjects(url) == ["seeded"]
        listed = httpx2.get(f"{url}/api/beta/me/taskfolders").json()["value"]
    assert [folder["Name"] for folder in listed] == ["Tasks", "Zoë"]


def test_a_broken_seed_ends_the_start(run: Run, tmp_path: Path) -> None:
    """It is told in a line."""
    seed = tmp_path / "broken.json"
    seed.write_bytes(with_task(NEVER))

    assert f"{TASK}.DueDateTime: " in expect_failure(
        run("serve", "--port", "0", "--seed", str(seed))
    )


def test_a_broken_seed_is_not_kept_in_part(run: Run, tmp_path: Path) -> None:
    """After the seed was mended the store is still new, and takes it whole."""
    seed = tmp_path / "seed.json"
    seed.write_bytes(with_folders({"Name": "x", "Tasks": [{"Subject": "half"}, BACKWARDS]}))
    expect_failure(run("serve", "--port", "0", "--seed", str(seed)))
    seed.write_bytes(with_folders({"Name": "x", "Tasks": [{"Subject": "whole"}]}))
    with run_server(tmp_path, "--port", "0", "--seed", str(seed)) as (url, _):
        assert subjects(url) == ["whole"]


def test_a_store_of_a_newer_version(run: Run, tmp_path: Path) -> None:
    """It is not opened, and the version is told."""
    with closing(sqlite3.connect(tmp_path / "newer.db")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
        connection.commit()
    told = expect_failure(run("serve", "--port", "0", "--database", "sqlite:///newer.db"))

    assert "newer.db" in told
    assert "9999" in told


def test_internet_protocol_6(tmp_path: Path) -> None:
    """Other loopback addresses serve too."""
    with run_server(tmp_path, "--port", "0", "--ephemeral", "--host", "::1") as (url, _):
        assert url.startswith("http://[::1]:")
        assert subjects(url)


def test_two_servers_on_one_file(tmp_path: Path) -> None:
    """Both answer, each sees at once what the other wrote."""
    with (
        run_server(tmp_path, "--port", "0") as (one, _),
        run_server(tmp_path, "--port", "0") as (two, _),
    ):
        for number in range(10):
            add(one, f"one {number}", "shared")
            assert f"one {number}" in subjects(two, "shared")
            add(two, f"two {number}", "shared")
        assert len(subjects(one, "shared")) == 20
        assert subjects(one) == subjects(two)


@contextmanager
def publishing(port_file: Path) -> Iterator[str]:
    """Run a server that writes a port file; yield its URL, as `ready` finds it."""
    flags = ("--port", "0", "--ephemeral", "--port-file", str(port_file), "--instance", "new")
    command = [sys.executable, "-m", "afterlook"]
    with subprocess.Popen([*command, "serve", *flags], stdout=subprocess.PIPE, text=True) as server:
        waiting = [
            *command,
            "ready",
            "--port-file",
            str(port_file),
            "--instance",
            "new",
            "--wait",
            "30",
        ]
        told = subprocess.run(waiting, capture_output=True, text=True, check=True).stdout
        yield told.strip().removeprefix("ready: ")
        server.terminate()


def test_the_port_file_is_of_the_server_that_runs(tmp_path: Path) -> None:
    """What an earlier server left there goes at the start, and one's own at the end."""
    port_file = tmp_path / "url"
    with run_server(tmp_path, "--port", "0", "--ephemeral") as (stale, _):
        port_file.write_text(f"{stale}\n", "utf-8")
        with publishing(port_file) as url:
            assert port_file.read_text("utf-8") == f"{url}\n" != f"{stale}\n"
    assert not port_file.exists()


def test_the_port_file_of_another_stays(tmp_path: Path) -> None:
    """Two servers with one file: the end of the first is not that of the second."""
    port_file = tmp_path / "url"
    with publishing(port_file):
        port_file.write_text("http://127.0.0.1:9\n", "utf-8")
    assert port_file.read_text("utf-8") == "http://127.0.0.1:9\n"

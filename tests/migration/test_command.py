"""`afterlook migrate-report` on a store without a server: what it reads, and its exit codes."""

import json
from pathlib import Path

import pytest

from afterlook import main, settings
from afterlook.seeds import files as seeds
from tests.support.server import expect_failure, run_here
from tests.support.wire import in_process


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with a store that has the demo, and one that has nothing to lose."""
    path = tmp_path_factory.mktemp("stores")
    for name in ("demo", "plain"):
        (path / name).mkdir()
        loaded = settings.load(data=path / name, durability="normal")
        store = main.open_store(loaded)
        try:
            if name == "demo":
                seeds.load(store, seeds.read("demo"))
        finally:
            store.close()
    return path


def _journal(path: Path, *addresses: str) -> Path:
    file = path / "journal.json"
    entries = [
        {"wire": "outlook", "method": "GET", "operation": None, "path": path, "target": path}
        for path in addresses
    ]
    file.write_text(json.dumps({"entries": entries}), "utf-8")
    return file


def test_something_is_lost(stores: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    ended = run_here("migrate-report", "--data", str(stores / "demo"), "--html", str(page))
    assert ended.returncode == 1
    assert "dates in another zone than UTC -> told in UTC" in ended.stdout
    assert ended.stdout.endswith("docs/migration.md has what becomes of everything.\n")
    assert page.read_text("utf-8").startswith("<!doctype html>")
    as_json = run_here("migrate-report", "--data", str(stores / "demo"), "--json", "--examples=0")
    assert as_json.returncode == 1
    shown = json.loads(as_json.stdout)
    assert (shown["lossless"], shown["journal"], shown["mailboxes"]) == (False, False, 1)


def test_nothing_is_lost_but_for_a_call(stores: Path, tmp_path: Path) -> None:
    plain = ("migrate-report", "--data", str(stores / "plain"))
    assert run_here(*plain).returncode == 0
    good = _journal(tmp_path, "/api/v2.0/me/tasks?$select=Id")
    ended = run_here(*plain, "--journal", str(good))
    assert ended.returncode == 0
    bad = _journal(tmp_path, "/api/v2.0/me/taskgroups")
    ended = run_here(*plain, "--journal", str(bad))
    assert ended.returncode == 1
    assert "NO EQUIVALENT" in ended.stdout


def test_nothing_is_written(stores: Path) -> None:
    before = sorted((stores / "plain").iterdir())
    content = (stores / "plain" / "afterlook.db").read_bytes()
    run_here("migrate-report", "--data", str(stores / "plain"))
    assert sorted((stores / "plain").iterdir()) == before
    assert (stores / "plain" / "afterlook.db").read_bytes() == content


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--data", "nowhere"], "there is no store there"),
        (["--url", "http://127.0.0.1:1"], "nothing answers at http://127.0.0.1:1"),
        (["--database", "mysql://x"], "database"),
        (["--journal", "x.json"], "--journal goes with --data"),
        (["--data", "plain", "--journal", "x.json"], "cannot read x.json"),
        (["--data", "plain", "--journal", "bad.json"], "is not what `afterlook journal --json`"),
        (["--data", "plain", "--mailbox", "nobody"], "there is no mailbox 'nobody'"),
        (["--data", "plain", "--html", "nowhere/x.html"], "cannot write nowhere/x.html"),
        (["--data", "other"], "`afterlook doctor`"),
    ],
)
def test_what_cannot_be_told(
    stores: Path, monkeypatch: pytest.MonkeyPatch, flags: list[str], said: str
) -> None:
    monkeypatch.chdir(stores)
    Path("bad.json").write_text('{"entries": [1]}', "utf-8")
    Path("other").mkdir(exist_ok=True)
    Path("other/afterlook.db").write_bytes(b"")
    ended = run_here("migrate-report", *flags)
    assert said in expect_failure(ended)
    assert ended.returncode == 2


def test_a_store_that_a_server_writes_to(tmp_path: Path) -> None:
    with in_process(f"sqlite:///{tmp_path / 'afterlook.db'}", "sqlite") as wire:
        task = {"Subject": "Secret", "Sensitivity": "Private"}
        assert wire.client.post("/api/v2.0/me/tasks", json=task).status_code == 201
        ended = run_here("migrate-report", "--data", str(tmp_path))
    assert ended.returncode == 1
    assert "- Secret (Tasks)" in ended.stdout

"""The commands of the control surface, on a server that runs."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner, Result

from afterlook.cli import app
from afterlook.control.operations import OPERATIONS
from tests.support.wire import run_server


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server with the demo, whose admin token the commands have too."""
    flags = ["--port", "0", "--ephemeral", "--durability", "normal"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AFTERLOOK_ADMIN_TOKEN", "correct horse")
        with run_server(tmp_path_factory.mktemp("commands"), *flags) as (address, _):
            yield address


def run(*words: str, url: str | None = None, **environment: str) -> Result:
    """Run a command line."""
    named = {} if url is None else {"AFTERLOOK_URL": url}
    return CliRunner().invoke(app, list(words), env=named | environment)


def said(*words: str, url: str) -> str:
    """Return what a command prints that must succeed."""
    result = run(*words, url=url)
    assert result.exit_code == 0, result.output
    return result.output


def test_each_operation_is_a_command(url: str) -> None:
    for operation in OPERATIONS:
        printed = said(*operation.name.split(), "--help", url=url)
        assert operation.summary.split(";")[0].split(",")[0][:40] in " ".join(
            printed.replace("│", "").split()
        )


def test_nouns_say_what_they_are_for(url: str) -> None:
    printed = " ".join(said("--help", url=url).replace("│", "").split())
    assert "Make calls fail" in printed
    printed = " ".join(said("journal", "--help", url=url).replace("│", "").split())
    assert "`afterlook journal list --help`" in printed


def test_an_argument_may_begin_with_a_dash(url: str) -> None:
    said("clock", "freeze", "2016-04-22T05:44:01Z", url=url)
    assert said("clock", "advance", "-1d", url=url).startswith("2016-04-21T05:44:01Z")
    said("clock", "reset", url=url)
    assert "GET" not in said("journal", "-status:2xx", url=url)
    assert run("clock", "advance", "1d", "--jsn", url=url).exit_code == 2


def test_a_name_that_cannot_be_is_told_by_example(url: str) -> None:
    result = run("snapshot", "save", "a b", url=url)
    assert result.output == "afterlook: name: give such as before-the-import\n"
    result = run("token", "--user", "a b", url=url)
    assert result.output == "afterlook: user: give such as alice@contoso.example\n"


def test_a_tester_at_work(url: str, tmp_path: Path) -> None:
    """Each command, in an order in which it makes sense."""
    assert said("reset", url=url) == "Reset 1 mailbox.\n"
    assert "demo@afterlook.example" in said("mailbox", "list", url=url)
    assert "[ ] Shop for dinner" in said("mailbox", "show", "demo", url=url)
    upn, token = said("mailbox", "create", "--upn", "alice", url=url).splitlines()
    assert upn == "alice@afterlook.example"
    assert token.count(".") == 2
    seed = tmp_path / "seed.json"
    task = {"Subject": "Water the roses"}
    folder = {"Name": "Garden", "Tasks": [task]}
    group = {"Name": "My Tasks", "TaskFolders": [folder]}
    seed.write_text(json.dumps({"Mailboxes": [{"TaskGroups": [group]}]}), "utf-8")
    assert said("seed", str(seed), "--mailbox", "alice", url=url) == "Seeded 1 mailbox.\n"
    assert said("snapshot", "save", "before", url=url).startswith("before  ")
    file = tmp_path / "mailboxes.json"
    assert said("export", str(file), "--mailbox", "alice", url=url) == "Exported 1 mailbox.\n"
    before = file.read_bytes()
    assert said("mailbox", "delete", "alice", url=url).startswith("Deleted the mailbox of alice@")
    assert said("import", str(file), url=url) == "Imported 1 mailbox.\n"
    assert said("import", str(file), "--replace", url=url) == "Imported 1 mailbox.\n"
    said("export", str(file), "--mailbox", "alice", url=url)
    assert file.read_bytes() == before
    assert said("snapshot", "restore", "before", url=url).startswith("before  ")
    assert json.loads(said("snapshot", "list", "--json", url=url))["snapshots"][0]["tasks"] > 1
    assert said("snapshot", "delete", "before", url=url) == "Deleted before.\n"
    assert said("snapshot", "list", url=url) == "There are no snapshots.\n"
    given = ("token", "--user", "alice", "--scope", "Tasks.Read", "--expires-in", "60", "--json")
    assert json.loads(said(*given, url=url))["scope"] == "Tasks.Read"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["seed", "nowhere"], "there is no seed 'nowhere', neither shipped (empty, demo) nor"),
        (["snapshot", "restore", "never"], "there is no snapshot never; `snapshot list` lists all"),
        (["mailbox", "show", "nobody"], "there is no mailbox 'nobody'; `mailbox list` lists all"),
        (["clock", "set", "tomorrow"], "to: give an instant with an offset"),
        (["import", "missing.json"], "cannot read missing.json: No such file or directory"),
        (["import", __file__], "is not valid JSON"),
        (["export", "/nowhere/file.json"], "cannot write /nowhere/file.json: No such file"),
    ],
)
def test_what_fails_is_one_sentence(url: str, words: list[str], sentence: str) -> None:
    result = run(*words, url=url)
    assert result.exit_code == 1
    assert result.output.startswith("afterlook: ")
    assert result.output.count("\n") == 1
    assert sentence in result.output


class _Stranger(BaseHTTPRequestHandler):
    """Another server: a page for one address, a list in JSON for others."""

    def do_GET(self) -> None:  # so http.server calls it
        is_page = self.path.endswith("clock/show")
        self.send_response(404 if is_page else 200)
        self.end_headers()
        self.wfile.write(b"<h1>Not found</h1>" if is_page else b"[]")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_server_that_is_away_or_another() -> None:
    result = run("clock", "show", url="http://127.0.0.1:1")
    assert result.exit_code == 1
    assert "nothing answers at http://127.0.0.1:1: nothing listens there" in result.output
    result = run("clock", "show", "--url", "no address")
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    with HTTPServer(("127.0.0.1", 0), _Stranger) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            other = f"http://127.0.0.1:{server.server_port}"
            result = run("clock", "show", url=other)
            assert (result.exit_code, "it may be no Afterlook" in result.output) == (1, True)
            result = run("mailbox", "list", url=other)
            assert (result.exit_code, "it is no answer of Afterlook" in result.output) == (1, True)
        finally:
            server.shutdown()
            thread.join()


def test_the_admin_token(url: str) -> None:
    """Commands read it where the server does."""
    assert run("mailbox", "list", url=url).exit_code == 0
    wrong = run("mailbox", "list", url=url, AFTERLOOK_ADMIN_TOKEN="another one")
    assert wrong.exit_code == 1
    assert "AFTERLOOK_ADMIN_TOKEN" in wrong.output

"""What is logged of requests: which one failed, and each where that is asked for; no secrets."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from afterlook import main, settings
from afterlook.http.access_log import AccessLog
from afterlook.http.front import Front
from afterlook.runtime import logs
from afterlook.runtime.logs import LogForm
from tests.support.client import Client

TASKS = "/api/v2.0/me/tasks"


@pytest.fixture(autouse=True)
def _own_logging(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the logging of the tests as it was, and take nothing from what they did to it."""
    for name in ("uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        for member, fresh in (("level", logging.NOTSET), ("propagate", True), ("filters", [])):
            monkeypatch.setattr(logger, member, fresh)
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)


Capture = pytest.CaptureFixture[str]


def client(data: Path, access_log: str, level: str = "warning", **flags: object) -> Client:
    """Return the application as `serve` sets it up."""
    form: LogForm = "json" if access_log == "json" else "text"
    logs.configure(form, level)
    wanted = settings.load(data=data, access_log=access_log, **flags)
    app = main.create_app(wanted, main.open_store(wanted))
    return Client(app, base_url="http://localhost", raise_server_exceptions=False)


def test_the_address_of_an_upload_is_not_logged() -> None:
    """Neither with the access log nor with a failure: whoever has it may upload."""
    below = "/v1.0/users/x@y/todo/lists/l/tasks/t/attachmentSessions/"
    for sent in (f"{below}s3cret/content?x=1", f"{below[:-1]}('s3cret')", f"{below}%73%33cret"):
        scope = {"method": "PUT", "path": "", "raw_path": sent.encode()}
        path = logs.describe_request(scope)["path"]
        assert path.startswith(below[:-1])
        assert "***" in path
        assert "cret" not in path


def test_a_failure_names_its_request(tmp_path: Path, capsys: Capture) -> None:
    """By the id that the client got, its method and its path."""
    with client(tmp_path, "json") as me:
        me.get(TASKS)
        (tmp_path / "afterlook.db").unlink()
        capsys.readouterr()
        answer = me.post(f"{TASKS}?%0a=1", json={"Subject": "x"})
        assert answer.status_code == 503
        me.get("/readyz")
    failure, access, ready, _ = map(json.loads, capsys.readouterr().err.splitlines())
    about = {"request_id": answer.headers["request-id"], "method": "POST", "path": TASKS}

    assert failure.items() >= {**about, "level": "error", "logger": "afterlook"}.items()
    assert "was deleted or moved" in failure["message"]
    assert access.items() >= {**about, "level": "info", "status": 503, "message": "request"}.items()
    assert (access["query"], access["client"], access["scheme"]) == ("%0a=1", "testclient", "http")
    assert access["bytes"] == len(answer.content)
    assert access["ms"] >= 0
    assert ready["path"] == "/readyz"


def test_as_text(tmp_path: Path, capsys: Capture) -> None:
    """One line for each request, whatever its path holds."""
    with client(tmp_path, "text") as me:
        me.get("/no%0asuch%1b[31mplace\N{SNOWMAN}")
        me.get(TASKS)
    first, second = capsys.readouterr().err.splitlines()
    assert " path=/no%0asuch%1b[31mplace%E2%98%83 " in first
    assert "[info] request [afterlook.access] request_id=" in second
    assert f" method=GET path={TASKS} " in second
    assert " status=200 " in second


def test_no_secrets(tmp_path: Path, capsys: Capture) -> None:
    """Neither from a header nor from a body, nor from an address that carries one."""
    with client(tmp_path, "json", "debug") as me:
        headers = {
            "Authorization": "Bearer hush-1",
            "Cookie": "afterlook_1=hush-2",
            "X-RequestDigest": "hush-3",
        }
        me.post(TASKS, json={"Subject": "hush-4"}, headers=headers)
        secrets = "access_token=hush-5&CODE=hush-6&client_secret=hush-7&Pass%77ord=hush-8"
        me.get(f"{TASKS}?{secrets}&$top=1&$skiptoken=told&x=told", headers=headers)
        (tmp_path / "afterlook.db").unlink()
        me.post(TASKS, json={"Subject": "hush-9"}, headers=headers)
    lines = capsys.readouterr().err.splitlines()
    # The client of the test is in the same process, and logs by the same root.
    said = "\n".join(line for line in lines if json.loads(line)["logger"].startswith("afterlook"))
    assert "hush" not in said
    assert "access_token=***&CODE=***&client_secret=***&Pass%77ord=***" in said
    assert "&$top=1&$skiptoken=told&x=told" in said


def test_off_costs_nothing(tmp_path: Path) -> None:
    """There is no layer for what nobody asked for."""
    with client(tmp_path, "off", control="off", metrics="off") as me:
        assert isinstance(me.app.front, Front)  # type: ignore[attr-defined]
    with client(tmp_path, "text") as me:
        assert isinstance(me.app.front, AccessLog)  # type: ignore[attr-defined]


class _Gone(io.StringIO):
    """A standard error whose reader has gone."""

    def write(self, _: str) -> int:
        raise BrokenPipeError


@pytest.mark.parametrize("stream", [None, _Gone(), "closed"])
def test_nobody_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | str | None
) -> None:
    """A server whose standard error is closed goes on answering."""
    if stream == "closed":
        stream = io.StringIO()
        stream.close()
    with client(tmp_path, "text") as me:
        monkeypatch.setattr(sys, "stderr", stream)
        assert me.get(TASKS).status_code == 200
        (tmp_path / "afterlook.db").unlink()
        assert me.post(TASKS, json={"Subject": "x"}).status_code == 503
        monkeypatch.undo()


@pytest.mark.parametrize("form", ["text", "json"])
def test_exceptions(capsys: Capture, form: LogForm) -> None:
    """They come with their traceback, but not with what the variables held."""
    logs.configure(form, "warning")

    def fail(token: str) -> None:
        raise RuntimeError(f"broken by {len(token)}")

    try:
        fail("hu" + "sh")
    except RuntimeError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    logging.getLogger("afterlook").info("too much")
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "RuntimeError: broken by 4" in said
    assert "hush" not in said
    assert "too much" not in said
    assert form == "text" or json.loads(said)["exception"].startswith("Traceback")


def test_what_names_its_setting(tmp_path: Path) -> None:
    """A refusal that a setting would not have made says which."""
    with client(tmp_path, "off", max_body=1024, max_mailboxes=1, rate_limit="3/600") as me:
        large = me.post(TASKS, json={"Subject": "x" * 2000})
        host = me.get(TASKS, headers={"Host": "evil.example"})
        full = me.get(TASKS, headers={"Authorization": "Bearer two"})
        many = [me.get(TASKS) for _ in range(4)][-1]
    answers = {
        "AFTERLOOK_MAX_BODY": (large, 413),
        "AFTERLOOK_ALLOWED_HOSTS": (host, 421),
        "AFTERLOOK_MAX_MAILBOXES": (full, 403),
        "--rate-limit": (many, 429),
    }
    for setting, (answer, status) in answers.items():
        assert answer.status_code == status, answer.text
        assert setting in answer.json()["error"]["message"]
    assert "1024 bytes" in large.json()["error"]["message"]

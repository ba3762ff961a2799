"""The recipes for proxies: run as they stand in examples/proxies, but for ports and files."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from afterlook.http.certificates import keep_certificates
from tests.support.wire import run_server

RECIPES = Path(__file__).parents[2] / "examples" / "proxies"
NAME = "tasks.example"
TASKS = "/api/v2.0/me/tasks"
OWN_FILES = "".join(
    f"{kind}_temp_path temp;" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
)
"""What nginx would write into directories of the machine's."""

COMMANDS = {
    "nginx": ["nginx", "-p", ".", "-e", "stderr", "-c", "recipe", "-g", "daemon off; pid pid;"],
    "caddy": ["caddy", "run", "--adapter", "caddyfile", "--config", "recipe"],
}
FILES = {"nginx": "nginx.conf", "caddy": "Caddyfile"}


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def proxy(program: str, upstream: str, where: Path) -> Iterator[httpx2.Client]:
    """Run a recipe in front of a server; yield a client that trusts it and knows its address."""
    kept = keep_certificates(where / "tls", [NAME], datetime.now(UTC))
    shutil.copy(kept.certificate, where / "tasks.example.pem")
    shutil.copy(kept.certificate, where / "tasks.example.key")
    port = free_port()
    recipe = (RECIPES / FILES[program]).read_text()
    for written, wanted in (
        ("/etc/ssl", str(where)),
        ("127.0.0.1:8025", upstream.partition("//")[2]),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        (f"{NAME}:443", f"{NAME}:{port}"),
        ("http {", f"http {{ {OWN_FILES}"),
    ):
        recipe = recipe.replace(written, wanted)
    (where / "recipe").write_text(recipe)
    (where / "temp").mkdir()
    environment = os.environ | {"HOME": str(where), "XDG_DATA_HOME": str(where)}
    context = ssl.create_default_context(cafile=kept.authority)
    with (
        subprocess.Popen(COMMANDS[program], cwd=where, env=environment) as process,
        httpx2.Client(verify=context, base_url=f"https://localhost:{port}", timeout=30) as client,
    ):
        client.headers["Host"] = f"{NAME}:{port}"
        try:
            ends = time.monotonic() + 30
            while not is_open(port):
                assert process.poll() is None
                assert time.monotonic() < ends
                time.sleep(0.05)
            yield client
        finally:
            process.terminate()


def is_open(port: int) -> bool:
    """Tell whether somebody listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("program", COMMANDS)
def test_recipes(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links, and which origins may write, are those of the name that clients see."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    monkeypatch.setenv("AFTERLOOK_ALLOWED_HOSTS", NAME)
    flags = ("--port", "0", "--ephemeral", "--seed", "empty")
    with run_server(tmp_path, *flags) as (url, _), proxy(program, url, tmp_path) as client:
        own = f"https://{client.headers['Host']}"

        def send(method: str, **headers: str) -> httpx2.Response:
            content = {"Subject": "x" * 100_000} if method == "POST" else None
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            request = client.build_request(method, TASKS, json=content, headers=named)
            request.extensions["sni_hostname"] = NAME
            return client.send(request)

        made = send("POST", Origin=own, X_Forwarded_Proto="http", X_Forwarded_Host="evil.example")
        listed = send("GET", Accept_Encoding="gzip").json()
        strange = send("POST", Origin=url)

    assert made.status_code == 201, made.text
    assert made.headers["Location"].startswith(f"{own}/api/v2.0/Users(")
    assert listed["@odata.context"].startswith(f"{own}/api/v2.0/$metadata")
    assert listed["value"][0]["Subject"] == "x" * 100_000
    assert strange.status_code == 403

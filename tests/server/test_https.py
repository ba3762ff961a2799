"""HTTPS beside HTTP, as a user starts it and a client trusts it."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from afterlook import server, settings
from afterlook.http.certificates import keep_certificates
from afterlook.runtime import shutdown
from tests.support.server import run_here
from tests.support.wire import run_server

API = "/api/v2.0/me/tasks"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory."""
    return tmp_path_factory.mktemp("https") / "data"


@pytest.fixture(scope="module")
def url(data: Path) -> Iterator[str]:
    """Return the base URL, by HTTP, of a server that answers both."""
    flags = ("--port", "0", "--data", str(data), "--tls")
    with run_server(data.parent, *flags) as (url, _):
        yield url


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[httpx2.Client]:
    """Return a client that trusts what it downloaded."""
    taken = httpx2.get(f"{url}/_emulator/ca.pem", timeout=30)
    assert taken.headers["Content-Type"] == "application/x-x509-ca-cert"
    trust = ssl.create_default_context(cadata=taken.text)
    secure = url.replace("http:", "https:")
    headers = {"Authorization": "Bearer somebody"}
    with httpx2.Client(verify=trust, base_url=secure, headers=headers, timeout=30) as client:
        yield client


def test_both_schemes(url: str, client: httpx2.Client) -> None:
    """They are one service; links lead on by the scheme in which they were asked for."""
    for number in range(2):
        client.post(API, json={"Subject": str(number)}).raise_for_status()
    secure = client.get(f"{API}?$top=1").json()
    plain = httpx2.get(f"{url}{API}?$top=1", headers=client.headers, timeout=30).json()

    base = str(client.base_url).rstrip("/")
    assert secure["@odata.nextLink"].startswith(f"{base}{API}?")
    assert secure["@odata.context"].startswith(f"{base}/api/v2.0/$metadata")
    assert plain["@odata.nextLink"].startswith(f"{url}{API}?")
    assert plain["value"][0]["Id"] == secure["value"][0]["Id"]
    assert len(client.get(secure["@odata.nextLink"]).json()["value"]) == 1


@pytest.mark.parametrize(
    "name",
    ["outlook.office.com", "outlook.office365.com", "graph.microsoft.com", "a.sharepoint.com",
     "login.microsoftonline.com", "localhost"],
)  # fmt: skip
def test_redirected_names(client: httpx2.Client, name: str) -> None:
    """A client that keeps its own names finds its service, certified and answered for."""
    request = client.build_request("GET", API, headers={"Host": name})
    request.extensions["sni_hostname"] = name  # what the certificate is checked for
    answer = client.send(request)

    assert answer.status_code == 200
    assert answer.json()["@odata.context"].startswith(f"https://{name}/")


def test_an_untrusted_authority(url: str) -> None:
    with pytest.raises(httpx2.ConnectError, match="certificate verify failed"):
        httpx2.get(url.replace("http:", "https:"), timeout=30)


def test_other_schemes_are_other_origins(url: str, client: httpx2.Client) -> None:
    """A page that came by HTTP may not write by HTTPS."""
    for origin, status in ((str(client.base_url).rstrip("/"), 201), (url, 403)):
        answer = client.post(API, json={"Subject": "x"}, headers={"Origin": origin})
        assert answer.status_code == status, origin


def test_cookies(url: str, client: httpx2.Client) -> None:
    """By HTTPS they are sent by HTTPS alone, under a name that a page of HTTP cannot take."""
    named = {"Authorization": ""}
    names = []
    for base in (str(client.base_url).rstrip("/"), url):
        origin = {"Origin": base, "Sec-Fetch-Site": "same-origin"} | named
        form = {"mailbox": "demo@afterlook.example"}
        chosen = client.post(f"{base}/mytasks", data=form, headers=origin)
        cookie = chosen.headers["Set-Cookie"]
        name, _, value = cookie.partition(";")[0].partition("=")
        assert ("Secure" in cookie.split("; ")) == base.startswith("https")
        client.cookies.clear()
        asked = client.get(f"{base}{chosen.headers['Location']}", headers=named)
        shown = client.get(
            f"{base}{chosen.headers['Location']}", headers=named | {"Cookie": f"{name}={value}"}
        )
        names.append(name)
        assert "tasks?</h1>" in asked.text
        assert "tasks?</h1>" not in shown.text
    assert names[0] == f"__Secure-{names[1]}"


def test_several_processes_and_a_certificate_of_ones_own(tmp_path: Path) -> None:
    """Each process answers both; whose certificate it is, is its owner's to distribute."""
    kept = keep_certificates(tmp_path / "own", [], datetime.now(UTC))
    trust = ssl.create_default_context(cafile=kept.authority)
    flags = ("--port", "0", "--ephemeral", "--workers", "2", "--tls-cert", str(kept.certificate))
    with run_server(tmp_path, *flags) as (url, _):
        assert run_here("ready", "--url", url, "--wait", "60").returncode == 0
        for _ in range(6):
            with httpx2.Client(verify=trust, timeout=30) as client:
                assert client.get(f"{url.replace('http:', 'https:')}/readyz").text == "ready"
                assert client.get(f"{url}/readyz").text == "ready"
        gone = httpx2.get(f"{url}/_emulator/ca.pem", timeout=30)
    assert (gone.status_code, "--tls" in gone.text) == (404, True)


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        ({"tls_cert": "no.pem"}, "no.pem"),
        ({"tls_cert": "gone.pem"}, "gone.pem"),
        ({"tls": True, "tls_dir": "no.pem"}, "no.pem"),
    ],
)
def test_what_cannot_be_served_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: dict[str, object], named: str
) -> None:
    """It is said before the server answers anybody."""
    monkeypatch.chdir(tmp_path)
    Path("no.pem").write_text("no certificate")
    with pytest.raises(server.CannotServeError, match=named):
        server._answer_https(settings.load(**flags))
    assert not shutdown.listener_openers

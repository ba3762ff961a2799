"""What every request passes before any route: hosts, origins, proxies, spellings, ids, coding."""

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import quote, unquote
from uuid import uuid4

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message

from afterlook import main
from afterlook import settings as wanted
from afterlook.http.paths import is_normal, normalise, wire_of
from tests.support import wire as wires
from tests.support.client import Client
from tests.support.outlook import expect_refusal
from tests.support.tokens import jwt
from tests.support.wire import Mailbox, Wire

PROCESS_QUERY = "/_vti_bin/client.svc/ProcessQuery"
FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "tasks.example:8443"}


def service(scratch: Path, client: str = "127.0.0.1", **flags: object) -> Iterator[Wire]:
    """Run the application for a client at an address."""
    database = f"sqlite:///{scratch / f'{uuid4().hex}.db'}"
    loaded = wanted.load(database=database, seed="empty", **flags)
    app = main.create_app(loaded, main.open_store(loaded))
    with Client(
        app, base_url="http://localhost", follow_redirects=False, client=(client, 50_000)
    ) as started:
        yield Wire("in-process", "sqlite", started)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return the service as it is without a word."""
    yield from service(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return the service as it is on every address of the machine."""
    yield from service(tmp_path_factory.mktemp("public"), host="0.0.0.0", rate_limit="9999/9999")


def send(
    wire: Wire, method: str, address: str, *lines: tuple[str, str], content: bytes | None = None
) -> httpx2.Response:
    """Send a request with header lines that may repeat."""
    return wire.client.request(method, address, headers=list(lines), content=content)


# -- hosts


@pytest.mark.inferred("front.host")
@pytest.mark.parametrize(
    "host",
    ["", " ", "a b", "localhost:", "localhost:x", "localhost:70000", "localhost/", "localhost,x",
     "http://localhost", "[::1", "::1", "[localhost]", "[1.2.3]", "..", ".localhost",
     "localhost..", "a@localhost", "x" * 300, "localhost:80:80", "[::1]x", "localhost%00"],
)  # fmt: skip
def test_malformed_hosts(plain: Wire, public: Wire, host: str) -> None:
    for wire in (plain, public):
        response = send(wire, "GET", "/api/beta/me/tasks", ("Host", host))
        expect_refusal(response, 400, "ErrorInvalidRequest", "Host")


@pytest.mark.inferred("front.host")
def test_two_hosts(plain: Wire) -> None:
    lines = [("Host", "localhost"), ("Host", "localhost")]
    expect_refusal(
        send(plain, "GET", "/api/beta/me/tasks", *lines), 400, "ErrorInvalidRequest", "Host"
    )


@pytest.mark.inferred("front.hosts")
@pytest.mark.parametrize(
    "host",
    ["10.1.2.3", "10.1.2.3:8025", "192.168.0.9.", "[fe80::1]:80", "[::ffff:1.2.3.4]", "localhost",
     "LOCALHOST:1", "app.localhost", "127.0.0.1", "0.0.0.0:8025"],
)  # fmt: skip
def test_hosts_off_loopback(public: Wire, host: str) -> None:
    assert send(public, "GET", "/readyz", ("Host", host)).status_code == 200


@pytest.mark.inferred("front.hosts")
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8025", "afterlook", "127.1", "0x7f.1", "2130706433",
     "127.0.0.1.evil.example", "10.1.2.3.nip.io", "localhost.evil.example", "evil-localhost",
     "xn--9ca.example", "1.2.3.4.5", "01.2.3.4"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("method", "address"),
    [("GET", "/"), ("POST", "/api/beta/me/tasks"), ("POST", PROCESS_QUERY), ("GET", "/_api/web")],
)
def test_names_off_loopback(public: Wire, method: str, address: str, host: str) -> None:
    """A page could have made its name lead here."""
    response = send(public, method, address, ("Host", host))

    assert response.status_code == 421
    assert host in response.text


@pytest.mark.inferred("front.hosts")
@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1", "10.0.0.1"])
def test_listed_names(tmp_path: Path, host: str) -> None:
    flags = {"host": host, "allowed_hosts": " Tasks.Example:80, [2001:DB8::1] ,10.9.9.9:1"}
    for wire in service(tmp_path, **flags):
        for name in ("tasks.example", "TASKS.example.:9", "[2001:db8::1]", "10.9.9.9", host):
            assert send(wire, "GET", "/livez", ("Host", name)).status_code == 200, name
        for name in ("x.tasks.example", "tasks.example.evil", "evil.example"):
            assert send(wire, "GET", "/livez", ("Host", name)).status_code == 421, name


@pytest.mark.inferred("front.hosts")
def test_any_name(tmp_path: Path) -> None:
    for wire in service(tmp_path, allowed_hosts="*"):
        assert send(wire, "GET", "/livez", ("Host", "evil.example")).status_code == 200
        assert send(wire, "GET", "/livez", ("Host", "evil example")).status_code == 400


# -- proxies


def link(wire: Wire, *lines: tuple[str, str]) -> str:
    """Return the address of the service as an answer tells it."""
    answer = send(wire, "GET", "/api/beta", *lines)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["@odata.context"]).removesuffix("/api/beta/$metadata")


@pytest.mark.inferred("front.forwarded")
@pytest.mark.parametrize("client", ["127.0.0.1", "::1", "10.0.0.7"])
def test_a_trusted_proxy(tmp_path: Path, client: str) -> None:
    flags = {"trusted_proxies": "::1, 127.0.0.1,10.0.0.0/24", "allowed_hosts": "tasks.example"}
    for wire in service(tmp_path, client, **flags):
        assert link(wire, *FORWARDED.items()) == "https://tasks.example:8443"
        assert link(wire, ("X-Forwarded-Proto", "HTTPS , http")) == "https://localhost"
        assert link(wire, ("X-Forwarded-Host", "tasks.example, inner")) == "http://tasks.example"
        # It is the public address that a page there has for its origin.
        page = ("Origin", "https://tasks.example:8443")
        own = send(wire, "POST", "/_api/contextinfo", page, *FORWARDED.items())
        assert own.status_code == 200
        assert send(wire, "POST", "/_api/contextinfo", page).status_code == 403


@pytest.mark.inferred("front.forwarded")
@pytest.mark.parametrize(
    ("client", "trusted"),
    [("10.0.0.8", "127.0.0.0/8,::1"), ("127.0.0.1", ""), ("testclient", "0.0.0.0/0")],
)
def test_an_untrusted_peer(tmp_path: Path, client: str, trusted: str) -> None:
    flags = {"trusted_proxies": trusted, "allowed_hosts": "tasks.example"}
    for wire in service(tmp_path, client, **flags):
        assert link(wire, *FORWARDED.items()) == "http://localhost"


@pytest.mark.inferred("front.forwarded")
@pytest.mark.parametrize(
    ("name", "value"),
    [("X-Forwarded-Proto", scheme) for scheme in ("wss", "ws", "ftp", "", "https:", "a b")]
    + [("X-Forwarded-Host", host) for host in ("evil.example", "", "a b", "x/y", "[x")],
)
def test_what_no_proxy_says(plain: Wire, name: str, value: str) -> None:
    """It is passed over, in a batch too, and opens nothing to a page that rebinds its name."""
    assert link(plain, (name, value)) == "http://localhost"
    batch = {"requests": [{"id": "1", "method": "GET", "url": "/api/beta/me/tasks"}]}
    host = {"Host": "localhost", "content-type": "application/json", name: value}
    answer = plain.client.post("/api/beta/$batch", json=batch, headers=host)
    assert answer.status_code == 200, answer.text
    assert answer.json()["responses"][0]["status"] == 200
    rebound = send(plain, "GET", "/livez", ("Host", "evil.example"), ("X-Forwarded-Host", "::1"))
    assert rebound.status_code == 421


# -- origins


WRITES = [
    ("POST", "/api/beta/me/tasks('x')/complete"),
    ("POST", "/api/beta/me/tasks"),
    ("PATCH", "/api/v2.0/me/tasks('x')"),
    ("DELETE", "//api/beta/me/tasks('x')"),
    ("PUT", "/api/beta/me/tasks('x')"),
    ("POST", "/api/beta/$batch"),
    ("POST", PROCESS_QUERY),
    ("POST", "/sites/a/_api/contextinfo"),
    ("POST", "/_api/$batch"),
    ("MERGE", "/_api/web/lists(guid'x')/items(1)"),
    ("POST", "/_vti_bin/sites.asmx"),
    ("POST", "/nowhere"),
    ("X-UNHEARD-OF", "/docs"),
]
FOREIGN: list[list[tuple[str, str]]] = [
    [("Origin", "https://evil.example")],
    [("Origin", "null")],
    [("Origin", "")],
    [("Origin", "http://localhost:3000")],
    [("Origin", "https://localhost")],
    [("Origin", "http://localhost.evil.example")],
    [("Origin", "http://localhost"), ("Origin", "https://evil.example")],
    [("Sec-Fetch-Site", "cross-site")],
    [("Sec-Fetch-Site", "same-site")],
    [("Sec-Fetch-Site", "cross-site"), ("Origin", "http://localhost")],
    [("Sec-Fetch-Site", "same-origin"), ("Origin", "https://evil.example")],
    [("Sec-Fetch-Site", "none"), ("Sec-Fetch-Site", "cross-site")],
]


@pytest.mark.inferred("front.cross-site")
@pytest.mark.parametrize("token", [(), (("Authorization", "Bearer x"),)])
@pytest.mark.parametrize(("method", "address"), WRITES)
def test_foreign_pages(
    plain: Wire, method: str, address: str, token: Sequence[tuple[str, str]]
) -> None:
    for lines in FOREIGN:
        answer = send(plain, method, address, *lines, *token)
        assert answer.status_code == 403, lines
        assert "may not write" in answer.text


@pytest.mark.inferred("front.cross-site")
@pytest.mark.parametrize(
    "lines",
    [
        [],
        [("Origin", "http://localhost")],
        [("Origin", "http://LOCALHOST:80"), ("Sec-Fetch-Site", "same-origin")],
        [("Sec-Fetch-Site", "none")],
        [("Host", "127.0.0.1:8025"), ("Origin", "http://127.0.0.1:8025")],
        [("Host", "[::1]:8025"), ("Origin", "http://[::1]:8025")],
    ],
)
def test_own_pages_and_programs(plain: Wire, lines: list[tuple[str, str]]) -> None:
    assert send(plain, "POST", "/_api/contextinfo", *lines).status_code == 200


@pytest.mark.inferred("front.cross-site")
def test_reading_from_anywhere(plain: Wire) -> None:
    for lines in FOREIGN:
        for method in ("GET", "HEAD"):
            assert send(plain, method, "/api/beta/me/tasks", *lines).status_code == 200


@pytest.mark.inferred("front.cross-site")
@pytest.mark.parametrize("origins", ["https://app.example", "*"])
def test_allowed_origins(tmp_path: Path, origins: str) -> None:
    for wire in service(tmp_path, cors_origins=origins):
        page = [("Origin", "https://app.example"), ("Sec-Fetch-Site", "cross-site")]
        assert send(wire, "POST", "/_api/contextinfo", *page).status_code == 200
        other = send(wire, "POST", "/_api/contextinfo", ("Origin", "https://evil.example"))
        assert other.status_code == (200 if origins == "*" else 403)


# -- spellings


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return the service with every guard there is."""
    flags = {"rate_limit": "900000/9999", "cors_origins": "https://app.example", "auth": "any"}
    yield from service(tmp_path_factory.mktemp("guarded"), **flags)


def spelt(word: str) -> st.SearchStrategy[str]:
    """Return ways to write a segment."""
    one = [
        st.sampled_from([c, c.upper(), f"%{ord(c):02x}", f"%{ord(c):02X}", f"%{ord(c.upper()):x}"])
        for c in word
    ]
    look_alikes = st.sampled_from([word.replace("i", "\u0131"), word.replace("i", "%C4%B0")])
    return st.tuples(*one).map("".join) | look_alikes.map(
        lambda text: text.replace("\u0131", "%C4%B1")
    )


SLASHES = st.sampled_from(
    ["/", "//", "/./", "/%2e/", "/x/../", "/x/%2E%2e/", "///", "%2F", "%2f", "/%2f", "\\", "%5C",
     "/;/", "/..;/", "/%00/", "/%2e%2f", "/../", "/.%2e/"]
)  # fmt: skip


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """Make up an address that may or may not lead to tasks, or to a web."""
    words = draw(
        st.sampled_from([("api", "beta", "me", "tasks"), ("_api", "web"), ("sites", "_api", "web")])
    )
    parts = [draw(SLASHES) + draw(spelt(word)) for word in words]
    address = "".join(parts) + draw(st.sampled_from(["", "/", "//", "/.", "%2F", "/%2e"]))
    return address if address.startswith("/") else f"/{address}"


class Asked(NamedTuple):
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes


def asked_raw(wire: Wire, method: str, raw: str, body: bytes = b"", **headers: str) -> Asked:
    """Send an address as it stands, past a client's library, which would mend it."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    named = {"host": "localhost", **headers}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": unquote(raw), "raw_path": raw.encode(), "query_string": b"",
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in named.items()],
        "server": ("localhost", 80), "client": ("127.0.0.1", 1), "root_path": "", "state": {},
    }  # fmt: skip
    client = cast("Any", wire.client)
    client.portal.call(client.app, scope, receive, send)
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    content = b"".join(message.get("body", b"") for message in sent[1:])
    return Asked(sent[0]["status"], told, content)


@pytest.mark.inferred("front.normal")
@given(raw=spellings())
@settings(deadline=None, max_examples=100)
def test_spellings(guarded: Wire, raw: str) -> None:
    """Whatever is answered has been counted, may be read across origins, and asks for a token."""
    page = "https://app.example"
    answer = asked_raw(guarded, "GET", raw, origin=page, authorization="Bearer x")
    if answer.status in (404, 400, 405):
        return
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == page
    if normalise(raw)[0].lower().startswith("/api/"):
        assert "rate-limit-limit" in answer.headers
    assert asked_raw(guarded, "GET", raw).status == 401
    assert asked_raw(guarded, "POST", raw, origin="https://evil.example").status == 403
    large = b"{" + b" " * 5_000_000 + b"}"
    named = {"authorization": "Bearer x", "content_type": "application/json"}
    assert asked_raw(guarded, "POST", raw, large, **named).status in (404, 405, 413)


@pytest.mark.inferred("front.normal")
@pytest.mark.parametrize(
    ("raw", "status"),
    [("//api/beta/me/tasks", 200), ("/api/./beta/me/tasks", 200), ("/api%2Fbeta/me/tasks", 404),
     ("/%61pi/beta/../v2.0/me/tasks//", 200), ("/x/..//%5fapi/web", 200), ("/_ap%C4%B1/web", 404),
     ("/API/BETA/ME/TASKS/", 200), ("/sites%2Fa/_api/web", 200), ("/x/..%2f_api/web", 404),
     ("/_api%2fweb", 404), ("/api\\beta/me/tasks", 404), ("/api;x/beta/me/tasks", 404),
     ("/_vti_b\u0131n/client.svc/ProcessQuery", 404), ("/%2e%2e/api/beta/me/tasks", 200)],
)  # fmt: skip
def test_where_spellings_lead(guarded: Wire, raw: str, status: int) -> None:
    assert asked_raw(guarded, "GET", quote(raw, "%/;\\"), authorization="Bearer x").status == status


@pytest.mark.parametrize(
    ("raw", "path", "again"),
    [
        ("/", "/", "/"),
        ("", "/", "/"),
        ("//", "/", "/"),
        ("//api/beta", "/api/beta", "/api/beta"),
        ("/api/./beta/../v2.0/", "/api/v2.0/", "/api/v2.0/"),
        ("/../../api", "/api", "/api"),
        ("/%61pi/%2e%2E/%5fapi", "/_api", "/%5fapi"),
        ("/api%2Fbeta/me", "/api%2Fbeta/me", "/api%2Fbeta/me"),
        ("/a/..%2fapi", "/a/..%2Fapi", "/a/..%2fapi"),
        ("/x('a//b')//y", "/x('a//b')/y", "/x('a//b')/y"),
        ("/x(%27a%2Fb/../c%27)/./y", "/x('a/b/../c')/y", "/x(%27a%2Fb/../c%27)/y"),
        ("/x('it''s//')//y", "/x('it''s//')/y", "/x('it''s//')/y"),
        ("/o'brien//_api", "/o'brien/_api", "/o'brien/_api"),
        ("/a/.", "/a/", "/a/"),
        ("/%252F", "/%2F", "/%252F"),
    ],
)
def test_normal_form(raw: str, path: str, again: str) -> None:
    assert normalise(raw) == (path, again)


@given(st.text("/.%2eEfF5cC'(a", max_size=40))
def test_normal_form_is_final(raw: str) -> None:
    """Another time changes nothing, and what needs none is left as it is."""
    path, again = normalise(raw)

    assert normalise(again) == (path, again)
    if is_normal(raw):
        assert path == raw
    assert path.startswith("/")
    assert wire_of({"path": path}) in (None, "outlook", "sharepoint")


# -- coding


@pytest.mark.inferred("front.gzip-in")
@pytest.mark.parametrize("coding", ["gzip", "x-gzip", " GZIP ", "identity", ""])
def test_bodies_in_gzip(plain: Wire, coding: str) -> None:
    subject = f"packed {uuid4()}"
    content = json.dumps({"Subject": subject}).encode()
    is_packed = "gzip" in coding.lower()
    lines = [("Content-Encoding", coding), ("Content-Type", "application/json")]
    body = gzip.compress(content) if is_packed else content
    answer = send(plain, "POST", "/api/beta/me/tasks", *lines, content=body)

    assert answer.status_code == 201, answer.text
    assert answer.json()["Subject"] == subject


@pytest.mark.inferred("front.gzip-in")
@pytest.mark.parametrize(
    "coding", ["br", "deflate", "gzip, gzip", "zstd", "compress", "gzip,", "*"]
)
def test_other_codings(plain: Wire, coding: str) -> None:
    lines = [("Content-Encoding", coding), ("Content-Type", "application/json")]
    answer = send(plain, "POST", "/api/beta/me/tasks", *lines, content=b"{}")
    expect_refusal(answer, 415, "ErrorUnsupportedMediaType", "Content-Encoding")
    assert answer.headers["Accept-Encoding"] == "gzip"
    listed = send(
        plain, "POST", "/_api/web/lists", *lines, ("Authorization", "Bearer x"), content=b"{}"
    )
    assert (listed.status_code, "odata.error" in listed.json()) == (415, True)


@pytest.mark.inferred("front.gzip-in")
def test_a_bomb(plain: Wire) -> None:
    expect_gzip_refusal(plain, gzip.compress(b'{"Subject": "' + b"0" * 200_000_000 + b'"}', 1), 413)


@pytest.mark.inferred("front.gzip-in")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{}", 400),
        (gzip.compress(b"{}")[:-1], 400),
        (gzip.compress(b"{}")[:-9], 400),
        (gzip.compress(b"{}") + b"x", 400),
        (gzip.compress(b"{}") * 2, 400),
        (gzip.compress(b"") * 200_000, 400),
        (gzip.compress(b"{}")[:-5] + b"xxxxx", 400),
        (zlib.compress(b"{}"), 400),
    ],
    ids=["nothing", "plain", "short", "shorter", "longer", "twice", "often", "sum", "zlib"],
)
def test_what_is_no_gzip(plain: Wire, body: bytes, status: int) -> None:
    expect_gzip_refusal(plain, body, status)


def expect_gzip_refusal(plain: Wire, body: bytes, status: int) -> None:
    """Send a body that claims to be gzip to both services; each refuses it in its own words."""
    lines = [("Content-Encoding", "gzip"), ("Content-Type", "application/json")]
    answer = send(plain, "POST", "/api/beta/me/tasks", *lines, content=body)
    assert answer.status_code == status
    csom = send(plain, "POST", PROCESS_QUERY, *lines, ("Authorization", "Bearer x"), content=body)
    assert csom.status_code == 200
    assert csom.json()[0]["ErrorInfo"]["ErrorTypeName"].startswith(
        "Microsoft.SharePoint.Client.Inv"
    )


@pytest.mark.inferred("front.gzip-out")
@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [("gzip", True), ("br, gzip;q=0.1", True), ("*", True), ("GZIP", True), ("gzip;q=0", False),
     ("", False), ("br", False), ("*;q=0", False), ("gzip;q=0, *", False), ("identity", False),
     ("gzip;q=x", False)],
)  # fmt: skip
def test_packed_answers(plain: Wire, accepted: str, *, is_packed: bool) -> None:
    me = Mailbox(plain, uuid4().hex)
    for _ in range(10):
        me.create("tasks", {"Subject": "to fill a page"})
    small = me.get("tasks?$top=1&$select=Id", Accept_Encoding=accepted)
    large = me.get("tasks", Accept_Encoding=accepted)

    assert not {"content-encoding", "vary"} & set(small.headers)
    assert large.headers["vary"] == "Accept-Encoding"
    assert large.headers.get("content-encoding") == ("gzip" if is_packed else None)
    assert len(large.json()["value"]) == 10
    assert (int(large.headers["content-length"]) < len(large.content)) is is_packed
    head = me.send("HEAD", "tasks", Accept_Encoding=accepted)
    assert head.headers.get("content-encoding") == large.headers.get("content-encoding")


# -- the rest


@pytest.mark.inferred("front.safe")
@pytest.mark.parametrize(
    "address",
    ["/nowhere", "/api/beta/me/contacts", "/api/beta/me/tasks('x')", "/_api/nowhere",
     "/_vti_bin/x", "/docs/x", "/api/beta/me/tasks?$top=-1"],
)  # fmt: skip
def test_refusals_do_nothing_in_a_browser(plain: Wire, address: str) -> None:
    answer = plain.client.get(address)

    assert answer.status_code >= 400
    assert answer.headers.get_list("content-security-policy") == [
        "default-src 'none'; frame-ancestors 'none'"
    ]
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert answer.headers.get_list("referrer-policy") == ["no-referrer"]


@pytest.mark.inferred("front.safe")
def test_the_page_of_the_contract(plain: Wire) -> None:
    page = plain.client.get("/docs")
    policy = page.headers["content-security-policy"]

    assert page.status_code == 200
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert plain.client.get(f"/docs/{asset}").headers["x-content-type-options"] == "nosniff"


@pytest.mark.inferred("front.ids")
@pytest.mark.parametrize(("length", "is_echoed"), [(1024, True), (1025, False), (60_000, False)])
def test_long_ids(plain: Wire, length: int, *, is_echoed: bool) -> None:
    name = "i" * length
    answer = send(plain, "GET", "/api/beta/me/tasks", ("client-request-id", name))
    assert (answer.headers.get("client-request-id") == name) is is_echoed
    batch = {"requests": [{"id": name, "method": "GET", "url": "me/tasks"}]}
    assert plain.client.post("/api/beta/$batch", json=batch).status_code == (
        200 if is_echoed else 400
    )
    head = f"--b\r\nContent-Type: application/http\r\nContent-ID: {name}\r\n\r\n"
    content = f"{head}GET /api/beta/me/tasks HTTP/1.1\r\n\r\n\r\n--b--\r\n".encode()
    kind = ("Content-Type", "multipart/mixed; boundary=b")
    parts = send(plain, "POST", "/api/beta/$batch", kind, content=content)
    assert parts.status_code == (200 if is_echoed else 400)
    assert (name in parts.text) is is_echoed


@pytest.mark.inferred("front.newcomers")
def test_most_mailboxes(tmp_path: Path) -> None:
    for wire in service(tmp_path, max_mailboxes=3):
        answers = [Mailbox(wire, f"token {number}").get("tasks") for number in range(6)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 403, 403, 403]
        expect_refusal(answers[3], 403, "ErrorMailboxQuotaExceeded", "3")
        assert Mailbox(wire, "token 1").get("tasks").status_code == 200
        assert (
            wire.client.get("/_api/web", headers={"Authorization": "Bearer y"}).status_code == 403
        )


@pytest.mark.inferred("front.newcomers")
def test_new_tokens_and_new_apps_are_limited(tmp_path: Path) -> None:
    """A token that nobody verifies says what it likes, and cannot get around the limit by it."""
    database = f"sqlite:///{tmp_path / 'afterlook.db'}"
    with wires.in_process(database, "sqlite", rate_limit="5/600") as wire:
        new = [Mailbox(wire, uuid4().hex).get("tasks").status_code for _ in range(12)]
        assert new == [200] * 5 + [429] * 7
    database = f"sqlite:///{tmp_path / 'other.db'}"
    with wires.in_process(database, "sqlite", rate_limit="5/600") as wire:
        tokens = [jwt(oid="one", appid=f"app {number}") for number in range(60)]
        answers = [Mailbox(wire, token).get("tasks") for token in tokens]
        assert [answer.status_code for answer in answers] == [200] * 40 + [429] * 20
        assert answers[-1].headers["Rate-Limit-Remaining"] == "0"
        assert answers[-1].headers["Retry-After"]

"""`_api/$batch` as clients send it."""

import re
from typing import Any
from uuid import uuid4

import httpx2
import orjson
import pytest

from tests.sharepoint.rest.helpers import SITE, ask, content_of, error_of, new_list
from tests.support.wire import Mailbox, Wire

BATCH = f"{SITE}/_api/$batch"
ITEMS = f"{SITE}/_api/web/lists/getByTitle('Tasks')/items"

PNP = """\
--batch_2d12edca-6f28-4f52-961a-7775280f3756
Content-Type: multipart/mixed; boundary="changeset_5a578044-6ed5-4e0e-a91d-aafd556fa49d"

--changeset_5a578044-6ed5-4e0e-a91d-aafd556fa49d
Content-Type: application/http
Content-Transfer-Encoding: binary

POST {url}/sites/a/_api/web/lists/getByTitle('Tasks')/items HTTP/1.1
accept: application/json
content-type: application/json;charset=utf-8

{{"Title":"b1"}}

--changeset_5a578044-6ed5-4e0e-a91d-aafd556fa49d
Content-Type: application/http
Content-Transfer-Encoding: binary

MERGE {url}/sites/a/_api/web/lists/getByTitle('Tasks')/items(1) HTTP/1.1
accept: application/json
content-type: application/json;charset=utf-8
if-match: *

{{"Title":"b3"}}

--changeset_5a578044-6ed5-4e0e-a91d-aafd556fa49d--

--batch_2d12edca-6f28-4f52-961a-7775280f3756
Content-Type: application/http
Content-Transfer-Encoding: binary

GET {url}/sites/a/_api/web/lists/getByTitle('Tasks')/items?%24select=Title&%24top=1 HTTP/1.1
accept: application/json;odata=nometadata
content-type: application/json;charset=utf-8

--batch_2d12edca-6f28-4f52-961a-7775280f3756--
"""
"""What @pnp/sp 4.21.0 sends."""

OFFICE365 = """\
Content-Type: multipart/mixed;
 boundary="batch_8ac7ff98-78fd-4592-bfce-8f32b4c9e6d2"

--batch_8ac7ff98-78fd-4592-bfce-8f32b4c9e6d2
Content-Type: multipart/mixed; boundary="changeset_0d8fc340"

--changeset_0d8fc340
Content-Type: application/http
Content-Transfer-Encoding: binary

POST {url}/sites/a/_api/Web/lists/GetByTitle('Tasks')/items HTTP/1.1
Content-Type:application/json;odata=verbose
Accept:application/json;odata=verbose
Authorization:None None
X-RequestDigest:{digest}


{{"Title": "b1", "__metadata": {{"type": "SP.Data.TasksListItem"}}}}

--changeset_0d8fc340--

--batch_8ac7ff98-78fd-4592-bfce-8f32b4c9e6d2--
"""
"""What Office365-REST-Python-Client 2.3.16 sends."""


def send(me: Mailbox, content: str | bytes, **headers: str) -> httpx2.Response:
    """Send a batch as it stands, by the boundary that it names first."""
    raw = content.encode() if isinstance(content, str) else content
    boundary = re.search(rb"(?m)^--(\S+?)(?:--)?$", raw)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    named = {
        "Accept": "application/json",
        "Content-Type": f"multipart/mixed; boundary={boundary[1].decode() if boundary else 'x'}",
    }
    return me.wire.client.request(
        "POST", BATCH, content=raw, headers=named | me.authorization | given
    )


def parts(*requests: str) -> str:
    """Write a batch of requests, each a request line with whatever follows."""
    head = "Content-Type: application/http\nContent-Transfer-Encoding: binary\n\n"
    return "".join(f"--b\n{head}{request}\n\n" for request in requests) + "--b--\n"


def answers(response: httpx2.Response) -> list[tuple[int, Any]]:
    """Return status and body of each answer."""
    assert response.status_code == 200, response.text
    media_type, _, boundary = response.headers["Content-Type"].partition("; boundary=")
    assert (media_type, boundary[:14]) == ("multipart/mixed", "batchresponse_")
    *result, last = response.content.split(f"--{boundary}".encode())[1:]
    assert last == b"--\r\n"
    told_ = []
    for part in result:
        about, _, message = part.strip(b"\r\n").partition(b"HTTP/1.1 ")
        assert b"application/http" in about
        head, _, body = message.partition(b"\r\n\r\n")
        told_.append((int(head[:3]), orjson.loads(body) if body else None))
    return told_


@pytest.mark.observed("rest.batch")
def test_as_pnp_sends_it(me: Mailbox) -> None:
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task"}), 201)
    response = send(me, PNP.format(url=me.wire.url))
    assert b'\r\nETAG: "2"\r\n' in response.content
    (made, item), (merged, nothing), (read, page) = answers(response)
    assert (made, item["Title"], item["odata.etag"]) == (201, "b1", '"1"')
    assert (merged, nothing) == (204, None)
    assert (read, page["value"]) == (200, [{"Title": "b3"}])


@pytest.mark.observed("rest.batch")
def test_as_office365_sends_it(wire: Wire) -> None:
    """With the digest of whoever has no token, within the batch and without."""
    anybody = Mailbox(wire, None)
    site = f"/sites/{uuid4().hex}"
    digest = content_of(ask(anybody, "POST", f"{site}/_api/contextinfo"))["FormDigestValue"]
    made = {"Title": "Tasks", "BaseTemplate": 171}
    content_of(ask(anybody, "POST", f"{site}/_api/web/lists", made, X_RequestDigest=digest), 201)
    batch = OFFICE365.format(url=wire.url, digest=digest).replace(SITE, site)
    ((status, item),) = answers(send(anybody, batch, X_RequestDigest=digest))
    assert (status, item["d"]["Title"]) == (201, "b1")

    bare = batch.replace(f"X-RequestDigest:{digest}\n", "")
    ((status, item),) = answers(send(anybody, bare, X_RequestDigest=digest))
    assert (status, item["d"]["Id"]) == (201, 2)
    assert error_of(send(anybody, batch), 403)[0] == "-2146232832, Microsoft.SharePoint.SPException"


@pytest.mark.spec("rest.batch-apart")
def test_each_stands_alone(me: Mailbox) -> None:
    """What fails undoes nothing, nor keeps the rest from being done."""
    new_list(me)
    bodies = ('{"Title":"a"}', '{"Title":1}', '{"Title":"c"}')
    head = f"POST {ITEMS} HTTP/1.1\nAccept: application/json;odata=nometadata\n\n"
    result = answers(send(me, parts(*(head + body for body in bodies))))
    assert [status for status, _ in result] == [201, 400, 201]
    assert result[1][1]["odata.error"]["code"] == "-2130575155, Microsoft.SharePoint.SPException"
    assert [item["Title"] for item in content_of(ask(me, "GET", ITEMS))["value"]] == ["a", "c"]


@pytest.mark.inferred("rest.batch")
def test_addresses(me: Mailbox) -> None:
    new_list(me, "To do")
    host = me.wire.url.partition("://")[2]
    for address, expected in (
        (f"{me.wire.url.upper()}/sites/a/_api/web", 200),
        (f"https://{host}{SITE}/_api/web", 200),
        ("/sites/b/_api/web", 200),
        ("web/lists/getbytitle('To do')", 200),
        ("web/lists/getbytitle('To%20do')?$select=Title", 200),
        ("http://elsewhere.example/_api/web", 404),
        ("http://[/_api/web", 404),
        (f"{SITE}/_api/$batch", 404),
        (f"{SITE}/_api/contextinfo", 404),
        (f"{SITE}/_vti_bin/sites.asmx", 404),
        ("/api/beta/me/tasks", 404),
        ("web/nothing/é", 404),
    ):
        ((status, _),) = answers(send(me, parts(f"GET {address} HTTP/1.1\n")))
        assert status == expected, address
    ((status, _),) = answers(send(me, parts(f"TRACE {ITEMS} HTTP/1.1\n")))
    assert status == 405


@pytest.mark.inferred("rest.batch")
def test_a_token_of_its_own(me: Mailbox) -> None:
    new_list(me)
    own = f"GET {ITEMS} HTTP/1.1\nAuthorization: Bearer {uuid4().hex}\n"
    result = answers(send(me, parts(f"GET {ITEMS} HTTP/1.1\n", own)))
    assert [status for status, _ in result] == [200, 404]


@pytest.mark.inferred("rest.batch")
@pytest.mark.once
@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "--b\n\nGET / HTTP/1.1\n--b--",
        "--b\nContent-Type: application/http\n\nnothing\n--b--",
        parts(*["GET web HTTP/1.1\n"] * 101),
        parts("GET web HTTP/1.1\nnot a header\n"),
    ],
)
def test_what_is_no_batch(me: Mailbox, content: str) -> None:
    error_of(send(me, content), 400)
    assert ask(me, "GET", BATCH).status_code in (404, 405)


@pytest.mark.inferred("rest.batch")
def test_length(me: Mailbox) -> None:
    long = parts(f"GET web HTTP/1.1\nX-Long: {'x' * (3 << 20)}\n")
    assert error_of(send(me, long), 413)[1] == "The request message is too big."
    result = answers(send(me, parts(*["GET web HTTP/1.1\n"] * 100)))
    assert [status for status, _ in result] == [200] * 100


@pytest.mark.inferred("rest.batch")
@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("GET web?$select=" + "Id," * 6000 + " HTTP/1.1\n", 414),
        ("GET web?$select=" + "Id," * 5000 + " HTTP/1.1\n", 200),
        ("GET web HTTP/1.1\n" + f"X-Long: {'y' * 9_000}\n", 431),
    ],
)
def test_lengths_of_one(me: Mailbox, request_: str, expected: int) -> None:
    """Each is as long as it might be alone."""
    result = answers(send(me, parts(request_, "GET web HTTP/1.1\n")))
    assert [status for status, _ in result] == [expected, 200]


@pytest.mark.inferred("rest.batch")
@pytest.mark.parametrize(
    ("length", "expected"), [("\xb2", 201), ("9" * 5000, 413), ("x", 201), ("0", 201)]
)
def test_lengths_as_they_are_told(me: Mailbox, length: str, expected: int) -> None:
    """What a body is said to be long is nothing that a server has read before."""
    new_list(me)
    made = f'POST {ITEMS} HTTP/1.1\nContent-Length: {length}\n\n{{"Title":"a"}}'
    ((status, _),) = answers(send(me, parts(made).encode("latin-1")))
    assert status == expected


@pytest.mark.inferred("rest.batch")
@pytest.mark.parametrize("nothing", ["None None", "Bearer", ""])
def test_no_credentials_within_are_those_of_the_batch(me: Mailbox, nothing: str) -> None:
    """Else it would be carried out for the user of no token, who is somebody else."""
    new_list(me)
    request = f"GET {me.wire.url}/sites/a/_api/web/lists HTTP/1.1\nAuthorization: {nothing}\n"
    ((status, result),) = answers(send(me, parts(request)))
    assert status == 200
    assert [one["Title"] for one in result["value"]] == ["Tasks"]

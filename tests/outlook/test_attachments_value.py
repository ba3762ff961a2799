"""`/$value` of attachments: the bytes, and nothing that a browser would run."""

from urllib.parse import unquote

import pytest

from tests.support.attachments import CHEESE, EVENT, file, link
from tests.support.mailboxes import Filled
from tests.support.outlook import expect_refusal, key

PLAIN = "application/octet-stream"
PART = 192 * 1024


def attached(filled: Filled, body: object) -> str:
    """Attach something; return its address."""
    address = filled.at("tasks('{task}')/attachments")
    return f"{address}('{key(filled.me.create(address, body))}')"


@pytest.mark.inferred("attached.value", "attached.value-safe")
def test_bytes_and_headers(filled: Filled) -> None:
    """The content as it was, to be saved under its name."""
    address = attached(filled, file("menu.txt"))
    response = filled.me.get(f"{address}/$value")

    assert (response.status_code, response.content) == (200, CHEESE)
    assert response.headers["content-type"] == "text/plain"
    assert response.headers["content-length"] == str(len(CHEESE))
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''menu.txt"
    assert response.headers["content-security-policy"] == "sandbox"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "private"


@pytest.mark.inferred("attached.value")
def test_head(filled: Filled) -> None:
    """The headers without the bytes."""
    address = f"{attached(filled, file('menu.txt'))}/$value"
    got, head = filled.me.get(address), filled.me.send("HEAD", address)
    varying = {"request-id", "date"}

    assert (head.status_code, head.content) == (200, b"")
    assert {name: value for name, value in head.headers.items() if name not in varying} == {
        name: value for name, value in got.headers.items() if name not in varying
    }


@pytest.mark.inferred("attached.value", "attached.bytes")
@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 5])
def test_sizes(filled: Filled, size: int) -> None:
    """Whatever the number of parts that a content is kept in, an empty one among them."""
    content = bytes(range(256)) * (size // 256 + 1)
    content = content[:size]
    address = attached(filled, file("x", content))

    assert filled.me.get(f"{address}/$value").content == content
    assert filled.me.get(address).json()["ContentBytes"] == file("x", content)["ContentBytes"]


@pytest.mark.inferred("attached.value-safe")
@pytest.mark.parametrize(
    "content_type",
    ["text/html", "text/plain; charset=utf-8", 'a/b;c="d e"; f=g', "application/vnd.x+json"],
)
def test_media_types(filled: Filled, content_type: str) -> None:
    """What is one goes out as it was given."""
    address = attached(filled, file("x", ContentType=content_type))

    assert filled.me.get(f"{address}/$value").headers["content-type"] == content_type


@pytest.mark.inferred("attached.value-safe")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "content_type",
    [
        *("text", "text/", "/plain", "text/plain;", "text/plain; x", "text plain", "text/plain "),
        *("text/plain\r\nX-Evil: 1", 'text/html;\r\n\r\na="<script>"', "text/html;\n a=b"),
        *("text/plain;\va=b", "é/é", "\u2028/x", 'a/b;c="', 'a/b;c="\\""', "a/" + "b" * 5000),
    ],
)
def test_no_media_types(filled: Filled, content_type: str) -> None:
    """What is none is kept, and never becomes a header."""
    address = attached(filled, file("x", ContentType=content_type))
    response = filled.me.get(f"{address}/$value")

    assert (response.content, response.headers["content-type"]) == (CHEESE, PLAIN)
    assert "x-evil" not in response.headers
    assert response.headers["content-security-policy"] == "sandbox"
    assert filled.me.get(address).json()["ContentType"] == content_type


@pytest.mark.inferred("attached.value-safe")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "name",
    ["a b.txt", "../../etc/passwd", 'x"; filename="evil.exe', "x\r\ny", "é€😀", "a'b%20", "x;y"],
)
def test_names(filled: Filled, name: str) -> None:
    """Every name goes into one parameter, in no other characters than its grammar has."""
    response = filled.me.get(f"{attached(filled, file(name))}/$value")
    head, _, written = response.headers["content-disposition"].partition("''")

    assert head == "attachment; filename*=UTF-8"
    assert unquote(written) == name
    assert not set(written) & set(" /\\\"';\r\n")


@pytest.mark.inferred("attached.value-refused")
@pytest.mark.once
@pytest.mark.parametrize("body", [EVENT, link()], ids=["item", "reference"])
def test_only_files_have_bytes(filled: Filled, body: object) -> None:
    """The others are refused."""
    expect_refusal(filled.me.get(f"{attached(filled, body)}/$value"), 400, "ErrorInvalidRequest")


@pytest.mark.inferred("attached.value", "attached.gone")
def test_gone(filled: Filled) -> None:
    """As the attachment itself."""
    address = attached(filled, file())
    filled.me.delete(address)

    expect_refusal(filled.me.get(f"{address}/$value"), 404, "ErrorItemNotFound")


@pytest.mark.inferred("attached.value", "option.unsupported")
@pytest.mark.once
def test_options(filled: Filled) -> None:
    """There is nothing to choose from."""
    address = attached(filled, file())

    expect_refusal(filled.me.get(f"{address}/$value?$select=Name"), 400, "ErrorInvalidUrlQuery")
    expect_refusal(filled.me.get(f"{address}/$value?$top=1"), 400, "ErrorInvalidUrlQuery")


@pytest.mark.inferred("attached.no-update")
@pytest.mark.once
@pytest.mark.parametrize("method", ["PUT", "PATCH", "POST", "DELETE"])
def test_only_read(filled: Filled, method: str) -> None:
    """The bytes cannot be written."""
    address = attached(filled, file())
    response = filled.me.send(method, f"{address}/$value", {})

    expect_refusal(response, 405, "ErrorMethodNotAllowed")
    assert response.headers["allow"] == "GET, HEAD"
    assert filled.me.get(f"{address}/$value").content == CHEESE

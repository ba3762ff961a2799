"""Batches taken apart and put together."""

from email import message_from_bytes
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import BadRequest, BodyNotReadable
from afterlook.odata import batch_json, batch_multipart, mime
from afterlook.odata.batch import (
    Subrequest,
    Subresponse,
    Unit,
    UnitResult,
    check_units,
    read_reference,
)

TYPE = "multipart/mixed; boundary=b"
FUZZ = settings(max_examples=100, deadline=None, derandomize=True, database=None)
PIECES = st.sampled_from(
    [
        *(b"--b", b"--b--", b"--c", b"--c--", b"\r\n", b"\n", b"\n\n", b" ", b":", b"{}"),
        b"Content-Type: application/http",
        b"Content-Type: multipart/mixed; boundary=c",
        b"Content-ID: 1",
        b"GET tasks HTTP/1.1",
        b"POST $1 HTTP/1.1",
    ]
)


def parts(raw: bytes, media_type: str = TYPE) -> list[bytes]:
    """Take a multipart body apart."""
    return list(mime.split_parts(raw, media_type))


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"--b\r\none\r\n--b\r\ntwo\r\n--b--\r\n", [b"one", b"two"]),
        (b"--b\none\n--b\ntwo\n--b--", [b"one", b"two"]),
        (b"--b \t\none\n--b--  \nepilogue\n--b\n", [b"one"]),
        (b"preamble\n--b\none\n--b--", [b"one"]),
        (b"--b\none\n--b\n", [b"one"]),
        (b"--b\none\n\n--b\n\n", [b"one\n"]),
        (b"--b\n--bc\n x--b\n--b--", [b"--bc\n x--b"]),
        (b"--b\n--b--", [b""]),
    ],
)
def test_parts(raw: bytes, found: list[bytes]) -> None:
    assert parts(raw) == found


@pytest.mark.parametrize(
    "media_type",
    [
        "multipart/mixed; boundary=b",
        'Multipart/Mixed;Boundary="b"',
        "multipart/mixed; charset=utf-8; boundary=b ",
        "multipart/mixed;boundary=b;x=y",
    ],
)
def test_boundaries(media_type: str) -> None:
    assert mime.is_multipart(media_type)
    assert parts(b"--b\none\n--b--", media_type) == [b"one"]


def test_parts_are_found_in_linear_time() -> None:
    """Four megabytes of what is almost a boundary."""
    for filler in (b"--b ", b"\n--b-", b"\r\n", b"--b\t"):
        with pytest.raises(BodyNotReadable):
            parts(b"--b\n" + filler * (1 << 20))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("$1", "1"),
        ("$a/Tasks", "a"),
        ("$a?$select=Id", "a"),
        ("tasks", None),
        ("/$1", None),
        ("$", None),
        ("$/x", None),
        ("$metadata", None),
        ("$Batch", None),
    ],
)
def test_references(url: str, name: str | None) -> None:
    assert read_reference(url) == name


def test_a_multipart_request() -> None:
    raw = (
        b"--b\nContent-Type: application/http\nContent-ID: <7>\n\n"
        b"PATCH /x?y=a b HTTP/1.1\r\nPrefer: return=minimal\nprefer:x\n\n{}\n\n--b\n"
        b"content-type:application/http;msgtype=request\n\n"
        b"\nget $7 http/1.0\ncontent-id: 8\n\n--b--"
    )
    one, other = (unit.subrequests[0] for unit in batch_multipart.read(raw, TYPE))
    headers = (("prefer", "return=minimal"), ("prefer", "x"))
    assert one == Subrequest("<7>", "PATCH", "/x?y=a b", headers, b"{}\n")
    assert other == Subrequest("8", "get", "$7", (), b"")


def test_a_json_request() -> None:
    first = {"id": "1", "method": "post", "url": "x", "body": {"a": [1]}, "@odata.type": "y"}
    second = {"id": "2", "method": "GET", "url": "$1", "dependsOn": ["1"], "headers": {"A": " b "}}
    units = batch_json.read({"requests": [first, {**second, "atomicityGroup": "g"}]})
    content_type = (("content-type", "application/json"),)
    assert units == [
        Unit((Subrequest("1", "POST", "x", content_type, b'{"a":[1]}'),)),
        Unit((Subrequest("2", "GET", "$1", (("a", "b"),), b"", ("1",)),), "g"),
    ]
    assert units[1].subrequests[0].needed == ("1", "1")


def test_dependencies_on_groups() -> None:
    """On one that is finished: yes. On the one that it is in: no."""
    one, other = Subrequest("1", "GET", "x"), Subrequest("2", "GET", "x", depends_on=("g",))
    assert check_units([Unit((one,), "g"), Unit((other,))])
    with pytest.raises(BodyNotReadable):
        check_units([Unit((one, other), "g")])


CONTENTS = st.binary(max_size=40) | st.sampled_from([b"--batchresponse_", b"\r\n--b\r\n", b""])


@FUZZ
@given(bodies=st.lists(CONTENTS, min_size=1, max_size=5), atomic=st.booleans())
def test_answers_come_back_whole(bodies: list[bytes], atomic: bool) -> None:
    """Whatever is in them: a boundary never is."""
    subrequests = tuple(Subrequest(str(number), "GET", "x") for number in range(len(bodies)))
    responses = tuple(Subresponse(200, (("Content-Type", "text/plain"),), body) for body in bodies)
    raw, media_type = batch_multipart.write(
        [UnitResult(Unit(subrequests, "" if atomic else "g"), responses)]
    )
    (change_set,) = parts(raw, media_type)
    headers, content = mime.split_headers(change_set)
    found = parts(content, mime.find_header(headers, "content-type") or "")
    assert [part.partition(b"text/plain\r\n\r\n")[2] for part in found] == bodies
    assert len(message_from_bytes(b"Content-Type: text/x\r\n\r\n" + raw).defects) == 0


def test_json_answers() -> None:
    """JSON as JSON, text as text, anything else as base64url; nothing where there is none."""
    kinds = [
        ("application/json;a=b", b'{"x":1}'),
        ("text/plain", b"\xc3\xa4"),
        ("image/png", b"\xff"),
    ]
    subrequests = tuple(Subrequest(None, "GET", "x") for _ in range(4))
    responses = [
        Subresponse(200, (("Content-Type", kind), ("Content-Length", "1")), b) for kind, b in kinds
    ]
    done = UnitResult(Unit(subrequests), (*responses, Subresponse(204)))
    written = orjson.loads(orjson.dumps(batch_json.write([done])))
    assert [one.get("body") for one in written["responses"]] == [{"x": 1}, "ä", "_w", None]
    assert [one["id"] for one in written["responses"]] == ["1", "2", "3", "4"]
    assert written["responses"][0]["headers"] == {"Content-Type": "application/json;a=b"}


@FUZZ
@given(raw=st.binary(max_size=200) | st.lists(PIECES, max_size=30).map(b"".join))
def test_any_bytes(raw: bytes) -> None:
    """A batch, or a refusal."""
    try:
        units = batch_multipart.read(raw, TYPE)
    except BadRequest:
        return
    assert 0 < sum(len(unit.subrequests) for unit in units) <= 20


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)
MEMBERS = ("id", "method", "url", "headers", "body", "dependsOn", "atomicityGroup")
REQUESTS = st.dictionaries(st.sampled_from(MEMBERS), VALUES) | st.fixed_dictionaries(
    {"id": st.text("ab", max_size=2), "method": st.text(max_size=3), "url": st.text(max_size=5)},
    optional={"dependsOn": st.lists(st.text("ab", max_size=2)), "body": VALUES},
)


@FUZZ
@given(body=st.dictionaries(st.just("requests"), st.lists(REQUESTS | VALUES, max_size=22) | VALUES))
def test_any_json(body: dict[str, Any]) -> None:
    """A batch, or a refusal."""
    try:
        units = batch_json.read(body)
    except BadRequest:
        return
    assert sum(len(unit.subrequests) for unit in units) == len(body["requests"]) <= 20


@pytest.mark.parametrize(
    ("head", "is_taken"),
    [
        (b"a: b\r\n" * mime.MAX_LINES, True),
        (b"a: b\r\n" * (mime.MAX_LINES + 1), False),
        (b"a: " + b"b" * (mime.MAX_HEAD - 100) + b"\r\n", True),
        (b"a: " + b"b" * mime.MAX_HEAD + b"\r\n", False),
    ],
)
def test_heads_are_bounded(head: bytes, is_taken: bool) -> None:
    raw = head + b"\r\n" + b"content\n" * 100_000

    if is_taken:
        assert mime.split_headers(raw)[1] == b"content\n" * 100_000
    else:
        with pytest.raises(BodyNotReadable, match="too long or too many"):
            mime.split_headers(raw)

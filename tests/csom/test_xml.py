"""Documents that are none, or more than plain XML."""

from pathlib import Path

import pytest

from afterlook.csom.errors import RequestTooBig, XmlMalformed
from afterlook.csom.request_reader import read_request
from afterlook.csom.xml import MAX_BYTES, MAX_DEPTH, parse
from tests.csom.hostile import HOSTILE
from tests.csom.sample import call, given, request

pytestmark = pytest.mark.inferred("csom.plain-xml")


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_is_refused(raw: bytes) -> None:
    with pytest.raises(XmlMalformed) as refused:
        read_request(raw)
    assert refused.value.type_name == "System.Xml.XmlException"
    assert refused.value.message
    assert "root:" not in refused.value.message


def test_nobody_reads_an_external_entity(tmp_path: Path) -> None:
    """Else the answer would tell of what is in a file: this one is no XML."""
    file = tmp_path / "file"
    file.write_text("<", encoding="ascii")
    doctype = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{file.as_uri()}">]>'
    with pytest.raises(XmlMalformed) as refused:
        parse(f"{doctype}<a>&e;</a>".encode())
    assert "DTD is prohibited" in refused.value.message


def test_the_bounds_are_those_that_are_told_of() -> None:
    assert (MAX_DEPTH, MAX_BYTES) == (64, 2 * 1024 * 1024)


def test_the_deepest_that_there_may_be() -> None:
    assert parse(b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH).tag == "a"


def test_two_megabytes_are_read_and_no_byte_more() -> None:
    frame = len(request(call("Do", given("String"))))
    raw = request(call("Do", given("String", "x" * (MAX_BYTES - frame))))
    assert len(raw) == MAX_BYTES
    assert len(read_request(raw).actions) == 1
    with pytest.raises(RequestTooBig) as refused:
        read_request(raw.replace(b"x", b"xx", 1))
    assert refused.value.message == "The request message is too big."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert read_request(request().decode().encode(encoding)).actions == ()


def test_a_prologue_is_allowed() -> None:
    prologue = b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>\n'
    assert read_request(prologue + request()).actions == ()

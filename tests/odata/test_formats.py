"""Which representation a client asks for: OData Protocol 4.0 §11.2.11, RFC 9110 §12.5.1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlook.errors import FormatNotSupported
from afterlook.odata import formats
from afterlook.odata.formats import Level


@pytest.mark.inferred("level.accept")
@pytest.mark.parametrize(
    ("accept", "level"),
    [
        ("application/json;odata.metadata=none", Level.NONE),
        ("application/json; odata.metadata=full; odata.streaming=true", Level.FULL),
        ('Application/JSON;OData.Metadata="Full"', Level.FULL),
        ("application/json;metadata=none", Level.NONE),
        ("application/json;odata=nometadata", Level.NONE),
        ("application/json;odata=fullmetadata", Level.FULL),
        ("application/json;odata=minimalmetadata", Level.MINIMAL),
        ("text/plain, application/json;odata.metadata=none, */*", Level.NONE),
        (
            "application/json;odata.metadata=none;q=0.5, application/json;odata.metadata=full",
            Level.FULL,
        ),
        ("application/json, application/json;odata.metadata=full;q=0.9", Level.MINIMAL),
        (
            "application/json;odata.metadata=none, application/json;odata.metadata=full",
            Level.NONE,
        ),
        ("application/json;odata.metadata=full;q=high", Level.FULL),
    ],
)
def test_accepted_level(accept: str, level: Level) -> None:
    assert formats.accepted_level(accept) is level


@pytest.mark.inferred("level.lenient")
@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "text/html",
        "application/xml;odata.metadata=full",
        "application/atom+xml;type=feed;odata.metadata=none",
        "application/json;odata.metadata=some",
        "application/json;odata=verbose",
        "application/json;odata.metadata",
        ";;,,=,odata.metadata=none",
    ],
)
def test_anything_else_is_minimal(accept: str) -> None:
    assert formats.accepted_level(accept) is Level.MINIMAL


@given(st.text())
def test_no_accept_is_refused(accept: str) -> None:
    formats.accepted_level(f"{accept};odata.metadata=full")
    formats.is_json_wanted(None, accept)


@pytest.mark.inferred("level.format")
@pytest.mark.parametrize(
    ("given_", "level"),
    [
        ("json", Level.MINIMAL),
        ("JSON", Level.MINIMAL),
        ("application/json", Level.MINIMAL),
        ("application/json;odata.metadata=full", Level.FULL),
        ("json;odata.metadata=none", Level.NONE),
        ("application/json;IEEE754Compatible=false", Level.MINIMAL),
    ],
)
def test_named_level(given_: str, level: Level) -> None:
    assert formats.named_level(given_) is level


@pytest.mark.inferred("level.format-refused")
@pytest.mark.parametrize(
    "given_",
    ["", "xml", "atom", "text/html", "application/json;odata=verbose", "json;odata.metadata=all"],
)
def test_format_that_there_is_not(given_: str) -> None:
    with pytest.raises(FormatNotSupported):
        formats.named_level(given_)


@pytest.mark.inferred("metadata.json")
@pytest.mark.parametrize(
    ("format_", "accept", "is_json"),
    [
        (None, "*/*", False),
        (None, "", False),
        (None, "application/json", True),
        (None, "application/json, */*", False),
        (None, "application/json, */*;q=0.1", True),
        (None, "application/json;q=0.5, application/xml;q=0.4", True),
        (None, "application/json, application/xml", False),
        (None, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", False),
        (None, "text/html", False),
        (None, "application/*", False),
        ("json", "application/xml", True),
        ("application/json", "application/xml", True),
        ("xml", "application/json", False),
        ("application/xml", "application/json", False),
    ],
)
def test_json_or_xml(format_: str | None, accept: str, is_json: bool) -> None:
    assert formats.is_json_wanted(format_, accept) is is_json

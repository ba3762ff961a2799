"""Form digests: where they come from, and when they are good."""

import re
from collections.abc import Iterator
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from tests.csom.sample import request
from tests.sharepoint.helpers import PROCESS_QUERY, error_of, parsed, post
from tests.support import wire as wires
from tests.support.databases import new_database
from tests.support.wire import Engine, Mailbox, Wire

CONTEXTINFO = "/_api/contextinfo"
SITES = "/_vti_bin/sites.asmx"
SOAP = "http://schemas.microsoft.com/sharepoint/soap/"
VERBOSE = {"Accept": "application/json;odata=verbose"}
FORM = re.compile(r"0x[0-9A-F]{128},\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d -0000")
MISSING, WRONG, EXPIRED = -2146232832, -2130575251, -2130575252
NOON = Instant(639_150_000_000_000_000)


@pytest.fixture
def anybody(wire: Wire) -> Mailbox:
    """Return the mailbox of whoever brings no token."""
    return Mailbox(wire, None)


def digest(me: Mailbox) -> str:
    """Return a new digest."""
    answer = post(me, CONTEXTINFO, headers=VERBOSE).json()
    return str(answer["d"]["GetContextWebInformation"]["FormDigestValue"])


def outcome(me: Mailbox, *digests: str) -> int | None:
    """Send a request with digests; return the code of the refusal, if it is one."""
    headers = {"X-RequestDigest": digests[0]} if digests else {}
    answer = parsed(post(me, PROCESS_QUERY, request(), headers))
    if answer[0]["ErrorInfo"] is None:
        return None
    code, name, text = error_of(answer)
    assert name == "Microsoft.SharePoint.SPException"
    assert text.startswith("The security validation for this page ")
    return code


@pytest.mark.spec("digest.required")
def test_missing(anybody: Mailbox) -> None:
    assert outcome(anybody) == MISSING
    assert outcome(anybody, "") == MISSING


@pytest.mark.spec("digest.required")
def test_wrong(anybody: Mailbox) -> None:
    good = digest(anybody)
    signature, _, written = good.partition(",")
    for wrong in (
        "x",
        written,
        good.replace("0x", "1x"),
        f"0x{'0' * 128},{written}",
        f"{signature},01 Jan 2099 00:00:00 -0000",
        f"{signature},31 Feb 2099 00:00:00 -0000",
        good + "0",
        good[:-1],
    ):
        assert outcome(anybody, wrong) == WRONG, wrong


@pytest.mark.spec("digest.required")
def test_good(anybody: Mailbox) -> None:
    assert outcome(anybody, digest(anybody)) is None


@pytest.mark.inferred("digest.not-required")
def test_a_token_is_enough(me: Mailbox) -> None:
    assert outcome(me) is None
    assert outcome(me, "wrong") is None


@pytest.mark.inferred("digest.bound")
def test_of_another_mailbox(me: Mailbox, anybody: Mailbox) -> None:
    assert outcome(anybody, digest(me)) == WRONG


@pytest.fixture
def frozen(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Mailbox, FrozenClock]]:
    """Return a mailbox without a token, and the clock of its service."""
    clock = FrozenClock(NOON)
    database = new_database(request, engine, tmp_path_factory.mktemp("frozen"))
    with wires.in_process(database, engine, clock) as wire:
        yield Mailbox(wire, None), clock


@pytest.mark.inferred("digest.bound")
def test_expires_by_the_clock(frozen: tuple[Mailbox, FrozenClock]) -> None:
    me, clock = frozen
    good = digest(me)
    for seconds, code in ((1800, None), (1801, EXPIRED), (-1800, None), (-1801, EXPIRED)):
        clock.instant = Instant(NOON + seconds * TICKS_PER_SECOND)
        assert outcome(me, good) == code, seconds


@pytest.mark.observed("digest.form", "contextinfo.verbose")
def test_contextinfo_verbose(me: Mailbox) -> None:
    response = post(me, f"/sites/a/b{CONTEXTINFO}", headers=VERBOSE)

    assert response.headers["Content-Type"] == "application/json;odata=verbose;charset=utf-8"
    information = response.json()["d"]["GetContextWebInformation"]
    assert FORM.fullmatch(information.pop("FormDigestValue"))
    assert information == {
        "__metadata": {"type": "SP.ContextWebInformation"},
        "FormDigestTimeoutSeconds": 1800,
        "LibraryVersion": "15.0.4420.1017",
        "SiteFullUrl": f"{me.wire.url}/sites/a",
        "SupportedSchemaVersions": {
            "__metadata": {"type": "Collection(Edm.String)"},
            "results": ["14.0.0.0", "15.0.0.0"],
        },
        "WebFullUrl": f"{me.wire.url}/sites/a/b",
    }


@pytest.mark.observed("contextinfo.levels")
@pytest.mark.once
@pytest.mark.parametrize(
    ("accept", "level", "further"),
    [
        ("application/json;odata=nometadata", "nometadata", []),
        ("application/json", "minimalmetadata", ["odata.metadata"]),
        ("application/json; odata=minimalmetadata", "minimalmetadata", ["odata.metadata"]),
        ("application/json;odata.metadata=none, */*;q=0.1", "nometadata", []),
        ("application/json;odata=fullmetadata", "fullmetadata", ["odata.metadata", "odata.type"]),
    ],
)
def test_contextinfo_levels(me: Mailbox, accept: str, level: str, further: list[str]) -> None:
    response = post(me, CONTEXTINFO, headers={"Accept": accept})

    assert response.headers["Content-Type"].startswith(f"application/json;odata={level};")
    information = response.json()
    assert list(information) == [
        *further,
        *("FormDigestTimeoutSeconds", "FormDigestValue", "LibraryVersion", "SiteFullUrl"),
        *("SupportedSchemaVersions", "WebFullUrl"),
    ]
    assert information["SupportedSchemaVersions"] == ["14.0.0.0", "15.0.0.0"]
    assert FORM.fullmatch(information["FormDigestValue"])


@pytest.mark.inferred("contextinfo.xml")
@pytest.mark.once
@pytest.mark.parametrize("accept", ["*/*", "application/atom+xml", "application/xml", "text/html"])
def test_contextinfo_xml(me: Mailbox, accept: str) -> None:
    response = post(me, CONTEXTINFO, headers={"Accept": accept})

    assert response.headers["Content-Type"] == "application/xml;type=entry;charset=utf-8"
    root = ET.fromstring(response.text)
    information = {element.tag.partition("}")[2]: element for element in root}
    assert root.tag.endswith("}GetContextWebInformation")
    assert information["FormDigestTimeoutSeconds"].text == "1800"
    assert FORM.fullmatch(information["FormDigestValue"].text or "")
    assert [item.text for item in information["SupportedSchemaVersions"]] == [
        "14.0.0.0",
        "15.0.0.0",
    ]


@pytest.mark.observed("contextinfo.urls")
@pytest.mark.once
@pytest.mark.parametrize(
    ("web", "site"),
    [
        ("", ""),
        ("/a/b", ""),
        ("/personal/user_x", "/personal/user_x"),
        ("/personal/user_x/sub", "/personal/user_x"),
        ("/Sites/A/b", "/Sites/A"),
        ("/teams/%C3%BC%20&amp;", "/teams/%C3%BC%20%26amp%3B"),
    ],
)
def test_contextinfo_urls(me: Mailbox, web: str, site: str) -> None:
    for alias in (CONTEXTINFO, "/_VTI_BIN/client.svc/ContextInfo"):
        information = post(me, web + alias, headers={"Accept": "application/json"}).json()
        assert information["SiteFullUrl"] == me.wire.url + site
        assert information["WebFullUrl"].startswith(information["SiteFullUrl"])


@pytest.mark.observed("sites.digest")
@pytest.mark.parametrize("quoted", ["{}", '"{}"'])
def test_soap(anybody: Mailbox, quoted: str) -> None:
    action = quoted.format(f"{SOAP}GetUpdatedFormDigest")
    response = post(anybody, SITES, headers={"SOAPAction": action})

    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert ET.fromstring(response.text) is not None
    match = re.search(
        "<GetUpdatedFormDigestResult>(.*)</GetUpdatedFormDigestResult>", response.text
    )
    assert match
    assert outcome(anybody, match[1]) is None


@pytest.mark.observed("sites.digest")
def test_soap_information(me: Mailbox) -> None:
    action = f"{SOAP}GetUpdatedFormDigestInformation"
    text = post(me, f"/sites/a{SITES}", headers={"SOAPAction": action}).text

    result = ET.fromstring(text)[0][0][0]
    assert result.tag == f"{{{SOAP}}}GetUpdatedFormDigestInformationResult"
    information = {element.tag.partition("}")[2]: element.text or "" for element in result}
    assert FORM.fullmatch(information.pop("DigestValue"))
    assert information == {
        "TimeoutSeconds": "1800",
        "WebFullUrl": f"{me.wire.url}/sites/a",
        "LibraryVersion": "15.0.4420.1017",
        "SupportedSchemaVersions": "14.0.0.0,15.0.0.0",
    }


@pytest.mark.inferred("sites.fault")
@pytest.mark.once
@pytest.mark.parametrize("action", [None, "", f"{SOAP}GetSite", "<&>", uuid4().hex * 20])
def test_soap_fault(me: Mailbox, action: str | None) -> None:
    headers = {} if action is None else {"SOAPAction": action}
    response = post(me, SITES, headers=headers)

    assert response.status_code == 400
    fault = ET.fromstring(response.text)[0][0]
    assert fault.tag == "{http://schemas.xmlsoap.org/soap/envelope/}Fault"
    assert [element.tag for element in fault] == ["faultcode", "faultstring", "detail"]

"""Whole addresses in answers: each names the host that was asked, on every wire."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.sharepoint.helpers import PROCESS_QUERY, parsed, post
from tests.sharepoint.om.client import ROOT, Request
from tests.sharepoint.rest.helpers import content_of
from tests.support.wire import Mailbox

HOSTS = ["LOCALHOST:1", "tasks.localhost:8080", "[::1]"]
WEBS = {"/sites/a b": "Our tasks", "/sites/p/pwa": "Move", "": "Home"}
SESSION = "_api/SP.WorkManagement.OM.UserOrderedSessionManager/CreateSession"
SETTINGS = "_api/SP.WorkManagement.OM.UserSettingsManager"
SOAP = "http://schemas.microsoft.com/sharepoint/soap/"
_ADDRESS = re.compile(r"""https?:(?:\\?/){2}[^\s"'\\<>]+""", re.IGNORECASE)
_NO_ADDRESSES = ("http://schemas.", "http://docs.oasis-open.org", "http://www.w3.org")
"""What names of XML begin with."""

MADE = "http://somewhere.example/mine"
"""An address that the user wrote: it is text like any other."""


class Asking:
    """Asks under the name of a host."""

    def __init__(self, me: Mailbox, host: str) -> None:
        self._me = me
        self.host = host

    def send(self, method: str, address: str, json: object = None, **headers: str) -> Any:
        """Send a request."""
        return self._me.send(method, address, json, Host=self.host, **headers)

    def post(self, address: str, content: str, media_type: str, **headers: str) -> httpx2.Response:
        """Send a body as it stands."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named |= {"Host": self.host, "Content-Type": media_type}
        return post(self._me, address, content.encode(), named)


@pytest.fixture
def filled(me: Mailbox) -> Mailbox:
    """Return a mailbox with tasks on every wire; those of sites are on the list."""
    first = Asking(me, "first.localhost")
    for web, title in WEBS.items():
        made = {"Title": title, "BaseTemplate": 171}
        content_of(first.send("POST", f"{web}/_api/web/lists", made), 201)
        for name in ("One", "Two", "Three"):
            items = f"{web}/_api/web/lists/getbytitle('{title}')/items"
            content_of(first.send("POST", items, {"Title": name, "AssignedToId": [1]}), 201)
    content_of(first.send("POST", f"/{SESSION}/BeginCacheRefresh"))
    mine = {"taskName": "Mine", "completed": False, "pinned": False, "locationKey": -1}
    content_of(first.send("POST", f"/{SESSION}/CreateTask", mine | {"editUrl": MADE}))
    content_of(first.send("POST", f"/{SESSION}/CreateTask", mine))
    for subject in ("One", "Two", "Three"):
        content_of(first.send("POST", "tasks", {"Subject": subject}), 201)
    return me


def answers(asking: Asking) -> Iterator[httpx2.Response]:
    """Ask for whatever may hold an address."""
    for web, title in WEBS.items():
        named = f"web/lists/getbytitle('{title}')"
        for address in (
            *("web", "site", "web/currentuser", "web/siteusers", "web/lists", "nothing"),
            *(named, f"{named}/items?$top=1", f"{named}/items?$top=1&$orderby=Title", f"{named}x"),
            *(f"{named}/items(1)?$expand=AssignedTo,Author", f"{named}/items(9)"),
            "web/lists/getbytitle('None')",
        ):
            for accept in ("odata=verbose", "odata=minimalmetadata", "odata=nometadata"):
                form = {"Accept": f"application/json;{accept}"}
                yield asking.send("GET", f"{web}/_api/{address}", **form)
            for level in ("full", "none"):
                form = {"Accept": f"application/json;odata.metadata={level}"}
                yield asking.send("GET", f"{web}/_api/{address}", OData_Version="4.0", **form)
        yield asking.send("POST", f"{web}/_api/{named}/items", {"Title": "x"})
        for accept in ("application/json;odata=verbose", "application/xml"):
            yield asking.send("POST", f"{web}/_api/contextinfo", Accept=accept)
        soap = f'"{SOAP}GetUpdatedFormDigestInformation"'
        yield asking.post(f"{web}/_vti_bin/sites.asmx", "", "text/xml", SOAPAction=soap)
        yield asking.post(f"{web}{PROCESS_QUERY}", _everything(), "text/xml")
        part = "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        lines = [f"GET {named}/items?$top=1 HTTP/1.1\r\nOData-Version: 4.0", "GET web HTTP/1.1"]
        lines.append(f"GET http://{asking.host}{web}/_api/{named} HTTP/1.1".replace(" b/", "%20b/"))
        lines.append(f"GET {SETTINGS.removeprefix('_api/')}/GetAllLocations HTTP/1.1")
        content = "".join(f"{part}{line}\r\nHost: else.example\r\n\r\n\r\n" for line in lines)
        yield asking.post(f"{web}/_api/$batch", f"{content}--b--", "multipart/mixed;boundary=b")
    for key in range(1, 12):
        yield asking.send("GET", f"/{SESSION}/GetCalloutInfo({key})")
        yield asking.send("POST", f"/{SESSION}/RefreshSingleTask({key})")
    yield asking.send("GET", f"/{SETTINGS}/GetAllLocations")
    yield asking.send("GET", f"/{SESSION}/ReadAllNonTaskData")
    yield from _outlook(asking)


def _everything() -> str:
    request = Request()
    session = request.session("UserOrderedSession")
    read = request.method(session, "ReadTasks", request.make("TaskQuery"))
    request.query(read, items=True)
    return f"{ROOT}{request.xml()}</Request>"


def _outlook(asking: Asking) -> Iterator[httpx2.Response]:
    for level in ("none", "minimal", "full"):
        form = {"Accept": f"application/json;odata.metadata={level}"}
        for address in ("tasks?$top=1", "taskfolders", "taskgroups", "/api/v2.0/me/tasks?$top=2"):
            yield asking.send("GET", address, **form)
        task = asking.send("GET", "tasks?$top=1").json()["value"][0]
        yield asking.send("GET", f"tasks('{task['Id']}')", **form)
        yield asking.send("GET", f"tasks('{task['Id']}')/Subject", **form)
    synced = asking.send("GET", "tasks", Prefer="odata.track-changes, odata.maxpagesize=1")
    yield synced
    yield asking.send("POST", "tasks", {"Subject": "New"})
    yield asking.send("GET", "/api/beta/$metadata")
    yield asking.send("GET", "/api/beta/")
    batch = [{"id": "1", "method": "GET", "url": "me/tasks?$top=1"}]
    yield asking.send("POST", "/api/beta/$batch", {"requests": batch})


@pytest.mark.spec("hosts.asked")
@pytest.mark.parametrize("host", HOSTS)
def test_every_address(filled: Mailbox, host: str) -> None:
    result = 0
    for response in answers(Asking(filled, host)):
        headers = [response.headers.get(name, "") for name in ("Location", "Content-Location")]
        for address in _ADDRESS.findall("\n".join([response.text, *headers])):
            if address == MADE or address.startswith(_NO_ADDRESSES):
                continue
            assert urlsplit(address.replace("\\", "")).netloc == host, response.url
            assert address.startswith("http://")
            result += 1
    assert result > 300


@pytest.mark.spec("hosts.asked")
def test_links_go_on_at_another_host(filled: Mailbox) -> None:
    """No token of a page holds the host that the page was read from."""
    for address, name in (
        ("/_api/web/lists/getbytitle('Home')/items?$top=1", "odata.nextLink"),
        ("tasks?$top=1", "@odata.nextLink"),
    ):
        link = content_of(Asking(filled, "one.localhost").send("GET", address))[name]
        moved = link.replace("http://one.localhost", "")
        assert moved.startswith("/")
        other = content_of(Asking(filled, "two.localhost").send("GET", moved))
        assert other[name].startswith("http://two.localhost/")


@pytest.mark.spec("hosts.provider-tasks")
def test_addresses_of_tasks(filled: Mailbox) -> None:
    asking = Asking(filled, "tasks.localhost:81")
    answer = parsed(asking.post(PROCESS_QUERY, _everything(), "text/xml"))
    (tasks,) = [one["_Child_Items_"] for one in answer[2::2] if "_Child_Items_" in one]
    addresses = {task["EditUrl"].partition("?")[0] for task in tasks}
    root = "http://tasks.localhost:81"
    assert addresses == {
        *(f"{root}/sites/a%20b/Lists/Our%20tasks/EditForm.aspx", MADE, "EditTask.aspx"),
        *(f"{root}/sites/p/pwa/TaskDetails.aspx", f"{root}/Lists/Home/EditForm.aspx"),
    }
    assert any(
        f'"pwaUrl":"{root}/sites/p/pwa"' in (task["SerializedCustomDataForClient"] or "")
        for task in tasks
    )
    places = content_of(asking.send("GET", f"/{SETTINGS}/GetAllLocations"))["value"]
    assert {place["Url"] for place in places} >= {
        *(None, root, f"{root}/sites/a%20b", f"{root}/Lists/Home/AllItems.aspx"),
        *(f"{root}/sites/p/pwa", f"{root}/sites/a%20b/Lists/Our%20tasks/AllItems.aspx"),
    }
    callout = content_of(asking.send("GET", f"/{SESSION}/GetCalloutInfo(1)"))
    assert callout["Url"].startswith(f"{root}/")
    assert callout["DirectLinkUrl"].startswith(f"{root}/")


@pytest.mark.spec("hosts.asked")
def test_the_scheme(filled: Mailbox) -> None:
    """It is that of the request, too; a live server speaks no TLS by itself."""
    scheme = "https" if filled.wire.mode == "in-process" else "http"
    site = filled.wire.url.replace("http://", f"{scheme}://")
    for address, name in (
        ("/_api/web/lists/getbytitle('Home')/items?$top=1", "odata.nextLink"),
        ("/api/beta/me/tasks?$top=1", "@odata.nextLink"),
    ):
        assert content_of(filled.send("GET", f"{site}{address}"))[name].startswith(f"{site}/")
    places = content_of(filled.send("GET", f"{site}/{SETTINGS}/GetAllLocations"))["value"]
    assert {place["Url"] for place in places} >= {None, site, f"{site}/sites/p/pwa"}

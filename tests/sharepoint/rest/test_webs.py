"""Webs, their users, and other names of lists and items."""

from typing import Any
from uuid import UUID

import pytest

from tests.sharepoint.rest.helpers import LISTS, SITE, ask, content_of, error_of, new_list
from tests.support.wire import Mailbox

WEB = f"{SITE}/_api/web"


@pytest.mark.observed("rest.web")
def test_the_web_and_its_site(me: Mailbox) -> None:
    web = content_of(ask(me, "GET", WEB))
    assert (web["Title"], web["ServerRelativeUrl"]) == ("Afterlook", SITE)
    assert content_of(ask(me, "GET", f"{WEB}?$select=Title,Id")) == {
        "Title": "Afterlook",
        "Id": str(UUID(web["Id"])),
    }
    site = content_of(ask(me, "GET", f"{SITE}/b/_api/site"))
    assert (site["ServerRelativeUrl"], site["Url"]) == (SITE, f"{me.wire.url}{SITE}")
    assert site == content_of(ask(me, "GET", f"{SITE}/_api/Site"))
    assert site["Id"] != web["Id"] != content_of(ask(me, "GET", f"{SITE}/b/_api/web"))["Id"]
    head = ask(me, "HEAD", WEB)
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.observed("rest.users")
def test_users(me: Mailbox) -> None:
    """Whoever asks is the user 1, so that tasks can be assigned to them."""
    user = content_of(ask(me, "GET", f"{WEB}/currentuser"))
    assert user["Id"] == 1
    assert content_of(ask(me, "GET", f"{WEB}/siteusers")) == {"value": [user]}
    assert content_of(ask(me, "GET", f"{WEB}/GetUserById(1)")) == user
    name = user["LoginName"]
    known: list[tuple[str, Any]] = [
        ("ensureuser", {"logonName": name}),
        ("ensureuser", {"logonName": f"i:0#.f|membership|{name.upper()}"}),
        (f"EnsureUser('{name}')", None),
    ]
    for address, body in known:
        assert content_of(ask(me, "POST", f"{WEB}/{address}", body)) == user
    unknown: list[Any] = [{}, {"logonName": "somebody@else.example"}, {"logonName": 1}]
    for body in unknown:
        code, _ = error_of(ask(me, "POST", f"{WEB}/ensureuser", body), 400)
        assert code == "-2146232832, Microsoft.SharePoint.SPException"


@pytest.mark.observed("lists.names")
def test_other_names(me: Mailbox) -> None:
    tasks = new_list(me, "To do")
    item = content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task"}), 201)
    assert content_of(ask(me, "GET", f"{tasks}/getItemById(1)")) == item
    source = content_of(ask(me, "GET", tasks))
    by_address = f"{WEB}/GetList('{SITE}/Lists/To do')"
    for address in (
        f"{tasks}/getitembyid(1)/ParentList",
        f"{tasks}/items(1)/ParentList",
        by_address,
        f"{WEB}/getlist('{SITE.upper()}/lists/to%20do/')",
    ):
        assert content_of(ask(me, "GET", address)) == source
        assert content_of(ask(me, "GET", f"{address}?$select=Title")) == {"Title": "To do"}
    ask(me, "POST", f"{tasks}/getitembyid(1)", {"Title": "Other"}, X_HTTP_Method="MERGE")
    assert content_of(ask(me, "GET", f"{by_address}/items(1)"))["Title"] == "Other"
    assert ask(me, "DELETE", f"{tasks}/getitembyid(1)").status_code == 200


@pytest.mark.observed("lists.delete-object")
def test_delete_object(me: Mailbox) -> None:
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task"}), 201)
    address = f"{tasks}/Items(1)/deleteObject"
    error_of(ask(me, "GET", address), 405)
    error_of(ask(me, "POST", address, If_Match='"9"'), 412)
    assert ask(me, "POST", address).status_code == 200
    error_of(ask(me, "POST", address), 404)
    assert content_of(ask(me, "GET", f"{tasks}/items")) == {"value": []}


@pytest.mark.observed("lists.describe")
def test_description(me: Mailbox) -> None:
    tasks = new_list(me)
    body = {"Title": "Tasks", "Description": "Ours", "ContentTypesEnabled": False}
    response = ask(me, "POST", tasks, body, X_HTTP_Method="MERGE", If_Match="*")
    assert (response.status_code, response.content) == (204, b"")
    assert content_of(ask(me, "GET", tasks))["Description"] == "Ours"
    unfit: list[Any] = [{"Title": "Other"}, {"Description": None}, {"Description": "x" * 64_000}]
    for bad in unfit:
        error_of(ask(me, "PATCH", tasks, bad), 400)
    assert [one["Description"] for one in content_of(ask(me, "GET", LISTS))["value"]] == ["Ours"]

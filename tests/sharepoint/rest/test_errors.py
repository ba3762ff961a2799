"""What `_api` refuses, and how."""

from typing import Any
from uuid import uuid4

import pytest

from tests.sharepoint.rest.helpers import (
    LISTS,
    SESSION,
    SETTINGS,
    ask,
    content_of,
    error_of,
    new_list,
)
from tests.support.wire import Mailbox, Wire

BAD_ITEMS: list[object] = [
    {},
    {"Title": None},
    {"Title": 1},
    {"Title": "x", "Nothing": 1},
    {"Title": "x", "DueDate": "tomorrow"},
    {"Title": "x", "DueDate": "0001-01-01T00:00:00+14:00"},
    {"Title": "x", "DueDate": "9999-12-31T23:59:59-14:00"},
    {"Title": "x", "DueDate": 5},
    {"Title": "x", "PercentComplete": "1"},
    {"Title": "x", "PercentComplete": True},
    {"Title": "x", "PercentComplete": -1},
    {"Title": "x", "PercentComplete": 10**400},
    {"Title": "x", "Checkmark": 1},
    {"Title": "x", "AssignedToId": ["1"]},
    {"Title": "x", "AssignedToId": [2**40]},
    {"Title": "x", "AssignedToId": {"results": {}}},
    {"Title": "x", "AssignedToId": list(range(1, 200))},
    {"Title": "x", "ParentIDId": 2**63},
    {"Title": "x", "ParentIDId": 999},
    {"Title": "x", "PredecessorsId": [999]},
    {"Title": "x", "PredecessorsId": {"results": [1, 999]}},
    {"Title": "x", "Priority": []},
    {"Title": "x", "ContentTypeId": None},
    [],
    "x",
]
NOWHERE = [
    "",
    "web/lists/getbytitle('x",
    "web/lists/getbytitle(x)",
    "web/lists/getbytitle",
    "web/lists/getbytitle('nothing')",
    "web/lists/getbytitle(1)",
    "web/lists/getbytitle(null)",
    "web/lists/getbytitle('a','b')",
    "web/lists/getbytitle('%00')",
    "web/lists/getbytitle('%F0%9F%92%A9%ff')",
    "web/lists/getbyid('x')",
    "web/lists(guid'x')",
    "web/lists('Tasks')/items(1)x",
    "web/lists/getbytitle('Tasks')/items(1)/ParentList/Title/Title",
    "web/lists/getbytitle('Tasks')/items(1)/ParentList/Nothing",
    "web/lists/getbytitle('Tasks')/items(1)/Body/$value",
    "web/lists/getbytitle('Tasks')/items(1)/$value",
    "web/lists/getbytitle('Tasks')/items/Title",
    "web/lists/getbytitle('Tasks')/items(9)/Title",
    "web/lists/getbytitle('Tasks')/Title('x')",
    "web/lists/getbytitle('WmaAggregatorList_User')",
    "web/title/$value/$value",
    "lists/getbytitle('nothing')",
    "lists/title",
    "web/lists/getbytitle('Tasks')/getitembyid(9)/ParentList/ParentList",
    "web/getlist",
    "web/getlist('/sites/a/Lists/Nothing')",
    "web/getlist('/sites/b/Lists/Tasks')",
    "web/getuserbyid(2)",
    "web/siteusers(1)",
    "site/rootweb",
    "web/lists(1,2,3)",
    "web/nothing",
    "web/lists/getbytitle('Tasks')/items(0)",
    "web/lists/getbytitle('Tasks')/items(-1)",
    "web/lists/getbytitle('Tasks')/items(99999999999)",
    "web/lists/getbytitle('Tasks')/items(1.5)",
    "web/lists/getbytitle('Tasks')/items(true)",
    "web/lists/getbytitle('Tasks')/items('9')",
    "web/lists/getbytitle('Tasks')/items('-1')",
    "web/getuserbyid('2')",
    "web/lists/getbytitle('Tasks')/items()",
    "web/lists/getbytitle('Tasks')/views",
    "SP.WorkManagement.OM.Nothing",
    "SP.WorkManagement.OM.Task",
    "SP.WorkManagement.OM.BaseSession/DeleteTask(1)",
    "SP.WorkManagement.OM.UserSettingsManager/Nothing",
    "SP.WorkManagement.OM.UserSettingsManager/GetUserSettings/Nothing",
    "SP.WorkManagement.OM.UserSettingsManager(1)/GetUserSettings",
    "SP.WorkManagement.OM.UserSettingsManager/GetUserSettings/LateTasksLimit(1)",
    "web(1)",
    "web/currentuser('x')",
    "web%0A",
    "/" * 9000 + "x",
    "/".join(["a"] * 40),
    "x(" + ",".join(["1"] * 99) + ")",
]
BAD_CALLS: list[tuple[str, Any]] = [
    ("DeleteTask", {"taskKey": "1"}),
    ("DeleteTask", {"taskKey": 2**31}),
    ("DeleteTask", {"taskKey": 1.5}),
    ("DeleteTask", {"taskKey": True}),
    ("DeleteTask", {"taskKey": [1]}),
    ("DeleteTask", {"taskKey": 1, "other": 1}),
    ("DeleteTask(1)", {"taskKey": 1}),
    ("DeleteTask(1,2)", None),
    ("CreateTask", {"taskName": {"a": 1}}),
    ("GetRefreshHistory", {"since": "never"}),
    ("DeleteTask(1)/Result", {"x": 1}),
    ("IsExchangeJobPending/Nothing", None),
]


@pytest.fixture
def tasks(me: Mailbox) -> str:
    """Return a list with one task."""
    address = new_list(me)
    content_of(ask(me, "POST", f"{address}/items", {"Title": "Task"}), 201)
    return address


@pytest.mark.inferred("rest.bad-input")
@pytest.mark.once
def test_items_that_cannot_be(me: Mailbox, tasks: str) -> None:
    for body in BAD_ITEMS:
        error_of(ask(me, "POST", f"{tasks}/items", body), 400)
        if body != {}:
            error_of(ask(me, "PATCH", f"{tasks}/items(1)", body), 400)
    assert content_of(ask(me, "GET", tasks))["ItemCount"] == 1


@pytest.mark.inferred("rest.lookups")
@pytest.mark.in_process
@pytest.mark.parametrize("name", ["ParentIDId", "PredecessorsId"])
def test_what_an_item_leads_to(me: Mailbox, tasks: str, name: str) -> None:
    """It is there, and another; what has been deleted since may be sent back."""
    for title in ("Other", "Gone", "Late"):
        content_of(ask(me, "POST", f"{tasks}/items", {"Title": title}), 201)

    def written(number: int) -> object:
        return number if name == "ParentIDId" else [number, number]

    before = content_of(ask(me, "GET", f"{tasks}/items(1)"))
    for number in (1, 9):
        body = {"Title": "x", name: written(number)}
        code, text = error_of(ask(me, "PATCH", f"{tasks}/items(1)", body), 400)
        assert (code.partition(",")[0], text) == (
            "-2130575155",
            f"The value of '{name}' is not valid.",
        )
    error_of(ask(me, "POST", f"{tasks}/items", {"Title": "x", name: written(5)}), 400)
    assert content_of(ask(me, "GET", f"{tasks}/items(1)")) == before
    content_of(ask(me, "PATCH", f"{tasks}/items(2)", {name: written(3)}), 204)
    kept = content_of(ask(me, "GET", f"{tasks}/items(2)"))[name]
    assert kept == (3 if name == "ParentIDId" else [3])
    content_of(ask(me, "DELETE", f"{tasks}/items(3)"))
    content_of(ask(me, "PATCH", f"{tasks}/items(2)", {"Title": "x", name: kept}), 204)
    error_of(ask(me, "PATCH", f"{tasks}/items(4)", {name: written(3)}), 400)


@pytest.mark.inferred("rest.quoted-keys")
def test_keys_between_quotes(me: Mailbox, tasks: str) -> None:
    for address in ("items('1')", "items/getbyid('1')", "getitembyid('01')"):
        assert content_of(ask(me, "GET", f"{tasks}/{address}"))["Title"] == "Task"
    assert content_of(ask(me, "GET", "/sites/a/_api/web/getuserbyid('1')"))["Id"] == 1
    content_of(ask(me, "PATCH", f"{tasks}/items('1')", {"Title": "Other"}), 204)
    personal = "/personal/me/_api/web/lists/getbytitle('WmaAggregatorList_User')"
    error_of(ask(me, "GET", f"{personal}/items('1')"), 404)
    for key in ("x", "", "1 ", "1.0", "²", "it''s", "9" * 99):
        for address in (f"{tasks}/items", f"{personal}/items", "/sites/a/_api/web/getuserbyid"):
            _, text = error_of(ask(me, "GET", f"{address}('{key}')"), 400)
            said = key.replace("''", "'")
            assert text == f'The expression "{said}" is not valid.'


@pytest.mark.inferred("rest.bad-input")
@pytest.mark.once
def test_bodies_that_are_none(me: Mailbox, tasks: str) -> None:
    headers = me.authorization | {"Accept": "application/json;odata=nometadata"}
    deep = b'{"Title":' + b"[" * 100 + b"]" * 100 + b"}"
    for body in (b"{", b"\xff", b'{"Title":"\\u0000"}', b'{"Title":"\\ud800"}', deep):
        response = me.wire.client.request("POST", f"{tasks}/items", content=body, headers=headers)
        error_of(response, 400)
    long = b'{"Title":"' + b"x" * (3 << 20) + b'"}'
    response = me.wire.client.request("POST", f"{tasks}/items", content=long, headers=headers)
    assert error_of(response, 413)[1] == "The request message is too big."


@pytest.mark.inferred("rest.bad-input")
def test_addresses_that_lead_nowhere(me: Mailbox, tasks: str) -> None:
    del tasks
    for address in NOWHERE:
        for method in ("GET", "POST"):
            status = ask(me, method, f"/sites/a/_api/{address}", {}).status_code
            assert status in (404, 405), (method, address)


@pytest.mark.inferred("rest.bad-input")
@pytest.mark.once
@pytest.mark.parametrize(("step", "body"), BAD_CALLS)
def test_calls_that_cannot_be(me: Mailbox, step: str, body: object) -> None:
    assert ask(me, "POST", f"{SESSION}/{step}", body).status_code in (400, 404)


@pytest.mark.inferred("rest.errors")
def test_methods(me: Mailbox, tasks: str) -> None:
    for method, address, allowed in (
        ("DELETE", tasks, "GET, MERGE, PATCH, PUT"),
        ("POST", "/sites/a/_api/site", "GET"),
        ("GET", "/sites/a/_api/web/ensureuser('x')", "POST"),
        ("PUT", f"{tasks}/items", "GET, POST"),
        ("POST", f"{tasks}/items(1)", "GET, MERGE, PATCH, PUT, DELETE"),
        ("DELETE", f"{SETTINGS}/GetUserSettings", "GET, POST"),
    ):
        response = ask(me, method, address)
        error_of(response, 405)
        assert response.headers["Allow"] == allowed


@pytest.mark.inferred("rest.errors")
@pytest.mark.once
def test_methods_that_a_header_names(me: Mailbox, tasks: str) -> None:
    """One that there is not is not taken for a POST."""
    for method in ("BOGUS", "GET", "bogus"):
        for address in (f"{tasks}/items", f"{tasks}/items(1)", f"{SETTINGS}/GetUserSettings"):
            response = ask(me, "POST", address, {"Title": "x"}, X_HTTP_Method=method)
            _, text = error_of(response, 405)
            assert text == f"The HTTP method '{method.upper()}' is not allowed here."
    assert content_of(ask(me, "GET", tasks))["ItemCount"] == 1
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "x"}, X_HTTP_Method="post"), 201)


@pytest.mark.inferred("rest.errors")
def test_options_of_objects(me: Mailbox) -> None:
    """There are none: what would be passed over is refused."""
    for option in ("$select=LateTasksLimit", "$top=1"):
        error_of(ask(me, "GET", f"{SETTINGS}/GetUserSettings?{option}"), 400)


@pytest.mark.inferred("rest.errors")
def test_a_list_that_there_is_not(me: Mailbox) -> None:
    for named in ("getbytitle('x')", "getbyid('x')"):
        code, text = error_of(ask(me, "GET", f"{LISTS}/{named}"), 404)

        assert code == "-1, System.ArgumentException"
        assert text == f"List 'x' does not exist at site with URL '{me.wire.url}/sites/a'."


@pytest.fixture
def anybody(wire: Wire) -> Mailbox:
    """Return the mailbox of whoever brings no token."""
    return Mailbox(wire, None)


@pytest.mark.observed("rest.digest")
def test_digests(anybody: Mailbox) -> None:
    web = f"/sites/{uuid4().hex}"
    body = {"Title": "Tasks", "BaseTemplate": 171}
    missing = ask(anybody, "POST", f"{web}/_api/web/lists", body)
    assert error_of(missing, 403)[0] == "-2146232832, Microsoft.SharePoint.SPException"
    wrong = ask(anybody, "POST", f"{web}/_api/web/lists", body, X_RequestDigest="x")
    assert error_of(wrong, 403)[0] == "-2130575251, Microsoft.SharePoint.SPException"
    info = content_of(ask(anybody, "POST", f"{web}/_api/contextinfo"))
    digest = {"X_RequestDigest": info["FormDigestValue"]}
    content_of(ask(anybody, "POST", f"{web}/_api/web/lists", body, **digest), 201)
    assert len(content_of(ask(anybody, "GET", f"{web}/_api/web/lists"))["value"]) == 1
    error_of(ask(anybody, "POST", f"{SESSION}/BeginCacheRefresh"), 403)


@pytest.mark.observed("rest.digest")
@pytest.mark.once
@pytest.mark.parametrize("method", ["MERGE", "PATCH", "PUT", "DELETE"])
def test_digests_of_all_that_writes(anybody: Mailbox, method: str) -> None:
    """Whether it is said by the method or by a header of a POST."""
    web = f"/sites/{uuid4().hex}"
    info = content_of(ask(anybody, "POST", f"{web}/_api/contextinfo"))
    digest = {"X_RequestDigest": info["FormDigestValue"]}
    lists = f"{web}/_api/web/lists"
    content_of(ask(anybody, "POST", lists, {"Title": "Tasks", "BaseTemplate": 171}, **digest), 201)
    items = f"{lists}/getbytitle('Tasks')/items"
    content_of(ask(anybody, "POST", items, {"Title": "Task"}, **digest), 201)
    body = None if method == "DELETE" else {"Title": "Other"}

    error_of(ask(anybody, method, f"{items}(1)", body), 403)
    error_of(ask(anybody, "POST", f"{items}(1)", body, X_HTTP_Method=method), 403)
    assert content_of(ask(anybody, "GET", f"{items}(1)"))["Title"] == "Task"
    assert ask(anybody, method, f"{items}(1)", body, **digest).is_success

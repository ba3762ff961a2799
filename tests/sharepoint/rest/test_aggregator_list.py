"""`WmaAggregatorList_User`, the hidden list of a personal site that all tasks are in."""

import pytest

from tests.sharepoint.rest.helpers import SESSION, SITE, ask, content_of, error_of, new_list
from tests.support.wire import Mailbox

HOME = "/personal/user_x"
LISTS = f"{HOME}/_api/web/lists"
LIST = f"{LISTS}/getbytitle('WmaAggregatorList_User')"


@pytest.fixture
def tasks(me: Mailbox) -> str:
    """Return the items of the list: three tasks of the user's own, and one of a site."""
    site = new_list(me)
    content_of(ask(me, "POST", f"{site}/items", {"Title": "Assigned", "AssignedToId": [1]}), 201)
    for name, due, done in (
        ("b", "2026-05-02", False),
        ("A", None, True),
        ("c", "2026-05-01", False),
    ):
        body = {"taskName": name, "localizedDueDate": due, "completed": done}
        made = content_of(ask(me, "POST", f"{SESSION}/CreateTask", body))
        assert made["Error"] == 0, made
    content_of(ask(me, "POST", f"{SESSION}/BeginCacheRefresh"))
    return f"{LIST}/items"


def names(me: Mailbox, address: str) -> list[str]:
    """Return the titles of the items, page by page."""
    result: list[str] = []
    following: str | None = address
    while following:
        page = content_of(ask(me, "GET", following))
        result += [item["Title"] for item in page["value"]]
        following = page.get("odata.nextLink")
    return result


@pytest.mark.inferred("lists.aggregated")
def test_the_list(me: Mailbox, tasks: str) -> None:
    source = content_of(ask(me, "GET", LIST))
    assert (source["BaseTemplate"], source["Hidden"], source["ItemCount"]) == (100, True, 4)
    for address in (
        f"{LISTS}/getbyid('{source['Id']}')",
        f"{LISTS}(guid'{source['Id']}')",
        f"{HOME}/_api/web/getlist('{HOME}/Lists/WmaAggregatorList_User')",
        f"{HOME}/_api/lists/getbytitle('wmaaggregatorlist_user')",
        f"{tasks}(1)/ParentList",
    ):
        assert content_of(ask(me, "GET", address)) == source
    assert content_of(ask(me, "GET", LISTS))["value"] == [source]
    assert content_of(ask(me, "GET", f"{LISTS}?$filter=Hidden eq true"))["value"] == [source]
    assert content_of(ask(me, "GET", f"{LISTS}?$filter=Hidden eq false"))["value"] == []
    assert content_of(ask(me, "GET", f"{LIST}/ItemCount")) == {"value": 4}


@pytest.mark.inferred("lists.aggregated")
def test_elsewhere_there_is_none(me: Mailbox) -> None:
    for web in ("", SITE, f"{HOME}/below"):
        address = f"{web}/_api/web/lists"
        error_of(ask(me, "GET", f"{address}/getbytitle('WmaAggregatorList_User')"), 404)
        assert content_of(ask(me, "GET", address))["value"] == []


@pytest.mark.inferred("lists.aggregated")
def test_its_items(me: Mailbox, tasks: str) -> None:
    for top in ("1", "3", "9"):
        for options, expected in (
            ("", ["b", "A", "c", "Assigned"]),
            ("$orderby=Title", ["A", "Assigned", "b", "c"]),
            ("$orderby=DueDate desc,Title desc", ["b", "c", "Assigned", "A"]),
            ("$filter=IsPersonal eq true and Checkmark eq false", ["b", "c"]),
            ("$filter=Status eq 'completed' or PercentComplete gt 0.5", ["A"]),
            ("$filter=IsPersonal eq false&$orderby=IsPersonal,LocationId desc", ["Assigned"]),
            ("$filter=DueDate le datetime'2026-05-01T00:00:00Z'", ["c"]),
            ("$filter=substringof('SS',Title) and Author/Id eq 1", ["Assigned"]),
        ):
            assert names(me, f"{tasks}?{options}&$top={top}") == expected, options
    item = content_of(ask(me, "GET", f"{tasks}(1)?$expand=Author"))
    assert (item["Title"], item["DueDate"]) == ("b", "2026-05-02T00:00:00Z")
    assert (item["EditUrl"], item["Author"]["Id"]) == ("EditTask.aspx?taskId=1", 1)
    assert content_of(ask(me, "GET", f"{tasks}(4)/IsPersonal")) == {"value": False}
    by_id = content_of(ask(me, "GET", f"{LIST}/getitembyid(2)?$select=IsCompleted,Body"))
    assert by_id == {"IsCompleted": True, "Body": None}
    error_of(ask(me, "GET", f"{tasks}(9)"), 404)
    error_of(ask(me, "GET", f"{tasks}?$select=Nothing"), 400)


@pytest.mark.inferred("lists.aggregated")
def test_it_takes_no_writes(me: Mailbox, tasks: str) -> None:
    for method, address in (
        ("POST", tasks),
        ("PATCH", f"{tasks}(1)"),
        ("DELETE", f"{tasks}(1)"),
        ("MERGE", LIST),
    ):
        response = ask(me, method, address, {"Title": "x"})
        error_of(response, 405)
        assert response.headers["Allow"] == "GET"
    error_of(ask(me, "POST", LISTS, {"Title": "wmaAggregatorList_user", "BaseTemplate": 171}), 400)
    assert names(me, tasks) == ["b", "A", "c", "Assigned"]

"""Lists of tasks by REST."""

from typing import Any, cast

import pytest

from afterlook.odata.etag import UNCONDITIONAL
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest import list_pages
from afterlook.sharepoint.rest.rest_request import RestRequest
from tests.sharepoint.rest.helpers import LISTS, SITE, ask, content_of, error_of, new_list
from tests.support.wire import Mailbox

ITEM = {
    "Id": 1,
    "ID": 1,
    "ContentTypeId": "0x0108",
    "Title": "Task",
    "Body": None,
    "StartDate": None,
    "DueDate": None,
    "PercentComplete": 0.0,
    "Status": "Not Started",
    "Checkmark": False,
    "Priority": "(2) Normal",
    "AssignedToId": None,
    "ParentIDId": None,
    "PredecessorsId": None,
}
WRITTEN: dict[str, Any] = {
    "Title": "All",
    "Body": "Text",
    "StartDate": "2012-01-02T00:00:00Z",
    "DueDate": "2012-01-03T05:30:00Z",
    "PercentComplete": 0.25,
    "Status": "Deferred",
    "Priority": "(1) High",
    "AssignedToId": [1, 7],
    "ParentIDId": 1,
    "PredecessorsId": [1],
    "ContentTypeId": "0x010801",
}

AHEAD = ["+00:30", "+02:00", "+05:45", "+12:45", "+13:00", "+14:00"]


@pytest.mark.inferred("lists.create")
def test_lists(me: Mailbox) -> None:
    made = content_of(
        ask(me, "POST", LISTS, {"Title": "To do", "BaseTemplate": 171, "Description": "Ours"}), 201
    )
    assert made["ListItemEntityTypeFullName"] == "SP.Data.To_x0020_doListItem"
    assert (made["ItemCount"], made["Description"], made["ParentWebUrl"]) == (0, "Ours", SITE)

    taken = ask(me, "POST", LISTS, {"Title": "TO DO", "BaseTemplate": 107})
    assert error_of(taken, 400)[0] == "-2130575342, Microsoft.SharePoint.SPException"
    content_of(ask(me, "POST", "/_api/web/lists", {"Title": "To do", "BaseTemplate": 107}), 201)
    assert content_of(ask(me, "GET", LISTS))["value"] == [made]
    for address in (
        "/getbytitle('to do')",
        f"/getbyid('{made['Id']}')",
        f"(guid'{made['Id']}')",
        "/GetByTitle(title='To do')/",
    ):
        assert content_of(ask(me, "GET", LISTS + address)) == made
    assert content_of(ask(me, "GET", LISTS.upper())) == content_of(ask(me, "GET", LISTS))


@pytest.mark.inferred("lists.items")
def test_a_list_of_another_web(me: Mailbox) -> None:
    """Is not found below this one, by whatever name."""
    guid = content_of(ask(me, "GET", new_list(me)))["Id"]
    for address in ("/getbytitle('Tasks')", f"/getbyid('{guid}')", f"(guid'{guid}')/items"):
        error_of(ask(me, "GET", f"/sites/b/_api/web/lists{address}"), 404)


@pytest.mark.inferred("lists.items")
def test_content_types_below_that_of_a_workflows_tasks(me: Mailbox) -> None:
    """They are of a workflow, too; those of other tasks are not."""
    tasks = new_list(me)
    for given, shown in (
        ("0x01080100F1A2", "0x010801"),
        ("0x0108", "0x0108"),
        ("0x010800F1A2", "0x0108"),
    ):
        body = {"Title": "Task", "ContentTypeId": given}
        made = content_of(ask(me, "POST", f"{tasks}/items", body), 201)
        assert made["ContentTypeId"] == shown


@pytest.mark.inferred("rest.safe")
@pytest.mark.once
@pytest.mark.parametrize("method", ["DELETE", "MERGE", "PATCH", "PUT"])
def test_a_get_stays_one(me: Mailbox, method: str) -> None:
    """Whatever method it says that it means: only a POST can stand for another."""
    tasks = new_list(me)
    made = content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task"}), 201)
    address = f"{tasks}/items(1)"

    assert content_of(ask(me, "GET", address, X_HTTP_Method=method)) == made
    assert content_of(ask(me, "GET", address)) == made


@pytest.mark.inferred("lists.create")
@pytest.mark.once
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"Title": "x"},
        {"Title": "x", "BaseTemplate": 100},
        {"Title": "x", "BaseTemplate": True},
        {"Title": " ", "BaseTemplate": 107},
        {"Title": "..", "BaseTemplate": 107},
        {"Title": "x" * 256, "BaseTemplate": 107},
        {"Title": 1, "BaseTemplate": 107},
        {"Title": "x", "BaseTemplate": 107, "Description": []},
    ],
)
def test_lists_that_cannot_be(me: Mailbox, body: object) -> None:
    error_of(ask(me, "POST", LISTS, body), 400)
    assert content_of(ask(me, "GET", LISTS)) == {"value": []}


@pytest.mark.inferred("lists.items")
def test_items(me: Mailbox) -> None:
    tasks = new_list(me, "It's")
    response = ask(me, "POST", f"{tasks}/items", {"Title": "Task"})
    made = content_of(response, 201)
    assert {name: made[name] for name in ITEM} == ITEM
    assert response.headers["Location"].endswith("/Items(1)")
    assert content_of(ask(me, "GET", response.headers["Location"])) == made

    written = content_of(ask(me, "POST", f"{tasks}/items", WRITTEN), 201)
    assert {name: written[name] for name in WRITTEN} == WRITTEN
    assert content_of(ask(me, "GET", f"{tasks}/items")) == {"value": [made, written]}
    assert content_of(ask(me, "GET", f"{tasks}/items/getbyid(2)")) == written


@pytest.mark.inferred("lists.items")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {"X_HTTP_Method": "MERGE"}),
        ("POST", {"X_HTTP_Method": "patch", "If_Match": "*"}),
        ("MERGE", {"If_Match": '"1"'}),
        ("PATCH", {}),
    ],
)
def test_updates(me: Mailbox, method: str, headers: dict[str, str]) -> None:
    """What is not named stays; what a client has read of an item may come along."""
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Whole"}), 201)
    before = content_of(ask(me, "POST", f"{tasks}/items", WRITTEN), 201)
    body = {
        "__metadata": {"type": "SP.Data.TasksListItem"},
        "Title": "Other",
        "AssignedToId": {"results": [1]},
        "DueDate": None,
        "Id": 7,
    }
    response = ask(me, method, f"{tasks}/items(2)", body, **headers)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["ETag"] == '"2"'

    after = content_of(ask(me, "GET", f"{tasks}/items(2)"))
    changed = {"Title": "Other", "AssignedToId": [1], "DueDate": None}
    assert after | {"Modified": ""} == before | changed | {"Modified": ""}


@pytest.mark.inferred("lists.items")
@pytest.mark.parametrize(
    ("method", "headers"), [("DELETE", {}), ("POST", {"X_HTTP_Method": "DELETE"})]
)
def test_deletion(me: Mailbox, method: str, headers: dict[str, str]) -> None:
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task"}), 201)
    assert ask(me, method, f"{tasks}/items(1)", **headers).status_code == 200
    gone = ask(me, "GET", f"{tasks}/items(1)")
    assert error_of(gone, 404)[0] == "-2130575338, System.ArgumentException"
    error_of(ask(me, method, f"{tasks}/items(1)", **headers), 404)
    assert content_of(ask(me, "GET", tasks))["ItemCount"] == 0


@pytest.mark.inferred("lists.etag")
def test_versions(me: Mailbox) -> None:
    tasks = new_list(me)
    assert ask(me, "POST", f"{tasks}/items", {"Title": "Task"}).headers["ETag"] == '"1"'
    for stale in ('"2"', "x", ""):
        response = ask(me, "PATCH", f"{tasks}/items(1)", {"Title": "x"}, If_Match=stale)
        text = error_of(response, 412)[1]
        assert f"ETag value '{stale}'" in text
        assert "'\"1\"'" in text
    ask(me, "PATCH", f"{tasks}/items(1)", {"Title": "Other"}, If_Match='"1"')
    assert ask(me, "GET", f"{tasks}/items(1)").headers["ETag"] == '"2"'
    error_of(ask(me, "DELETE", f"{tasks}/items(1)", If_Match='"1"'), 412)


@pytest.mark.inferred("lists.progress")
def test_progress(me: Mailbox) -> None:
    tasks = new_list(me)
    for body, expected in (
        ({"Checkmark": True}, (1.0, "Completed", True)),
        ({"Status": "In Progress"}, (0.0, "In Progress", False)),
        ({"PercentComplete": 1}, (1.0, "Completed", True)),
    ):
        made = content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task", **body}), 201)
        assert (made["PercentComplete"], made["Status"], made["Checkmark"]) == expected


@pytest.mark.inferred("lists.items")
def test_a_parent_of_none(me: Mailbox) -> None:
    """No item has the number 0: it is how clients spell none."""
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Whole"}), 201)
    for given, kept in ((1, 1), (0, None), (None, None)):
        body = {"Title": "Task", "ParentIDId": given}
        made = content_of(ask(me, "POST", f"{tasks}/items", body), 201)
        assert made["ParentIDId"] == kept


@pytest.mark.inferred("lists.pages")
def test_pages(me: Mailbox) -> None:
    tasks = new_list(me)
    for name in "abcde":
        content_of(ask(me, "POST", f"{tasks}/items", {"Title": name}), 201)
    address, collected = f"{tasks}/items?$select=Title&$top=2", []
    while address:
        page = content_of(ask(me, "GET", address))
        collected.append(page["value"])
        address = page.get("odata.nextLink")
    assert collected == [
        [{"Title": "a"}, {"Title": "b"}],
        [{"Title": "c"}, {"Title": "d"}],
        [{"Title": "e"}],
    ]
    for top in (5, 6):
        whole = content_of(ask(me, "GET", f"{tasks}/items?$select=Title&$top={top}"))
        assert whole == {"value": [{"Title": name} for name in "abcde"]}
    for option in ("$skip=1", "$inlinecount=allpages", "$top=0", "$top=x", "$skiptoken=5"):
        error_of(ask(me, "GET", f"{tasks}/items?{option}"), 400)
    error_of(ask(me, "GET", f"{tasks}/items?$select=Nothing"), 400)
    assert len(content_of(ask(me, "GET", f"{tasks}/items?$select=*&$top=99999"))["value"]) == 5


@pytest.mark.parametrize(
    ("text", "top"),
    [(None, 100), ("1", 1), ("5000", 5000), ("5001", 5000), ("9" * 30, 5000)],
)
def test_as_many_items_as_a_page_holds(text: str | None, top: int) -> None:
    options = {} if text is None else {"$top": text}
    context = cast("RequestContext", None)
    assert (
        list_pages.read_top(RestRequest(context, "GET", "", [], options, {}, UNCONDITIONAL)) == top
    )


@pytest.mark.inferred("data.offsets")
@pytest.mark.once
@pytest.mark.parametrize("column", ["StartDate", "DueDate"])
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        *((f"2016-05-01T00:00:00{zone}", "2016-05-01T00:00:00Z") for zone in AHEAD),
        ("2016-05-01T00:00:00Z", "2016-05-01T00:00:00Z"),
        ("2016-05-01T00:00:00-08:00", "2016-05-01T08:00:00Z"),
        ("2016-05-01T17:00:00+02:00", "2016-05-01T15:00:00Z"),
        ("2016-05-01T00:00:01+02:00", "2016-04-30T22:00:01Z"),
    ],
)
def test_dates_with_offsets(me: Mailbox, column: str, given: str, shown: str) -> None:
    """Are instants, but no day becomes the one before."""
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task", column: given}), 201)
    assert content_of(ask(me, "GET", f"{tasks}/items(1)"))[column] == shown
    ask(me, "PATCH", f"{tasks}/items(1)", {column: shown})
    assert content_of(ask(me, "GET", f"{tasks}/items(1)"))[column] == shown


@pytest.mark.inferred("etag.none-match")
def test_none_match(me: Mailbox) -> None:
    """A write to an item that is in the named state already is refused with both tags."""
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task"}, If_None_Match="*"), 201)
    one = f"{tasks}/items(1)"
    for tags in ("*", '"1"', 'W/"1"', '"7", "1"'):
        for method in ("PATCH", "MERGE", "PUT", "DELETE"):
            body = None if method == "DELETE" else {"Title": "Other"}
            error_of(ask(me, method, one, body, If_None_Match=tags), 412)
    assert content_of(ask(me, "GET", one))["Title"] == "Task"
    for headers in ({"If_None_Match": '"2"'}, {"If_Match": '"9", "2"', "If_None_Match": '"1"'}):
        assert ask(me, "PATCH", one, {"Title": "Other"}, **headers).status_code == 204


@pytest.mark.observed("lists.levels")
def test_levels(me: Mailbox) -> None:
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task", "AssignedToId": [1]}), 201)
    response = ask(me, "GET", f"{tasks}/items", level="verbose")
    assert response.headers["Content-Type"] == "application/json;odata=verbose;charset=utf-8"
    (item,) = content_of(response)["d"]["results"]
    about = item["__metadata"]
    assert (about["type"], about["etag"]) == ("SP.Data.TasksListItem", '"1"')
    assert about["uri"].endswith("/Items(1)")
    assert item["AssignedToId"] == {
        "__metadata": {"type": "Collection(Edm.Int32)"},
        "results": [1],
    }
    error = content_of(ask(me, "GET", f"{tasks}/items(9)", level="verbose"), 404)["error"]
    assert error["code"] == "-2130575338, System.ArgumentException"

    (item,) = content_of(ask(me, "GET", f"{tasks}/items", level="minimalmetadata"))["value"]
    assert (item["odata.type"], item["odata.etag"]) == ("SP.Data.TasksListItem", '"1"')
    (item,) = content_of(me.get(f"{tasks}/items"))["value"]
    assert "odata.etag" in item

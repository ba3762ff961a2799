"""`$filter`, `$orderby` and `$expand` as clients of lists send them."""

from typing import Any

import pytest

from tests.sharepoint.rest.helpers import LISTS, SITE, ask, content_of, error_of, new_list
from tests.support.wire import Mailbox

ITEMS: list[dict[str, Any]] = [
    {"Title": "Écrire", "DueDate": "2026-05-01T00:00:00Z", "AssignedToId": [1]},
    {"Title": "buy", "PercentComplete": 0.5, "AssignedToId": [11], "Priority": "(1) High"},
    {"Title": "Call", "DueDate": "2026-05-02T10:00:00Z", "AssignedToId": [7, 1], "ParentIDId": 1},
    {"Title": "It's", "Checkmark": True, "Status": "Completed"},
]
FILTERS = {
    "Title eq 'BUY'": [2],
    "Title eq 'éCRIRE'": [1],
    "Title eq 'it''s'": [4],
    "Title gt 'c'": [1, 3, 4],
    "ID ge 2 and ID lt 4": [2, 3],
    "(Id eq 1 or Id eq 4) and Checkmark eq false": [1],
    "Status eq 'completed'": [4],
    "Status ne 'Completed' and Priority eq '(1) High'": [2],
    "PercentComplete gt 0.25": [2, 4],
    "Checkmark eq true": [4],
    "DueDate le datetime'2026-05-01T00:00:00Z'": [1],
    "DueDate gt '2026-05-01'": [3],
    "DueDate ge datetime'2026-05-02T12:00:00+02:00'": [3],
    "DueDate eq null": [2, 4],
    "Created gt datetime'2001-01-01T00:00:00Z' and ParentIDId eq 1": [3],
    "AssignedToId eq 1": [1, 3],
    "AssignedTo/Id eq 1": [1, 3],
    "AssignedToId ne 1": [2, 4],
    "AssignedToId eq null": [4],
    "AssignedToId ne null and AssignedTo/Id eq 7": [3],
    "startswith(Title,'b')": [2],
    "substringof('l', Title)": [3],
    "substringof('datetime''', Title)": [],
}
REFUSED = [
    "",
    "Title",
    "Nothing eq 1",
    "Body eq 'x'",
    "Title eq 1",
    "Title eq",
    "not (Id eq 1)",
    "Id add 1 eq 2",
    "Id in (1,2)",
    "Id eq ParentIDId",
    "AssignedToId gt 1",
    "AssignedToId eq 1.5",
    "AssignedToId add 1 eq 2",
    "AssignedToId in (1)",
    "startswith(Title,Status)",
    "substring(Title,AssignedToId) eq 'x'",
    "endswith(Title,'x')",
    "DueDate gt 'tomorrow'",
    "Title eq 'x" + "x" * 9000,
    "(" * 99 + "Id eq 1" + ")" * 99,
]


@pytest.fixture
def tasks(me: Mailbox) -> str:
    """Return the items of a list with some tasks."""
    address = new_list(me)
    for item in ITEMS:
        content_of(ask(me, "POST", f"{address}/items", item), 201)
    return f"{address}/items"


def ids(me: Mailbox, address: str, **options: str) -> list[int]:
    """Return the ids of the items that are answered, page by page."""
    query = "&".join(f"${name}={value}" for name, value in options.items())
    following, result = f"{address}?{query}", []
    while following:
        page = content_of(ask(me, "GET", following))
        result += [item["Id"] for item in page["value"]]
        following = page.get("odata.nextLink")
    return result


@pytest.mark.observed("lists.filter")
def test_filters(me: Mailbox, tasks: str) -> None:
    for filter_, expected in FILTERS.items():
        quoted = filter_.replace("+", "%2B")
        assert ids(me, tasks, filter=quoted) == expected, filter_
        assert ids(me, tasks, filter=quoted, top="1") == expected, filter_


@pytest.mark.inferred("lists.filter")
@pytest.mark.once
def test_filters_that_cannot_be(me: Mailbox, tasks: str) -> None:
    for filter_ in REFUSED:
        code, text = error_of(ask(me, "GET", f"{tasks}?$filter={filter_}"), 400)
        assert code == "-1, Microsoft.SharePoint.Client.InvalidClientQueryException"
        assert text == f'The expression "{filter_[:256]}" is not valid.'


def nested(levels: int) -> str:
    """Return a filter of `and` and `or` within each other."""
    text = "Id eq 2"
    for level in range(levels):
        text = f"({text} {('or', 'and')[level % 2]} startswith(Title,'b'))"
    return text


@pytest.mark.inferred("lists.filter")
def test_filters_within_each_other(me: Mailbox, tasks: str) -> None:
    """No deeper than the store can read."""
    assert ids(me, tasks, filter=nested(20)) == [2]
    assert ids(me, tasks, filter=nested(20).replace("Id", "AssignedToId").replace("2", "11")) == [2]
    for levels in (21, 38):
        error_of(ask(me, "GET", f"{tasks}?$filter={nested(levels)}"), 400)


@pytest.mark.inferred("lists.users")
@pytest.mark.once
def test_names_without_end(me: Mailbox, tasks: str) -> None:
    assert ids(me, tasks, select="Id," * 2000) == [1, 2, 3, 4]
    names = ",".join(f"AssignedTo/n{number}" for number in range(101))
    _, text = error_of(ask(me, "GET", f"{tasks}?$expand=AssignedTo&$select={names}"), 400)
    assert text == "The value of the query string option '$select' is not valid."


@pytest.mark.inferred("rest.errors")
@pytest.mark.once
def test_counts_that_are_none(me: Mailbox, tasks: str) -> None:
    for address, option, values in (
        (tasks, "$top", ("0", "-1", "x", "")),
        (LISTS, "$top", ("-1", "x")),
        (LISTS, "$skip", ("-1", "")),
    ):
        for value in values:
            _, text = error_of(ask(me, "GET", f"{address}?{option}={value}"), 400)
            assert text == f"The value of the query string option '{option}' is not valid."


@pytest.mark.observed("lists.order")
@pytest.mark.in_process
@pytest.mark.parametrize("top", ["1", "3", "99"])
def test_order(me: Mailbox, tasks: str, top: str) -> None:
    for order, expected in (
        ("Title", [2, 3, 4, 1]),
        ("Title desc", [1, 4, 3, 2]),
        ("ID desc", [4, 3, 2, 1]),
        ("DueDate asc,Title desc", [4, 2, 1, 3]),
        ("Checkmark desc, Priority,Id", [4, 2, 1, 3]),
        (",".join(["Id desc"] * 99), [4, 3, 2, 1]),
    ):
        assert ids(me, tasks, orderby=order, top=top) == expected, order
    sorted_ = ids(me, tasks, orderby="Title desc", filter="AssignedToId ne null", top=top)
    assert sorted_ == [1, 3, 2]


@pytest.mark.inferred("lists.order")
@pytest.mark.once
@pytest.mark.parametrize(
    "order",
    [
        *("", ",", "Nothing", "Body", "AssignedTo/Nothing", "Title up"),
        "Id,Title,StartDate,DueDate,PercentComplete,Status,Priority,Created,Modified",
    ],
)
def test_orders_that_cannot_be(me: Mailbox, tasks: str, order: str) -> None:
    error_of(ask(me, "GET", f"{tasks}?$orderby={order}"), 400)


@pytest.mark.observed("lists.users")
def test_users_of_items(me: Mailbox, tasks: str) -> None:
    options = "$expand=AssignedTo,Author&$select=Title,AssignedTo/Id,AssignedTo/Title,Author/Id"
    result = content_of(ask(me, "GET", f"{tasks}?{options}&$filter=Id eq 3"))["value"]
    assert result == [
        {
            "Title": "Call",
            "AssignedTo": [{"Id": 7, "Title": "User 7"}, {"Id": 1, "Title": "Administrator"}],
            "Author": {"Id": 1},
        }
    ]
    item = content_of(ask(me, "GET", f"{tasks}(1)?$expand=AssignedTo,Editor"))
    assert (item["AuthorId"], item["EditorId"], item["Editor"]["Id"]) == (1, 1, 1)
    assert item["AssignedTo"][0]["EMail"].endswith("@afterlook.example")
    address = f"{tasks}(1)?$select=AssignedTo/Title&$expand=AssignedTo"
    rendered = content_of(ask(me, "GET", address, level="verbose"))["d"]["AssignedTo"]["results"]
    assert rendered[0]["__metadata"]["type"] == "SP.Data.UserInfoItem"
    assert rendered[0]["Title"] == "Administrator"


@pytest.mark.inferred("lists.users")
@pytest.mark.once
@pytest.mark.parametrize(
    "options",
    [
        "$expand=Nothing",
        "$expand=Title",
        "$select=AssignedTo/Title",
        "$select=AssignedTo",
        "$select=Title/Id&$expand=AssignedTo",
        "$select=AssignedTo/Nothing&$expand=AssignedTo",
    ],
)
def test_expansions_that_cannot_be(me: Mailbox, tasks: str, options: str) -> None:
    error_of(ask(me, "GET", f"{tasks}?{options}"), 400)
    error_of(ask(me, "GET", f"{tasks}(1)?{options}"), 400)


@pytest.mark.observed("lists.filter")
def test_filters_on_lists(me: Mailbox, tasks: str) -> None:
    content_of(ask(me, "POST", LISTS, {"Title": "Old", "BaseTemplate": 107}), 201)
    for query, expected in (
        ("$filter=Hidden eq false", ["Old", "Tasks"]),
        ("$filter=Hidden eq true", []),
        ("$filter=Hidden eq false and BaseTemplate eq 107", ["Old"]),
        ("$filter=Title eq 'TASKS'", ["Tasks"]),
        ("$filter=ItemCount gt 3", ["Tasks"]),
        ("$orderby=Title desc&$select=Title", ["Tasks", "Old"]),
        ("$orderby=Hidden,ItemCount desc", ["Tasks", "Old"]),
    ):
        result = content_of(ask(me, "GET", f"{LISTS}?{query}"))["value"]
        assert [one["Title"] for one in result] == expected, query
    error_of(ask(me, "GET", f"{LISTS}?$filter=Fields eq 1"), 400)
    assert (
        content_of(ask(me, "GET", f"{SITE}b/_api/web/lists?$filter=Hidden eq false"))["value"] == []
    )


@pytest.mark.inferred("lists.users")
def test_pages_that_are_shown_on_a_thread(me: Mailbox, tasks: str) -> None:
    """They are answered as short ones are, and refused as these."""
    body = '{"Title":"more","AssignedToId":[1,7]}'
    head = "--b\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n"
    batch = f"{head}POST {tasks} HTTP/1.1\n\n{body}\n".encode() * 100 + b"--b--\n"
    headers = {"Content-Type": "multipart/mixed; boundary=b"} | me.authorization
    me.wire.client.request("POST", f"{SITE}/_api/$batch", content=batch, headers=headers)
    options = "$top=500&$expand=AssignedTo&$select=Id,AssignedTo/Id"
    page = content_of(ask(me, "GET", f"{tasks}?{options}"))["value"]
    assert [item["Id"] for item in page] == list(range(1, 105))
    assert page[-1]["AssignedTo"] == [{"Id": 1}, {"Id": 7}]
    error_of(ask(me, "GET", f"{tasks}?$top=500&$select=Nothing"), 400)

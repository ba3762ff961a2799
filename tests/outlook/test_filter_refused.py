"""What `$filter` and its neighbours refuse: with which code, and without having done anything."""

from urllib.parse import quote

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import everything, expect_refusal

REFUSED = [
    *("Id", "ChangeKey", "ParentFolderId", "Body", "Body/Content", "Body/ContentType"),
    *("ReminderDateTime", "ReminderDateTime/DateTime", "IsReminderOn", "Recurrence"),
]
OF_FOLDERS = ["Id", "ChangeKey", "ParentGroupKey"]
OF_GROUPS = ["Id", "ChangeKey", "GroupKey"]
PROPERTIES = [
    *(("tasks", name) for name in REFUSED),
    *(("taskfolders", name) for name in OF_FOLDERS),
    *(("taskgroups", name) for name in OF_GROUPS),
]


@pytest.mark.observed("later.filter-refused", "filter.not-filterable")
@pytest.mark.once
@pytest.mark.parametrize(("collection", "name"), PROPERTIES)
def test_not_filterable(filled: Filled, collection: str, name: str) -> None:
    words = f"The property '{name}' does not support filtering."
    for text in (f"{name} eq null", f"true or {name.lower()} ne null"):
        response = filled.me.get(f"{collection}?$filter={text}")
        expect_refusal(response, 400, "ErrorInvalidProperty", words)


@pytest.mark.observed("filter.not-filterable")
@pytest.mark.once
@pytest.mark.parametrize("text", ["Body/Content eq 'a'", "contains(Body/Content,'a')"])
def test_content_of_bodies(filled: Filled, text: str) -> None:
    response = filled.me.get(f"tasks?$filter={text}")
    expect_refusal(response, 400, "ErrorInvalidProperty", "'Body/Content'")


@pytest.mark.observed("option.unknown-property")
@pytest.mark.once
@pytest.mark.parametrize("name", ["Colour", "DueDateTime/Day", "Name"])
def test_unknown(filled: Filled, name: str) -> None:
    response = filled.me.get(f"tasks?$filter={name} eq 'a'")
    expect_refusal(response, 400, "RequestBroker-ParseUri", f"named '{name}' on type", ".Task'")


@pytest.mark.observed("later.filter-refused", "filter.mismatch")
@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Subject eq 1", 8),
        ("Status eq 'Odd'", 10),
        ("Importance eq 1", 11),
        ("Subject", 0),
        ("HasAttachments eq 'true'", 15),
        ("DueDateTime eq '2016-04-26'", 12),
        ("DueDateTime/DateTime ge 'tomorrow'", 24),
        ("CreatedDateTime ge '2016-04-01T00:00:00Z'", 16),
        ("Categories eq 'Red'", 11),
        ("length(Subject,1) eq 1", 0),
        ("sleep(10) eq 1", 0),
    ],
)
def test_mismatches(filled: Filled, text: str, position: int) -> None:
    response = filled.me.get(f"tasks?$filter={text}")
    message = "The query filter contains one or more invalid nodes."
    expect_refusal(response, 400, "ErrorInvalidUrlQueryFilter", message, f"at position {position}.")


@pytest.mark.observed("filter.syntax")
@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "position"),
    [("", 0), ("Subject eq", 10), ("Subject eq 'a", 11), ("(true", 5), ("Subject = 'a'", 8)],
)
def test_syntax(filled: Filled, text: str, position: int) -> None:
    response = filled.me.get(f"tasks?$filter={text}")
    expect_refusal(
        response, 400, "RequestBroker-ParseUri", f"Syntax error at position {position} in"
    )


@pytest.mark.inferred("filter.bounds")
@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        " or ".join(["true"] * 3000),
        " or ".join(["true"] * 401),
        "(" * 41 + "true" + ")" * 41,
        "not(" * 900,
        f"Subject eq '{'a' * 8200}'",
        "length(Subject) eq " + "9" * 5000,
        "1e-200 mul 1e-200 eq 0",
        "Subject eq '\0'",
        "Subject eq " + "substring(Subject,length(" * 19 + "'a'" + "))" * 19,
    ],
    ids=range(9),
)
def test_beyond_the_bounds(filled: Filled, text: str) -> None:
    response = filled.me.get(f"tasks?$filter={quote(text)}")
    assert response.status_code in (400, 414), response.text


@pytest.mark.inferred("filter.bounds", "error.never-5xx")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "text",
    [
        "HasAttachments gt false",
        "year(null) eq 1 or hour(null) eq null",
        "substring(Subject,null) eq null and substring('a',1 div 0) eq null",
        "length(Subject) div 2 eq 1 or 5 mod 0 eq null",
        f"length(Subject) eq {'0' * 5000}1",
        "length(Subject) div 1e-300 gt 1",
        " or ".join(["year(DueDateTime/DateTime) eq 2016"] * 130),
        "Categories/any(c:Categories/any(d:c eq d and contains(Subject,d)))",
    ],
    ids=range(8),
)
def test_answered_or_refused(filled: Filled, text: str) -> None:
    """What engines stumble over, found by looking for it."""
    response = filled.me.get(f"tasks?$filter={quote(text)}")
    assert response.status_code in (200, 400), response.text


@pytest.mark.observed("later.search", "search.refused")
@pytest.mark.once
@pytest.mark.parametrize("collection", ["tasks", "taskfolders", "taskgroups", "tasks/$count"])
@pytest.mark.parametrize("option", ["$search", "search", "%24SEARCH"])
def test_search(filled: Filled, collection: str, option: str) -> None:
    response = filled.me.get(f"{collection}?{option}=dinner")
    expect_refusal(response, 400, "ErrorInvalidUrlQuery", option.replace("%24", "$"))


@pytest.mark.inferred("filter.refused-whole")
def test_nothing_is_done(filled: Filled) -> None:
    """A filter on a write, on one task, or twice is refused, and nothing has changed."""
    before = everything(filled.me)
    task = filled.at("tasks('{task}')")
    for method, address in [
        ("POST", "tasks"), ("PATCH", task), ("DELETE", task), ("GET", task),
        ("POST", f"{task}/complete"), ("DELETE", filled.at("taskfolders('{folder}')")),
    ]:  # fmt: skip
        body = {"Subject": "x"} if method in ("POST", "PATCH") else None
        response = filled.me.send(method, f"{address}?$filter=true", body)
        expect_refusal(response, 400, "ErrorInvalidUrlQuery", "$filter")
    twice = filled.me.get("tasks?$filter=true&filter=false")
    expect_refusal(twice, 400, "ErrorInvalidUrlQuery", "filter")
    assert everything(filled.me) == before

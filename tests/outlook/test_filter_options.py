"""`$filter` together with the other options, and on the other collections."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.mailboxes import LISTED, Filled
from tests.support.outlook import subjects, values, walk
from tests.support.wire import Mailbox

TOGETHER = "$filter=Subject lt '5'&$orderby=Subject desc&$top=2&$skip=1&$select=Subject&$count=true"


@pytest.mark.observed("filter.options", "later.count")
def test_all_together(listed: Filled) -> None:
    response = listed.me.get(f"tasks?{TOGETHER}")

    assert list(response.json())[:3] == ["@odata.context", "@odata.count", "value"]
    assert response.json()["@odata.context"].endswith("/Tasks(Subject)")
    assert response.json()["@odata.count"] == 6  # 0, 1, 10, 2, 3, 4
    assert subjects(response) == ["3", "2"]


@pytest.mark.inferred("later.filter-order")
def test_sorted_by_something_else(listed: Filled) -> None:
    response = listed.me.get("tasks?$filter=Status eq 'NotStarted'&$orderby=CreatedDateTime desc")

    assert response.status_code == 200
    assert values(response)


@pytest.mark.observed("filter.options", "page.next-link")
def test_link_repeats_every_option(listed: Filled) -> None:
    link = listed.me.get(f"tasks?{TOGETHER}").json()["@odata.nextLink"]

    options = parse_qs(urlsplit(link).query)
    assert options["$filter"] == ["Subject lt '5'"]
    assert options["$orderby"] == ["Subject desc"]
    assert (options["$select"], options["$count"], options["$top"]) == (
        ["Subject"],
        ["true"],
        ["2"],
    )
    assert options["$skip"] == ["3"]
    pages = walk(listed.me, f"tasks?{TOGETHER}")
    assert [task["Subject"] for page in pages for task in page] == ["3", "2", "10", "1", "0"]


@pytest.mark.observed("filter.options", "page.walk")
@pytest.mark.parametrize(
    "options",
    [
        "filter=Subject ne '7'&top=5",
        "%24filter=Subject%20ne%20%277%27&%24top=5",
        "$filter=Subject+ne+'7'&$top=5&custom=a%26b",
    ],
)
def test_pages_of_a_filtered_list(listed: Filled, options: str) -> None:
    """However it was spelt, the link carries it on."""
    pages = walk(listed.me, f"tasks?{options}")

    assert [len(page) for page in pages] == [5, 5, 1]
    assert "7" not in {task["Subject"] for page in pages for task in page}


@pytest.mark.observed("filter.options")
def test_tasks_of_a_folder(listed: Filled) -> None:
    for address in ("taskfolders('{folder}')/tasks",
                    "taskgroups('{group}')/taskfolders('{folder}')/tasks"):  # fmt: skip
        path = listed.at(address)
        assert subjects(listed.me.get(f"{path}?$filter=startswith(Subject,'1')")) == ["1", "10"]
    other = listed.me.get("taskfolders('tasks')/tasks?$filter=startswith(Subject,'1')")
    assert values(other) == []


@pytest.mark.observed("filter.folders-groups")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("collection", "text", "names"),
    [
        ("taskfolders", "Name eq 'COOKING'", ["Cooking"]),
        ("taskfolders", "IsDefaultFolder", ["Tasks"]),
        ("taskfolders", "isdefaultfolder eq true or name eq '3'", ["3", "Tasks"]),
        ("taskgroups", "Name ne 'my tasks' and Name gt '9'", ["Leisure"]),
        ("taskgroups", "IsDefaultGroup eq true", ["My Tasks"]),
        ("taskgroups", "not IsDefaultGroup and length(Name) gt 1", ["Leisure", "10"]),
        ("taskgroups('{group}')/taskfolders", "contains(Name,'1')", ["1", "10"]),
        ("taskgroups('{group}')/taskfolders", "IsDefaultFolder", []),
    ],
)
def test_folders_and_groups(listed: Filled, collection: str, text: str, names: list[str]) -> None:
    response = listed.me.get(f"{listed.at(collection)}?$filter={text}")
    assert [entity["Name"] for entity in values(response)] == names


@pytest.mark.observed("filter.options", "page.skip")
def test_nothing_found(listed: Filled) -> None:
    response = listed.me.get("tasks?$filter=Subject eq 'nobody'&$count=true&$orderby=Subject")

    assert values(response) == []
    assert response.json()["@odata.count"] == 0
    assert "@odata.nextLink" not in response.json()
    assert len(values(listed.me.get("tasks?$filter=true&$top=1000"))) == LISTED


@pytest.mark.inferred("filter.options")
def test_head_and_other_users_address(listed: Filled, me: Mailbox) -> None:
    """The filter sees its own mailbox alone."""
    assert values(me.get("tasks?$filter=true or Subject eq 'Shop for dinner'")) == []
    assert listed.me.send("HEAD", "tasks?$filter=true").content == b""

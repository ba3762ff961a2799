"""Paging: `$top`, `$skip`, and the links to what follows."""

import pytest

from tests.support.mailboxes import LISTED, Filled
from tests.support.outlook import values, walk
from tests.support.wire import Mailbox

LISTS = [
    "tasks",
    "taskfolders('{folder}')/tasks",
    "taskgroups('{group}')/taskfolders('{folder}')/tasks",
    "taskfolders",
    "taskgroups('{group}')/taskfolders",
    "taskgroups",
]


@pytest.mark.observed("page.walk", "page.next-link")
@pytest.mark.in_process
@pytest.mark.parametrize("address", LISTS)
def test_pages_of_any_size_make_the_list(listed: Filled, address: str) -> None:
    address = listed.at(address)
    whole = values(listed.me.get(f"{address}?$top=1000"))
    assert len(whole) >= LISTED

    for size in range(1, len(whole) + 2):
        pages = walk(listed.me, f"{address}?$top={size}")
        assert [entity for page in pages for entity in page] == whole
        assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
        assert 0 < len(pages[-1]) <= size


@pytest.mark.observed("page.default", "page.next-link")
@pytest.mark.in_process
@pytest.mark.parametrize("address", LISTS)
def test_default_size(listed: Filled, address: str) -> None:
    pages = walk(listed.me, listed.at(address))

    assert [len(page) for page in pages] == [10, len(pages[1])]
    assert len(pages[1]) in (2, 3)


@pytest.mark.observed("page.default")
def test_exactly_one_page(me: Mailbox) -> None:
    for number in range(10):
        me.create("tasks", {"Subject": f"{number}"})

    assert [len(page) for page in walk(me, "tasks")] == [10]


@pytest.mark.observed("page.skip")
def test_skip(listed: Filled) -> None:
    whole = values(listed.me.get("tasks?$top=1000"))
    for skip in (0, 1, 5, LISTED - 1, LISTED, LISTED + 1, 2**31 - 1):
        response = listed.me.get(f"tasks?$top=4&$skip={skip}")
        assert values(response) == whole[skip : skip + 4]
        assert ("@odata.nextLink" in response.json()) == (skip + 4 < LISTED)


@pytest.mark.observed("page.next-link")
@pytest.mark.once
@pytest.mark.parametrize(
    "options",
    [
        "$top=5&$select=Subject,Status&$orderby=Subject%20desc",
        "%24top=5&%24orderby=Subject%20desc&%24select=Subject%2cStatus",
        "top=5&select=Subject,Status&orderby=Subject+desc",
        "$skip=0&$top=5&$select=Subject,Status&$orderby=Subject desc",
        "$TOP=5&$Select=Subject,Status&$OrderBy=Subject desc&custom=a%26b",
    ],
)
def test_link_repeats_the_options(listed: Filled, options: str) -> None:
    first = listed.me.get(f"tasks?{options}")

    link = first.json()["@odata.nextLink"]
    assert link.startswith(f"{listed.me.wire.url}/api/beta/me/tasks?")
    assert "skip=5" in link
    assert ("custom=a%26b" in link) == ("custom" in options)
    pages = walk(listed.me, f"tasks?{options}")
    assert [len(page) for page in pages] == [5, 5, 2]
    names = {"@odata.id", "@odata.etag", "Id", "Subject", "Status"}
    assert all(set(entity) == names for page in pages for entity in page)
    found = [entity["Subject"] for page in pages for entity in page]
    assert found == sorted(found, reverse=True)


@pytest.mark.observed("page.next-link")
def test_link_keeps_the_address(listed: Filled) -> None:
    quoted = listed.folder.replace("=", "%3D")
    for address in (f"/API/v2.0/Me/TaskFolders('{quoted}')/Tasks", f"taskfolders/{quoted}/tasks/"):
        pages = walk(listed.me, f"{address}?$top=7")
        assert [len(page) for page in pages] == [7, 5]

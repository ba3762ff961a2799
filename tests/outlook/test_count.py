"""`$count=true` and `/$count`: how many there are."""

import pytest

from tests.support.mailboxes import LISTED, Filled
from tests.support.outlook import expect_refusal, values, walk

COUNTED = {
    "tasks": LISTED,
    "taskfolders('{folder}')/tasks": LISTED,
    "taskgroups('{group}')/taskfolders('{folder}')/tasks": LISTED,
    "taskfolders": LISTED + 1,
    "taskgroups('{group}')/taskfolders": LISTED,
    "taskgroups": LISTED + 1,
}


@pytest.mark.observed("later.count", "count.inline")
@pytest.mark.in_process
@pytest.mark.parametrize("address", COUNTED)
def test_beside_the_values(listed: Filled, address: str) -> None:
    """However large the page is, and on each of them."""
    for options in (
        "$count=true",
        "count=TRUE&$top=3",
        "$top=0&$count=true",
        "$count=true&$skip=9",
    ):
        response = listed.me.get(f"{listed.at(address)}?{options}")
        names = list(response.json())
        assert names[:3] == ["@odata.context", "@odata.count", "value"]
        assert response.json()["@odata.count"] == COUNTED[address]
    without = listed.me.get(f"{listed.at(address)}?$count=false")
    assert "@odata.count" not in without.json()


@pytest.mark.observed("later.count", "count.path")
@pytest.mark.in_process
@pytest.mark.parametrize("address", COUNTED)
def test_by_its_own_address(listed: Filled, address: str) -> None:
    for suffix in ("/$count", "/%24count", "/$COUNT"):
        response = listed.me.get(listed.at(address) + suffix)
        assert response.status_code == 200, response.text
        assert response.text == str(COUNTED[address])
        assert response.headers["Content-Type"].partition(";")[0] == "text/plain"
        assert response.headers["OData-Version"] == "4.0"


@pytest.mark.observed("count.path", "count.inline")
@pytest.mark.in_process
@pytest.mark.parametrize("address", COUNTED)
def test_filtered(listed: Filled, address: str) -> None:
    name = "Name" if address.lower().endswith(("folders", "groups")) else "Subject"
    path, text = listed.at(address), f"startswith({name},'1') or {name} eq '7'"
    response = listed.me.get(f"{path}?$filter={text}&$count=true&$top=1")

    assert response.json()["@odata.count"] == 3
    assert len(values(response)) == 1
    assert listed.me.get(f"{path}/$count?$filter={text}").text == "3"
    assert listed.me.get(f"{path}/$count?filter={name}+eq+'nobody'").text == "0"


@pytest.mark.observed("count.inline", "page.walk")
def test_on_every_page(listed: Filled) -> None:
    following: str | None = "tasks?$count=true&$top=5&$orderby=Subject"
    while following is not None:
        page = listed.me.get(following).json()
        assert page["@odata.count"] == LISTED
        following = page.get("@odata.nextLink")
    assert len(walk(listed.me, "tasks?$count=true&$top=5")) == 3


@pytest.mark.inferred("count.path", "option.unsupported")
@pytest.mark.once
@pytest.mark.parametrize("option", ["$top=1", "$skip=1", "$orderby=Subject", "$select=Subject"])
def test_what_means_nothing_to_a_number(listed: Filled, option: str) -> None:
    name = option.partition("=")[0]
    expect_refusal(listed.me.get(f"tasks/$count?{option}"), 400, "ErrorInvalidUrlQuery", name)


@pytest.mark.inferred("count.path")
@pytest.mark.once
def test_what_has_no_number(listed: Filled) -> None:
    """A filter that is refused, a folder that is not there, and a method that is not had."""
    me = listed.me
    expect_refusal(me.get("tasks/$count?$filter=Id eq 'a'"), 400, "ErrorInvalidProperty", "'Id'")
    expect_refusal(me.get("taskfolders('x')/tasks/$count"), 400, "ErrorInvalidIdMalformed")
    wrong = listed.at("taskfolders('{task}')/tasks/$count")
    expect_refusal(me.get(wrong), 400, "ErrorInvalidIdMalformed")
    expect_refusal(me.delete("tasks/$count"), 405, "ErrorMethodNotAllowed")
    assert me.delete("tasks/$count").headers["Allow"] == "GET, HEAD"


@pytest.mark.inferred("count.inline", "option.malformed")
@pytest.mark.once
@pytest.mark.parametrize("value", ["", "1", "yes", "none"])
def test_what_is_no_boolean(listed: Filled, value: str) -> None:
    expect_refusal(listed.me.get(f"tasks?$count={value}"), 400, "ErrorInvalidUrlQuery", "$count")

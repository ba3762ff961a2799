"""Outlook Task REST, "Synchronize tasks or task folders": what its words say of the requests."""

import pytest

from tests.support.outlook import expect_refusal, key
from tests.support.replicas import (
    TRACK,
    content,
    delta_link,
    is_tombstone,
    next_link,
    sized,
    token,
    track,
)
from tests.support.wire import Mailbox

SPELLINGS = ["${}token", "%24{}token", "%24{}Token", "${}Token", "{}token", "{}Token", "%24{}TOKEN"]
BEHIND = ["?", "/?"]
TASKS = "TaskFolders('tasks')/Tasks"
NAMED = {TASKS: "Subject", "TaskFolders": "Name"}
both = pytest.mark.parametrize("address", NAMED)


def fill(me: Mailbox, address: str, count: int) -> list[str]:
    """Make entities, oldest first; return their names."""
    names = [f"number {number}" for number in range(count)]
    for name in names:
        me.create(address, {NAMED[address]: name})
    return names


def names(page: dict[str, object], address: str) -> list[str]:
    """Return the names of the entities of a page."""
    value = page["value"]
    assert isinstance(value, list)
    return [one[NAMED[address]] for one in value]


@pytest.mark.in_process
@pytest.mark.spec(
    "sync.task-addresses", "sync.folder-addresses", "sync.link-spelling", "sync.second"
)
@pytest.mark.parametrize("behind", BEHIND)
@both
def test_every_spelling(me: Mailbox, address: str, behind: str) -> None:
    """Each gets what the links themselves get, links excepted: these repeat the request's path."""
    fill(me, address, 5)
    first = me.get(address, Prefer=sized(2))
    second = me.get(delta_link(first), Prefer=sized(2))
    third = me.get(next_link(second), Prefer=sized(2))
    for spelling in SPELLINGS:
        delta, skip = spelling.format("delta"), spelling.format("skip")
        again = me.get(f"{address}{behind}{delta}={token(delta_link(first))}", Prefer=sized(2))
        assert content(again)["value"] == content(second)["value"], spelling
        assert next_link(again).partition("/?")[2] == next_link(second).partition("/?")[2]
        last = me.get(f"{address}{behind}{skip}={token(next_link(second))}", Prefer=sized(2))
        assert content(last)["value"] == content(third)["value"], spelling
        assert delta_link(last)


@pytest.mark.spec("sync.track-changes", "sync.applied", "sync.not-applied", "sync.skip-token")
@both
def test_where_the_preference_is_needed(me: Mailbox, address: str) -> None:
    """On each request but those with a skipToken, where it does no harm; applied on the first."""
    fill(me, address, 3)
    first = me.get(address, Prefer=sized(1))
    assert first.headers["Preference-Applied"] == TRACK
    second = me.get(delta_link(first), Prefer=sized(1))
    expect_refusal(
        me.get(delta_link(first), Prefer="odata.maxpagesize=1"), 400, "ErrorInvalidRequest"
    )
    for prefer in (sized(1), "odata.maxpagesize=1", "return=minimal"):
        third = me.get(next_link(second), Prefer=prefer)
        assert third.status_code == 200
        assert TRACK not in third.headers.get("Preference-Applied", "")
    assert "Preference-Applied" not in second.headers
    plain = me.get(address)
    assert "Preference-Applied" not in plain.headers
    assert "@odata.deltaLink" not in plain.json()


@pytest.mark.spec("sync.not-applied")
@pytest.mark.parametrize("address", ["tasks", "taskgroups", "taskgroups('{}')/taskfolders"])
def test_what_cannot_be_synchronised(me: Mailbox, address: str) -> None:
    """It answers as without the preference, and says nothing of having applied it."""
    group = me.create("taskgroups", {"Name": "Leisure tasks"})
    me.create(f"taskgroups('{key(group)}')/taskfolders", {"Name": "Cooking"})
    me.create("tasks", {"Subject": "one"})
    where = address.format(key(group))
    plain, tracked = me.get(where), me.get(where, Prefer=track())

    assert content(tracked) == content(plain)
    assert tracked.json()["value"]
    assert "@odata.deltaLink" not in tracked.json()
    assert "Preference-Applied" not in tracked.headers


@pytest.mark.spec("sync.page-size", "sync.skip-token", "sync.end", "sync.second")
@pytest.mark.in_process
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
@both
def test_pages_of_any_size(me: Mailbox, address: str, size: int) -> None:
    """Put together, they are the collection, newest first; the last one alone has the deltaLink."""
    made = fill(me, address, 7)
    response = me.get(address, Prefer=sized(size))
    found = names(content(response), address)
    assert len(found) == min(size, len(made) + (address != TASKS))
    following: str | None = delta_link(response)
    while following:
        page = content(me.get(following, Prefer=sized(size)))
        found += names(page, address)
        assert len(page["value"]) <= size
        following = page.get("@odata.nextLink")
        assert ("@odata.deltaLink" in page) == (following is None)
    assert found == [*(["Tasks"] if address == "TaskFolders" else []), *reversed(made)]


@pytest.mark.spec("sync.next-round", "sync.end")
@both
def test_later_rounds(me: Mailbox, address: str) -> None:
    """The token that ended a round opens the next, as often as one likes."""
    fill(me, address, 2)
    link = delta_link(me.get(address, Prefer=track()))
    for number in range(3):
        link = delta_link(me.get(link, Prefer=track()))
        assert content(me.get(link, Prefer=track()))["value"] == []
        me.create(address, {NAMED[address]: f"later {number}"})
        page = content(me.get(link, Prefer=track()))
        assert names(page, address) == [f"later {number}"]
        assert page["@odata.context"].endswith("/$delta")


@pytest.mark.spec("sync.select", "sync.context")
@pytest.mark.in_process
@pytest.mark.parametrize("spelling", ["$select", "%24select", "select"])
@both
def test_select(me: Mailbox, address: str, spelling: str) -> None:
    """It holds for the whole round without being repeated, and for the next one."""
    fill(me, address, 3)
    name = NAMED[address]
    response = me.get(f"{address}?{spelling}={name}", Prefer=sized(1))
    for number in range(8):
        page = content(response)
        path = page["@odata.context"].partition("#me/")[2].removesuffix("/$delta")
        assert path.endswith(f"({name})")
        for one in page["value"]:
            assert not is_tombstone(one)
            assert {part for part in one if "@" not in part} == {"Id", name}
        following = page.get("@odata.nextLink") or page["@odata.deltaLink"]
        assert "select" not in following.lower()
        if not page["value"]:
            me.create(address, {name: f"later {number}"})
        response = me.get(following, Prefer=sized(1))


@pytest.mark.spec("sync.refused-options")
@pytest.mark.once
@pytest.mark.parametrize(
    "option", ["$filter=Id eq 'x'", "$orderby=Id", "$search=x", "$top=1", "%24top=1", "top=1"]
)
@both
def test_refused_options(me: Mailbox, address: str, option: str) -> None:
    """Before anything is synchronised, and with a token; by name."""
    name = option.partition("=")[0].replace("%24", "$")
    refusal = me.get(f"{address}?{option}", Prefer=track())
    assert name in expect_refusal(refusal, 400, "ErrorInvalidUrlQuery")
    link = delta_link(me.get(address, Prefer=track()))
    assert name in expect_refusal(
        me.get(f"{link}&{option}", Prefer=track()), 400, "ErrorInvalidUrlQuery"
    )

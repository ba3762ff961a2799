"""Writes between the pages of a synchronisation: in this round or in the next, never lost."""

import pytest

from tests.support.outlook import key
from tests.support.replicas import (
    Json,
    Replica,
    content,
    dead,
    delta_link,
    is_tombstone,
    next_link,
    page_ids,
    sized,
    track,
)
from tests.support.wire import Mailbox

TASKS = "taskfolders('tasks')/tasks"
ITEMS = {TASKS: ("tasks", "Subject"), "taskfolders": ("taskfolders", "Name")}
both = pytest.mark.parametrize("address", ITEMS)


def fill(me: Mailbox, address: str, count: int = 6) -> list[str]:
    """Make entities; return their Ids, newest first."""
    name = ITEMS[address][1]
    return [key(me.create(address, {name: f"{number}"})) for number in range(count)][::-1]


def shown(me: Mailbox, address: str) -> dict[str, Json]:
    """Return what a plain list shows, by Id."""
    return {one["Id"]: one for one in content(me.get(f"{address}?$top=1000"))["value"]}


def change(me: Mailbox, address: str, id_: str, name: str) -> None:
    """Rename an entity."""
    item, member = ITEMS[address]
    assert me.patch(f"{item}('{id_}')", {member: name}).status_code == 200


class Steps:
    """A round taken page by page, so that others can write in between."""

    def __init__(self, me: Mailbox, address: str, size: int, link: str | None = None) -> None:
        self.me, self.size = me, size
        self.following: str | None = link or address
        self.is_first = link is None
        self.held: dict[str, Json] = {}

    def step(self) -> list[str]:
        """Take a page; return the Ids in it."""
        assert self.following
        page = content(self.me.get(self.following, Prefer=sized(self.size)))
        for one in page["value"]:
            if is_tombstone(one):
                self.held.pop(dead(one), None)
            else:
                self.held[one["Id"]] = one
        goes_on = self.is_first or "@odata.nextLink" in page
        self.link = page.get("@odata.nextLink") or page["@odata.deltaLink"]
        self.following, self.is_first = self.link if goes_on else None, False
        return page_ids(page)


@pytest.mark.inferred("synced.while-paging", "synced.latest")
@pytest.mark.in_process
@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("size", [1, 2, 4])
@both
def test_writes_between_pages(me: Mailbox, address: str, size: int, at: int) -> None:
    """Whatever was written after whichever page, of what was given already or not: all arrives."""
    made = fill(me, address, max(6, 4 * size))  # four pages or more: it writes after each in turn
    steps = Steps(me, address, size)
    count = 0
    while steps.following:
        if count == at:
            for number in (0, 2, 5):
                change(me, address, made[number], f"changed {number}")
            for number in (1, 4):
                me.delete(f"{ITEMS[address][0]}('{made[number]}')")
            me.create(address, {ITEMS[address][1]: "new"})
        steps.step()
        count += 1
    assert count > at
    assert steps.held == shown(me, address)
    later = Steps(me, address, size, steps.link)
    later.held = steps.held
    while later.following:
        later.step()
    assert later.held == shown(me, address)


@pytest.mark.inferred("synced.while-paging")
@both
def test_a_write_after_every_page(me: Mailbox, address: str) -> None:
    """The round ends once the writes do; what it then holds is the list."""
    made = fill(me, address)
    steps = Steps(me, address, 1)
    for turn in range(12):
        steps.step()
        change(me, address, made[turn % 6], f"turn {turn}")
        assert steps.following
    while steps.following:
        steps.step()
    assert steps.held == shown(me, address)


@pytest.mark.inferred("synced.not-the-head")
@both
def test_a_cut_page_does_not_hand_out_the_head(me: Mailbox, address: str) -> None:
    """Neither in a first enumeration nor later: what it left out comes with its own link."""
    made = fill(me, address)
    first = me.get(address, Prefer=sized(2))
    rest = Replica(me, address, 100)
    rest.link = delta_link(first)
    assert set(page_ids(first.json())) | set(rest.news()) >= set(made)
    for number, id_ in enumerate(made):
        change(me, address, id_, f"changed {number}")
    assert rest.link
    cut = me.get(rest.link, Prefer=sized(2))
    assert page_ids(content(cut)) == made[:2]
    following = me.get(next_link(cut), Prefer=sized(100))
    assert page_ids(content(following)) == made[2:]
    assert delta_link(following)


@pytest.mark.inferred("synced.repeated")
@both
def test_a_page_again(me: Mailbox, address: str) -> None:
    """A client that lost an answer asks again and gets it again, and what changed since."""
    made = fill(me, address)
    first = me.get(address, Prefer=sized(2))
    link = delta_link(first)
    second = content(me.get(link, Prefer=sized(2)))
    assert content(me.get(link, Prefer=sized(2)))["value"] == second["value"]
    again = me.get(second["@odata.nextLink"], Prefer=sized(2))
    assert page_ids(content(again)) == page_ids(
        content(me.get(second["@odata.nextLink"], Prefer=sized(2)))
    )

    replica = Replica(me, address)
    replica.sync()
    before = replica.link
    change(me, address, made[3], "changed")
    assert replica.news() == [made[3]]
    change(me, address, made[4], "changed too")
    replica.link = before
    assert replica.news() == [made[3], made[4]]
    assert replica.held == shown(me, address)


@pytest.mark.inferred("synced.repeated")
def test_replicas_do_not_know_each_other(me: Mailbox) -> None:
    """Each gets everything, whatever the others took."""
    fill(me, TASKS)
    replicas = [Replica(me, TASKS, size) for size in (1, 2, 50)]
    replicas[0].sync()
    new = fill(me, TASKS, 2)
    for replica in (*replicas, *reversed(replicas)):
        replica.sync()
        assert set(new) <= set(replica.held)
        assert replica.held == shown(me, TASKS)


@pytest.mark.inferred("synced.page-size")
def test_a_change_of_page_size(me: Mailbox) -> None:
    """Pages of one round may be of different sizes: each starts where the last one ended."""
    made = fill(me, TASKS, 12)
    link, found = TASKS, []
    for size in (1, 5, 2, 3, 50):
        page = content(me.get(link, Prefer=track(f"odata.maxpagesize={size}")))
        found += page_ids(page)
        link = page.get("@odata.nextLink") or page["@odata.deltaLink"]
    assert found == made

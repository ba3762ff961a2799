"""Where the documents are silent: how long tokens are good, and what an instant may hold."""

import pytest

from tests.spec.exchanges import Json
from tests.support.frozen import Frozen
from tests.support.outlook import expect_refusal, key
from tests.support.replicas import Replica, content, delta_link, next_link, sized, track
from tests.sync.both import NAMED, TASKS, both


def shown(frozen: Frozen, address: str) -> dict[str, Json]:
    """Return what a plain list shows, by Id."""
    listed = content(frozen.me.get(f"{address}?$top=1000"))["value"]
    return {one["Id"]: one for one in listed}


@pytest.mark.inferred("synced.horizon", "house.sync-token")
@both
def test_the_horizon(frozen: Frozen, address: str) -> None:
    """For thirty days every token of a round is good, then none; starting anew mends it."""
    me = frozen.me
    frozen.at("2016-04-01T12:00:00Z")
    made = [me.create(address, {NAMED[address]: f"{number}"}) for number in range(4)]
    first = me.get(address, Prefer=sized(1))
    second = me.get(delta_link(first), Prefer=sized(1))
    replica = Replica(me, address)
    replica.sync()
    links = [delta_link(first), next_link(second), str(replica.link)]
    frozen.at("2016-04-01T12:00:01Z")
    item = "tasks" if address == TASKS else address
    assert me.delete(f"{item}('{key(made[0])}')").status_code == 204

    frozen.at("2016-05-01T12:00:00Z")
    for link in links:
        assert me.get(link, Prefer=track()).status_code == 200
    frozen.at("2016-05-01T12:00:01Z")
    for link in links:
        expect_refusal(me.get(link, Prefer=track()), 410, "SyncStateNotFound")

    anew = Replica(me, address)
    anew.sync()
    assert anew.held == shown(frozen, address)
    assert key(made[0]) not in anew.held
    assert anew.news() == []


@pytest.mark.inferred("synced.horizon")
@both
def test_who_comes_in_time_stays(frozen: Frozen, address: str) -> None:
    """Each finished round moves the horizon on, though there was nothing new."""
    frozen.at("2016-01-01T00:00:00Z")
    frozen.me.create(address, {NAMED[address]: "x"})
    replica = Replica(frozen.me, address)
    replica.sync()
    for month in range(1, 12):
        for day in (14, 28):
            frozen.at(f"2016-{month:02}-{day}T00:00:00Z")
            assert replica.news() == []


@pytest.mark.inferred("synced.horizon")
def test_a_clock_turned_back(frozen: Frozen) -> None:
    """A token from the future is good; what is written in the past after it is news."""
    frozen.at("2016-06-01T00:00:00Z")
    task = frozen.me.create("tasks", {"Subject": "x"})
    replica = Replica(frozen.me, TASKS)
    replica.sync()
    frozen.at("2015-01-01T00:00:00Z")
    frozen.me.patch(f"tasks('{key(task)}')", {"Subject": "y"})
    assert replica.news() == [key(task)]
    frozen.me.delete(f"tasks('{key(task)}')")
    assert replica.news() == [key(task)]
    assert replica.held == shown(frozen, TASKS) == {}


@pytest.mark.inferred("synced.instant")
@both
def test_two_writes_in_one_instant(frozen: Frozen, address: str) -> None:
    """Two change keys, two positions: a replica between the two hears of the second."""
    me, name = frozen.me, NAMED[address]
    item = "tasks" if address == TASKS else address
    frozen.at("2016-04-22T00:00:00Z")
    one = me.create(address, {name: "0"})
    two = me.create(address, {name: "1"})
    assert one["ChangeKey"] != two["ChangeKey"]
    replica = Replica(me, address)
    replica.sync()
    keys = {str(one["ChangeKey"]), str(two["ChangeKey"])}
    for number in range(2, 6):
        written = me.patch(f"{item}('{key(one)}')", {name: f"{number}"}).json()
        if "LastModifiedDateTime" in written:
            assert written["LastModifiedDateTime"] == "2016-04-22T00:00:00Z"
        keys.add(written["ChangeKey"])
        assert replica.news() == [key(one)]
        assert replica.held[key(one)]["ChangeKey"] == written["ChangeKey"]
    assert len(keys) == 6
    assert replica.held == shown(frozen, address)


@pytest.mark.inferred("synced.page-size", "house.sync-page-size")
def test_the_largest_page(frozen: Frozen) -> None:
    """A thousand and no more, however many are asked for."""
    requests = [
        {"id": str(number), "method": "POST", "url": "tasks", "body": {"Subject": "x"}}
        for number in range(20)
    ]
    for _ in range(51):
        assert frozen.me.post("$batch", {"requests": requests}).status_code == 200
    first = frozen.me.get(TASKS, Prefer=sized(5000))
    assert len(content(first)["value"]) == 1000
    second = frozen.me.get(delta_link(first), Prefer=sized(5000))
    assert len(content(second)["value"]) == 20
    assert delta_link(second)

"""Preferences of a synchronisation: the one that asks for it, time zones and page sizes."""

import pytest

from tests.support.outlook import EASTERN, expect_refusal, key, prefer, values
from tests.support.replicas import (
    TRACK,
    Replica,
    delta_link,
    track,
)
from tests.support.wire import Mailbox
from tests.sync.both import TASKS, both, fill


@pytest.mark.inferred("sync.not-tracked")
@pytest.mark.once
@pytest.mark.parametrize("value", ["false", "FALSE", '"false"'])
def test_no_wish_to_track(me: Mailbox, value: str) -> None:
    """A plain list, as if nobody had said anything."""
    response = me.get("taskfolders", Prefer=f"odata.track-changes={value}")

    assert "@odata.deltaLink" not in response.json()
    assert "Preference-Applied" not in response.headers


@pytest.mark.inferred("synced.header-needed")
@pytest.mark.once
@both
def test_a_delta_token_needs_the_preference(me: Mailbox, address: str) -> None:
    link = delta_link(me.get(address, Prefer=track()))
    for headers in ({}, {"Prefer": "odata.maxpagesize=1"}, {"Prefer": "track-changes"}):
        expect_refusal(me.get(link, **headers), 400, "ErrorInvalidRequest", f"Prefer: {TRACK}")


@pytest.mark.inferred("sync.track-changes")
@pytest.mark.once
@pytest.mark.parametrize(
    "spelling", ["Odata.Track-Changes", "odata.track-changes=true", "x,odata.track-changes;y"]
)
def test_spellings_of_the_preference(me: Mailbox, spelling: str) -> None:
    response = me.get(TASKS, Prefer=spelling)
    assert response.headers["Preference-Applied"] == TRACK
    assert me.get(delta_link(response), Prefer=spelling).status_code == 200


@pytest.mark.inferred("synced.zone")
def test_time_zones(me: Mailbox) -> None:
    """For each request anew, with a token too; a bad one is refused and changes nothing."""
    due = {"DateTime": "2016-04-26T00:00:00", "TimeZone": EASTERN}
    task = key(me.create("tasks", {"Subject": "x", "DueDateTime": due}))
    response = me.get(TASKS, Prefer=track(prefer(EASTERN)))
    assert sorted(response.headers["Preference-Applied"].split(", ")) == sorted(
        [TRACK, prefer(EASTERN)]
    )
    [shown] = values(response)
    assert shown["DueDateTime"]["DateTime"].startswith("2016-04-26T00:00")
    link = delta_link(response)
    me.patch(f"tasks('{task}')", {"Subject": "y"})

    for zone, hour in ((EASTERN, "00"), ("UTC", "04"), ("", "04")):
        further = [prefer(zone)] if zone else []
        again = me.get(link, Prefer=track(*further))
        assert again.headers.get("Preference-Applied") == (prefer(zone) if zone else None)
        assert values(again)[0]["DueDateTime"]["DateTime"].startswith(f"2016-04-26T{hour}")
    refusal = me.get(link, Prefer=track(prefer("Nowhere")))
    expect_refusal(refusal, 400, "TimeZoneNotSupportedException")


@pytest.mark.inferred("synced.page-size", "house.sync-page-size")
@both
def test_page_sizes(me: Mailbox, address: str) -> None:
    """Fifty, or what each request asks for; what is no size is as if it was not there."""
    fill(me, address, 54)
    first = me.get(address, Prefer=track())
    assert len(values(first)) == 50
    assert first.headers["Preference-Applied"] == TRACK
    rest = len(values(me.get(delta_link(first), Prefer=track())))
    assert rest == (4 if address == TASKS else 5)
    for wanted, size in (("0", 50), ("x", 50), ("-1", 50), ("53", 53), ("5000", 50 + rest)):
        response = me.get(address, Prefer=track(f"odata.maxpagesize={wanted}"))
        assert len(values(response)) == size
        assert response.headers["Preference-Applied"] == TRACK
    replica = Replica(me, address, 1000)
    assert [len(page["value"]) for page in replica.sync()] == [50 + rest, 0]

"""Where the documents are silent (docs/decisions.md): names of time zones."""

import pytest

from tests.spec.exchanges import date, unchanged
from tests.support.outlook import EASTERN, PACIFIC, expect_refusal, key, prefer
from tests.support.samples import zoned
from tests.support.wire import Mailbox

pytestmark = pytest.mark.once

SPAN = {"StartDateTime": date("2016-04-25"), "DueDateTime": date("2016-04-27")}


@pytest.mark.inferred("house.unknown-zone")
@pytest.mark.parametrize("zone", ["Greenwich Mean Time", "", "../../etc/passwd", "EST5", "Ünix"])
@pytest.mark.parametrize("name", ["DueDateTime", "StartDateTime", "ReminderDateTime"])
def test_an_unknown_zone_in_a_body(me: Mailbox, name: str, zone: str) -> None:
    """POST and PATCH refuse it and change nothing; the message names it."""
    address = f"tasks('{key(me.create('tasks', SPAN))}')"
    body = {"Subject": "Shop", name: zoned("2016-04-26T00:00:00", zone)}

    for response in (
        unchanged(me, "tasks", lambda: me.post("tasks", body)),
        unchanged(me, address, lambda: me.patch(address, body)),
    ):
        assert f"'{zone}'" in expect_refusal(response, 400, "TimeZoneNotSupportedException")


@pytest.mark.inferred("house.unknown-zone")
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "tasks"),
        ("POST", "tasks"),
        ("GET", "tasks('{task}')"),
        ("PATCH", "tasks('{task}')"),
        ("DELETE", "tasks('{task}')"),
        ("POST", "tasks('{task}')/complete"),
        ("GET", "taskfolders('tasks')/tasks"),
        ("GET", "taskfolders"),
        ("GET", "taskgroups"),
    ],
)
def test_an_unknown_zone_in_a_preference(me: Mailbox, method: str, address: str) -> None:
    """No operation guesses, and none has done anything."""
    asked = address.format(task=key(me.create("tasks", SPAN)))
    body = {"POST tasks": SPAN, "PATCH": SPAN}.get(f"{method} {address}".partition(" tasks('")[0])
    headers = {"Prefer": prefer("Greenwich Mean Time")}

    response = unchanged(me, "tasks", lambda: me.send(method, asked, body, **headers))

    assert "'Greenwich Mean Time'" in expect_refusal(response, 400, "TimeZoneNotSupportedException")


@pytest.mark.inferred("house.iana-zone")
@pytest.mark.parametrize(
    ("iana", "windows"),
    [
        ("America/New_York", EASTERN),
        ("America/Los_Angeles", PACIFIC),
        ("Europe/Berlin", "W. Europe Standard Time"),
        ("Etc/GMT", "UTC"),
    ],
)
def test_an_iana_name_in_a_preference(me: Mailbox, iana: str, windows: str) -> None:
    """Bodies show the Windows name, and the same dates as for that name."""
    address = f"tasks('{key(me.create('tasks', SPAN))}')"

    by_iana = me.get(address, Prefer=prefer(iana)).json()

    assert by_iana["DueDateTime"]["TimeZone"] == windows
    assert by_iana == me.get(address, Prefer=prefer(windows)).json()

"""Clocks thrown by ten years, forwards and back: nothing fails, and no change is missed."""

from datetime import UTC, datetime, timedelta

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import UNIX_EPOCH_TICKS, Instant
from tests.support.wire import Engine, Mailbox, in_process

TICKS = 10_000_000
THROWS = [0, 10, -10, 10, 0, -10]
"""Years from now at which the clock stands, one after the other."""


def at(years: int) -> Instant:
    """Return the instant so many years from 2026."""
    moment = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(days=365 * years)
    return Instant(UNIX_EPOCH_TICKS + int(moment.timestamp()) * TICKS)


class Copy:
    """A client that keeps a copy by synchronisation, and begins anew where it is told to."""

    def __init__(self, mailbox: Mailbox, address: str) -> None:
        self._mailbox, self._address, self._link = mailbox, address, address
        self.subjects: dict[str, str] = {}

    def catch_up(self) -> None:
        """Follow links to the end of a round."""
        while True:
            answer = self._mailbox.send("GET", self._link, Prefer="odata.track-changes")
            if answer.status_code == 410:
                # The token is older than what is kept, by the clock as it stands.
                self._link, self.subjects = self._address, {}
                continue
            assert answer.status_code == 200, answer.text
            page = answer.json()
            self.subjects |= {task["Id"]: task["Subject"] for task in page["value"]}
            self._link = page.get("@odata.nextLink") or page["@odata.deltaLink"]
            if "@odata.nextLink" not in page:
                return


@pytest.mark.inferred("sync.survives-restart")
def test_thrown_clocks(database: str, engine: Engine) -> None:
    """Every write succeeds under a change key of its own, and a copy comes to agree."""
    clock = FrozenClock(at(0))
    with in_process(database, engine, clock) as wire:
        mailbox = Mailbox(wire, "thrown")
        folder = mailbox.send("GET", "taskfolders").json()["value"][0]["Id"]
        copy = Copy(mailbox, f"taskfolders('{folder}')/tasks")
        first = mailbox.send("POST", "tasks", {"Subject": "first"}).json()
        expected, keys = {first["Id"]: "first"}, {first["ChangeKey"]}
        for turn, years in enumerate(THROWS):
            copy.catch_up()
            clock.instant = at(years)
            made = mailbox.send("POST", "tasks", {"Subject": f"turn {turn}"})
            task = f"tasks('{first['Id']}')"
            etag = mailbox.send("GET", task).json()["@odata.etag"]
            changed = mailbox.send("PATCH", task, {"Subject": f"first {turn}"}, If_Match=etag)
            assert (made.status_code, changed.status_code) == (201, 200)
            keys |= {made.json()["ChangeKey"], changed.json()["ChangeKey"]}
            expected |= {made.json()["Id"]: f"turn {turn}", first["Id"]: f"first {turn}"}
            copy.catch_up()
            assert copy.subjects == expected

    assert len(keys) == 1 + 2 * len(THROWS)

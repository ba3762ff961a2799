"""The clock that can be turned: everything obeys it."""

import pytest
from sqlalchemy import create_engine, text

from tests.support.control import attempt, expect_refusal, look, perform
from tests.support.wire import Mailbox, Wire

NOON = "2016-04-22T12:00:00Z"


def test_show_says_whether_it_goes_by_real_time(turned: Wire) -> None:
    assert look(turned, "clock show")["state"] == "real"
    assert perform(turned, "clock freeze", at=NOON) | {"real": ""} == {
        "now": NOON,
        "real": "",
        "state": "frozen",
    }
    assert perform(turned, "clock advance", by="1h30m")["now"] == "2016-04-22T13:30:00Z"
    assert perform(turned, "clock set", to="2016-05-01T00:00:00+02:00")["now"] == (
        "2016-04-30T22:00:00Z"
    )
    assert perform(turned, "clock reset")["state"] == "real"
    assert perform(turned, "clock advance", by="-2w")["state"] == "moved"
    assert perform(turned, "clock freeze")["state"] == "frozen"


def test_stamps_are_by_it(mine: Mailbox) -> None:
    perform(mine.wire, "clock freeze", at=NOON)
    task = mine.create("tasks", {"Subject": "Shop"})
    assert task["CreatedDateTime"] == NOON
    perform(mine.wire, "clock advance", by="1d")
    changed = mine.patch(f"tasks('{task['Id']}')", {"Subject": "Shop for dinner"}).json()
    assert changed["LastModifiedDateTime"] == "2016-04-23T12:00:00Z"
    assert changed["CreatedDateTime"] == NOON


def test_sync_tokens_grow_old_by_it(mine: Mailbox) -> None:
    perform(mine.wire, "clock freeze", at=NOON)
    track = {"Prefer": "odata.track-changes"}
    link = mine.get("taskfolders('tasks')/tasks", **track).json()["@odata.deltaLink"]
    perform(mine.wire, "clock advance", by="29d")
    assert mine.get(link, **track).status_code == 200
    perform(mine.wire, "clock advance", by="2d")
    assert mine.get(link, **track).status_code == 410


def test_tombstones_are_forgotten_at_once(mine: Mailbox) -> None:
    """Not by the upkeep of the hour: what a test looks at next is as it will be."""
    perform(mine.wire, "clock freeze", at=NOON)
    task = mine.create("tasks", {"Subject": "Shop"})
    mine.delete(f"tasks('{task['Id']}')")
    counted = text("SELECT count(*) FROM change_log WHERE deleted")
    left = []
    for step in ("29d", "2d"):
        perform(mine.wire, "clock advance", by=step)
        engine = create_engine(mine.wire.database.replace("postgresql://", "postgresql+psycopg://"))
        with engine.connect() as connection:
            left.append(connection.execute(counted).scalar())
        engine.dispose()
    assert left == [1, 0]


@pytest.mark.parametrize(
    ("operation", "parameters", "named"),
    [
        ("clock freeze", {"at": "2016-04-22"}, "at: give an instant with an offset"),
        ("clock freeze", {"at": 5}, "at: give an instant with an offset"),
        ("clock set", {}, "to: it is required"),
        ("clock set", {"to": "1969-12-31T23:59:59Z"}, "the clock goes from the year 1970"),
        ("clock set", {"to": "9000-01-01T00:00:00Z"}, "the clock goes from the year 1970"),
        ("clock advance", {"by": "9999w"}, None),
        ("clock advance", {"by": "-99999w"}, "by: the clock goes from the year 1970"),
        ("clock advance", {"by": "999999999w"}, "by: the clock goes from the year 1970"),
        ("clock advance", {"by": "soon"}, "by: give a length of time such as"),
        ("clock reset", {"to": NOON}, "to: there is no such parameter"),
    ],
)
def test_refuses(
    turned: Wire, operation: str, parameters: dict[str, object], named: str | None
) -> None:
    before = look(turned, "clock show")["state"]
    response = attempt(turned, operation, **parameters)
    if named is None:
        assert response.status_code == 200
        return
    assert named in expect_refusal(response, 400, "InvalidParameter")
    assert look(turned, "clock show")["state"] == before

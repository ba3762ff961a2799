"""Where the documents are silent (docs/decisions.md): start, due and reminder."""

import pytest

from tests.spec.exchanges import Json, date, unchanged
from tests.support.outlook import expect_refusal, key
from tests.support.wire import Mailbox

SPAN = {"StartDateTime": date("2016-04-25"), "DueDateTime": date("2016-04-27")}


@pytest.mark.inferred("house.start-after-due")
def test_start_after_due(me: Mailbox) -> None:
    """Refused on POST and PATCH; the message names both dates; nothing is changed."""
    address = f"tasks('{key(me.create('tasks', SPAN))}')"
    body = {"StartDateTime": date("2016-04-28"), "DueDateTime": date("2016-04-26")}

    for response in (
        unchanged(me, "tasks", lambda: me.post("tasks", body)),
        unchanged(me, address, lambda: me.patch(address, body)),
    ):
        message = expect_refusal(response, 400, "ErrorInvalidRequest")
        assert "StartDateTime" in message
        assert "DueDateTime" in message


@pytest.mark.inferred("house.due-follows", "house.start-follows")
@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "start", "due"),
    [
        ({"StartDateTime": date("2016-04-28")}, "2016-04-28", "2016-04-28"),
        ({"StartDateTime": date("2016-04-27")}, "2016-04-27", "2016-04-27"),
        ({"DueDateTime": date("2016-04-24")}, "2016-04-24", "2016-04-24"),
        ({"DueDateTime": date("2016-04-25")}, "2016-04-25", "2016-04-25"),
    ],
)
def test_one_date_past_the_other(me: Mailbox, body: Json, start: str, due: str) -> None:
    """PATCH of one date alone takes the stored one along, and only if it must."""
    updated = me.patch(f"tasks('{key(me.create('tasks', SPAN))}')", body).json()

    assert (updated["StartDateTime"], updated["DueDateTime"]) == (date(start), date(due))


@pytest.mark.inferred("house.empty-date")
@pytest.mark.once
@pytest.mark.parametrize("name", ["DueDateTime", "StartDateTime", "ReminderDateTime"])
def test_an_empty_object_for_a_date(me: Mailbox, name: str) -> None:
    """It is null, on POST and on PATCH."""
    created = me.create("tasks", SPAN | {"ReminderDateTime": date("2016-04-26"), name: {}})
    full = me.create("tasks", SPAN | {"ReminderDateTime": date("2016-04-26")})

    assert created[name] is None
    assert me.patch(f"tasks('{key(full)}')", {name: {}}).json()[name] is None

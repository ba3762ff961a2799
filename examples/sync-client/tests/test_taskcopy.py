"""What the copy does when all is well, and when it is not."""

from collections.abc import Callable
from typing import Any

import pytest
from taskcopy import ServiceBusyError, TaskCopy

Call = Callable[..., Any]


def subjects(copy: TaskCopy) -> set[str]:
    copy.refresh()
    return {task["Subject"] for task in copy.tasks.values()}


def add(call: Call, *names: str) -> list[str]:
    return [call("POST", "tasks", {"Subject": name})["Id"] for name in names]


def test_follows_what_changes(copy: TaskCopy, call: Call) -> None:
    milk, bread = add(call, "Milk", "Bread")
    assert subjects(copy) == {"Milk", "Bread"}

    add(call, *(f"Number {number}" for number in range(45)))
    call("PATCH", f"tasks('{milk}')", {"Subject": "Oat milk"})
    call("DELETE", f"tasks('{bread}')")

    assert subjects(copy) == {"Oat milk", *(f"Number {number}" for number in range(45))}
    assert copy.rounds_from_scratch == 1


def test_dates_in_frozen_time(copy: TaskCopy, call: Call, afterlook: Any) -> None:
    afterlook.clock.freeze("2016-04-22T05:44:01Z")
    [task] = add(call, "Milk")
    afterlook.clock.advance("1d")
    call("POST", f"tasks('{task}')/complete")
    copy.refresh()

    copied = copy.tasks[task]
    assert copied["CreatedDateTime"] == "2016-04-22T05:44:01Z"
    assert copied["LastModifiedDateTime"] == "2016-04-23T05:44:01Z"
    assert copied["CompletedDateTime"]["DateTime"].startswith("2016-04-23T00:00:00")


def test_waits_as_long_as_it_is_told_to(copy: TaskCopy, call: Call, afterlook: Any) -> None:
    add(call, "Milk")
    afterlook.clock.freeze("2016-04-22T05:44:01Z")
    afterlook.fault.add(status=429, retry_after=30, times=3, method="GET")

    assert subjects(copy) == {"Milk"}

    assert afterlook.clock.show()["now"] == "2016-04-22T05:45:31Z"
    storm = afterlook.journal(f"status:429 mailbox:{afterlook.mailbox.upn}")
    assert len(storm["entries"]) == 3


def test_gives_up_in_the_end(copy: TaskCopy, call: Call, afterlook: Any) -> None:
    add(call, "Milk")
    assert subjects(copy) == {"Milk"}
    add(call, "Bread")
    afterlook.fault.add(status=503, retry_after=1)
    with pytest.raises(ServiceBusyError):
        copy.refresh()
    afterlook.fault.clear()
    assert subjects(copy) == {"Milk", "Bread"}


def test_logs_in_again(copy: TaskCopy, call: Call, afterlook: Any, logins: list[str]) -> None:
    add(call, "Milk")
    assert subjects(copy) == {"Milk"}
    afterlook.clock.advance("59m")
    assert subjects(copy) == {"Milk"}
    assert len(logins) == 1

    afterlook.clock.advance("2m")
    assert subjects(copy) == {"Milk"}
    assert len(logins) == 2


def test_begins_anew_after_a_long_time(copy: TaskCopy, call: Call, afterlook: Any) -> None:
    milk, _ = add(call, "Milk", "Bread")
    assert subjects(copy) == {"Milk", "Bread"}
    call("DELETE", f"tasks('{milk}')")

    afterlook.clock.advance("32d")

    assert subjects(copy) == {"Bread"}
    assert copy.rounds_from_scratch == 2
    gone = afterlook.journal(f"status:410 mailbox:{afterlook.mailbox.upn}")
    assert len(gone["entries"]) == 1


def test_a_page_that_is_lost_half_way(copy: TaskCopy, call: Call, afterlook: Any) -> None:
    add(call, *(f"Number {number}" for number in range(45)))
    afterlook.fault.add(status=503, retry_after=0, nth=2, method="GET")
    assert len(subjects(copy)) == 45


def test_the_service_forgets(copy: TaskCopy, call: Call, afterlook: Any) -> None:
    add(call, "Milk")
    assert subjects(copy) == {"Milk"}
    afterlook.fault.add(sync_state_lost=True, mailbox=afterlook.mailbox.upn)
    add(call, "Bread")
    assert subjects(copy) == {"Milk", "Bread"}
    assert copy.rounds_from_scratch == 2

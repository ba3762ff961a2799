"""Synchronising within a batch."""

import pytest

from tests.outlook.batches import (
    GOING_ON,
    Inner,
    by_json,
    by_parts,
    change_set,
    get,
    grouped,
    part,
    post,
    send_json,
    send_parts,
)
from tests.support.outlook import Json
from tests.support.replicas import TRACK, Replica, content, page_ids, sized, track
from tests.support.wire import Mailbox

TASKS = "taskfolders('tasks')/tasks"


def synced(name: str, address: str = TASKS) -> Json:
    """Return a request for a synchronisation."""
    return get(name, address, headers={"Prefer": track()})


@pytest.mark.inferred("synced.batch")
def test_json(me: Mailbox) -> None:
    """A round, its first request in one batch and the next in another; each collection its own."""
    for number in range(3):
        me.create("tasks", {"Subject": str(number)})
    one = {"Prefer": sized(1)}
    requests = [get("1", TASKS, headers=one), get("2", "taskfolders", headers=one), get("3", TASKS)]
    answers = by_json(send_json(me, requests))
    for name in "12":
        assert answers[name].headers["preference-applied"] == TRACK
        assert len(answers[name].body["value"]) == 1
        assert content(me.get(answers[name].body["@odata.deltaLink"], Prefer=track()))
    assert "@odata.deltaLink" not in answers["3"].body

    link = answers["1"].body["@odata.deltaLink"]
    relative = link.partition("/api/beta/me/")[2]
    requests = [get("1", link, headers=one), get("2", relative, headers=one), get("3", link)]
    after = by_json(send_json(me, requests))
    assert after["1"].body["value"] == after["2"].body["value"]
    assert "@odata.nextLink" in after["1"].body
    assert after["1"].body["@odata.context"].endswith("/$delta")
    assert after["3"].status == 400


@pytest.mark.inferred("synced.batch")
def test_multipart(me: Mailbox) -> None:
    """As a part; its link leads on from outside the batch."""
    me.create("tasks", {"Subject": "x"})
    answers = by_parts(send_parts(me, part(f"GET {TASKS}", Prefer=sized(1))))
    assert isinstance(answers[0], Inner)
    assert answers[0].headers["preference-applied"] == TRACK
    page = content(me.get(answers[0].body["@odata.deltaLink"], Prefer=track()))
    assert page["value"] == []


@pytest.mark.inferred("synced.batch")
def test_in_a_group(me: Mailbox) -> None:
    """It sees what was written before it in the group; what comes after it is news to its token."""
    requests = grouped(
        post("1", "tasks", {"Subject": "before"}),
        synced("2"),
        post("3", "tasks", {"Subject": "after"}),
    )
    answers = by_json(send_json(me, requests))
    assert page_ids(answers["2"].body) == [answers["1"].body["Id"]]
    news = content(me.get(answers["2"].body["@odata.deltaLink"], Prefer=track()))
    assert page_ids(news) == [answers["3"].body["Id"]]


@pytest.mark.inferred("synced.batch", "batch.atomic")
@pytest.mark.parametrize("at", range(3))
def test_in_a_group_that_fails(me: Mailbox, at: int) -> None:
    """No position of what never happened is handed out: another write takes the same number."""
    replica = Replica(me, TASKS)
    replica.sync()
    requests = [
        post("1", "tasks", {"Subject": "lost"}),
        synced("2"),
        synced("3", str(replica.link)),
    ]
    requests.insert(at + 1, {"id": "4", "method": "DELETE", "url": "taskfolders('tasks')"})
    response = send_json(me, grouped(*requests), **GOING_ON)
    answers = by_json(response)
    assert [answers[name].status for name in "1234"] == [424, 424, 424, 400]
    assert "token" not in response.text.lower()

    task = me.create("tasks", {"Subject": "kept"})
    assert replica.news() == [task["Id"]]
    assert list(replica.held) == [task["Id"]]


@pytest.mark.inferred("synced.batch")
def test_what_a_change_set_wrote(me: Mailbox) -> None:
    """All of it is news at once."""
    replica = Replica(me, TASKS)
    replica.sync()
    parts = [part("POST tasks", f'{{"Subject": "{number}"}}', str(number)) for number in range(3)]
    answers = by_parts(send_parts(me, change_set(*parts)))
    assert isinstance(answers[0], list)
    assert replica.news() == [each.body["Id"] for each in answers[0]]
    bad = part("POST tasks", '{"Subject": "lost", "Status": "Eaten"}', "9")
    send_parts(me, change_set(*parts, bad))
    assert replica.news() == []

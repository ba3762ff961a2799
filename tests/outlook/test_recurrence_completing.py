"""Completing recurring tasks: which Id is which, and what becomes of the dates."""

from typing import Any

import pytest

from tests.outlook.batches import by_json, get, post, send_json
from tests.outlook.recurring import (
    MONDAY,
    TUESDAY,
    at,
    complete,
    due,
    midnight,
    numbered,
    patched,
    recurrence,
    recurring,
    reread,
)
from tests.support.outlook import Json, expect_refusal, key, values
from tests.support.samples import utc
from tests.support.wire import Mailbox

PROPERTY = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Colour"
SEEN = f"$expand=SingleValueExtendedProperties($filter=PropertyId eq '{PROPERTY}')"
RICH: Json = {
    "Body": {"ContentType": "HTML", "Content": "<b>all</b> of them"},
    "Categories": ["Home"],
    "Importance": "High",
    "IsReminderOn": True,
    "ReminderDateTime": utc("2016-04-25T07:30:15.5000000"),
    "Sensitivity": "Private",
    "StartDateTime": midnight(MONDAY),
    "DueDateTime": midnight("2016-04-27"),
    "Status": "InProgress",
    "SingleValueExtendedProperties": [{"PropertyId": PROPERTY, "Value": "green"}],
}
OWN = ("@odata.id", "@odata.etag", "Id", "ChangeKey", "CreatedDateTime", "LastModifiedDateTime")


def kept(task: Json, *apart: str) -> Json:
    """Return what a task says apart from what is each task's own."""
    no = (*OWN, *apart, "@odata.context")
    return {name: value for name, value in task.items() if name not in no}


@pytest.mark.observed("recurrence.ids", "recurrence.order")
def test_ids(me: Mailbox) -> None:
    """The completed task is a new one, the Id that was known is the next occurrence."""
    task = recurring(me, recurrence())

    done, following = complete(me, task)

    assert following["Id"] == task["Id"]
    assert done["Id"] != task["Id"]
    assert len({task["ChangeKey"], done["ChangeKey"], following["ChangeKey"]}) == 3
    assert (done["Status"], following["Status"]) == ("Completed", "NotStarted")
    assert (due(done), due(following)) == (MONDAY, TUESDAY)
    assert done["CreatedDateTime"] == done["LastModifiedDateTime"] > task["CreatedDateTime"]
    assert following["CreatedDateTime"] == task["CreatedDateTime"]
    assert values(me.get("tasks")) == [following, done]


@pytest.mark.inferred("recurrence.next", "recurrence.copy")
def test_what_each_keeps(me: Mailbox) -> None:
    """All that was said of the series; dates and reminder of the next one move together."""
    task = recurring(me, recurrence({"Interval": 3}), **RICH)

    done, following = complete(me, task)

    left = ("Status", "CompletedDateTime", "Recurrence")
    assert kept(done, *left) == kept(task, *left)
    assert done["Recurrence"] is None
    moved = ("StartDateTime", "DueDateTime", "ReminderDateTime")
    assert kept(following, "Status", *moved) == kept(task, "Status", *moved)
    assert following["CompletedDateTime"] is None
    assert [following[name] for name in moved] == [
        midnight("2016-04-28"),
        midnight("2016-04-30"),
        utc("2016-04-28T07:30:15.5000000"),
    ]
    for each in (done, following):
        (property_,) = me.get(f"{at(each)}?{SEEN}").json()["SingleValueExtendedProperties"]
        assert property_["Value"] == "green"


@pytest.mark.inferred("recurrence.copy", "extended.own")
def test_properties_of_each_are_its_own(me: Mailbox) -> None:
    task = recurring(me, recurrence(), **RICH)
    blue = {"SingleValueExtendedProperties": [{"PropertyId": PROPERTY, "Value": "blue"}]}

    done = patched(me, task, {"Status": "Completed"} | blue)

    found = [me.get(f"{at(each)}?{SEEN}").json() for each in (done, task)]
    shown = [one["SingleValueExtendedProperties"][0]["Value"] for one in found]
    assert shown == ["blue", "green"]


@pytest.mark.observed("recurrence.last", "recurrence.ranges")
def test_the_last_occurrence(me: Mailbox) -> None:
    """A series of one is completed like any task, and recurs no more."""
    task = recurring(me, numbered(1))

    (done,) = complete(me, task)

    assert done["Id"] == task["Id"]
    assert (done["Status"], done["Recurrence"]) == ("Completed", None)
    assert values(me.get("tasks")) == [done]


@pytest.mark.observed("recurrence.ids", "recurrence.last", "recurrence.ranges")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "range_",
    [
        {"Type": "Numbered", "NumberOfOccurrences": 4},
        {"Type": "EndDate", "EndDate": "2016-05-16"},
        {"Type": "EndDate", "EndDate": "2016-05-22"},
    ],
)
def test_until_the_range_ends(me: Mailbox, range_: Json) -> None:
    """Each completion adds one task; the last one adds none. EndDate counts itself."""
    rule = recurrence({"Type": "Weekly", "DaysOfWeek": ["Monday"]}, range_)
    task = recurring(me, rule)
    answers: list[list[Json]] = []

    while not answers or len(answers[-1]) > 1:
        answers.append(complete(me, task))

    days = [[due(one) for one in answer] for answer in answers]
    weeks = [MONDAY, "2016-05-02", "2016-05-09", "2016-05-16"]
    assert days == [weeks[0:2], weeks[1:3], weeks[2:4], weeks[3:]]
    assert {answer[-1]["Id"] for answer in answers} == {task["Id"]}
    assert len({answer[0]["Id"] for answer in answers}) == 4
    assert [one["Status"] for one in values(me.get("tasks"))] == ["Completed"] * 4


@pytest.mark.inferred("recurrence.overdue")
def test_overdue_ones_come_one_by_one(me: Mailbox) -> None:
    """However long ago; nothing is skipped."""
    task = recurring(me, recurrence())

    days = [due(complete(me, task)[1]) for _ in range(4)]

    assert days == [TUESDAY, "2016-04-27", "2016-04-28", "2016-04-29"]


@pytest.mark.inferred("recurrence.patch-completed")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "body",
    [
        {"Status": "Completed"},
        {"Status": "completed", "CompletedDateTime": midnight("2016-04-20")},
        {"CompletedDateTime": midnight("2016-04-20")},
        {"Status": "Completed", "Subject": "Watered", "Importance": "High"},
        {"Status": "Completed", "DueDateTime": midnight("2016-04-30")},
    ],
)
def test_by_patch(me: Mailbox, body: Json) -> None:
    """The answer is the completed task; what else was said is about it alone."""
    task = recurring(me, recurrence())

    done = patched(me, task, body)

    assert done["Id"] != task["Id"]
    assert (done["Status"], done["Recurrence"]) == ("Completed", None)
    assert {name: done[name] for name in body if name != "Status"} == {
        name: value for name, value in body.items() if name != "Status"
    }
    following = reread(me, task)
    moved = ("StartDateTime", "DueDateTime")
    assert kept(following, *moved) == kept(task, *moved)
    assert (due(following), following["StartDateTime"]) == (TUESDAY, midnight(TUESDAY))
    assert key(done) in [key(one) for one in values(me.get("tasks"))]


@pytest.mark.inferred("recurrence.patch-completed", "recurrence.patch-others")
def test_the_whole_entity_sent_back(me: Mailbox) -> None:
    """Clients change Status in what they read, and send everything."""
    pacific = {"DateTime": "2016-04-25T09:00:00", "TimeZone": "Pacific Standard Time"}
    rule = recurrence({"Type": "Weekly", "DaysOfWeek": ["Monday"]})
    task = recurring(me, rule, StartDateTime=pacific, DueDateTime=pacific)

    done = patched(me, task, task | {"Status": "Completed"})

    assert done["Id"] != task["Id"]
    assert done["DueDateTime"] == task["DueDateTime"] == utc("2016-04-25T07:00:00.0000000")
    assert reread(me, task)["DueDateTime"] == utc("2016-05-02T07:00:00.0000000")


@pytest.mark.inferred("recurrence.patch-completed", "recurrence.last")
def test_the_last_by_patch(me: Mailbox) -> None:
    task = recurring(me, numbered(2))
    patched(me, task, {"Status": "Completed"})

    done = patched(me, task, {"Status": "Completed", "Subject": "All done"})

    assert done["Id"] == task["Id"]
    assert (done["Status"], done["Recurrence"]) == ("Completed", None)
    assert len(values(me.get("tasks"))) == 2


@pytest.mark.inferred("recurrence.patch-completed")
def test_reopened(me: Mailbox) -> None:
    """A task that left its series is one of its own ever after."""
    task = recurring(me, recurrence())
    done = complete(me, task)[0]

    opened = patched(me, done, {"Status": "NotStarted"})

    assert opened["CompletedDateTime"] is None
    assert [one["Id"] for one in complete(me, opened)] == [done["Id"]]
    assert due(reread(me, task)) == TUESDAY


@pytest.mark.inferred("recurrence.patch-completed")
def test_created_as_completed(me: Mailbox) -> None:
    """What is completed already is not completed again."""
    task = recurring(me, recurrence(), Status="Completed")

    (done,) = complete(me, task)

    assert done["Id"] == task["Id"]
    assert done["Recurrence"] == task["Recurrence"]
    reopened = patched(me, task, {"Status": "NotStarted"})
    assert [one["Id"] for one in complete(me, reopened)][1] == task["Id"]


@pytest.mark.inferred("recurrence.as-any-write")
def test_if_match(me: Mailbox) -> None:
    task = recurring(me, recurrence())
    stale = task["@odata.etag"]
    following = complete(me, task, If_Match=str(stale))[1]

    for response in (
        me.post(f"{at(task)}/complete", If_Match=str(stale)),
        me.patch(at(task), {"Status": "Completed"}, If_Match=str(stale)),
    ):
        expect_refusal(response, 412, "ErrorIrresolvableConflict")
    assert me.get(at(task)).json()["ChangeKey"] == following["ChangeKey"]

    done = me.patch(at(task), {"Status": "Completed"}, If_Match=str(following["@odata.etag"]))
    assert done.headers["ETag"] == done.json()["@odata.etag"]
    assert done.headers["ETag"] != reread(me, task)["@odata.etag"]


@pytest.mark.inferred("recurrence.as-any-write")
def test_return_minimal(me: Mailbox) -> None:
    task = recurring(me, recurrence())

    for response in (
        me.post(f"{at(task)}/complete", Prefer="return=minimal"),
        me.patch(at(task), {"Status": "Completed"}, Prefer="return=minimal"),
    ):
        assert (response.status_code, response.content) == (204, b"")
    assert due(reread(me, task)) == "2016-04-27"
    assert len(values(me.get("tasks"))) == 3


@pytest.mark.inferred("recurrence.as-any-write")
def test_in_a_batch(me: Mailbox) -> None:
    """One after the other, and in a group: whole or not at all."""
    task = recurring(me, recurrence())
    address = f"{at(task)}/complete"
    group: dict[str, Any] = {"atomicityGroup": "g"}

    answers = by_json(
        send_json(me, [post("1", address, {}), post("2", address, {}), get("3", at(task))])
    )
    assert [answers[name].status for name in "123"] == [200] * 3
    assert due(answers["3"].body) == "2016-04-27"

    before = values(me.get("tasks"))
    bad = post("2", "tasks", {"Status": "Eaten"}, **group)
    send_json(me, [post("1", address, {}, **group), bad])
    assert values(me.get("tasks")) == before

    good = [post("1", address, {}, **group), post("2", address, {}, **group)]
    grouped = by_json(send_json(me, good))
    assert [len(grouped[name].body["value"]) for name in "12"] == [2, 2]
    assert due(reread(me, task)) == "2016-04-29"
    assert len({key(one) for one in values(me.get("tasks"))}) == 5


@pytest.mark.inferred("recurrence.sync")
def test_seen_by_a_synchronisation(me: Mailbox) -> None:
    """One new task and one changed one, at once and once."""
    task = recurring(me, recurrence())
    address = "taskfolders('tasks')/tasks"
    track = {"Prefer": "odata.track-changes"}
    first = me.get(address, **track).json()
    link = first.get("@odata.deltaLink") or first["@odata.nextLink"]
    before = me.get(link, **track).json()
    assert before["value"] == []

    done, following = complete(me, task)

    after = me.get(before["@odata.deltaLink"], **track).json()
    assert after["value"] == [done, following]
    assert me.get(after["@odata.deltaLink"], **track).json()["value"] == []


@pytest.mark.inferred("house.delete-recurring", "recurrence.copy")
def test_deleting_the_series(me: Mailbox) -> None:
    """No further occurrence comes; what left it before stays."""
    task = recurring(me, recurrence())
    done = complete(me, task)[0]

    assert me.delete(at(task)).status_code == 204

    assert me.get(at(task)).status_code == 404
    assert values(me.get("tasks")) == [done]
    assert me.delete(at(done)).status_code == 204
    assert values(me.get("tasks")) == []

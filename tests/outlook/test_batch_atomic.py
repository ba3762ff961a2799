"""Change sets and atomicity groups: whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

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
from tests.support.mailboxes import Filled, Person
from tests.support.outlook import everything, subjects
from tests.support.wire import Mailbox

BAD = '{"Subject": "lost", "Status": "Eaten"}'


@pytest.mark.spec("batch.atomic")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("request_line", "body", "status"),
    [
        ("POST tasks", BAD, 400),
        ("PATCH tasks('{task}')", BAD, 400),
        ("DELETE tasks/nothing", "", 400),
        ("DELETE taskfolders/tasks", "", 400),
        ("POST nowhere", "{}", 400),
        ("PUT tasks", "{}", 405),
        ("POST https://example.org/api/beta/me/tasks", "{}", 400),
        ("POST $batch", "{}", 400),
    ],
)
def test_one_failure_undoes_a_change_set(
    filled: Filled, request_line: str, body: str, status: int
) -> None:
    """Wherever in the set it is; the set has one answer."""
    me, before = filled.me, everything(filled.me)
    good = [
        part("POST taskfolders", '{"Name": "lost"}', "1"),
        part(filled.at("DELETE taskgroups('{group}')"), content_id="2"),
    ]
    bad = part(filled.at(request_line), body, "3")
    for parts in ([*good, bad], [bad, *good], [good[0], bad, good[1]]):
        after = part("GET $1")
        answers = by_parts(send_parts(me, change_set(*parts), after, **GOING_ON))
        assert [each.status for each in answers if isinstance(each, Inner)] == [status, 424]
        assert everything(me) == before
    last = by_parts(send_parts(me, change_set(bad), part("GET tasks")))
    assert [each.status for each in last if isinstance(each, Inner)] == [status]


@pytest.mark.inferred("batch.atomic", "batch.group-answers")
def test_answers_of_a_group_that_failed(filled: Filled) -> None:
    me, before = filled.me, everything(filled.me)
    requests = [
        *grouped(
            post("1", "tasks", {"Subject": "lost"}),
            get("2", "tasks/nothing"),
            post("3", "tasks", {"Subject": "never"}),
        ),
        get("4", "tasks", dependsOn=["g"]),
        get("5", "tasks", dependsOn=["1"]),
        *grouped(get("6", "tasks"), get("7", "$1"), group="h"),
        get("8", "tasks"),
    ]
    answers = by_json(send_json(me, requests, **GOING_ON))
    statuses = [answers[str(number)].status for number in range(1, 9)]
    assert statuses == [424, 400, 424, 424, 424, 424, 424, 200]
    assert everything(me) == before


@pytest.mark.spec("batch.atomic", "batch.references")
def test_a_group_sees_what_it_wrote(me: Mailbox) -> None:
    """Reads are part of it; every write has a change key of its own."""
    requests = grouped(
        post("1", "taskfolders", {"Name": "Garden"}),
        post("2", "$1/tasks", {"Subject": "Plant"}),
        get("3", "$1/tasks?$select=Subject"),
        {"id": "4", "method": "POST", "url": "$2/complete"},
        get("5", "taskfolders?$top=50"),
        get("6", "/api/beta/$metadata"),
        get("7", "tasks/$count"),
    )
    answers = by_json(send_json(me, requests))
    assert [answer.status for answer in answers.values()] == [201, 201, 200, 200, 200, 200, 200]
    assert [task["Subject"] for task in answers["3"].body["value"]] == ["Plant"]
    assert answers["4"].body["value"][0]["Status"] == "Completed"
    assert "Garden" in [folder["Name"] for folder in answers["5"].body["value"]]
    keys = {answers[name].body["ChangeKey"] for name in "12"}
    assert len(keys | {answers["4"].body["value"][0]["ChangeKey"]}) == 3
    assert subjects(me.get("tasks")) == ["Plant"]


@pytest.mark.spec("batch.atomic")
def test_stale_etags_undo(filled: Filled) -> None:
    """The second PATCH names the state that the first one replaced."""
    task = filled.me.get(filled.at("tasks('{task}')")).json()
    address, stale = filled.at("tasks('{task}')"), {"If-Match": task["@odata.etag"]}
    patch = {"method": "PATCH", "url": address, "headers": stale, "body": {"Subject": "new"}}
    requests = grouped({"id": "1", **patch}, {"id": "2", **patch})
    answers = by_json(send_json(filled.me, requests))
    assert [answers[name].status for name in "12"] == [424, 412]
    assert filled.me.get(address).json() == task


@pytest.mark.inferred("batch.one-mailbox", "batch.inherits")
def test_two_mailboxes_in_a_group(me: Mailbox, person: Person) -> None:
    """Refused before anything is done; a group may be somebody else's as a whole."""
    mine = post("1", "tasks", {"Subject": "mine"})
    theirs = post("2", "tasks", {"Subject": "theirs"}, headers=person.authorization)
    answers = by_json(send_json(me, grouped(mine, theirs)))
    assert [answers[name].status for name in "12"] == [400, 400]
    assert subjects(me.get("tasks")) == subjects(person.get("tasks")) == []

    assert by_json(send_json(me, grouped(theirs)))["2"].status == 201
    assert subjects(person.get("tasks")) == ["theirs"]


@pytest.mark.inferred("batch.one-mailbox")
def test_a_new_mailbox_in_a_group(me: Mailbox) -> None:
    """A token never seen before opens its mailbox within a batch too."""
    newcomer = Mailbox(me.wire, uuid4().hex)
    request = post("1", "tasks", {"Subject": "first"}, headers=newcomer.authorization)
    assert by_json(send_json(me, grouped(request)))["1"].status == 201
    assert subjects(newcomer.get("tasks")) == ["first"]


@pytest.mark.inferred("batch.one-mailbox", "batch.atomic")
def test_change_sets_at_once(me: Mailbox) -> None:
    """Nothing is lost, what failed left nothing, and no set has another in its midst."""
    task = str(me.create("tasks", {"Subject": "0"})["Id"])

    def run(number: int) -> list[int]:
        own = Mailbox(me.wire, me.authorization["Authorization"].partition(" ")[2])
        statuses = []
        for turn in range(4):
            name = f"{number}-{turn}"
            parts = [part("POST tasks", f'{{"Subject": "{name}-{n}"}}', str(n)) for n in range(3)]
            if turn == 3:
                parts.append(part("POST tasks", BAD, "3"))
            answer = by_parts(send_parts(own, change_set(*parts)))[0]
            statuses.append(answer.status if isinstance(answer, Inner) else 200)
        return statuses

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == [[200, 200, 200, 400]] * 4

    tasks = me.get("tasks?$top=100").json()["value"]
    names = [one["Subject"] for one in tasks if one["Id"] != task]
    assert sorted(names) == sorted(
        f"{number}-{turn}-{n}" for number in range(4) for turn in range(3) for n in range(3)
    )
    sets = [name.rpartition("-")[0] for name in names]
    assert all(len(set(sets[at : at + 3])) == 1 for at in range(0, len(sets), 3))
    assert len({one["ChangeKey"] for one in tasks}) == len(tasks)

"""Delta queries of lists and of tasks."""

import pytest

from tests.graph.todo import (
    DELTA,
    NEXT,
    ROOT,
    expect_refusal,
    follow,
    make_list,
    make_task,
    removed,
    titles,
)
from tests.support.frozen import Frozen
from tests.support.outlook import expect_refusal as expect_outlook_refusal
from tests.support.wire import Mailbox

BAD = "ErrorInvalidSyncStateData"


@pytest.mark.spec("graph.delta-rounds", "graph.delta-removed")
def test_tasks(me: Mailbox) -> None:
    """A first round has all tasks on pages, and the next ones what changed since."""
    home = make_list(me, "Home")
    made = [make_task(me, home, str(number)) for number in range(5)]
    first = me.get(f"{ROOT}/{home}/tasks/delta?$top=2&$select=title")
    assert len(titles(first)) == 2
    link = first.json()[NEXT]
    assert link.startswith(f"{me.wire.url}{ROOT}/{home}/tasks/delta?$skiptoken=")
    assert set(first.json()["value"][0]) == {"@odata.type", "@odata.etag", "title", "id"}
    rest, link = follow(me, link)
    assert {one["title"] for one in rest} | set(titles(first)) == set("01234")
    assert set(rest[0]) == {"@odata.type", "@odata.etag", "title", "id"}
    assert link.startswith(f"{me.wire.url}{ROOT}/{home}/tasks/delta?$deltatoken=")
    idle, link = follow(me, link)
    assert idle == []
    at = f"{ROOT}/{home}/tasks"
    me.patch(f"{at}/{made[3]['id']}", {"title": "three"})
    me.delete(f"{at}/{made[0]['id']}")
    make_task(me, home, "new")
    changes, link = follow(me, link)
    assert [one.get("title", one) for one in changes] == ["three", removed(made[0]["id"]), "new"]
    assert follow(me, link)[0] == []


@pytest.mark.spec("graph.delta-rounds", "graph.delta-removed")
@pytest.mark.in_process
def test_lists(me: Mailbox) -> None:
    """Lists are tracked as tasks are, on the beta too."""
    root = "/beta/me/todo/lists"
    gone = make_list(me, "Gone")
    answer = me.get(f"{root}/delta").json()
    assert answer["@odata.context"].endswith(
        "/beta/$metadata#Collection(microsoft.graph.todoTaskList)"
    )
    assert {"Tasks", "Gone"} <= {one["displayName"] for one in answer["value"]}
    make_list(me, "New", root)
    me.delete(f"{root}/{gone}")
    changes, _ = follow(me, answer[DELTA])
    assert [one.get("displayName", one) for one in changes] == ["New", removed(gone)]


@pytest.mark.spec("graph.delta-spelling")
@pytest.mark.once
@pytest.mark.parametrize("name", ["delta", "delta()", "microsoft.graph.delta()", "Delta"])
@pytest.mark.parametrize("below", ["", "/Tasks/tasks", "('tasks')/tasks"])
def test_spelling(me: Mailbox, below: str, name: str) -> None:
    """However it is called, its links lead on from where it was."""
    _, link = follow(me, f"{ROOT}{below}/{name}")
    assert f"{ROOT}{below}/{name}?" in link
    assert follow(me, link)[0] == []


@pytest.mark.spec("graph.delta-options")
@pytest.mark.once
def test_page_size(me: Mailbox) -> None:
    """The preference sizes pages, and is told to have been heeded."""
    for number in range(3):
        make_task(me, "tasks", str(number))
    first = me.get(f"{ROOT}/tasks/tasks/delta", Prefer="odata.maxpagesize=2")
    assert len(titles(first)) == 2
    assert first.headers["Preference-Applied"] == "odata.maxpagesize=2"
    assert len(me.get(first.json()[NEXT]).json()["value"]) == 1


@pytest.mark.spec("graph.delta-options")
@pytest.mark.once
@pytest.mark.parametrize(
    "option", ["$filter=title eq 'x'", "$orderby=title", "$search=x", "$skip=1", "$top=0"]
)
def test_refused_options(me: Mailbox, option: str) -> None:
    """Options that no delta query has."""
    response = me.get(f"{ROOT}/tasks/tasks/delta?{option}")
    expect_refusal(response, 400, "invalidRequest", "RequestBroker--ParseUri")


@pytest.mark.observed("graph.delta-expand")
@pytest.mark.once
def test_expanded(me: Mailbox) -> None:
    """Steps can be expanded, extensions cannot."""
    assert me.get(f"{ROOT}/tasks/tasks/delta?$expand=checklistItems").status_code == 200
    response = me.get(f"{ROOT}/tasks/tasks/delta?$expand=extensions($filter=id eq 'x')")
    assert "Parsing OData Select and Expand failed" in expect_refusal(response, 400, "BadRequest")


def token_of(link: str) -> str:
    """Return the token of a link."""
    return link.rpartition("=")[2]


@pytest.mark.spec("graph.delta-stale")
@pytest.mark.in_process
def test_unknown_token(me: Mailbox) -> None:
    """A token of another collection, use, mailbox or wire leads to a first round."""
    make_task(me, "tasks", "one")
    at = f"{ROOT}/tasks/tasks/delta"
    delta = token_of(follow(me, at)[1])
    lists = token_of(follow(me, f"{ROOT}/delta")[1])
    tracked = me.get("taskfolders('tasks')/tasks", Prefer="odata.track-changes")
    outlook = token_of(tracked.json()[DELTA])
    foreign = token_of(follow(Mailbox(me.wire, "another"), at)[1])
    for token, option in (
        (lists, "deltatoken"),
        (outlook, "deltatoken"),
        (foreign, "deltatoken"),
        (delta, "skiptoken"),
    ):
        response = me.get(f"{at}?${option}={token}")
        expect_refusal(response, 410, "syncStateNotFound")
        assert titles(me.get(response.headers["Location"])) == ["one"]
    there = f"taskfolders('tasks')/tasks?$deltatoken={delta}"
    expect_outlook_refusal(me.get(there, Prefer="odata.track-changes"), 400, BAD)


@pytest.mark.inferred("graph.delta-malformed")
@pytest.mark.once
@pytest.mark.parametrize("token", ["x", "latest", "AAAA", "é", "'1'"])
def test_malformed_token(me: Mailbox, token: str) -> None:
    """What is no token."""
    for option in ("$deltatoken", "$skiptoken"):
        response = me.get(f"{ROOT}/delta?{option}={token}")
        expect_refusal(response, 400, "invalidRequest", BAD)


@pytest.mark.inferred("graph.delta-list-gone")
@pytest.mark.once
def test_list_gone(me: Mailbox) -> None:
    """A list that was deleted has no changes to tell."""
    home = make_list(me, "Home")
    _, link = follow(me, f"{ROOT}/{home}/tasks/delta")
    me.delete(f"{ROOT}/{home}")
    expect_refusal(me.get(link), 404, "ErrorItemNotFound")
    expect_refusal(me.get(f"{ROOT}/{home}/tasks/delta"), 404, "ErrorItemNotFound")


@pytest.mark.spec("graph.delta-stale")
def test_too_old(frozen: Frozen) -> None:
    """After the horizon of the change log nobody knows what a client has missed."""
    frozen.at("2026-01-01T00:00:00Z")
    _, link = follow(frozen.me, f"{ROOT}/delta")
    frozen.at("2026-02-15T00:00:00Z")
    response = frozen.me.get(link)
    expect_refusal(response, 410, "syncStateNotFound")
    assert titles(frozen.me.get(response.headers["Location"])) == ["Tasks", "Flagged Emails"]

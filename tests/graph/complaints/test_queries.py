"""Options that are refused, have no effect, or hide what there is."""

import pytest

from tests.support.todo import DEFAULT, LISTS, Todo, error_of

PARSE = "RequestBroker--ParseUri"


def names(todo: Todo, address: str) -> list[str]:
    """Walk pages; return what their entities are called."""
    found: list[str] = []
    while address:
        page = todo.get(address).json()
        found += [one.get("displayName") or one["title"] for one in page["value"]]
        address = page.get("@odata.nextLink", "")
    return found


@pytest.mark.observed("graph.complaint.5")
@pytest.mark.once
def test_5_select_refused(todo: Todo, seen: Todo) -> None:
    """It is documented, and works; it was seen refused, and without effect in delta."""
    todo.new_task()
    (task,) = todo.get(f"{DEFAULT}/tasks?$select=id,title").json()["value"]
    assert {"id", "title"} <= set(task)
    assert "status" not in task

    seen.new_task()
    for address in (f"{DEFAULT}/tasks?$select=id,title", f"{LISTS}?$select=id"):
        error = error_of(seen.get(address), 400)
        assert (error["code"], error["innerError"]["code"]) == ("invalidRequest", PARSE)
    (task,) = seen.get(f"{DEFAULT}/tasks/delta?$select=title").json()["value"]
    assert task["status"] == "notStarted"


@pytest.mark.observed("graph.complaint.6")
@pytest.mark.once
def test_6_fewer_lists_than_there_are(todo: Todo) -> None:
    """A page holds fifty and says that there are more; delta tells of all."""
    for number in range(60):
        todo.new_list(f"List {number}")
    expected = len(names(todo, LISTS))
    assert expected > 60
    page = todo.get(LISTS).json()
    assert (len(page["value"]), "skip=50" in page["@odata.nextLink"]) == (50, True)
    assert len(names(todo, f"{LISTS}/delta")) == expected


@pytest.mark.inferred("graph.complaint.7")
@pytest.mark.once
def test_7_skip_and_count_of_lists(todo: Todo) -> None:
    """Both count, though they were seen ignored and refused once."""
    for name in ("One", "Two"):
        todo.new_list(name)
    page = todo.get(f"{LISTS}?$count=true&$skip=1").json()
    assert page["@odata.count"] == len(page["value"]) + 1
    assert int(todo.get(f"{LISTS}/$count").text) == page["@odata.count"]


@pytest.mark.observed("graph.complaint.8")
@pytest.mark.once
def test_8_well_known_list_name_cannot_be_filtered(todo: Todo) -> None:
    error = error_of(todo.get(f"{LISTS}?$filter=wellknownListName eq 'defaultList'"), 400)
    assert error["code"] == "invalidRequest"
    assert error["message"] == (
        "The string 'microsoft.toDo.wellknownListName'defaultList'' is not a valid enumeration"
        " type constant."
    )


@pytest.mark.observed("graph.complaint.9")
@pytest.mark.once
def test_9_contains_dropped_when_combined(todo: Todo, seen: Todo) -> None:
    both = f"{DEFAULT}/tasks?$filter=contains(title,'milk') and status eq 'notStarted'"
    for mailbox, expected in ((todo, ["Oat milk"]), (seen, ["Bread", "Oat milk"])):
        for title in ("Oat milk", "Bread"):
            mailbox.new_task(title=title)
        assert sorted(names(mailbox, both)) == expected

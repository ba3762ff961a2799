"""Tasks and lists that are created with their parts: one change, whatever they bring along."""

import pytest

from afterlook.mailbox import checklists, extensions
from tests.support.steps import note_statements
from tests.support.todo import DEFAULT, LISTS, Entity, Todo, error_of

TASKS = f"{DEFAULT}/tasks"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what will hold the statements of each write from here on."""
    return note_statements(monkeypatch)


def parts(items: int, named: int) -> Entity:
    """Return so many steps, one link, and so many extensions."""
    return {
        "title": "Milk",
        "displayName": "Milk",
        "checklistItems": [{"displayName": f"{number}"} for number in range(items)],
        "linkedResources": [{"displayName": "Order"}],
        "extensions": [{"extensionName": f"com.{number}", "x": 1} for number in range(named)],
    }


@pytest.mark.inferred("graph.deep-insert")
@pytest.mark.in_process
@pytest.mark.parametrize(("every", "table"), [(TASKS, "task"), (LISTS, "task_folder")])
def test_cost(todo: Todo, every: str, table: str, written: list[str]) -> None:
    """It is written over once, and the statements are as many for very many parts as for few."""
    todo.get(LISTS)  # which makes the mailbox
    costs = []
    for items, named in ((1, 1), (checklists.MAX_ITEMS, extensions.MAX_EXTENSIONS)):
        written.clear()
        todo.create(every, parts(items, named))
        costs.append(len(written))
        assert sum(one.startswith(f"UPDATE {table} SET") for one in written) == 1
    assert costs[0] == costs[1]


@pytest.mark.inferred("graph.deep-insert")
def test_one_change(todo: Todo) -> None:
    """The answer is what is read, all parts in their order; a delta query has it once."""
    round_ = todo.get(f"{TASKS}/delta").json()["@odata.deltaLink"]
    task = todo.new_task(**parts(20, 3) | {"displayName": None})
    at = todo.address(task)

    shown = todo.get(at)
    assert shown.headers["ETag"] == shown.json()["@odata.etag"] == task["@odata.etag"]
    assert shown.json()["lastModifiedDateTime"] == task["createdDateTime"]
    items = todo.get(f"{at}/checklistItems?$top=50").json()["value"]
    assert [one["displayName"] for one in items] == [f"{number}" for number in range(20)]
    assert items == shown.json()["checklistItems"] == task["checklistItems"]
    assert len({one["id"] for one in items}) == 20
    names = [each["extensionName"] for each in todo.get(f"{at}/extensions").json()["value"]]
    assert names == ["com.0", "com.1", "com.2"]
    changed = todo.get(round_).json()["value"]
    assert [one["@odata.etag"] for one in changed] == [task["@odata.etag"]]
    item = todo.create(f"{at}/checklistItems", {"displayName": "next"})
    assert todo.get(f"{at}/checklistItems?$top=50").json()["value"][-1]["id"] == item["id"]
    assert todo.get(at).json()["@odata.etag"] != task["@odata.etag"]


@pytest.mark.inferred("graph.deep-insert")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "given",
    [
        {"checklistItems": [{"displayName": "a"}] * (checklists.MAX_ITEMS + 1)},
        {"checklistItems": [{"displayName": "a"}, {"displayName": "a" * 5000}]},
        {"linkedResources": [{"webUrl": "a" * 5000}]},
        {"extensions": parts(0, extensions.MAX_EXTENSIONS + 1)["extensions"]},
        {"extensions": [{"extensionName": "com.a"}, {"extensionName": "COM.A"}]},
        {"extensions": [{"extensionName": "com.a"}, {"extensionName": "b", "x": {"y": 1}}]},
    ],
)
def test_all_or_nothing(todo: Todo, given: Entity) -> None:
    """One part that is refused leaves no task."""
    error_of(todo.post(TASKS, {"title": "Milk", **given}), 400)
    assert todo.get(TASKS).json()["value"] == []

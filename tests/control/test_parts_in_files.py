"""Tasks of seeds and of files of To Do get all their parts as one change."""

from typing import Any

import pytest

from tests.support.control import perform
from tests.support.steps import note_statements
from tests.support.wire import Wire

MANY = 20


def _seed(at: dict[str, Any]) -> dict[str, Any]:
    items = [{"DisplayName": f"{number}"} for number in range(MANY)]
    task = {
        "Subject": "Milk",
        "ChecklistItems": items,
        "LinkedResources": [{"DisplayName": "a"}, {"DisplayName": "b"}],
        "Extensions": [{"ExtensionName": "com.a"}, {"ExtensionName": "com.b", "x": 1}],
    }
    group = {"Name": "My Tasks", "TaskFolders": [{"Name": "Shop", "Tasks": [task]}]}
    return {"seed": {"Mailboxes": [{**at, "TaskGroups": [group]}]}}


def _file(at: dict[str, Any]) -> dict[str, Any]:
    items = [{"displayName": f"{number}"} for number in range(MANY)]
    task = {
        "title": "Milk",
        "checklistItems": items,
        "linkedResources": [{"displayName": "a"}, {"displayName": "b"}],
        "extensions": [{"extensionName": "com.a"}, {"extensionName": "com.b", "x": 1}],
    }
    lists = {"value": [{"displayName": "Shop", "tasks": [task]}]}
    return {"document": lists, "mailbox": at["Token"]}


@pytest.mark.inferred("graph.deep-insert")
@pytest.mark.in_process
@pytest.mark.parametrize(("operation", "make"), [("seed", _seed), ("import", _file)])
def test_one_change(
    turned: Wire, operation: str, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, the task is written over once."""
    given = make({"Token": f"parts-{operation}"})
    statements = note_statements(monkeypatch)
    perform(turned, operation, **given)
    assert sum(one.startswith("UPDATE task SET") for one in statements) == 1

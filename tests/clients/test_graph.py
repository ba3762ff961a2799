"""Clients of Microsoft Graph, unmodified, take a task the whole way, from its list to delta."""

from uuid import uuid4

import pytest

from tests.support.programs import RunningServer, run_node, run_python

DUE = "2026-03-04T00:00:00.0000000"
"""The midnight of the day that the programs name with a time."""


@pytest.fixture
def token() -> str:
    """Return a token that opens a new mailbox."""
    return uuid4().hex


@pytest.mark.observed("graph.clients.msgraph")
def test_msgraph_sdk(running_server: RunningServer, token: str) -> None:
    assert run_python("todo_by_msgraph.py", running_server, token) == {
        "me": True,
        "lists": {"Tasks": "defaultList", "Flagged Emails": "flaggedEmails"},
        "count of lists": 2,
        "renamed": "Moving house",
        "extension of the list": "attic",
        "task": ["Pack books", "Thirty boxes", DUE, "high"],
        "count of tasks": 4,
        "found": [["Box 2", "Box 1", "Box 0"], 3],
        "paged": ["Box 0", "Box 1", "Box 2", "Pack books"],
        "completed": ["Pack all books", "completed", "UTC"],
        "checklist": ["Novels", True],
        "linked": ["https://example.com/1", "Shelf", "One"],
        "file": ["small.txt", "one, two"],
        "large file": True,
        "batch": {"new": 201, "read": 200},
        "all by delta": 5,
        "changed": [["", True], ["Box 4", False]],
        "a list that is gone": [404, "ErrorItemNotFound"],
    }


@pytest.mark.observed("graph.clients.msgraph-beta")
def test_msgraph_beta_sdk(running_server: RunningServer, token: str) -> None:
    assert run_python("outlook_by_msgraph_beta.py", running_server, token) == {
        "groups": [["My Tasks", True]],
        "in its group": True,
        "renamed": "Moving house",
        "folders": ["Moving house", "Tasks"],
        "task": ["Pack books", DUE.replace("T00", "T05"), ["Red"], "private"],
        "changed": ["Pack all books", True],
        "file": ["small.txt", "#microsoft.graph.fileAttachment"],
        "completed": [["completed", "UTC"]],
        "of the folder": ["Pack all books"],
        "a task that is gone": [404, "ErrorItemNotFound"],
        "groups left": 1,
    }


@pytest.mark.observed("graph.clients.pymstodo")
def test_pymstodo(running_server: RunningServer, token: str) -> None:
    assert run_python("todo_by_pymstodo.py", running_server, token) == {
        "default list": "DEFAULT_LIST",
        "list": [True, "Moving house"],
        "task": ["Pack books", "Thirty boxes", "2026-03-04 00:00:00+00:00", "NOT_STARTED"],
        "more than a page": 61,
        "completed": ["Pack all books", "high", "COMPLETED", True],
        "still open": 60,
        "done": ["Pack all books"],
        "after deletion": [],
        "lists left": ["Flagged Emails", "Tasks"],
    }


@pytest.mark.observed("graph.clients.todo-ms-client")
def test_todo_ms_client(running_server: RunningServer, token: str) -> None:
    assert run_python("todo_by_todoms.py", running_server, token) == {
        "lists": ["Flagged Emails", "Tasks"],
        "renamed": "Moving house",
        "task": ["Water plants", "All of them", "2026-03-04T00:00:00+00:00", ["Garden"]],
        "recurrence": [2, "2026-03-04"],
        "changed": ["Water the plants", "inProgress", "high", None],
        "subtasks": [["Ferns", True], ["Palms", False]],
        "subtasks left": ["Ferns"],
        "all by delta": 61,
        "completed": ["completed", True],
        "open": 60,
        "after deletion": 60,
        "a list that is gone": 404,
    }


@pytest.mark.observed("graph.clients.office365")
def test_office365_rest_python_client(running_server: RunningServer, token: str) -> None:
    assert run_python("todo_by_office365.py", running_server, token) == {
        "lists": ["Flagged Emails", "Tasks"],
        "ensured": True,
        "renamed": "Moving house",
        "task": ["Pack books", "Thirty boxes", DUE, "high"],
        "found": "Box 1",
        "paged": [2, 4],
        "completed": ["Pack all books", "completed", "UTC"],
        "checklist": ["Novels", True, True],
        "linked": ["https://example.com/1", "Shelf", "One"],
        "files": ["large.bin", "small.txt"],
        "extension": ["attic"],
        "delta": 4,
        "lists by delta": 3,
        "a list that is gone": [404, "ErrorItemNotFound"],
    }


@pytest.mark.observed("graph.clients.javascript")
def test_microsoft_graph_client(running_server: RunningServer, token: str) -> None:
    package = "@microsoft/microsoft-graph-client"
    assert run_node("todo_by_client.mjs", package, running_server, token) == {
        "lists": [["Tasks", "defaultList"], ["Flagged Emails", "flaggedEmails"]],
        "renamed": "Moving house",
        "task": ["Pack books", "Thirty boxes", DUE],
        "count": 61,
        "walked": 61,
        "completed": ["Pack all books", "completed", True],
        "checklist": ["Novels", True, True],
        "linked": ["https://example.com/1", "One"],
        "extensions": ["attic"],
        "location": True,
        "file": "large.bin",
        "content": 5_000_000,
        "batch": [200, 201],
        "delta": 62,
        "changed": ["deleted"],
        "gone": [404, "ErrorItemNotFound"],
    }


@pytest.mark.observed("graph.clients.pnp")
def test_pnp_graph(running_server: RunningServer, token: str) -> None:
    assert run_node("todo_by_pnp.mjs", "@pnp/graph", running_server, token) == {
        "lists": [["Tasks", "defaultList"], ["Flagged Emails", "flaggedEmails"]],
        "renamed": "Moving house",
        "found": ["Box 5", *(f"Box {number}" for number in range(50, 60))],
        "walked": 61,
        "task": ["Pack all books", "Thirty boxes", DUE, "completed"],
        "checklist": [["Novels", True]],
        "linked": [["https://example.com/1", "Shelf"]],
        "unlinked": 0,
        "files": ["a.txt"],
        "delta": [50, 11],
        "changed": ["Box 60", "deleted"],
        "byLists": 3,
        "gone": 404,
    }

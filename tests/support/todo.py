"""A mailbox as Graph To Do shows it."""

from typing import Any
from uuid import uuid4

from tests.support.wire import Mailbox, Wire

ROOT = "/v1.0/me/todo"
LISTS = f"{ROOT}/lists"
DEFAULT = f"{LISTS}/tasks"
"""The default list, by its well-known name."""

Entity = dict[str, Any]


class Todo(Mailbox):
    """A new mailbox; its old face is below `/api/beta/me`, as for any `Mailbox`."""

    def __init__(self, wire: Wire, token: str | None = None) -> None:
        super().__init__(wire, token or uuid4().hex)

    def new_list(self, name: str = "Groceries") -> str:
        """Create a list; return its address."""
        return f"{LISTS}/{self.create(LISTS, {'displayName': name})['id']}"

    def new_task(self, at: str = DEFAULT, **members: object) -> Entity:
        """Create a task in the list at an address; return it."""
        return self.create(f"{at}/tasks", {"title": "Milk", **members})

    def default_list(self) -> Entity:
        """Return the default list."""
        return dict(self.get(DEFAULT).json())

    def address(self, task: Entity) -> str:
        """Return the address of a task of the default list."""
        return f"{LISTS}/{self.default_list()['id']}/tasks/{task['id']}"

    def outlook(self, task: Entity) -> Entity:
        """Return a task as the Outlook API shows it."""
        response = self.get(f"tasks('{task['id']}')")
        assert response.status_code == 200, response.text
        return dict(response.json())


def error_of(response: Any, status: int) -> Entity:
    """Return the error of a refusal, which must have this status and Graph's form."""
    assert response.status_code == status, response.text
    error: Entity = response.json()["error"]
    assert list(error) == ["code", "message", "innerError"]
    inner = error["innerError"]
    assert inner["request-id"] == response.headers["request-id"]
    assert {"date", "client-request-id"} <= set(inner)
    return error

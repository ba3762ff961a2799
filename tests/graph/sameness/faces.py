"""The faces of a mailbox, each by how it writes and reads a task."""

from collections.abc import Callable
from typing import NamedTuple

from tests.graph.sameness.mapping import Json
from tests.graph.sameness.values import Values
from tests.support.wire import Mailbox


class Face(NamedTuple):
    """A face: how it spells values, the tasks of a list, and one of them, by the ids of both."""

    name: str
    spell: Callable[[Values], Json]
    every: str
    one: str

    @property
    def is_todo(self) -> bool:
        """Tell whether this is To Do, which has no HTML and leaves out what is null."""
        return "/todo/" in self.every

    def create(self, me: Mailbox, home: str, values: Values) -> str:
        """Create a task; return its id."""
        made = me.create(self.every.format(home), self.spell(values))
        return str(made.get("id") or made["Id"])

    def patch(self, me: Mailbox, home: str, key: str, values: Values) -> None:
        """Write over a task."""
        response = me.patch(self.one.format(home, key), self.spell(values))
        assert response.status_code == 200, response.text

    def read(self, me: Mailbox, home: str, key: str) -> Json:
        """Read a task."""
        response = me.get(self.one.format(home, key))
        assert response.status_code == 200, response.text
        return dict(response.json())


V2, OUTLOOK = (
    Face(name, Values.outlook, f"{root}/taskfolders('{{}}')/tasks", f"{root}/tasks('{{1}}')")
    for name, root in (("v2.0", "/api/v2.0/me"), ("outlook", "/api/beta/me"))
)
BETA = Face(
    "beta",
    Values.beta,
    "/beta/me/outlook/taskFolders/{}/tasks",
    "/beta/me/outlook/tasks/{1}",
)
TODO, TODO_BETA = (
    Face(f"todo {root}", Values.todo, f"{at}/{{}}/tasks", f"{at}/{{0}}/tasks/{{1}}")
    for root, at in (("v1.0", "/v1.0/me/todo/lists"), ("beta", "/beta/me/todo/lists"))
)
FACES = (V2, OUTLOOK, BETA, TODO, TODO_BETA)

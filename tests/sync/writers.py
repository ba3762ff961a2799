"""Writers at once on one mailbox, and what they have been told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from threading import Lock

from tests.sync.client import Client
from tests.sync.replica import Answer, position

OPERATIONS = {
    "create": 40,
    "patch": 25,
    "complete": 10,
    "delete": 15,
    "create_folder": 4,
    "rename_folder": 4,
    "delete_folder": 2,
}


@dataclass
class Told:
    """What the answers to all writers' requests say, together.

    `tasks` and `folders` are what was made, the tasks with their folder; `gone` what was deleted;
    `positions` are those of the answers.
    """

    default: str
    tasks: list[tuple[str, str]] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    positions: list[int] = field(default_factory=list)
    refused: int = 0
    lock: Lock = field(default_factory=Lock)

    def tasks_of(self, folder: str) -> set[str]:
        """Return the tasks that must be in a folder that is there."""
        return {task for home, task in self.tasks if home == folder} - self.gone

    def all_folders(self) -> set[str]:
        """Return the folders that must be there."""
        return {self.default, *self.folders} - self.gone


class Writer:
    """One of them; the others may delete what it is about to change."""

    def __init__(self, name: int, client: Client, told: Told) -> None:
        self._name, self._client, self._told = name, client, told
        self._random = Random(name)
        self._count = 0

    def write(self, times: int) -> None:
        """Do this and that."""
        chosen = self._random.choices(list(OPERATIONS), list(OPERATIONS.values()), k=times)
        for self._count, name in enumerate(chosen):
            operation: Callable[[], None] = getattr(self, name)
            operation()

    def create(self) -> None:
        """Create a task, as often in the default folder as in all others."""
        folder = self._random.choice([self._told.default, self._any_folder()])
        address = f"taskfolders('{folder}')/tasks"
        made = self._tell(201, "POST", address, {"Subject": self._label()})
        if made is not None:
            with self._told.lock:
                self._told.tasks.append((folder, str(made.body["Id"])))

    def patch(self) -> None:
        """Change a task."""
        self._tell(200, "PATCH", f"tasks('{self._any_task()}')", {"Subject": self._label()})

    def complete(self) -> None:
        """Complete a task."""
        self._tell(200, "POST", f"tasks('{self._any_task()}')/complete")

    def delete(self) -> None:
        """Delete a task."""
        self._delete("tasks", self._any_task())

    def create_folder(self) -> None:
        """Create a folder."""
        made = self._tell(201, "POST", "taskfolders", {"Name": self._label()})
        assert made is not None
        with self._told.lock:
            self._told.folders.append(str(made.body["Id"]))

    def rename_folder(self) -> None:
        """Rename a folder."""
        folder = self._any_folder()
        if folder != self._told.default:
            self._tell(200, "PATCH", f"taskfolders('{folder}')", {"Name": self._label()})

    def delete_folder(self) -> None:
        """Delete a folder with its tasks."""
        folder = self._any_folder()
        if folder != self._told.default:
            self._delete("taskfolders", folder)

    def _delete(self, kind: str, key: str) -> None:
        if self._tell(204, "DELETE", f"{kind}('{key}')") is not None:
            with self._told.lock:
                assert key not in self._told.gone, f"{key} was deleted twice"
                self._told.gone.add(key)

    def _tell(self, status: int, method: str, address: str, body: object = None) -> Answer | None:
        """Send a request; return its answer, or None where another writer was faster."""
        answer = self._client.send(method, address, body)
        assert answer.status in (status, 404), (method, address, answer)
        with self._told.lock:
            if answer.status == 404:
                self._told.refused += 1
                return None
            entity = answer.body.get("value", [answer.body])[0]
            number = position(entity)
            if number is not None:
                self._told.positions.append(number)
        return answer

    def _label(self) -> str:
        return f"{self._name}/{self._count}"

    def _any_folder(self) -> str:
        with self._told.lock:
            there = [key for key in self._told.folders[-5:] if key not in self._told.gone]
        return self._random.choice(there or [self._told.default])

    def _any_task(self) -> str:
        with self._told.lock:
            there = [key for _, key in self._told.tasks[-60:] if key not in self._told.gone]
        return self._random.choice(there or [self._told.tasks[0][1]])

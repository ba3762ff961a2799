"""One user's two clients: requests to ProcessQuery and to the Outlook REST API, by one token."""

from typing import Any

from tests.sharepoint.helpers import PROCESS_QUERY, parsed, post
from tests.sharepoint.om.client import ROOT, Request
from tests.support.wire import Mailbox

MANAGER = "UserSettingsManager"
SESSION = "UserOrderedSession"
NAME, DUE, START, DESCRIPTION, COMPLETED = 21, 5, 28, 4, 13

Json = dict[str, Any]


class User:
    """A user at both wires."""

    def __init__(self, me: Mailbox) -> None:
        self.me = me

    def send(self, request: Request) -> dict[int, Any]:
        """Send a request to ProcessQuery; return the answers by the ids of the actions."""
        answer = parsed(post(self.me, PROCESS_QUERY, f"{ROOT}{request.xml()}</Request>".encode()))
        assert answer[0]["ErrorInfo"] is None, answer
        return dict(zip(answer[1::2], answer[2::2], strict=True))

    def ask(self, owner: str, name: str) -> Any:
        """Call a method that answers a plain value, of a session or of the manager."""
        request = Request()
        of = request.make(owner) if owner == MANAGER else request.session(owner)
        number = request.call(of, name)
        return self.send(request)[number]

    def info(self) -> Json:
        """Return how things stand."""
        request = Request()
        request_ = request.query(request.method(request.make(MANAGER), "GetExchangeSyncInfo"))
        return dict(self.send(request)[request_])

    def opt_in(self) -> int:
        """Opt in; return what it answers."""
        return int(self.ask(MANAGER, "OptIntoExchangeSync"))

    def job(self) -> None:
        """Run a job."""
        assert self.ask(SESSION, "BeginExchangeSync") is True
        assert self.ask(SESSION, "IsExchangeJobPending") is False

    def write(self, name: str, *values: Any) -> Json:
        """Call a method that writes a task of the list; return the task."""
        request = Request()
        written = request.method(request.session(SESSION), name, *values)
        outcome = request.query(written)
        task = request.query(request.property(written, "Result"))
        answers = self.send(request)
        assert answers[outcome]["Error"] == 0, answers
        return dict(answers[task] or {})

    def error_of(self, name: str, *values: Any) -> int:
        """Call a method that writes a task of the list; return the error that it answers."""
        request = Request()
        outcome = request.query(request.method(request.session(SESSION), name, *values))
        return int(self.send(request)[outcome]["Error"])

    def update(self, key: int, field: int, value: str | None) -> Json:
        """Write a field of a task of the list."""
        return self.write("UpdateTaskWithLocalizedValue", key, field, value)

    def create(self, name: str, due: str | None = None, *, pinned: bool = False) -> int:
        """Create a task in the list; return its key."""
        given = (name, "Text", None, due, False, pinned, -1, None)
        return int(self.write("CreateTask", *given)["Id"])

    def listed(self) -> dict[str, Json]:
        """Return the tasks of the list by their names."""
        return {item["Name"]: item for item in self.rows()}

    def rows(self) -> list[Json]:
        """Return the tasks of the list."""
        request = Request()
        query = request.make("TaskQuery")
        tasks = request.method(request.session(SESSION), "ReadTasks", query)
        number = request.query(tasks, items=True)
        return list(self.send(request)[number]["_Child_Items_"])

    def outlook(self) -> dict[str, Json]:
        """Return the tasks of the mailbox by their subjects."""
        result = self.me.get("taskfolders('Tasks')/tasks?$top=100")
        assert result.status_code == 200, result.text
        return {task["Subject"]: task for task in result.json()["value"]}

    def posted(self, subject: str, **values: Any) -> str:
        """Create a task in the mailbox; return its id."""
        return str(self.me.create("tasks", {"Subject": subject, **values})["Id"])

    def patched(self, id_: str, **values: Any) -> None:
        """Write over a task of the mailbox."""
        response = self.me.patch(f"tasks('{id_}')", values)
        assert response.status_code == 200, response.text


def date(text: str) -> str:
    """Return a date without a time as CSOM writes it: months count from 0."""
    year, month, day = map(int, text.split("-"))
    return f"/Date({year},{month - 1},{day},0,0,0,0)/"

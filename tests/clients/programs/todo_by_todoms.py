"""Drives tasks by todo-ms-client, as a program of its users would, and tells what it saw as JSON.

It reads everything by delta, and writes whole objects.
"""

import json
import sys
from datetime import UTC, datetime

import requests
from todoms.attributes import Content, ContentType, Importance, Status
from todoms.client import ResourceNotFoundError, ToDoClient
from todoms.provider import AbstractProvider
from todoms.recurrence import Recurrence, patterns, ranges
from todoms.resources import Subtask, Task, TaskList

asked = json.loads(sys.argv[1])


class Provider(AbstractProvider):
    """Calls with a token that is there already."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {asked['token']}"

    def get(self, url: str, params: dict | None = None) -> requests.Response:
        """Send a GET."""
        return self._session.get(url, params=params)

    def delete(self, url: str) -> requests.Response:
        """Send a DELETE."""
        return self._session.delete(url)

    def patch(self, url: str, json_data: dict) -> requests.Response:
        """Send a PATCH."""
        return self._session.patch(url, json=json_data)

    def post(self, url: str, json_data: dict) -> requests.Response:
        """Send a POST."""
        return self._session.post(url, json=json_data)


client = ToDoClient(Provider(), api_url=f"{asked['url']}/beta")
saw: dict[str, object] = {}
saw["lists"] = sorted(known.name for known in client.task_lists)
moving = client.save_list(TaskList(name="Moving"))
moving.name = "Moving house"
moving.update()
saw["renamed"] = client.get(TaskList, moving.id).name

task = Task(
    client=client,
    title="Water plants",
    body=Content("All of them", ContentType.TEXT),
    due_datetime=datetime(2026, 3, 4, 15, 30, tzinfo=UTC),
    importance=Importance.HIGH,
    categories=["Garden"],
    recurrence=Recurrence(patterns.Daily(interval=2), ranges.NoEnd()),
)
moving.save_task(task)
read = client.get(Task, endpoint=task.managing_endpoint)
saw["task"] = [read.title, str(read.body), read.due_datetime.isoformat(), read.categories]
saw["recurrence"] = [read.recurrence.pattern.interval, read.recurrence.range.start_date.isoformat()]

task.save_subtask(Subtask(name="Ferns"))
task.save_subtask(Subtask(name="Palms"))
task.subtasks[0].check()
task.title = "Water the plants"
task.status = Status.IN_PROGRESS
task.due_datetime = None
task.recurrence = None
task.update()
saw["changed"] = [task.title, task.status.value, task.importance.value, task.due_datetime]
read = client.get(Task, endpoint=task.managing_endpoint)
read.task_list = moving
saw["subtasks"] = [[step.name, step.is_checked] for step in read.subtasks]
read.subtasks[1].delete()
task.refresh()
saw["subtasks left"] = [step.name for step in task.subtasks]

for number in range(60):
    moving.save_task(Task(client=client, title=f"Box {number}"))
saw["all by delta"] = len(list(moving.tasks))
task.status = Status.COMPLETED
task.update()
saw["completed"] = [task.status.value, task.completed_datetime is not None]
saw["open"] = len(list(moving.open_tasks))
task.delete()
saw["after deletion"] = len(list(moving.tasks))
moving.delete()
try:
    client.get(TaskList, moving.id)
except ResourceNotFoundError as error:
    saw["a list that is gone"] = error.response.status_code
print(json.dumps(saw))

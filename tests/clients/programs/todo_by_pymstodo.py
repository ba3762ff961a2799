"""Drives tasks by pymstodo, as a program of its users would, and tells what it saw as JSON."""

import json
import os
import sys
import time
from datetime import UTC, datetime

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

from pymstodo import ToDoConnection
from pymstodo.client import Task, TaskStatusFilter

asked = json.loads(sys.argv[1])
ToDoConnection._base_api_url = f"{asked['url']}/v1.0/me/todo/"
token = {"token_type": "Bearer", "access_token": asked["token"], "expires_at": time.time() + 3600}
client = ToDoConnection("app", "secret", token)
due = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)


def titles(found: list[Task]) -> list[str]:
    return sorted(task.title for task in found)


saw: dict[str, object] = {}
lists = {known.displayName: known for known in client.get_lists()}
saw["default list"] = lists["Tasks"].wellknown_list_name.name
made = client.create_list("Moving")
renamed = client.update_list(made.list_id, displayName="Moving house")
saw["list"] = [renamed.list_id == made.list_id, client.get_list(made.list_id).displayName]

task = client.create_task("Pack books", made.list_id, due, "Thirty boxes")
read = client.get_task(task.task_id, made.list_id)
saw["task"] = [read.title, read.body_text, str(read.due_date), read.task_status.name]
for number in range(60):
    client.create_task(f"Box {number}", made.list_id)
saw["more than a page"] = len(client.get_tasks(made.list_id))
client.update_task(task.task_id, made.list_id, title="Pack all books", importance="high")
done = client.complete_task(task.task_id, made.list_id)
saw["completed"] = [done.title, done.importance, done.task_status.name, bool(done.completed_date)]
saw["still open"] = len(client.get_tasks(made.list_id))
saw["done"] = titles(client.get_tasks(made.list_id, status=TaskStatusFilter.COMPLETED))

client.delete_task(task.task_id, made.list_id)
saw["after deletion"] = titles(client.get_tasks(made.list_id, status=TaskStatusFilter.COMPLETED))
client.delete_list(made.list_id)
saw["lists left"] = sorted(known.displayName for known in client.get_lists())
print(json.dumps(saw))

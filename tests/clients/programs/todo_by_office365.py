"""Drives tasks by office365-rest-python-client, as a program of its users would.

It tells what it saw as JSON.
"""

import json
import sys
from datetime import UTC, datetime

from office365 import azure_env
from office365.graph_client import GraphClient
from office365.outlook.mail.importance import Importance
from office365.runtime.client_request_exception import ClientRequestException
from office365.todo.tasks.taskstatus import TaskStatus

asked = json.loads(sys.argv[1])
azure_env._ENDPOINTS[azure_env.AzureEnvironment.Global]["graph"] = asked["url"]
client = GraphClient(
    token_callback=lambda: {"token_type": "Bearer", "access_token": asked["token"]}
)
saw: dict[str, object] = {}

lists = client.me.todo.lists
known = lists.get().execute_query()
saw["lists"] = sorted(one.display_name for one in known)
moving = lists.add("Moving").execute_query()
saw["ensured"] = lists.ensure("Moving").execute_query().id == moving.id
moving.set_property("displayName", "Moving house").update().execute_query()
saw["renamed"] = lists[moving.id].get().execute_query().display_name

due = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
moving = lists[moving.id]
task = moving.tasks.add("Pack books", due, Importance.high, "Thirty boxes").execute_query()
read = moving.tasks[task.id].get().execute_query()
saw["task"] = [read.title, read.body.content, read.due_date_time.dateTime, read.importance.name]
for number in range(3):
    moving.tasks.add(f"Box {number}", body="<b>fragile</b>").execute_query()
saw["found"] = moving.tasks.find_by_title("Box 1").execute_query().title
first_page = moving.tasks.get().top(2).execute_query()
saw["paged"] = [len(first_page), len(moving.tasks.get_all(page_size=2).execute_query())]
read.title = "Pack all books"
read.status = TaskStatus.completed
read.update().execute_query()
read = moving.tasks[task.id].get().execute_query()
saw["completed"] = [read.title, read.status.name, read.completed_date_time.timeZone]

task = moving.tasks[task.id]
task.checklist_items.add(displayName="Novels").execute_query()
(step,) = task.checklist_items.get().execute_query()
step.set_property("isChecked", True).update().execute_query()
(step,) = task.checklist_items.get().execute_query()
saw["checklist"] = [step.display_name, step.is_checked, step.checked_date_time is not None]
link = {"webUrl": "https://example.com/1", "applicationName": "Shelf", "displayName": "One"}
task.linked_resources.add(**link).execute_query()
(linked,) = task.linked_resources.get().execute_query()
saw["linked"] = [linked.web_url, linked.application_name, linked.display_name]
task.add_extension("com.example.moving", room="attic").execute_query()
task.upload_attachment(b"one, two", "small.txt", "text/plain")
task.upload_attachment(b"12345" * 1_000_000, "large.bin", "application/octet-stream")
files = task.attachments.get().execute_query()
saw["files"] = sorted(file.name for file in files)
read = task.get().expand(["extensions"]).execute_query()
saw["extension"] = [one.properties["room"] for one in read.extensions]

# It has no way to the link that ends a round.
saw["delta"] = len(moving.tasks.delta.get().execute_query())
saw["lists by delta"] = len(lists.delta.get().execute_query())

task.delete_object().execute_query()
moving.delete_object().execute_query()
try:
    moving.get().execute_query()
except ClientRequestException as error:
    saw["a list that is gone"] = [error.response.status_code, error.code]
print(json.dumps(saw))

"""Drives tasks by msgraph-sdk, as a program of its users would, and tells what it saw as JSON."""

import asyncio
import json
import sys
import time

from azure.core.credentials import AccessToken
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.attachment_info import AttachmentInfo
from msgraph.generated.models.attachment_type import AttachmentType
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.checklist_item import ChecklistItem
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.importance import Importance
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.linked_resource import LinkedResource
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.open_type_extension import OpenTypeExtension
from msgraph.generated.models.task_file_attachment import TaskFileAttachment
from msgraph.generated.models.task_status import TaskStatus
from msgraph.generated.models.todo_task import TodoTask
from msgraph.generated.models.todo_task_list import TodoTaskList
from msgraph.generated.users.item.todo.lists.item.tasks.item.attachments.create_upload_session import (  # noqa: E501
    create_upload_session_post_request_body as uploads,
)
from msgraph.generated.users.item.todo.lists.item.tasks.tasks_request_builder import (
    TasksRequestBuilder,
)
from msgraph_core import PageIterator
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem

asked = json.loads(sys.argv[1])
LARGE = b"12345" * 1_000_000
PIECE = 4_000_000


class Credential:
    """A token that is there already."""

    def get_token(self, *_: str, **__: object) -> AccessToken:
        return AccessToken(asked["token"], int(time.time()) + 3600)


provider = AzureIdentityAuthenticationProvider(Credential(), allowed_hosts=["127.0.0.1"])
adapter = GraphRequestAdapter(provider)
adapter.base_url = f"{asked['url']}/v1.0"
client = GraphServiceClient(request_adapter=adapter)
saw: dict[str, object] = {}


async def drive_lists() -> str:
    lists = client.me.todo.lists
    known = await lists.get()
    saw["lists"] = {one.display_name: one.wellknown_list_name.value for one in known.value}
    saw["count of lists"] = await lists.count.get()
    made = await lists.post(TodoTaskList(display_name="Moving"))
    one = lists.by_todo_task_list_id(made.id)
    await one.patch(TodoTaskList(display_name="Moving house"))
    saw["renamed"] = (await one.get()).display_name
    extension = OpenTypeExtension(
        odata_type="microsoft.graph.openTypeExtension",
        extension_name="com.example.moving",
        additional_data={"room": "attic"},
    )
    await one.extensions.post(extension)
    found = await one.extensions.by_extension_id("com.example.moving").get()
    saw["extension of the list"] = found.additional_data["room"]
    return made.id


async def drive_tasks(list_id: str) -> str:
    tasks = client.me.todo.lists.by_todo_task_list_id(list_id).tasks
    made = await tasks.post(
        TodoTask(
            title="Pack books",
            body=ItemBody(content="Thirty boxes", content_type=BodyType.Text),
            due_date_time=DateTimeTimeZone(date_time="2026-03-04T15:30:00", time_zone="UTC"),
            importance=Importance.High,
            linked_resources=[LinkedResource(web_url="https://example.com/1", display_name="One")],
        )
    )
    one = tasks.by_todo_task_id(made.id)
    read = await one.get()
    saw["task"] = [read.title, read.body.content, read.due_date_time.date_time, read.importance]
    for number in range(3):
        await tasks.post(TodoTask(title=f"Box {number}"))
    saw["count of tasks"] = await tasks.count.get()
    query = TasksRequestBuilder.TasksRequestBuilderGetQueryParameters
    configuration = TasksRequestBuilder.TasksRequestBuilderGetRequestConfiguration
    filtered = query(filter="startswith(title,'Box')", orderby=["createdDateTime desc"], count=True)
    found = await tasks.get(configuration(query_parameters=filtered))
    saw["found"] = [[task.title for task in found.value], found.odata_count]
    titles: list[str] = []
    first_page = await tasks.get(configuration(query_parameters=query(top=1)))
    await PageIterator(first_page, adapter).iterate(lambda task: titles.append(task.title) or True)
    saw["paged"] = sorted(titles)
    done = await one.patch(TodoTask(title="Pack all books", status=TaskStatus.Completed))
    saw["completed"] = [done.title, done.status, done.completed_date_time.time_zone]
    return made.id


async def drive_parts(list_id: str, task_id: str) -> None:
    task = client.me.todo.lists.by_todo_task_list_id(list_id).tasks.by_todo_task_id(task_id)
    step = await task.checklist_items.post(ChecklistItem(display_name="Novels"))
    one = task.checklist_items.by_checklist_item_id(step.id)
    await one.patch(ChecklistItem(is_checked=True))
    checked = await one.get()
    saw["checklist"] = [checked.display_name, checked.checked_date_time is not None]
    (link,) = (await task.linked_resources.get()).value
    await task.linked_resources.by_linked_resource_id(link.id).patch(
        LinkedResource(application_name="Shelf")
    )
    (link,) = (await task.linked_resources.get()).value
    saw["linked"] = [link.web_url, link.application_name, link.display_name]
    small = TaskFileAttachment(
        odata_type="#microsoft.graph.taskFileAttachment",
        name="small.txt",
        content_type="text/plain",
        content_bytes=b"one, two",
    )
    file = await task.attachments.post(small)
    read = await task.attachments.by_attachment_base_id(file.id).get()
    saw["file"] = [read.name, read.content_bytes.decode()]
    info = AttachmentInfo(attachment_type=AttachmentType.File, name="large.bin", size=len(LARGE))
    body = uploads.CreateUploadSessionPostRequestBody(attachment_info=info)
    session = await task.attachments.create_upload_session.post(body)
    key = session.upload_url.rpartition("/")[2]
    content = task.attachment_sessions.by_attachment_session_id(key).content
    # Not by the kit's LargeFileUploadTask: it cannot read "n" nor "n-" in nextExpectedRanges.
    for start in range(0, len(LARGE), PIECE):
        piece = LARGE[start : start + PIECE]
        headers = HeadersCollection()
        headers.add("Content-Range", f"bytes {start}-{start + len(piece) - 1}/{len(LARGE)}")
        await content.put(piece, RequestConfiguration(headers=headers))
    files = {file.name: file.id for file in (await task.attachments.get()).value}
    read = await task.attachments.by_attachment_base_id(files["large.bin"]).get()
    saw["large file"] = read.content_bytes == LARGE


async def drive_batch(list_id: str, task_id: str) -> None:
    tasks = client.me.todo.lists.by_todo_task_list_id(list_id).tasks
    posted = tasks.to_post_request_information(TodoTask(title="Box 3"))
    posted.headers.try_add("Content-Type", "application/json")
    got = tasks.by_todo_task_id(task_id).to_get_request_information()
    content = BatchRequestContent()
    content.add_request("new", BatchRequestItem(posted, id="new"))
    content.add_request("read", BatchRequestItem(got, id="read"))
    answered = await client.batch.post(content)
    saw["batch"] = answered.get_response_status_codes()
    # The kit cannot read the bodies of what is answered; what was written, delta tells.


async def drive_delta(list_id: str, task_id: str) -> None:
    tasks = client.me.todo.lists.by_todo_task_list_id(list_id).tasks
    page = await tasks.delta.get()
    seen = list(page.value)
    while page.odata_next_link:
        page = await tasks.delta.with_url(page.odata_next_link).get()
        seen += page.value
    saw["all by delta"] = len(seen)
    await tasks.post(TodoTask(title="Box 4"))
    await tasks.by_todo_task_id(task_id).delete()
    changed = (await tasks.delta.with_url(page.odata_delta_link).get()).value
    saw["changed"] = sorted(
        [task.title or "", "@removed" in task.additional_data] for task in changed
    )


async def main() -> None:
    me = await client.me.get()
    saw["me"] = bool(me.id and me.user_principal_name)
    list_id = await drive_lists()
    task_id = await drive_tasks(list_id)
    await drive_parts(list_id, task_id)
    await drive_batch(list_id, task_id)
    await drive_delta(list_id, task_id)
    one = client.me.todo.lists.by_todo_task_list_id(list_id)
    await one.delete()
    try:
        await one.get()
    except ODataError as error:
        saw["a list that is gone"] = [error.response_status_code, error.error.code]
    print(json.dumps(saw))


asyncio.run(main())

"""Drives Outlook tasks of Graph's beta by msgraph-beta-sdk, as a program of its users would.

It tells what it saw as JSON.
"""

import asyncio
import json
import sys
import time

from azure.core.credentials import AccessToken
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph_beta import GraphRequestAdapter, GraphServiceClient
from msgraph_beta.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph_beta.generated.models.file_attachment import FileAttachment
from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError
from msgraph_beta.generated.models.outlook_task import OutlookTask
from msgraph_beta.generated.models.outlook_task_folder import OutlookTaskFolder
from msgraph_beta.generated.models.outlook_task_group import OutlookTaskGroup
from msgraph_beta.generated.models.sensitivity import Sensitivity

asked = json.loads(sys.argv[1])


class Credential:
    """A token that is there already."""

    def get_token(self, *_: str, **__: object) -> AccessToken:
        return AccessToken(asked["token"], int(time.time()) + 3600)


provider = AzureIdentityAuthenticationProvider(Credential(), allowed_hosts=["127.0.0.1"])
adapter = GraphRequestAdapter(provider)
adapter.base_url = f"{asked['url']}/beta"
client = GraphServiceClient(request_adapter=adapter)
outlook = client.me().outlook
saw: dict[str, object] = {}


async def make_folder() -> tuple[str, str]:
    groups = (await outlook.task_groups.get()).value
    saw["groups"] = [[group.name, group.is_default_group] for group in groups]
    group = await outlook.task_groups.post(OutlookTaskGroup(name="House"))
    one = outlook.task_groups.by_outlook_task_group_id(group.id)
    folder = await one.task_folders.post(OutlookTaskFolder(name="Moving"))
    saw["in its group"] = folder.parent_group_key == group.group_key
    single = outlook.task_folders.by_outlook_task_folder_id(folder.id)
    saw["renamed"] = (await single.patch(OutlookTaskFolder(name="Moving house"))).name
    saw["folders"] = sorted(one.name for one in (await outlook.task_folders.get()).value)
    return group.id, folder.id


async def drive_task(folder_id: str) -> None:
    due = DateTimeTimeZone(date_time="2026-03-04T00:00:00", time_zone="Eastern Standard Time")
    tasks = outlook.task_folders.by_outlook_task_folder_id(folder_id).tasks
    made = await tasks.post(
        OutlookTask(
            subject="Pack books",
            due_date_time=due,
            categories=["Red"],
            sensitivity=Sensitivity.Private,
        )
    )
    one = outlook.tasks.by_outlook_task_id(made.id)
    read = await one.get()
    saw["task"] = [read.subject, read.due_date_time.date_time, read.categories, read.sensitivity]
    changed = await one.patch(OutlookTask(subject="Pack all books"))
    saw["changed"] = [changed.subject, changed.change_key != made.change_key]
    file = FileAttachment(
        odata_type="#microsoft.graph.fileAttachment", name="small.txt", content_bytes=b"one"
    )
    await one.attachments.post(file)
    (attached,) = (await one.attachments.get()).value
    saw["file"] = [attached.name, attached.odata_type]
    completed = (await one.complete.post()).value
    saw["completed"] = [[task.status, task.completed_date_time.time_zone] for task in completed]
    saw["of the folder"] = [task.subject for task in (await tasks.get()).value]
    await one.delete()
    try:
        await one.get()
    except ODataError as error:
        saw["a task that is gone"] = [error.response_status_code, error.error.code]


async def main() -> None:
    group_id, folder_id = await make_folder()
    await drive_task(folder_id)
    await outlook.task_folders.by_outlook_task_folder_id(folder_id).delete()
    await outlook.task_groups.by_outlook_task_group_id(group_id).delete()
    saw["groups left"] = len((await outlook.task_groups.get()).value)
    print(json.dumps(saw))


asyncio.run(main())

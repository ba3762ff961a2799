"""Tasks and locations that only providers would write, put into the store."""

from datetime import datetime

from afterlook.runtime.instants import Instant, from_datetime
from afterlook.store.rows import MailboxRow
from afterlook.store.workmanagement import locations, settings, tasks
from afterlook.store.workmanagement.rows import WorkLocationRow, WorkTaskRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement.locations import Provider
from tests.sharepoint.om.client import Client
from tests.support.stores import new_mailbox

PERSONAL = {
    "_ObjectType_": "SP.WorkManagement.OM.Location",
    "Color": None,
    "Id": -1,
    "Important": True,
    "Name": "Personal",
    "ParentId": -1,
    "RootProviderKey": None,
    "Url": None,
}
"""The location of the user's own tasks, as a client sees it."""


def project_task(
    client: Client,
    name: str,
    location: int,
    moment: datetime,
    custom_data: str | None,
    *,
    read_only: bool = False,
) -> int:
    """Write a task of Project Server's below all others; return its id."""
    instant = from_datetime(moment)
    with client.store.write_session(client.mailbox) as session:
        number = settings.advance_counter(session, "next_task")
        task = WorkTaskRow(
            id=number,
            name=name,
            description=None,
            start=None,
            due=None,
            is_completed=False,
            pinned=None,
            location=location,
            edit_url="http://office/project/TaskDetails.aspx",
            is_read_only=read_only,
            modified=instant,
            discovered=instant,
            position=tasks.GAP * 1000 + number,
            provider=Provider.PROJECT_SERVER,
            provider_key=f"key-{number}",
            custom_data=custom_data,
            attributes="[\n]",
        )
        tasks.add(session, task)
    return number


def location(client: Client, name: str, active: Instant | None = None) -> int:
    """Write a location of SharePoint's; return its id."""
    with client.store.write_session(client.mailbox) as session:
        number = settings.advance_counter(session, "next_location")
        row = WorkLocationRow(
            id=number,
            name=name,
            parent=-1,
            provider=Provider.SHAREPOINT,
            url=f"https://host/sites/{number}",
            color=None,
            active=session.now if active is None else active,
        )
        locations.add(session, row)
    return number


def another_mailbox(client: Client) -> MailboxRow:
    """Make a second mailbox in the same store."""
    return new_mailbox(client.store)


def fill(client: Client, count: int, *, at_the_end: int) -> None:
    """Write tasks from 1 on, the last two of them in a location; their names are their numbers."""
    task = WorkTaskRow(
        id=1,
        name="",
        description=None,
        start=None,
        due=None,
        is_completed=False,
        pinned=None,
        location=NO_LOCATION,
        edit_url=None,
        is_read_only=False,
        modified=Instant(0),
        discovered=Instant(0),
        position=0,
        provider=Provider.PERSONAL,
        provider_key=None,
        custom_data=None,
        attributes="[\n]",
    )
    with client.store.write_session(client.mailbox) as session:
        for number in range(1, count + 1):
            location = at_the_end if number > count - 2 else NO_LOCATION
            named = task._replace(id=number, name=str(number), position=number, location=location)
            tasks.add(session, named)

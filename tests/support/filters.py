"""Tasks for filters, and those that a filter finds."""

from collections.abc import Iterable
from typing import cast

from afterlook.mailbox import tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.odata.filter.tree import Expression
from afterlook.store import tasks as stored
from afterlook.store.pages import Page
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.store import Store

Change = dict[str, object]


def write(store: Store, mailbox: MailboxRow, contents: Iterable[Change]) -> list[TaskRow]:
    """Write tasks; what no client can write goes into the row at once."""
    rows = []
    for content in contents:
        with store.write_session(mailbox) as session:
            values = cast("TaskValues", {"subject": content.get("subject")})
            row = tasks.create_task(session, DEFAULT_FOLDER, values, UTC)
            row = TaskRow._make((row._asdict() | content).values())
            stored.replace(session, row)
            rows.append(row)
    return rows


def found(store: Store, mailbox: MailboxRow, expression: Expression) -> list[int]:
    """Return the ids of the tasks that a filter lets through; counting them says as many."""
    with store.read_session(mailbox) as session:
        result = tasks.list_tasks(session, Page(1000, filter=expression, counted=True))
    ids = [row.id for row in result.rows]
    assert result.total == len(ids)
    return ids

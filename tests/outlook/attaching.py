"""Attaching as the tests of attachments do it."""

from urllib.parse import quote

from tests.support.outlook import Json, key, values
from tests.support.wire import Mailbox


def new_task(me: Mailbox, **properties: object) -> str:
    """Create a task; return its address."""
    return f"tasks('{key(me.create('tasks', properties))}')"


def attach(me: Mailbox, task: str, body: object) -> Json:
    """Attach something to the task at an address; return the attachment."""
    return me.create(f"{task}/attachments", body)


def at(task: str, attachment: Json) -> str:
    """Return the address of an attachment."""
    return f"{task}/attachments('{key(attachment)}')"


def attached(me: Mailbox, task: str, body: object) -> str:
    """Attach something to the task at an address; return the address of the attachment."""
    return at(task, attach(me, task, body))


def names(me: Mailbox, task: str, **options: str) -> list[str]:
    """Return the names of a task's attachments, by options of a listing."""
    return [each["Name"] for each in listed(me, task, **options)]


def listed(me: Mailbox, task: str, **options: str) -> list[Json]:
    """Return a task's attachments, by options of a listing."""
    query = "&".join(f"${name}={quote(text)}" for name, text in options.items())
    return values(me.get(f"{task}/attachments?{query}"))

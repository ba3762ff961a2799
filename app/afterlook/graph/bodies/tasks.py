"""Bodies of tasks: read by the Outlook wire's models, once they are spelt its way.

Owns what To Do takes otherwise: bodies are text, a range may be left out, and a title is required
(docs/reference/graph.md §6 to §8).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from afterlook.errors import BodyNotReadable, MessageSizeExceeded
from afterlook.graph.bodies.recurrences import fill_in_range
from afterlook.graph.edm import TODO_TASK
from afterlook.graph.render import TodoView, render_task, show_body
from afterlook.graph.spelling import Json, pascalise
from afterlook.mailbox.dates import is_shown_as
from afterlook.mailbox.plaintext import from_html
from afterlook.mailbox.timezones import UTC, find_zone
from afterlook.mailbox.values import COMPLETED, TaskValues
from afterlook.outlook.bodies.base import read_body
from afterlook.outlook.bodies.partial_updates import merge
from afterlook.outlook.bodies.tasks import ItemBodyInput, TaskBody
from afterlook.outlook.edm import BODY_TYPE, TASK

if TYPE_CHECKING:
    from afterlook.mailbox.timezones import Zone
    from afterlook.runtime.instants import Instant
    from afterlook.store.rows import TaskRow

_DAYS = {"DueDateTime": "due", "StartDateTime": "start", "CompletedDateTime": "completed"}
_WRITABLE = frozenset(part.name for part in TODO_TASK if part.writable)


def read_new_task(body: Mapping[str, object], where: Zone) -> TaskValues:
    """Read the body of a POST. Raises `BodyNotReadable` where it has no title."""
    if body.get("title") is None:
        raise BodyNotReadable(reason="The property 'title' is required")
    return _read_values(_spell(body), where, None)


def read_changes(body: Mapping[str, object], stored: TaskRow, view: TodoView) -> TaskValues:
    """Read the body of a PATCH of a task: what it leaves out, in part or whole, stays.

    A date of completion counts only where the task is completed, or becomes so. `view` is how the
    client is shown the task.
    """
    given = {
        name: value
        for name, value in _spell(body).items()
        if not (isinstance(value, dict) and _is_echo(name, value, stored))
    }
    if "CompletedDateTime" in given and "Status" not in given and stored.status != COMPLETED:
        del given["CompletedDateTime"]
    shown = pascalise(render_task(stored._replace(body="", body_type=0), view))
    # A body is text: half of what is shown and half of what is sent would be neither's.
    del shown["Body"]
    return _read_values(merge(given, shown, TASK), view.zone, stored)


def _is_echo(name: str, value: Json, stored: TaskRow) -> bool:
    """Tell whether a client sends back what it was shown, and so says nothing.

    A day of some zone is shown as an instant: read anew, it would be another day.
    """
    text, zone_name = value.get("DateTime"), value.get("TimeZone")
    instant: Instant | None = getattr(stored, _DAYS[name]) if name in _DAYS else None
    if instant is None or not isinstance(text, str) or not isinstance(zone_name, str | None):
        return False
    return is_shown_as(instant, text, UTC if zone_name is None else find_zone(zone_name))


def _spell(body: Mapping[str, object]) -> Json:
    """Return what a body says of writable properties, as the Outlook wire spells it.

    What is read-only, and what To Do does not know, is passed over: clients send whole objects.
    """
    given = pascalise({name: value for name, value in body.items() if name in _WRITABLE})
    if "Title" in given:
        given["Subject"] = given.pop("Title")
    item = given.get("Body")
    if isinstance(item, dict) and item.get("ContentType", "") is None:
        given["Body"] = {name: value for name, value in item.items() if name != "ContentType"}
    return given


def _read_values(given: Json, where: Zone, stored: TaskRow | None) -> TaskValues:
    recurrence = given.get("Recurrence")
    if isinstance(recurrence, dict):
        given["Recurrence"] = fill_in_range(recurrence, given, where, stored)
    read = read_body(TaskBody, given, TASK)
    values = read.values()
    if read.body is not None and _is_silent(read.body, stored):
        values.pop("body", None)
        values.pop("body_type", None)
    elif values.get("body_type") == BODY_TYPE.number("HTML"):
        text = from_html(values["body"], len(values["body"]))
        if text is None:
            raise MessageSizeExceeded
        values["body"], values["body_type"] = text, 0
    return values


def _is_silent(body: ItemBodyInput, stored: TaskRow | None) -> bool:
    """Tell whether a body leaves the text as it is: it has none, or the one that was shown.

    Of HTML that is its text, which would have lost the markup. A ContentType alone says nothing.
    """
    if "content" not in body.model_fields_set:
        return True
    return stored is not None and body.content == show_body(stored)

"""What refusals say on To Do: in Graph's names, with what a client sent as it was sent."""

import re

import pytest

from tests.support.todo import DEFAULT, Entity, Todo

_DATE = {"dateTime": "2026-01-01"}
_DAILY = {"type": "daily", "interval": 1}
_FROM = {"type": "noEnd", "startDate": "2026-01-01"}
_FILE = {"@odata.type": "#microsoft.graph.taskFileAttachment", "name": "a"}
_LONG = "x" * 300_000


def _every(pattern: Entity | None = None, range_: Entity | None = None) -> Entity:
    return {
        "recurrence": {"pattern": _DAILY | (pattern or {}), "range": _FROM | (range_ or {})},
        "dueDateTime": _DATE,
    }


TASKS: list[tuple[Entity, str]] = [
    ({"title": 1}, "the literal '1' to the expected type 'Edm.String'."),
    ({"body": 1}, "the expected type 'microsoft.graph.itemBody'."),
    (
        {"body": {"kind": "text"}},
        "property 'kind' does not exist on type 'microsoft.graph.itemBody'",
    ),
    ({"body": {"contentType": "rtf"}}, "'rtf' to the expected type 'microsoft.graph.bodyType'."),
    ({"importance": "most"}, "'most' to the expected type 'microsoft.graph.importance'."),
    ({"status": "Late"}, "'Late' to the expected type 'microsoft.graph.taskStatus'."),
    ({"isReminderOn": "maybe"}, "'maybe' to the expected type 'Edm.Boolean'."),
    ({"categories": "a"}, "the expected type 'Collection(Edm.String)'."),
    ({"dueDateTime": {"timeZone": "UTC"}}, "The property 'dateTime' is required."),
    ({"dueDateTime": {"dateTime": "soon"}}, "'soon' of parameter 'dateTime' is invalid."),
    ({"dueDateTime": {**_DATE, "timeZone": "Mars"}}, "value is not supported: 'Mars'."),
    (
        {"startDateTime": {"dateTime": "2026-02-01"}, "dueDateTime": _DATE},
        "startDateTime must not be later than dueDateTime.",
    ),
    ({"recurrence": {"range": _FROM}, "dueDateTime": _DATE}, "property 'pattern' is required."),
    (_every({"interval": 0}), "The property 'interval' must be 1 to "),
    (_every({"interval": "x"}), "'x' to the expected type 'Edm.Int32'."),
    (_every({"type": "hourly"}), "'microsoft.graph.recurrencePatternType'."),
    (
        _every({"type": "weekly"}, {"type": "numbered"}),
        "'numberOfOccurrences' is required for a range of the type numbered.",
    ),
    (
        _every({"type": "absoluteMonthly"}),
        "property 'dayOfMonth' is required for a pattern of the type absoluteMonthly.",
    ),
    (
        _every({"type": "relativeMonthly"}),
        "property 'daysOfWeek' is required for a pattern of the type relativeMonthly.",
    ),
    (
        _every(range_={"type": "endDate", "endDate": "2025-01-01"}),
        "'endDate' is required for a range of the type endDate, and not before startDate.",
    ),
]
PARTS: list[tuple[str, Entity, str]] = [
    ("checklistItems", {"displayName": _LONG}, "The displayName can have "),
    ("linkedResources", {"webUrl": _LONG}, "The webUrl can have "),
    ("linkedResources", {"externalId": _LONG}, "The externalId can have "),
    ("attachments", _FILE, "The property 'contentBytes' is required."),
    ("attachments", {**_FILE, "contentBytes": "?"}, "property 'contentBytes' is not base64."),
    ("attachments", {**_FILE, "contentBytes": "", "name": ""}, "The property 'name' must be 1 to"),
    ("extensions", {"extensionName": "a", "Subject": {}}, "The member 'Subject' of an extension"),
]

_OLD = re.compile(r"OutlookServices|\b(?!TimeZone )(?:[A-Z][a-z]+){2,}\b")
"""Names as the Outlook API spells them; the one that is not was seen in the service's own text."""


@pytest.mark.inferred("graph.names-in-refusals")
@pytest.mark.once
@pytest.mark.parametrize(("body", "words"), TASKS)
def test_tasks(todo: Todo, body: Entity, words: str) -> None:
    """Of a task, new or changed."""
    task = todo.address(todo.new_task())
    for response in (todo.post(f"{DEFAULT}/tasks", {"title": "a", **body}), todo.patch(task, body)):
        assert response.status_code == 400, response.text
        error = response.json()["error"]
        said = error["innerError"].get("message", error["message"])
        assert words in said
        assert not _OLD.search(said), said


@pytest.mark.inferred("graph.names-in-refusals")
@pytest.mark.once
@pytest.mark.parametrize(("parts", "body", "words"), PARTS)
def test_parts(todo: Todo, parts: str, body: Entity, words: str) -> None:
    """Of what hangs on a task; an extension has names of a client's own."""
    response = todo.post(f"{todo.address(todo.new_task())}/{parts}", body)
    assert response.status_code == 400, response.text
    assert words in response.json()["error"]["message"]


@pytest.mark.inferred("graph.names-in-refusals")
@pytest.mark.once
def test_quoted(todo: Todo) -> None:
    """A client's word that looks like a name stays as it is."""
    at = f"{todo.address(todo.new_task())}/extensions"
    todo.create(at, {"extensionName": "DueDateTime"})
    message = todo.post(at, {"extensionName": "DueDateTime"}).json()["error"]["message"]
    assert message == "There is an extension named 'DueDateTime' already."

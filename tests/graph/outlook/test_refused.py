"""What is refused below /beta/me/outlook, and how: docs/reference/graph.md §2."""

import pytest

from tests.graph.outlook.faces import Json, ask, made, read
from tests.support.mailboxes import Filled
from tests.support.wire import Mailbox

_LONG = "x" * 256
_WEEKLY = {"type": "weekly", "interval": 1}
_NUMBERED = {"type": "numbered", "startDate": "2026-01-01"}
REFUSED: list[tuple[str, str, object, str]] = [
    (
        "POST",
        "tasks",
        {"foo": 1},
        "property 'foo' does not exist on type 'microsoft.graph.outlookTask'",
    ),
    (
        "POST",
        "tasks",
        {"body": {"foo": 1}},
        "'foo' does not exist on type 'microsoft.graph.itemBody'",
    ),
    ("POST", "tasks", {"body": 3}, "type 'microsoft.graph.itemBody'"),
    (
        "POST",
        "tasks",
        {"importance": "Most"},
        "'Most' to the expected type 'microsoft.graph.importance'",
    ),
    ("POST", "tasks", {"subject": 1}, "type 'Edm.String'"),
    ("POST", "tasks", {"dueDateTime": {"dateTime": "soon"}}, "'soon'"),
    ("POST", "tasks", {"dueDateTime": {"dateTime": "2026-01-01", "timeZone": "X"}}, "'X'"),
    ("POST", "tasks", {"recurrence": {"pattern": _WEEKLY}}, "property 'range' is required"),
    (
        "POST",
        "tasks",
        {"recurrence": {"pattern": _WEEKLY, "range": _NUMBERED}},
        "property 'numberOfOccurrences' is required for a range of the type numbered.",
    ),
    (
        "POST",
        "tasks",
        {"startDateTime": {"dateTime": "2026-02-01"}, "dueDateTime": {"dateTime": "2026-01-01"}},
        "startDateTime must not be later than dueDateTime.",
    ),
    (
        "POST",
        "tasks",
        {"multiValueExtendedProperties": [{"id": "String 0x1a", "value": ["a"]}]},
        "is for multiValueExtendedProperties",
    ),
    (
        "POST",
        "tasks",
        {"singleValueExtendedProperties": [{"id": "color", "value": "a"}]},
        "'color' is not the id of an extended property.",
    ),
    ("POST", "tasks", {"attachments": [{"name": "a"}]}, "'attachments' may only hold"),
    ("POST", "tasks('{task}')/complete", {"foo": 1}, "type 'microsoft.graph.complete'"),
    ("PATCH", "tasks('{task}')", {"status": None}, "'null'"),
    ("POST", "tasks('{task}')/attachments", {"name": "a"}, "names no kind of attachment"),
    (
        "POST",
        "tasks('{task}')/attachments",
        {"@odata.type": "#microsoft.graph.fileAttachment", "name": "a"},
        "The property 'contentBytes' is required.",
    ),
    (
        "POST",
        "tasks('{task}')/attachments",
        {"@odata.type": "#microsoft.graph.fileAttachment", "name": "a", "contentBytes": "?"},
        "'contentBytes' is not base64",
    ),
    (
        "POST",
        "tasks('{task}')/attachments",
        {"@odata.type": "#microsoft.graph.itemAttachment", "name": "a", "item": {}},
        "type 'microsoft.graph.outlookItem'",
    ),
    ("POST", "taskFolders", {}, "The property 'name' is required."),
    ("POST", "taskFolders", {"name": _LONG}, "The property 'name' must be 1 to 255"),
    ("POST", "taskFolders", {"name": "a", "tasks": []}, "'tasks' does not exist"),
    ("PATCH", "taskFolders('tasks')", {"name": "a"}, "default task folder"),
    ("DELETE", "taskFolders('tasks')", None, "Distinguished folders"),
    ("POST", "taskFolders", {"name": "tasks"}, "Could not create folder 'tasks'"),
    ("DELETE", "taskFolders('{folder}')/tasks('{task}')", None, "after property 'tasks'"),
    ("GET", "tasks('nothing')", None, "Id is malformed."),
    ("GET", "tasks?$filter=body/content eq 'a'", None, "'body/content' does not support filtering"),
    ("GET", "tasks?$filter=status eq 'Most'", None, "no member of microsoft.graph.taskStatus"),
    ("GET", "tasks?$expand=foo", None, "'$expand'"),
    ("GET", "tasks?$search=foo", None, "'$search'"),
    ("GET", "tasks?$top=-1", None, "'$top'"),
    ("GET", "tasks?$format=xml", None, ""),
    ("PUT", "tasks", {}, "'PUT'"),
    ("POST", "tasks", [], "not a JSON object"),
]


def _old(body: object) -> object:
    """Spell a body as the Outlook API does, by names and types alone."""
    if isinstance(body, dict):
        return {_old_name(name): _old(value) for name, value in body.items()}
    if isinstance(body, list):
        return [_old(item) for item in body]
    prefix = "#microsoft.graph."
    if isinstance(body, str) and body.startswith(prefix):
        name = body.removeprefix(prefix)
        return f"#Microsoft.OutlookServices.{name[:1].upper()}{name[1:]}"
    return body


def _old_name(name: str) -> str:
    return "PropertyId" if name == "id" else name[:1].upper() + name[1:]


@pytest.mark.inferred("graph-outlook.refused")
@pytest.mark.once
@pytest.mark.parametrize(("method", "address", "body", "words"), REFUSED)
def test_as_the_outlook_api(
    filled: Filled, method: str, address: str, body: object, words: str
) -> None:
    """By the same status and code, in Graph's shape and words; nothing changes."""
    address = filled.at(address)
    before = read(filled.me, "tasks")
    old = filled.me.send(method, address, _old(body))
    new = ask(filled.me, method, address, body)
    assert new.status_code == old.status_code >= 400
    error = new.json()["error"]
    assert error["code"] == old.json()["error"]["code"]
    assert list(error) == ["code", "message", "innerError"]
    assert list(error["innerError"]) == ["date", "request-id", "client-request-id"]
    assert words in error["message"], error
    assert "OutlookServices" not in error["message"]
    assert read(filled.me, "tasks") == before


@pytest.mark.inferred("graph-outlook.refused")
@pytest.mark.once
def test_in_batches(me: Mailbox) -> None:
    """Within a batch, errors are those of the face that was asked."""
    asked = [
        {"id": "1", "method": "GET", "url": "/me/outlook/tasks?$orderby=foo"},
        {"id": "2", "method": "GET", "url": "/me/todo/lists?$orderby=foo"},
        {"id": "3", "method": "GET", "url": "/me/outlook/tasks"},
    ]
    answers = me.post("/beta/$batch", {"requests": asked}).json()["responses"]
    refused = [each["body"]["error"]["code"] for each in answers[:2]]
    assert refused == ["BadRequest", "invalidRequest"]
    assert answers[2]["body"]["value"] == []


LOST = [
    ("taskFolders?$orderby=orderHint", "'orderHint' on type 'microsoft.graph.outlookTaskFolder'"),
    ("tasks?$select=foo", "'foo' on type 'microsoft.graph.outlookTask'"),
    ("tasks?$filter=foo eq 1", "'foo' on type 'microsoft.graph.outlookTask'"),
    ("tasks('{task}')/attachments?$select=foo", "'foo' on type 'microsoft.graph.attachment'"),
    ("tasks?$expand=attachments($select=foo)", "'foo' on type 'microsoft.graph.attachment'"),
    ("taskGroups?$orderby=foo", "'foo' on type 'microsoft.graph.outlookTaskGroup'"),
]


@pytest.mark.observed("graph-outlook.unknown-property")
@pytest.mark.once
@pytest.mark.parametrize(("address", "words"), LOST)
def test_unknown_properties(filled: Filled, address: str, words: str) -> None:
    filled.me.create(filled.at("tasks('{task}')/attachments"), _old(_FILE))
    response = ask(filled.me, "GET", filled.at(address))
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (400, "BadRequest")
    assert error["message"] == f"Could not find a property named {words}."


_FILE = {"@odata.type": "#microsoft.graph.fileAttachment", "name": "a", "contentBytes": "eA=="}


@pytest.mark.inferred("graph-outlook.refused")
@pytest.mark.once
def test_syntax(me: Mailbox) -> None:
    """What cannot be read of an address is BadRequest as well."""
    for address in ("tasks?$filter=status eq", "tasks('x"):
        response = ask(me, "GET", address)
        assert (response.status_code, response.json()["error"]["code"]) == (400, "BadRequest")


SEGMENTS = [
    ("/v1.0/me/outlook/tasks", "tasks"),
    ("/v1.0/me/outlook/taskFolders/tasks/tasks", "taskFolders"),
    ("/v1.0/me/outlook", "outlook"),
    ("/beta/me/outlook", "outlook"),
    ("/beta/me/outlook/masterCategories", "masterCategories"),
    ("/beta/me/outlook/tasks/x/foo", "foo"),
    ("/beta/me/outlook/tasks/x/subject/foo", "foo"),
    ("/beta/me/outlook/lists", "lists"),
    ("/beta/me/outlook/$batch", "$batch"),
]


@pytest.mark.inferred("graph-outlook.refused", "graph-outlook.routes")
@pytest.mark.once
@pytest.mark.parametrize(("address", "segment"), SEGMENTS)
def test_addresses(me: Mailbox, address: str, segment: str) -> None:
    """What leads nowhere is BadRequest, naming the segment."""
    response = me.get(address)
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["code"] == "BadRequest"
    assert error["message"] == f"Resource not found for the segment '{segment}'."


@pytest.mark.observed("graph-outlook.folder-exists")
@pytest.mark.in_process
def test_names_of_folders(me: Mailbox) -> None:
    made(me, "taskFolders", {"name": "Cooking"})
    response = ask(me, "POST", "taskFolders", {"name": "cooking"})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "ErrorFolderExists")


@pytest.mark.spec("graph-outlook.protected")
@pytest.mark.once
@pytest.mark.parametrize("kind", ["taskFolders", "taskGroups"])
def test_default_ones(me: Mailbox, kind: str) -> None:
    """They stay, and keep their names."""
    before = read(me, kind)
    one = f"{kind}/{before['value'][0]['id']}"
    gone = ask(me, "POST", f"{one}/permanentDelete")
    for response in (ask(me, "PATCH", one, {"name": "x"}), ask(me, "DELETE", one), gone):
        assert response.status_code == 400
    assert read(me, kind) == before


@pytest.mark.inferred("graph-outlook.permanent-delete")
@pytest.mark.in_process
def test_permanent_deletions(filled: Filled) -> None:
    """They answer as DELETE does, and what was below a folder is gone with it."""
    me = filled.me
    for address in ("tasks('{task}')", "taskFolders('{folder}')", "taskGroups('{group}')"):
        if address.startswith("taskFolders"):
            made(me, filled.at(f"{address}/tasks"), {"subject": "x"})
        response = ask(me, "POST", filled.at(f"{address}/permanentDelete"))
        assert (response.status_code, response.content) == (204, b"")
        again = ask(me, "POST", filled.at(f"{address}/microsoft.graph.permanentDelete()"))
        assert again.status_code == 404
    assert read(me, "tasks")["value"] == []
    file = made(me, "tasks", {})["id"]
    attached = made(me, f"tasks/{file}/attachments", _FILE)["id"]
    at = f"tasks/{file}/attachments/{attached}/permanentDelete"
    assert ask(me, "POST", at).status_code == 400


@pytest.mark.inferred("graph-outlook.no-sync")
@pytest.mark.once
@pytest.mark.parametrize("address", ["taskFolders", "taskFolders/tasks/tasks"])
def test_no_sync(me: Mailbox, address: str) -> None:
    """The preference is passed over, a token is an option that there is not."""
    response = ask(me, "GET", address, Prefer="odata.track-changes")
    assert response.json() == read(me, address)
    assert "Preference-Applied" not in response.headers
    for option in ("$deltatoken=x", "$skiptoken=x"):
        refused = ask(me, "GET", f"{address}?{option}", Prefer="odata.track-changes")
        assert (refused.status_code, refused.json()["error"]["code"]) == (
            400,
            "ErrorInvalidUrlQuery",
        )
    assert ask(me, "GET", f"{address}/delta").status_code in (400, 404)


OLD: list[tuple[str, Json]] = [
    ("tasks", {"Subject": "x"}),
    ("tasks", {"body": {"ContentType": "HTML"}}),
    ("taskFolders", {"Name": "x"}),
    ("tasks/{task}/attachments", {"@odata.type": "#Microsoft.OutlookServices.FileAttachment"}),
    ("tasks/{task}/attachments", _FILE | {"ContentId": "x"}),
]


@pytest.mark.inferred("graph-outlook.strict-names")
@pytest.mark.once
@pytest.mark.parametrize(("address", "body"), OLD)
def test_old_names(filled: Filled, address: str, body: Json) -> None:
    """A client that was moved by half is told so."""
    whole = _FILE | body if "attachments" in address else body
    response = ask(filled.me, "POST", filled.at(address), whole)
    assert response.status_code == 400, response.text
    unknown = next((name for name in body if name[0].isupper()), "")
    assert f"'{unknown}" in response.json()["error"]["message"]

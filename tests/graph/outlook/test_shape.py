"""What entities look like: docs/reference/graph.md §2."""

import pytest

from tests.graph.outlook.faces import FACE, ask, made, read
from tests.support.outlook import PACIFIC, prefer
from tests.support.wire import Mailbox

TASK = (
    "id, createdDateTime, lastModifiedDateTime, changeKey, categories, assignedTo, body, "
    "completedDateTime, dueDateTime, hasAttachments, importance, isReminderOn, owner, "
    "parentFolderId, recurrence, reminderDateTime, sensitivity, startDateTime, status, subject"
)
FOLDER = "id, changeKey, isDefaultFolder, name, parentGroupKey"
GROUP = "id, changeKey, isDefaultGroup, name, groupKey"
SHOWN = [
    ("tasks", {"subject": "x"}, TASK),
    ("taskFolders", {"name": "x"}, FOLDER),
    ("taskGroups", {"name": "x"}, GROUP),
]
DEFAULT_KEY = "0006f0b7-0000-0000-c000-000000000046"


@pytest.mark.spec("graph-outlook.routes", "graph-outlook.members")
@pytest.mark.parametrize(("address", "body", "members"), SHOWN)
def test_entities(me: Mailbox, address: str, body: dict[str, str], members: str) -> None:
    name, text = next(iter(body.items()))
    entity = made(me, address, body)
    order = ["@odata.context", "@odata.etag", *members.split(", ")]
    assert list(entity) == order
    assert entity["@odata.etag"] == f'W/"{entity["changeKey"]}"'
    one = f"{address}/{entity['id']}"
    assert read(me, one) == entity
    changed = ask(me, "PATCH", one, {name: f"{text}y"})
    assert (changed.status_code, changed.json()[name]) == (200, "xy")
    assert list(changed.json()) == order
    listed = read(me, address)["value"]
    assert [list(each) for each in listed] == [order[1:]] * len(listed)
    assert entity["id"] in [each["id"] for each in listed]
    assert ask(me, "DELETE", f"{address}('{entity['id']}')").status_code == 204
    assert ask(me, "GET", one).status_code == 404


@pytest.mark.spec("graph-outlook.members")
@pytest.mark.once
def test_defaults(me: Mailbox) -> None:
    """What a task has of which nothing was said; nulls are told."""
    task = made(me, "tasks", {})
    shown = {name: value for name, value in task.items() if "@" not in name}
    for name in ("id", "changeKey", "createdDateTime", "lastModifiedDateTime", "parentFolderId"):
        assert shown.pop(name)
    dates = ("completedDateTime", "dueDateTime", "reminderDateTime", "startDateTime")
    assert shown == dict.fromkeys((*dates, "assignedTo", "recurrence", "subject")) | {
        "categories": [],
        "body": {"contentType": "text", "content": ""},
        "hasAttachments": False,
        "importance": "normal",
        "isReminderOn": False,
        "owner": "Administrator",
        "sensitivity": "normal",
        "status": "notStarted",
    }
    [folder] = read(me, "taskFolders")["value"]
    [group] = read(me, "taskGroups")["value"]
    assert (folder["name"], folder["isDefaultFolder"]) == ("Tasks", True)
    assert (group["name"], group["isDefaultGroup"]) == ("My Tasks", True)
    assert folder["parentGroupKey"] == group["groupKey"] == DEFAULT_KEY


@pytest.mark.observed("graph-outlook.contexts")
@pytest.mark.once
def test_contexts(me: Mailbox) -> None:
    """They name the user, and ids whose padding is encoded."""
    task = made(me, "tasks", {"subject": "x"})
    user = task["@odata.context"].partition("#")[2].partition("/")[0]
    assert user.startswith("users('")
    root = f"{me.wire.url}/beta/$metadata#{user}/outlook"
    assert task["@odata.context"] == f"{root}/tasks/$entity"
    folder = task["parentFolderId"]
    selected = read(me, f"taskFolders/{folder}/tasks?$select=dueDateTime")
    encoded = folder.replace("=", "%3D")
    assert selected["@odata.context"] == f"{root}/taskFolders('{encoded}')/tasks(dueDateTime)"
    file = {"@odata.type": "#microsoft.graph.fileAttachment", "name": "x", "contentBytes": "eA=="}
    attached = made(me, f"tasks/{task['id']}/attachments", file)
    encoded = task["id"].replace("=", "%3D")
    assert attached["@odata.context"] == f"{root}/tasks('{encoded}')/attachments/$entity"
    assert read(me, "taskGroups")["@odata.context"] == f"{root}/taskGroups"
    completed = ask(me, "POST", f"tasks/{task['id']}/complete").json()
    assert completed["@odata.context"] == f"{root}/tasks"


@pytest.mark.inferred("graph-outlook.routes")
@pytest.mark.once
def test_new_addresses(me: Mailbox) -> None:
    """Location leads to what was made, and names it as Graph does."""
    response = ask(me, "POST", "tasks", {"subject": "x"}, Prefer="return=minimal")
    assert response.status_code == 204
    location = response.headers["Location"]
    assert location == response.headers["OData-EntityId"]
    assert "/beta/users('" in location
    assert "')/outlook/tasks('" in location
    task = me.get(location).json()
    assert task["subject"] == "x"
    file = {"@odata.type": "#microsoft.graph.fileAttachment", "name": "x", "contentBytes": "eA=="}
    attached = ask(me, "POST", f"tasks/{task['id']}/attachments", file)
    assert me.get(attached.headers["Location"]).json() == attached.json()


@pytest.mark.spec("graph-outlook.zone")
@pytest.mark.once
def test_zone(me: Mailbox) -> None:
    """Dates and both stamps are told in the zone that is preferred."""
    due = {"dateTime": "2026-04-25T21:00:00", "timeZone": "Eastern Standard Time"}
    task = made(me, "tasks", {"dueDateTime": due})
    response = ask(me, "GET", f"tasks/{task['id']}", Prefer=prefer(PACIFIC))
    assert response.headers["Preference-Applied"] == prefer(PACIFIC)
    shown = response.json()
    date = {"dateTime": "2026-04-24T21:00:00.0000000", "timeZone": PACIFIC}
    assert shown["dueDateTime"] == date
    for stamp in ("createdDateTime", "lastModifiedDateTime"):
        assert task[stamp].endswith("Z")
        assert shown[stamp][-6:] in ("-07:00", "-08:00")


@pytest.mark.inferred("graph-outlook.levels")
@pytest.mark.once
def test_levels(me: Mailbox) -> None:
    """Without metadata, counts and links stay."""
    for _ in range(2):
        made(me, "tasks", {})
    accept = "application/json;odata.metadata=none"
    page = read(me, "tasks?$top=1&$count=true", Accept=accept)
    assert list(page) == ["@odata.count", "value", "@odata.nextLink"]
    assert not [name for name in page["value"][0] if "@" in name]
    assert page["@odata.nextLink"].startswith(f"{me.wire.url}{FACE}/tasks?")
    full = read(me, "tasks", Accept=accept.replace("none", "full"))
    assert full == read(me, "tasks")
    assert full == read(me, "tasks?$format=application/json;odata.metadata=full")

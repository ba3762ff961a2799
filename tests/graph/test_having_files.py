"""`hasAttachments` means files: where it is shown, and where tasks are asked for by it."""

from base64 import b64encode

import pytest

from afterlook.store import costs
from tests.support.todo import DEFAULT, Todo, error_of

TASKS = f"{DEFAULT}/tasks"
OUTLOOK = "#Microsoft.OutlookServices."
FILE = {"@odata.type": f"{OUTLOOK}FileAttachment", "Name": "a", "ContentBytes": "AA=="}
LINK = {
    "@odata.type": f"{OUTLOOK}ReferenceAttachment",
    "Name": "a",
    "SourceUrl": "https://menu.example",
}
ITEM = {
    "@odata.type": f"{OUTLOOK}ItemAttachment",
    "Name": "a",
    "Item": {"@odata.type": f"{OUTLOOK}Message", "Subject": "a"},
}


@pytest.fixture
def attached(todo: Todo) -> Todo:
    """Return a mailbox with tasks called by what is attached to them."""
    for title, given in (
        ("none", []),
        ("file", [FILE]),
        ("link", [LINK]),
        ("item", [ITEM]),
        ("link and file", [LINK, FILE]),
    ):
        task = todo.new_task(title=title)
        for each in given:
            todo.create(f"tasks('{task['id']}')/attachments", each)
    return todo


HAVING = ["file", "link and file"]
OTHERS = ["item", "link", "none"]


@pytest.mark.inferred("graph.having-files")
def test_filter(attached: Todo) -> None:
    """It finds those that show it, and no others, however it asks; `$count` counts the same."""
    shown = attached.get(TASKS).json()["value"]
    assert sorted(task["title"] for task in shown if task["hasAttachments"]) == HAVING
    for condition, found in (
        ("hasAttachments eq true", HAVING),
        ("hasAttachments eq false", OTHERS),
        ("hasAttachments ne true", OTHERS),
        ("hasAttachments", HAVING),
        ("not hasAttachments", OTHERS),
        ("not (hasAttachments ne true)", HAVING),
        ("true eq hasAttachments and startswith(title,'f')", ["file"]),
        ("hasAttachments in (false)", OTHERS),
        ("hasAttachments eq null", []),
        ("hasAttachments ne isReminderOn", HAVING),
    ):
        answer = attached.get(f"{TASKS}?$filter={condition}&$count=true")
        assert answer.status_code == 200, answer.text
        assert sorted(task["title"] for task in answer.json()["value"]) == found, condition
        assert answer.json()["@odata.count"] == len(found)
        assert attached.get(f"{TASKS}/$count?$filter={condition}").text == str(len(found))


@pytest.mark.inferred("graph.having-files")
@pytest.mark.in_process
def test_order(attached: Todo) -> None:
    """Sorted by it, those that show it stand together, over pages too."""
    for direction, expected in (("", [*[False] * 3, True, True]), (" desc", [True, True])):
        answer = attached.get(f"{TASKS}?$orderby=hasAttachments{direction}&$top=3").json()
        following = attached.get(answer["@odata.nextLink"]).json()
        shown = [task["hasAttachments"] for task in (*answer["value"], *following["value"])]
        assert shown[: len(expected)] == expected
        assert len(shown) == 5


@pytest.mark.inferred("graph.having-files")
@pytest.mark.in_process
def test_files_that_come_and_go(todo: Todo) -> None:
    task = todo.new_task()
    every = f"{todo.address(task)}/attachments"
    file = {"name": "a", "contentBytes": b64encode(b"a").decode()}
    count = f"{TASKS}/$count?$filter=hasAttachments eq true"
    made = todo.create(every, {"@odata.type": "#microsoft.graph.taskFileAttachment", **file})
    todo.create(f"tasks('{task['id']}')/attachments", LINK)
    assert todo.get(count).text == "1"
    todo.delete(f"{every}/{made['id']}")
    assert todo.get(count).text == "0"


@pytest.mark.inferred("graph.having-files")
@pytest.mark.in_process
def test_nested(attached: Todo) -> None:
    """However deeply it stands, it is answered or refused, and is no error of the engine's."""
    statuses = set()
    for depth in (1, 10, 15, 20, 30):
        condition = "not (" * depth + "hasAttachments eq true" + ")" * depth
        answer = attached.get(f"{TASKS}?$filter={condition}")
        statuses.add(answer.status_code)
        if answer.status_code != 200:
            error_of(answer, 400)
    assert statuses == {200, 400}


@pytest.mark.inferred("graph.having-files")
@pytest.mark.in_process
def test_bound(attached: Todo, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks into a collection, and counts among what a filter may look at."""
    monkeypatch.setattr(costs, "MAX_COLLECTIONS", 20)
    for many, status in ((8, 200), (9, 400)):
        condition = " or ".join(["hasAttachments eq true"] * many)
        for asked in (TASKS, f"{TASKS}/$count"):
            assert attached.get(f"{asked}?$filter={condition}").status_code == status


@pytest.mark.inferred("graph.orderby-hidden")
@pytest.mark.once
@pytest.mark.parametrize("key", ["body/content", "body/contentType", "recurrence"])
def test_order_by_what_is_not_shown(todo: Todo, key: str) -> None:
    """Nothing is sorted by a form in which it is kept and never shown."""
    refused = error_of(todo.get(f"{TASKS}?$orderby={key}"), 400)
    assert refused["innerError"]["code"] == "RequestBroker--ParseUri"

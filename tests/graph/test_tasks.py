"""Tasks of To Do."""

import pytest

from tests.support.todo import DEFAULT, Todo, error_of


@pytest.mark.spec("graph.tasks")
def test_way_of_a_task(todo: Todo) -> None:
    created = todo.post(f"{DEFAULT}/tasks", {"title": "Milk", "importance": "high"})
    task = created.json()
    at = todo.address(task)

    assert created.status_code == 201
    assert created.headers["ETag"] == task["@odata.etag"]
    changed = todo.patch(at, {"title": "Bread"}).json()
    assert (changed["title"], changed["importance"]) == ("Bread", "high")
    assert todo.get(at).json() == changed
    assert todo.delete(at).status_code == 204
    assert error_of(todo.get(at), 404)["code"] == "ErrorItemNotFound"


@pytest.mark.observed("graph.task-members")
@pytest.mark.in_process
def test_a_title_alone(todo: Todo) -> None:
    task = todo.new_task()

    stamp = task["createdDateTime"]
    assert stamp.endswith("Z")
    assert task.pop("@odata.context").endswith("/tasks/$entity")
    assert task.pop("@odata.etag").startswith('W/"')
    assert task.pop("id").endswith("=")
    assert task == {
        "importance": "normal",
        "isReminderOn": False,
        "status": "notStarted",
        "title": "Milk",
        "createdDateTime": stamp,
        "lastModifiedDateTime": stamp,
        "hasAttachments": False,
        "categories": [],
        "body": {"content": "", "contentType": "text"},
    }


@pytest.mark.observed("graph.tolerant")
@pytest.mark.in_process
def test_whole_objects(todo: Todo) -> None:
    task = todo.new_task(dueDateTime={"dateTime": "2026-03-01T00:00:00", "timeZone": "UTC"})
    task |= {
        "title": "Bread",
        "dueDateTime": None,
        "recurrence": None,
        "body": {"contentType": "text"},
    }
    task |= {"@odata.type": "#microsoft.graph.todoTask", "parentList": {"id": "x"}, "id": "y"}

    changed = todo.patch(todo.address(todo.get(f"{DEFAULT}/tasks").json()["value"][0]), task)

    assert changed.status_code == 200, changed.text
    assert changed.json()["title"] == "Bread"
    assert "dueDateTime" not in changed.json()


@pytest.mark.inferred("graph.echoes")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "Tonga Standard Time", "America/Adak", "UTC"]
)
def test_what_is_sent_back(todo: Todo, zone: str) -> None:
    """A whole object that was read and is written back changes nothing but what is new in it."""
    html = {"ContentType": "HTML", "Content": "<p>One</p><p><b>two</b></p>"}
    day = {"DateTime": "2026-03-29T00:00:00", "TimeZone": zone}
    body = {"Subject": "Milk", "Body": html, "StartDateTime": day, "DueDateTime": day}
    made = todo.create("tasks", body | {"Status": "Completed", "CompletedDateTime": day})
    before = todo.get(f"tasks('{made['Id']}')").json()
    (task,) = todo.get(f"{DEFAULT}/tasks").json()["value"]
    at = todo.address(task)

    seconds = task["dueDateTime"]["dateTime"].partition(".")[0]
    for due in (task["dueDateTime"], {"dateTime": f"{seconds}Z", "timeZone": "UTC"}):
        changed = todo.patch(at, task | {"title": "Bread", "dueDateTime": due})
        assert changed.status_code == 200, changed.text
    after = todo.get(f"tasks('{made['Id']}')").json()
    stamps = ("@odata.etag", "ChangeKey", "LastModifiedDateTime", "@odata.context")
    kept = {name: value for name, value in before.items() if name not in stamps}
    assert {name: after[name] for name in kept} == kept | {"Subject": "Bread"}
    moved = todo.patch(at, {"dueDateTime": {"dateTime": "2026-04-01T10:00:00", "timeZone": "UTC"}})
    assert moved.json()["dueDateTime"]["dateTime"] == "2026-04-01T00:00:00.0000000"


@pytest.mark.inferred("graph.title")
@pytest.mark.in_process
@pytest.mark.parametrize("body", [{}, {"title": None}])
def test_no_title(todo: Todo, body: dict[str, object]) -> None:
    error = error_of(todo.post(f"{DEFAULT}/tasks", body), 400)

    assert (error["code"], error["innerError"]["code"]) == ("invalidRequest", "InvalidModel")
    assert todo.get(f"{DEFAULT}/tasks").json()["value"] == []


@pytest.mark.inferred("graph.same-mailbox")
@pytest.mark.in_process
def test_is_an_outlook_task(todo: Todo) -> None:
    task = todo.new_task(
        status="waitingOnOthers",
        importance="low",
        categories=["Red"],
        body={"content": "Two litres", "contentType": "text"},
        isReminderOn=True,
        reminderDateTime={"dateTime": "2026-03-01T09:30:00", "timeZone": "UTC"},
    )

    seen = todo.outlook(task)
    assert (seen["Id"], seen["Subject"], seen["Status"]) == (task["id"], "Milk", "WaitingOnOthers")
    assert seen["Body"] == {"ContentType": "Text", "Content": "Two litres"}
    assert (seen["Importance"], seen["Categories"]) == ("Low", ["Red"])
    assert seen["ReminderDateTime"]["DateTime"] == task["reminderDateTime"]["dateTime"]
    todo.patch(f"tasks('{task['id']}')", {"Subject": "Bread", "Sensitivity": "Private"})
    shown = todo.get(todo.address(task)).json()
    assert shown["title"] == "Bread"
    todo.patch(todo.address(task), {"title": "Rolls"})
    assert todo.outlook(task)["Sensitivity"] == "Private"


@pytest.mark.observed("graph.body")
@pytest.mark.in_process
def test_html_is_text(todo: Todo) -> None:
    html = "<html><body><p>One &amp; <b>two</b></p><p>three</p></body></html>"
    task = todo.new_task(body={"content": html, "contentType": "html"})

    assert task["body"] == {"content": "One & two\nthree", "contentType": "text"}
    assert todo.outlook(task)["Body"]["ContentType"] == "Text"


@pytest.mark.inferred("graph.body-kept")
@pytest.mark.in_process
@pytest.mark.parametrize("body", [{}, {"body": {"contentType": "text"}}])
def test_html_of_others(todo: Todo, body: dict[str, object]) -> None:
    html = {"ContentType": "HTML", "Content": "<p>One</p>"}
    made = todo.create("tasks", {"Subject": "Milk", "Body": html})
    task = todo.get(f"{DEFAULT}/tasks").json()["value"][0]

    assert task["body"] == {"content": "One", "contentType": "text"}
    todo.patch(todo.address(task), {"title": "Bread", **body})
    assert todo.get(f"tasks('{made['Id']}')").json()["Body"] == html
    todo.patch(todo.address(task), {"body": {"content": "Two", "contentType": "text"}})
    assert todo.outlook(task)["Body"] == {"ContentType": "Text", "Content": "Two"}

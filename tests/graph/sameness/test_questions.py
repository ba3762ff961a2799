"""What is asked of one face, by versions, filters and order, has the same answer at each other."""

from urllib.parse import quote

import pytest

from tests.graph.sameness.faces import BETA, FACES, OUTLOOK, TODO, Face
from tests.support.todo import Todo

QUESTIONS = {
    "$filter=Status eq 'Completed'": "$filter=status eq 'completed'",
    "$filter=Status ne 'Completed'": "$filter=status ne 'completed'",
    "$filter=Importance eq 'High'": "$filter=importance eq 'high'",
    "$filter=startswith(Subject,'b')": "$filter=startswith(title,'b')",
    "$filter=contains(Subject,'r') and Importance ne 'Low'": (
        "$filter=contains(title,'r') and importance ne 'low'"
    ),
    "$filter=DueDateTime/DateTime ge '2026-06-02'": "$filter=dueDateTime/dateTime ge '2026-06-02'",
    "$filter=DueDateTime/DateTime lt '2026-06-02'": "$filter=dueDateTime/dateTime lt '2026-06-02'",
    "$filter=StartDateTime/DateTime ne null": "$filter=startDateTime/dateTime ne null",
    "$filter=CreatedDateTime ge 2000-01-01T00:00:00Z": (
        "$filter=createdDateTime ge 2000-01-01T00:00:00Z"
    ),
    "$orderby=DueDateTime/DateTime desc,CreatedDateTime": (
        "$orderby=dueDateTime/dateTime desc,createdDateTime"
    ),
    "$orderby=Importance,CreatedDateTime desc": "$orderby=importance,createdDateTime desc",
}


@pytest.mark.inferred("graph.same-answers")
@pytest.mark.in_process
@pytest.mark.parametrize("question", QUESTIONS)
def test_questions(todo: Todo, question: str) -> None:
    """A filter or an order, as each face spells it, finds the same tasks in the same order."""
    for number, (subject, status, importance) in enumerate(
        [
            ("bread", "Completed", "High"),
            ("Brie", "NotStarted", "Low"),
            ("milk", "Deferred", "High"),
            ("pear", "Completed", "Normal"),
        ]
    ):
        day = {"DateTime": f"2026-06-0{number + 1}T00:00:00", "TimeZone": "UTC"}
        dates = {"DueDateTime": day} | ({"StartDateTime": day} if number % 2 else {})
        body = {"Subject": subject, "Status": status, "Importance": importance, **dates}
        todo.create("tasks", body)
    home = str(todo.default_list()["id"])
    spelt = QUESTIONS[question]
    found = {
        OUTLOOK.name: _ask(todo, OUTLOOK, home, question),
        BETA.name: _ask(todo, BETA, home, spelt.replace("title", "subject")),
        TODO.name: _ask(todo, TODO, home, spelt),
    }

    assert found[OUTLOOK.name] == found[BETA.name] == found[TODO.name]
    assert found[TODO.name]


def _ask(todo: Todo, face: Face, home: str, question: str) -> list[str]:
    response = todo.get(f"{face.every.format(home)}?{quote(question, safe='=$&')}")
    assert response.status_code == 200, response.text
    return [str(one.get("id") or one["Id"]) for one in response.json()["value"]]


@pytest.mark.inferred("graph.same-versions")
@pytest.mark.once
@pytest.mark.parametrize("reader", FACES, ids=lambda face: face.name)
@pytest.mark.parametrize("writer", FACES, ids=lambda face: face.name)
def test_versions(todo: Todo, reader: Face, writer: Face) -> None:
    """The version that one face tells is the one that another compares."""
    home = str(todo.default_list()["id"])
    key = str(todo.new_task()["id"])
    version = reader.read(todo, home, key)["@odata.etag"]
    one = writer.one.format(home, key)

    changed = todo.patch(one, _change(writer), If_Match=version)

    assert changed.status_code == 200, changed.text
    assert reader.read(todo, home, key)["@odata.etag"] == changed.json()["@odata.etag"]
    assert todo.patch(one, _change(writer), If_Match=version).status_code == 412
    assert todo.delete(one, If_Match=version).status_code == 412


def _change(face: Face) -> dict[str, str]:
    is_old = face.name in ("v2.0", "outlook")
    return {"Importance": "High"} if is_old else {"importance": "high"}

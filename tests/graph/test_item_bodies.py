"""Bodies of tasks, in part and whole: they are text, and what a PATCH leaves out stays."""

import pytest

from tests.support.todo import DEFAULT, Entity, Todo, error_of

LINES = "Zeile 1\nZeile 2 <i>leise</i>\n\n  1 < 2 &amp; 3"
HTML = {"ContentType": "HTML", "Content": "<p>One</p><p><b>two</b></p>"}
SHOWN = "One\ntwo"


def text(content: str) -> Entity:
    """Return how To Do shows a body."""
    return {"content": content, "contentType": "text"}


def of_outlook(todo: Todo, body: Entity) -> Entity:
    """Return a task that the Outlook API made, as To Do shows it."""
    todo.create("tasks", {"Subject": "Milk", "Body": body})
    (task,) = todo.get(f"{DEFAULT}/tasks").json()["value"]
    return dict(task)


@pytest.mark.inferred("graph.body-parts")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "part",
    [
        {"contentType": "html"},
        {"contentType": "HTML"},
        {"contentType": "text"},
        {"contentType": None},
        {},
        {"contentType": "html", "content": LINES},
        {"content": LINES},
    ],
)
def test_text_that_is_left_out(todo: Todo, part: Entity) -> None:
    """Each line stays, and what looks like a tag; so does what is sent back as it was shown."""
    task = todo.new_task(body=text(LINES))

    changed = todo.patch(todo.address(task), {"title": "Bread", "body": part})

    assert changed.json()["body"] == text(LINES)
    assert todo.outlook(task)["Body"] == {"ContentType": "Text", "Content": LINES}


@pytest.mark.inferred("graph.body-parts")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "part",
    [{"contentType": "html"}, {"contentType": "text"}, {}, {"content": SHOWN}, text(SHOWN)],
)
def test_html_that_is_left_out(todo: Todo, part: Entity) -> None:
    """The markup stays; where nothing else is sent, nothing has changed."""
    task = of_outlook(todo, HTML)

    changed = todo.patch(todo.address(task), {"body": part}).json()

    assert changed["body"] == text(SHOWN)
    assert changed["@odata.etag"] == task["@odata.etag"]
    assert todo.outlook(task)["Body"] == HTML


@pytest.mark.inferred("graph.body-parts")
@pytest.mark.in_process
@pytest.mark.parametrize("old", [HTML, {"ContentType": "Text", "Content": LINES}])
@pytest.mark.parametrize("kind", [{}, {"contentType": "text"}, {"contentType": None}])
def test_content_is_text_unless_it_says_otherwise(todo: Todo, old: Entity, kind: Entity) -> None:
    """Whatever was there before, of whichever face."""
    task = of_outlook(todo, old)
    content = "line 1\nline 2 <b> 1 < 2"

    changed = todo.patch(todo.address(task), {"body": {"content": content, **kind}}).json()

    assert changed["body"] == text(content)
    assert todo.outlook(task)["Body"] == {"ContentType": "Text", "Content": content}


@pytest.mark.inferred("graph.body-parts")
@pytest.mark.in_process
@pytest.mark.parametrize("old", [HTML, {"ContentType": "Text", "Content": LINES}])
@pytest.mark.parametrize("kind", [{}, {"contentType": "text"}, {"contentType": "html"}])
def test_null_takes_away(todo: Todo, old: Entity, kind: Entity) -> None:
    task = of_outlook(todo, old)

    assert todo.patch(todo.address(task), {"body": {"content": None, **kind}}).json()[
        "body"
    ] == text("")
    assert todo.outlook(task)["Body"] == {"ContentType": "Text", "Content": ""}


@pytest.mark.observed("graph.body")
@pytest.mark.in_process
def test_html_that_is_sent(todo: Todo) -> None:
    """It loses its markup, also where there was HTML before."""
    task = of_outlook(todo, HTML)
    given = {"contentType": "html", "content": "<p>One</p><p>three</p>"}

    assert todo.patch(todo.address(task), {"body": given}).json()["body"] == text("One\nthree")


@pytest.mark.inferred("graph.body-parts")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ({"contentType": "html"}, ""),
        ({"contentType": None}, ""),
        ({}, ""),
        ({"content": None, "contentType": "html"}, ""),
        ({"content": LINES}, LINES),
        ({"content": LINES, "contentType": None}, LINES),
    ],
)
def test_parts_of_a_new_body(todo: Todo, part: Entity, shown: str) -> None:
    task = todo.new_task(body=part)

    assert task["body"] == text(shown)
    assert todo.outlook(task)["Body"] == {"ContentType": "Text", "Content": shown}


@pytest.mark.inferred("graph.errors")
@pytest.mark.once
@pytest.mark.parametrize(
    "part",
    [
        {"contentType": "rtf"},
        {"contentType": 5},
        {"content": SHOWN, "contentType": "rtf"},
        {"content": 5},
        {"contents": "x"},
        "x",
    ],
)
def test_parts_that_cannot_be(todo: Todo, part: object) -> None:
    """Also beside a text that is as it was shown; nothing changes."""
    task = of_outlook(todo, HTML)

    for response in (
        todo.patch(todo.address(task), {"title": "Bread", "body": part}),
        todo.post(f"{DEFAULT}/tasks", {"title": "Bread", "body": part}),
    ):
        assert error_of(response, 400)["code"] == "invalidRequest"
    (left,) = todo.get(f"{DEFAULT}/tasks").json()["value"]
    assert left == task

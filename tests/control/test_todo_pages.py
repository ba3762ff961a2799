"""What is read page by page is read to its end, though pages end with their text, too."""

from itertools import count
from typing import Any

import pytest

from afterlook.control.archive import todo_writer
from afterlook.store import pages
from tests.support.control import look, perform
from tests.support.todo import LISTS, Todo
from tests.support.wire import Wire

ROOM = 2000
LENGTHS = (1900, 1900, 5, 0, 2500, 5000, 1999, 3, 700, 700, 700, 1, 2000, 6000, 2)


@pytest.fixture(autouse=True)
def _little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PAGE_TEXT", ROOM)


def _fill(todo: Todo, address: str, number: "count[int]") -> list[str]:
    titles = [f"{next(number):02}" for _ in LENGTHS]
    for title, length in zip(titles, LENGTHS, strict=True):
        todo.new_task(address, title=title, body={"content": "x" * length, "contentType": "text"})
    return titles


def _make(turned: Wire) -> tuple[Todo, dict[str, list[str]]]:
    """Return a mailbox, and the titles of its tasks by the names of their lists."""
    todo, number = Todo(turned, perform(turned, "token", user="alice")["access_token"]), count()
    names = [f"{n} {'long' * 60}" for n in range(12)]
    made = {name: todo.create(LISTS, {"displayName": name})["id"] for name in names}
    full = {names[0], names[-1]}
    return todo, {
        name: _fill(todo, f"{LISTS}/{id_}", number) if name in full else []
        for name, id_ in made.items()
    }


def _titles(lists: list[dict[str, Any]], name: str, tasks: str, title: str) -> dict[str, list[str]]:
    return {one[name]: [task[title] for task in one[tasks]] for one in lists}


@pytest.mark.inferred("graph.file-whole")
@pytest.mark.parametrize("size", [1, 2, len(LENGTHS), 200])
def test_an_export_has_all_tasks_and_lists(
    turned: Wire, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(todo_writer, "_PAGE", size)
    _, expected = _make(turned)

    lists = look(turned, "export", mailbox="alice", format="graph")["value"]

    assert _titles(lists, "displayName", "tasks", "title") == {"Tasks": [], **expected}


@pytest.mark.inferred("graph.shown-in-order")
@pytest.mark.parametrize("limit", [1, 5, len(LENGTHS), len(LENGTHS) + 1, 1000])
def test_what_is_shown_of_a_mailbox_is_its_beginning(turned: Wire, limit: int) -> None:
    _, expected = _make(turned)

    shown = look(turned, "mailbox show", mailbox="alice", limit=limit)

    titles = _titles(shown["folders"], "Name", "Tasks", "Subject")
    in_order = [title for name in sorted(expected) for title in titles.get(name, ())]
    assert in_order == [f"{n:02}" for n in range(len(in_order))]
    assert 1 <= len(in_order) <= min(limit, 3)
    assert shown["total"] == 2 * len(LENGTHS)

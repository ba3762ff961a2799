"""Filters by open extensions: of what has them, and among them."""

import pytest

from tests.support.todo import DEFAULT, LISTS, Todo, error_of

PREFIX = "microsoft.graph.openTypeExtension."
A, B = "com.example.a", "com.example.b"


@pytest.fixture
def extended(todo: Todo) -> Todo:
    """Return a mailbox with a task and a list named by the extensions that they have."""
    for title, names in (("a", [A]), ("ab", [A, B]), ("none", [])):
        extensions = [{"extensionName": name} for name in names]
        todo.new_task(title=title, extensions=extensions)
        todo.create(LISTS, {"displayName": title, "extensions": extensions})
    return todo


def find(todo: Todo, every: str, condition: str) -> list[str]:
    """Return what a filter finds, by name; it must be as many as `$count` says."""
    response = todo.get(f"{every}?$filter={condition}")
    assert response.status_code == 200, response.text
    found = response.json()["value"]
    assert todo.get(f"{every}/$count?$filter={condition}").text == str(len(found))
    names = [str(one.get("title", one.get("displayName"))) for one in found]
    return sorted({*names} - {"Tasks", "Flagged Emails"})


@pytest.mark.spec("graph.extensions-filter")
@pytest.mark.parametrize("every", [f"{DEFAULT}/tasks", LISTS])
def test_by_extensions(extended: Todo, every: str) -> None:
    """Tasks and lists are found by an extension's id or name, whatever their case."""
    for condition, found in (
        (f"Extensions/any(f:f/id eq '{PREFIX}{A}')", ["a", "ab"]),
        (f"extensions/any(f:f/id eq '{B}')", ["ab"]),
        (f"Extensions/any(f:f/id in ('{B.upper()}','x'))", ["ab"]),
        (f"Extensions/any(f:'{PREFIX.upper()}{A}' eq f/id)", ["a", "ab"]),
        (f"Extensions/any(f:f/extensionName eq '{B}')", ["ab"]),
        ("Extensions/any(f:endswith(f/id,'.b'))", ["ab"]),
        ("Extensions/any()", ["a", "ab"]),
        (f"not Extensions/any(f:f/id eq '{B}')", ["a", "none"]),
        (f"Extensions/all(f:f/id ne '{B}')", ["a", "none"]),
        (f"Extensions/any(f:f/id eq '{A}') and Extensions/any(g:g/id eq '{B}')", ["ab"]),
        ("Extensions/any(f:f/id eq 'com%252Eexample%252Eb')", ["ab"]),
    ):
        assert find(extended, every, condition) == found, condition


@pytest.mark.spec("graph.extensions-filter")
@pytest.mark.in_process
def test_as_the_documents_have_it(extended: Todo) -> None:
    """Filtered and expanded by one extension, each task shows that one alone."""
    one = f"id eq '{PREFIX}{A}'"
    asked = f"$filter=Extensions/any(f:f/{one})&$expand=Extensions($filter={one})"
    shown = extended.get(f"{DEFAULT}/tasks?{asked}").json()["value"]
    assert [[each["id"] for each in task["extensions"]] for task in shown] == [[f"{PREFIX}{A}"]] * 2


@pytest.mark.inferred("graph.extensions-filter")
@pytest.mark.once
def test_what_filters_do_not_know(todo: Todo) -> None:
    """Open members, and what else belongs to a task, are not to be asked for."""
    for condition in (
        "Extensions/any(f:f/aisle eq 3)",
        "Extensions/any(f:f eq 'x')",
        "Extensions/any(f:f/id gt 3)",
        "checklistItems/any(c:c/isChecked)",
    ):
        refused = error_of(todo.get(f"{DEFAULT}/tasks?$filter={condition}"), 400)
        assert refused["innerError"]["code"] == "RequestBroker--ParseUri"


@pytest.mark.inferred("graph.extension-ids-filter")
def test_among_extensions(todo: Todo) -> None:
    """Those of one task or list are found by id: the whole one or the name, in any case."""
    extensions = [{"extensionName": name} for name in (A, B)]
    made = todo.create(LISTS, {"displayName": "Garden", "extensions": extensions})
    task = todo.new_task(extensions=extensions)
    for every in (f"{LISTS}/{made['id']}/extensions", f"{todo.address(task)}/extensions"):
        for condition, found in (
            (f"id eq '{PREFIX}{A}'", [A]),
            (f"id eq '{B.upper()}'", [B]),
            (f"'{A}' eq id", [A]),
            (f"id ne '{A}'", [B]),
            (f"id in ('{A}','{PREFIX}{B}')", [A, B]),
            (f"startswith(id,'{PREFIX}com.')", [A, B]),
            ("startswith(id,'com.')", []),
            (f"id gt '{PREFIX}{A}'", [B]),
            (f"extensionName eq '{B}'", [B]),
            ("id eq null", []),
        ):
            shown = todo.get(f"{every}?$filter={condition}")
            assert shown.status_code == 200, shown.text
            assert [each["extensionName"] for each in shown.json()["value"]] == found, condition
            assert todo.get(f"{every}/$count?$filter={condition}").text == str(len(found))


@pytest.mark.inferred("graph.extension-ids-filter")
@pytest.mark.in_process
def test_ids_of_other_parts(todo: Todo) -> None:
    """A checklist item, or a linked resource, is found by its GUID; a task by none."""
    task = todo.new_task(checklistItems=[{"displayName": "a"}, {"displayName": "b"}])
    every = f"{todo.address(task)}/checklistItems"
    first, second = task["checklistItems"]
    for condition, found in (
        (f"id eq '{first['id'].upper()}'", [first["id"]]),
        (f"id ne '{first['id']}'", [second["id"]]),
        ("startswith(id,'x')", []),
    ):
        shown = todo.get(f"{every}?$filter={condition}").json()["value"]
        assert [each["id"] for each in shown] == found
    for unknown in (f"{DEFAULT}/tasks", f"{todo.address(task)}/attachments"):
        refused = error_of(todo.get(f"{unknown}?$filter=id eq '{task['id']}'"), 400)
        assert refused["innerError"]["code"] == "RequestBroker--ParseUri"

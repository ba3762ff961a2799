"""Task lists of To Do."""

import pytest

from tests.support.todo import DEFAULT, LISTS, Todo, error_of

MEMBERS = ["@odata.etag", "displayName", "isOwner", "isShared", "wellknownListName", "id"]


@pytest.mark.spec("graph.lists")
def test_way_of_a_list(todo: Todo) -> None:
    created = todo.post(LISTS, {"displayName": "Garden"})
    entity = created.json()
    at = f"{LISTS}/{entity['id']}"

    assert created.status_code == 201
    assert created.headers["Location"].endswith(at)
    assert entity["@odata.context"].endswith("/todo/lists/$entity")
    renamed = todo.patch(at, {"displayName": "Yard"})
    assert (renamed.status_code, renamed.json()["displayName"]) == (200, "Yard")
    assert renamed.json()["@odata.etag"] != entity["@odata.etag"]
    assert todo.get(at).json() == renamed.json()
    gone = todo.delete(at)
    assert (gone.status_code, gone.content) == (204, b"")
    assert error_of(todo.get(at), 404)["code"] == "ErrorItemNotFound"


@pytest.mark.observed("graph.list-members")
@pytest.mark.in_process
def test_members(todo: Todo) -> None:
    todo.new_list()

    for entity in todo.get(LISTS).json()["value"]:
        assert list(entity) == MEMBERS
        assert (entity["isOwner"], entity["isShared"]) == (True, False)


@pytest.mark.observed("graph.default-list")
@pytest.mark.in_process
def test_default(todo: Todo) -> None:
    default = todo.default_list()

    assert (default["displayName"], default["wellknownListName"]) == ("Tasks", "defaultList")
    assert todo.patch(DEFAULT, {"displayName": "Mine"}).status_code == 400
    assert todo.delete(f"{LISTS}/{default['id']}").status_code == 400
    assert todo.default_list() == default


@pytest.mark.inferred("graph.same-mailbox")
@pytest.mark.in_process
def test_is_a_folder(todo: Todo) -> None:
    entity = todo.create(LISTS, {"displayName": "Garden"})

    folder = todo.get(f"taskfolders('{entity['id']}')").json()
    assert (folder["Id"], folder["Name"]) == (entity["id"], "Garden")
    made = todo.create("taskfolders", {"Name": "Roof"})
    assert todo.get(f"{LISTS}/{made['Id']}").json()["displayName"] == "Roof"


@pytest.mark.inferred("graph.errors")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "body", [{}, {"displayName": None}, {"displayName": 5}, {"displayName": " "}]
)
def test_bad_names(todo: Todo, body: dict[str, object]) -> None:
    before = todo.get(LISTS).json()

    assert error_of(todo.post(LISTS, body), 400)["code"] == "invalidRequest"
    assert todo.get(LISTS).json() == before

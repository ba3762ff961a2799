"""Open extensions of lists and tasks."""

import pytest

from tests.support.todo import DEFAULT, LISTS, Entity, Todo, error_of

NAME = "com.example.shop"
ID = f"microsoft.graph.openTypeExtension.{NAME}"
BODY = {
    "@odata.type": "#microsoft.graph.openTypeExtension",
    "extensionName": NAME,
    "aisle": 3,
    "tags": ["cold", "white"],
}


@pytest.fixture(params=["list", "task"])
def owner(todo: Todo, request: pytest.FixtureRequest) -> str:
    """Return the address of what has extensions."""
    if request.param == "list":
        return todo.new_list()
    return todo.address(todo.new_task())


@pytest.mark.spec("graph.extensions")
@pytest.mark.in_process
def test_way_of_an_extension(todo: Todo, owner: str) -> None:
    every = f"{owner}/extensions"

    made = todo.create(every, BODY)
    assert (made["id"], made["extensionName"], made["aisle"]) == (ID, NAME, 3)
    for name in (NAME, ID):
        assert todo.get(f"{every}/{name}").json() == made
    changed = todo.patch(f"{every}/{NAME}", {"aisle": 4, "tags": None}).json()
    assert (changed["aisle"], "tags" in changed) == (4, False)
    assert [each["id"] for each in todo.get(every).json()["value"]] == [ID]
    error_of(todo.post(every, BODY), 400)
    assert todo.delete(f"{every}/{ID}").status_code == 204
    error_of(todo.get(f"{every}/{NAME}"), 404)


def _expanded(todo: Todo, address: str, condition: str) -> Entity:
    response = todo.get(f"{address}?$expand=extensions{condition}")
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.mark.spec("graph.extensions")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "condition", ["", f"($filter=id eq '{ID}')", f"($filter=extensionName eq '{NAME}')"]
)
def test_expanded(todo: Todo, owner: str, condition: str) -> None:
    todo.create(f"{owner}/extensions", BODY)
    if condition:
        todo.create(f"{owner}/extensions", {"extensionName": "com.example.other"})

    assert "extensions" not in todo.get(owner).json()
    shown = _expanded(todo, owner, condition)
    assert [each["id"] for each in shown["extensions"]] == [ID]
    every = owner.rpartition("/")[0]
    listed = {each["id"]: each for each in _expanded(todo, every, condition)["value"]}
    assert listed[shown["id"]]["extensions"] == shown["extensions"]


@pytest.mark.spec("graph.extensions")
@pytest.mark.in_process
def test_what_is_expanded(todo: Todo) -> None:
    """Those that the condition names, and no others; conditions and options of others are 400."""
    names = [f"com.example.{letter}" for letter in "abc"]
    task = todo.new_task(
        checklistItems=[{"displayName": "a"}],
        extensions=[{"extensionName": name} for name in names],
    )
    for condition, wanted in (
        (f"id eq '{names[0].upper()}' or extensionName eq '{names[2]}'", [names[0], names[2]]),
        (f"id in ('{names[1]}')", [names[1]]),
        ("id eq 'com.example.d'", []),
    ):
        shown = _expanded(todo, todo.address(task), f"($filter={condition})")
        assert [each["extensionName"] for each in shown["extensions"]] == wanted
    for option in (
        "extensions($top=1)",
        "extensions($filter=id ne 'x')",
        "extensions($filter=id eq 'x' and id eq 'y')",
        "checklistItems($top=1)",
        "linkedResources($filter=id eq 'x')",
        "steps",
    ):
        assert todo.get(f"{todo.address(task)}?$expand={option}").status_code == 400, option
    assert todo.get(f"{LISTS}?$expand=checklistItems").status_code == 400
    alone = todo.get(f"{todo.address(task)}?$select=title&$expand=linkedResources").json()
    assert alone["linkedResources"] == []
    assert "checklistItems" not in alone


@pytest.mark.spec("graph.extensions")
@pytest.mark.in_process
def test_with_their_owner(todo: Todo) -> None:
    task = todo.new_task(extensions=[BODY])
    made = todo.create(LISTS, {"displayName": "Garden", "extensions": [BODY]})

    for address in (todo.address(task), f"{LISTS}/{made['id']}"):
        assert todo.get(f"{address}/extensions/{NAME}").json()["aisle"] == 3


@pytest.mark.observed("graph.errors")
@pytest.mark.in_process
def test_by_the_alias(todo: Todo) -> None:
    task = todo.new_task()

    for address in (f"{DEFAULT}/extensions", f"{DEFAULT}/tasks/{task['id']}/extensions"):
        error = error_of(todo.post(address, BODY), 400)
        assert error["code"] == "ErrorInvalidIdMalformed"


@pytest.mark.inferred("graph.extension-location")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "name", ["com.ä", "٣", "a b", "a%b?c#d", "o'k", "..", "$count", "(x)", "complete", "x('y')"]
)
def test_location(todo: Todo, owner: str, name: str) -> None:
    """Whatever an extension is called, the answer says where it is."""
    made = todo.post(f"{owner}/extensions", {"extensionName": name})
    assert made.status_code == 201, made.text

    location = made.headers["Location"]
    assert location.isascii()
    assert todo.get(location).json() == made.json()
    assert todo.delete(location).status_code == 204


@pytest.mark.inferred("graph.extension-names")
@pytest.mark.once
@pytest.mark.parametrize("name", ["a/b", "a\r\nSet-Cookie: b", "\x7f", " ", "x" * 256])
def test_names_that_no_address_holds(todo: Todo, owner: str, name: str) -> None:
    error_of(todo.post(f"{owner}/extensions", {"extensionName": name}), 400)
    assert todo.get(f"{owner}/extensions").json()["value"] == []

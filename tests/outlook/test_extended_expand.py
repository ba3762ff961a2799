"""`$expand` of extended properties: on one entity and on lists, with the other options."""

import pytest

from tests.support.extended import (
    COLOR,
    KINDS,
    MULTI,
    PALETTE,
    SET,
    SHAPE,
    SINGLE,
    SIZE,
    both,
    create_entity,
    entity,
    expansion,
    properties,
    query,
)
from tests.support.outlook import key, values
from tests.support.wire import Mailbox

GREEN = [{"PropertyId": COLOR, "Value": "Green"}]
BY_COLOR = expansion(COLOR)


@pytest.mark.observed("extended.read", "later.extended-single")
@both
def test_the_member_and_its_context(me: Mailbox, kind: str) -> None:
    """They come last, the context before the list."""
    address = create_entity(me, kind, "x", {COLOR: "Green"})
    found = entity(me, address, expand=BY_COLOR)
    below = f"{'Tasks' if kind == 'tasks' else 'TaskFolders'}('{key(found)}')/{SINGLE}"

    assert list(found)[-2:] == [f"{SINGLE}@odata.context", SINGLE]
    context = f"{me.wire.url}/api/beta/$metadata#Me/{below.replace('=', '%3D')}"
    assert found[f"{SINGLE}@odata.context"] == context
    assert found[SINGLE] == GREEN


@pytest.mark.inferred("extended.read")
def test_below_a_folder(me: Mailbox) -> None:
    """A task and its list there take the option too, and the context says where they are."""
    folder = create_entity(me, "taskfolders", "x", {})
    task = key(me.create(f"{folder}/tasks", properties({COLOR: "Green"})))
    one = entity(me, f"{folder}/tasks('{task}')", expand=BY_COLOR)
    [listed] = values(me.get(query(f"{folder}/tasks", expand=BY_COLOR)))

    assert one[SINGLE] == listed[SINGLE] == GREEN
    context = one[f"{SINGLE}@odata.context"]
    assert "#Me/TaskFolders('" in context
    assert context.endswith(f"')/Tasks('{task.replace('=', '%3D')}')/{SINGLE}")
    assert listed[f"{SINGLE}@odata.context"] == context


@pytest.mark.inferred("extended.several")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "condition",
    [
        f"PropertyId eq '{COLOR}' or PropertyId eq '{SIZE}' or PropertyId eq '{SHAPE}'",
        f"PropertyId in ('{COLOR}','{SIZE}')",
        f"(propertyid eq '{COLOR}' or PropertyId IN ('{SIZE}'))",
    ],
)
@pytest.mark.parametrize("name", [SINGLE, SINGLE.lower()])
def test_several_names(me: Mailbox, condition: str, name: str) -> None:
    """By `or` and by `in`; the member is spelt as the model has it."""
    address = create_entity(
        me, "tasks", "x", {COLOR: "Green", SIZE: "1", f"String {SET} Name z": "z"}
    )
    found = entity(me, address, expand=f"{name}(filter={condition})")

    assert {item["PropertyId"]: item["Value"] for item in found[SINGLE]} == {
        COLOR: "Green",
        SIZE: "1",
    }


@pytest.mark.inferred("extended.several")
@both
def test_both_kinds_at_once(me: Mailbox, kind: str) -> None:
    """Of a single entity."""
    address = create_entity(me, kind, "x", {COLOR: "Green", PALETTE: ["Red"]})
    found = entity(me, address, expand=f"{BY_COLOR}, {expansion(PALETTE, of=MULTI)}")

    assert found[SINGLE] == GREEN
    assert found[MULTI] == [{"PropertyId": PALETTE, "Value": ["Red"]}]
    assert found[f"{MULTI}@odata.context"].endswith(f"/{MULTI}")


@pytest.mark.inferred("extended.only-owners")
@both
def test_lists(me: Mailbox, kind: str) -> None:
    """Those without the property carry neither the member nor its context."""
    create_entity(me, kind, "with", {COLOR: "Green"})
    create_entity(me, kind, "without", {SIZE: "1"})
    entities = values(me.get(query(kind, expand=BY_COLOR)))
    found = {each[KINDS[kind]]: each.get(SINGLE) for each in entities}

    assert found.pop("with") == GREEN
    assert set(found.values()) == {None}
    assert sum(f"{SINGLE}@odata.context" in each for each in entities) == 1

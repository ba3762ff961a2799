"""Extended properties of tasks and folders: written in bodies, read by `$expand` alone."""

import pytest

from tests.support.extended import (
    COLOR,
    KINDS,
    MULTI,
    PALETTE,
    SHAPE,
    SINGLE,
    SIZE,
    TAGS,
    both,
    create_entity,
    properties,
    read_properties,
)
from tests.support.outlook import Json, key
from tests.support.wire import Mailbox


@pytest.mark.observed("extended.written", "extended.read", "later.extended-single")
@both
def test_written_with_a_new_entity(me: Mailbox, kind: str) -> None:
    """Each is read by its own name."""
    address = create_entity(me, kind, "x", {COLOR: "Green", SIZE: "42"})

    assert read_properties(me, address, COLOR) == {COLOR: "Green"}
    assert read_properties(me, address, SIZE) == {SIZE: "42"}
    assert read_properties(me, address, SHAPE) == {}


@pytest.mark.observed("extended.written", "extended.read", "later.extended-multi")
@both
def test_several_values(me: Mailbox, kind: str) -> None:
    """They keep their order, and what stands twice."""
    colors = ["Green", "Red", "Green", ""]
    address = create_entity(me, kind, "x", {PALETTE: colors})

    assert read_properties(me, address, PALETTE) == {PALETTE: colors}


@pytest.mark.observed("extended.written")
@both
def test_replies_do_not_show_them(me: Mailbox, kind: str) -> None:
    """Nor does anything else that has no `$expand`."""
    body = properties({COLOR: "Green", PALETTE: ["Red"]})
    response = me.post(kind, {KINDS[kind]: "x", **body})
    address = f"{kind}('{key(response.json())}')"
    answers = [response, me.patch(address, body), me.get(address), me.get(kind)]

    assert [answer.status_code for answer in answers] == [201, 200, 200, 200]
    assert not any("ExtendedProperties" in answer.text for answer in answers)


@pytest.mark.observed("extended.written")
@both
def test_a_patch_creates_and_replaces(me: Mailbox, kind: str) -> None:
    """With nothing else in it."""
    address = create_entity(me, kind, "x", {COLOR: "Green", PALETTE: ["Red", "Blue"]})
    response = me.patch(address, properties({COLOR: "Blue", SHAPE: "Round", PALETTE: ["Grey"]}))

    assert response.status_code == 200, response.text
    assert response.json()[KINDS[kind]] == "x"
    assert read_properties(me, address, COLOR, SHAPE) == {COLOR: "Blue", SHAPE: "Round"}
    assert read_properties(me, address, PALETTE) == {PALETTE: ["Grey"]}


@pytest.mark.inferred("extended.others-stay")
@both
def test_a_write_leaves_the_others(me: Mailbox, kind: str) -> None:
    """Whether it names one property, none, or nothing of the kind."""
    address = create_entity(me, kind, "x", {COLOR: "Green", SIZE: "1", PALETTE: ["Red"]})
    bodies: list[Json] = [properties({SIZE: "2"}), {SINGLE: [], MULTI: []}, {KINDS[kind]: "y"}]
    for body in bodies:
        assert me.patch(address, body).status_code == 200

    assert read_properties(me, address, COLOR, SIZE) == {COLOR: "Green", SIZE: "2"}
    assert read_properties(me, address, PALETTE) == {PALETTE: ["Red"]}


@pytest.mark.inferred("extended.others-stay")
@both
def test_null_takes_away(me: Mailbox, kind: str) -> None:
    """And is nothing to one that is not there; a text of no length is a value."""
    address = create_entity(me, kind, "x", {COLOR: "Green", SIZE: "1", PALETTE: ["Red"], TAGS: []})
    body = properties({COLOR: None, PALETTE: None, SHAPE: None})
    assert me.patch(address, body).status_code == 200

    assert read_properties(me, address, COLOR, SIZE, SHAPE) == {SIZE: "1"}
    assert read_properties(me, address, PALETTE, TAGS) == {TAGS: []}
    assert me.patch(address, properties({COLOR: ""})).status_code == 200
    assert read_properties(me, address, COLOR) == {COLOR: ""}


@pytest.mark.inferred("extended.others-stay")
def test_completing_keeps_them(me: Mailbox) -> None:
    """And does not show them."""
    address = create_entity(me, "tasks", "x", {COLOR: "Green"})

    assert SINGLE not in me.post(f"{address}/complete").text
    assert read_properties(me, address, COLOR) == {COLOR: "Green"}

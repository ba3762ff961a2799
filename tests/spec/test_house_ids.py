"""Where the documents are silent (docs/decisions.md): ids that name nothing."""

import pytest

from tests.spec.exchanges import every_kind, named, unchanged
from tests.support.outlook import expect_refusal, key
from tests.support.wire import Mailbox


@pytest.mark.inferred("house.id-malformed")
@pytest.mark.once
@every_kind
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("mangled", ["x", "AAMkADIyAAAhrb_PAAA=", "{id}AAAA", "{half}", "12"])
def test_a_malformed_id(me: Mailbox, collection: str, method: str, mangled: str) -> None:
    """What cannot be an id is told apart from an id of nothing."""
    entity = key(me.create(collection, named(collection, "known")))
    asked = mangled.format(id=entity, half=entity[: len(entity) // 2])
    body = named(collection, "other") if method == "PATCH" else None

    response = unchanged(me, collection, lambda: me.send(method, f"{collection}('{asked}')", body))

    expect_refusal(response, 400, "ErrorInvalidIdMalformed")


@pytest.mark.inferred("house.id-absent")
@pytest.mark.in_process
@every_kind
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_the_id_of_something_gone(me: Mailbox, collection: str, method: str) -> None:
    """Well formed, and nothing is there any more."""
    gone = key(me.create(collection, named(collection, "known")))
    me.delete(f"{collection}('{gone}')")
    body = named(collection, "other") if method == "PATCH" else None

    response = unchanged(me, collection, lambda: me.send(method, f"{collection}('{gone}')", body))

    expect_refusal(response, 404, "ErrorItemNotFound")


@pytest.mark.inferred("house.id-absent")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("container", "contained"),
    [("taskfolders", "tasks"), ("taskgroups", "taskfolders")],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_below_something_gone(me: Mailbox, container: str, contained: str, method: str) -> None:
    """Nothing is listed there, and nothing can be put there."""
    gone = key(me.create(container, named(container, "known")))
    me.delete(f"{container}('{gone}')")
    body = named(contained, "new") if method == "POST" else None

    response = unchanged(
        me, contained, lambda: me.send(method, f"{container}('{gone}')/{contained}", body)
    )

    expect_refusal(response, 404, "ErrorItemNotFound")

"""Ids that are none, name nothing any more, or name what is not ours."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import uuid4

import pytest

from tests.support.mailboxes import Filled, fill
from tests.support.outlook import everything, expect_refusal
from tests.support.wire import Mailbox, Wire
from tests.support.wrong_ids import MALFORMED, spoilt

KINDS = {"tasks": "{task}", "taskfolders": "{folder}", "taskgroups": "{group}"}


@pytest.mark.observed("id.malformed")
@pytest.mark.once
@pytest.mark.parametrize("collection", KINDS)
def test_malformed(filled: Filled, collection: str) -> None:
    before = everything(filled.me)
    own = filled.at(KINDS[collection])

    for wrong in (*MALFORMED, *spoilt(own)):
        for address in (f"{collection}('{wrong}')", f"{collection}/{wrong}"):
            expect_refusal(
                filled.me.get(address), 400, "ErrorInvalidIdMalformed", "Id is malformed."
            )
        expect_refusal(
            filled.me.patch(f"{collection}('{wrong}')", {}), 400, "ErrorInvalidIdMalformed"
        )
        expect_refusal(filled.me.delete(f"{collection}('{wrong}')"), 400, "ErrorInvalidIdMalformed")

    assert everything(filled.me) == before


@pytest.mark.inferred("id.wrong-kind")
def test_another_kind(filled: Filled) -> None:
    for collection, own in KINDS.items():
        for other in KINDS.values():
            if other != own:
                response = filled.me.get(f"{collection}('{filled.at(other)}')")
                expect_refusal(response, 400, "ErrorInvalidIdMalformed")


@pytest.mark.observed("id.gone")
@pytest.mark.parametrize("collection", KINDS)
def test_gone(filled: Filled, collection: str) -> None:
    own = filled.at(KINDS[collection])
    never = bytearray(urlsafe_b64decode(own))
    never[-6] ^= 0x40
    filled.me.delete(f"{collection}('{own}')")
    before = everything(filled.me)

    for gone in (own, urlsafe_b64encode(never).decode()):
        address = f"{collection}('{gone}')"
        for response in (
            filled.me.get(address),
            filled.me.patch(address, {}),
            filled.me.patch(address, {"Subject" if collection == "tasks" else "Name": "x"}),
            filled.me.delete(address),
        ):
            expect_refusal(response, 404, "ErrorItemNotFound", "was not found in the store")
    assert everything(filled.me) == before


@pytest.mark.observed("id.gone")
def test_below_what_is_gone(filled: Filled) -> None:
    me = filled.me
    me.delete(filled.at("taskfolders('{folder}')"))
    me.delete(filled.at("taskgroups('{group}')"))

    for method, address in [
        ("GET", "taskfolders('{folder}')/tasks"),
        ("POST", "taskfolders('{folder}')/tasks"),
        ("GET", "taskgroups('{group}')/taskfolders"),
        ("POST", "taskgroups('{group}')/taskfolders"),
        ("GET", "taskgroups('{group}')/taskfolders('tasks')/tasks"),
        ("GET", "tasks('{task}')"),
        ("POST", "tasks('{task}')/complete"),
    ]:
        body = {"Name": "x"} if "groups" in address else {}
        response = me.send(method, filled.at(address), body if method == "POST" else None)
        expect_refusal(response, 404, "ErrorItemNotFound")


@pytest.mark.observed("id.other-mailbox")
@pytest.mark.parametrize("collection", KINDS)
def test_another_mailbox(filled: Filled, wire: Wire, collection: str) -> None:
    """Its entities have the very numbers that ours have, and still are not ours."""
    other = fill(Mailbox(wire, uuid4().hex))
    before = everything(filled.me), everything(other.me)
    address = f"{collection}('{other.at(KINDS[collection])}')"
    name = "Subject" if collection == "tasks" else "Name"

    for response in (
        filled.me.get(address),
        filled.me.patch(address, {name: "stolen"}),
        filled.me.delete(address),
    ):
        expect_refusal(response, 404, "ErrorItemNotFound")

    assert (everything(filled.me), everything(other.me)) == before

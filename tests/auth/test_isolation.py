"""That nobody reaches another's mailbox."""

from uuid import uuid4

import pytest

from tests.support.mailboxes import Filled, fill
from tests.support.outlook import everything, expect_refusal, key, subjects, values
from tests.support.wire import Mailbox, Wire


@pytest.mark.spec("overview.signed-in-user")
def test_mailboxes_never_see_each_other(filled: Filled, wire: Wire) -> None:
    """By list, by id, by `@odata.id`, reading and writing, in both directions."""
    other = fill(Mailbox(wire, uuid4().hex))
    before = everything(filled.me), everything(other.me)
    ids = [{key(entity) for part in each for entity in part} for each in before]
    assert not ids[0] & ids[1]

    for me, theirs in ((filled.me, before[1]), (other.me, before[0])):
        for part, name in zip(theirs, ("Subject", "Name", "Name"), strict=True):
            for entity in part:
                address = entity["@odata.id"].split("/")[-1]
                expect_refusal(me.get(address), 404, "ErrorItemNotFound")
                expect_refusal(me.patch(address, {name: "stolen"}), 404, "ErrorItemNotFound")
                expect_refusal(me.delete(address), 404, "ErrorItemNotFound")
                url = entity["@odata.id"]
                expect_refusal(me.get(url), 403, "ErrorAccessDenied")
                expect_refusal(me.patch(url, {name: "stolen"}), 403, "ErrorAccessDenied")
                expect_refusal(me.delete(url), 403, "ErrorAccessDenied")
        url = theirs[0][0]["@odata.id"]
        expect_refusal(me.post(f"{url}/complete"), 403, "ErrorAccessDenied")
        expect_refusal(me.post(f"tasks('{key(theirs[0][0])}')/complete"), 404, "ErrorItemNotFound")

    assert (everything(filled.me), everything(other.me)) == before


@pytest.mark.inferred("auth.isolated")
def test_creating_in_anothers_folder(filled: Filled, wire: Wire) -> None:
    thief = Mailbox(wire, uuid4().hex)
    before = everything(filled.me), everything(thief)

    for address in ("taskfolders('{folder}')/tasks", "taskgroups('{group}')/taskfolders"):
        body = {"Subject": "x"} if "folders(" in address else {"Name": "x"}
        expect_refusal(thief.post(filled.at(address), body), 404, "ErrorItemNotFound")
        expect_refusal(thief.get(filled.at(address)), 404, "ErrorItemNotFound")

    assert (everything(filled.me), everything(thief)) == before


@pytest.mark.inferred("auth.isolated")
def test_next_link_of_another(me: Mailbox, wire: Wire) -> None:
    """A link holds no rights: whoever follows it reads his own list."""
    for number in range(3):
        me.create("tasks", {"Subject": str(number)})
    link = me.get("tasks?$top=2").json()["@odata.nextLink"]

    assert subjects(me.get(link)) == ["2"]
    assert values(Mailbox(wire, uuid4().hex).get(link)) == []

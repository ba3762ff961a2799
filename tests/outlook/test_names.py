"""Names of folders and groups."""

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import everything, expect_refusal, values
from tests.support.wire import Mailbox

NO_NAME: list[object] = [None, 1, True, [], ["x"], {}]


@pytest.mark.inferred("entity.name")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "name", ["x", "x" * 255, "Ärger & Co. / 東京 👍", "a'b\"c", "  x  ", "%41"]
)
def test_names(me: Mailbox, name: str) -> None:
    for collection in ("taskfolders", "taskgroups"):
        made = me.create(collection, {"Name": name})
        assert made["Name"] == name
        assert name in [each["Name"] for each in values(me.get(collection))]


@pytest.mark.inferred("entity.name", "error.body-required", "error.unchanged")
@pytest.mark.once
def test_no_names(filled: Filled) -> None:
    before = everything(filled.me)

    for collection, one in (
        ("taskfolders", "taskfolders('{folder}')"),
        ("taskgroups", "taskgroups('{group}')"),
    ):
        for body in ({"Name": ""}, {"Name": "x" * 256}):
            expect_refusal(filled.me.post(collection, body), 400, "ErrorInvalidRequest", "'Name'")
            expect_refusal(
                filled.me.patch(filled.at(one), body), 400, "ErrorInvalidRequest", "'Name'"
            )
        expect_refusal(filled.me.post(collection, {}), 400, "ErrorInvalidRequest", "'Name'")
        for value in NO_NAME:
            response = filled.me.post(collection, {"Name": value})
            expect_refusal(response, 400, "RequestBodyRead", "'Edm.String'")

    assert everything(filled.me) == before


@pytest.mark.observed("limit.duplicates", "error.unchanged")
@pytest.mark.in_process
@pytest.mark.parametrize("name", ["Cooking", "cooking", "COOKING", "Tasks", "tasks"])
def test_taken_names(filled: Filled, name: str) -> None:
    other = filled.me.create("taskfolders", {"Name": "Other"})["Id"]
    before = everything(filled.me)

    for response in (
        filled.me.post("taskfolders", {"Name": name}),
        filled.me.post(filled.at("taskgroups('{group}')/taskfolders"), {"Name": name}),
        filled.me.patch(f"taskfolders('{other}')", {"Name": name}),
    ):
        expect_refusal(response, 400, "ErrorFolderExists", f"'{name}'")

    assert everything(filled.me) == before

"""Members of enumerations, and texts for Booleans."""

import pytest

from tests.support.outlook import Json, everything, expect_refusal, key
from tests.support.wire import Mailbox

MEMBERS = {
    "Importance": ["Low", "Normal", "High"],
    "Sensitivity": ["Normal", "Personal", "Private", "Confidential"],
    "Status": ["NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred"],
}

NO_MEMBER: list[object] = [
    "",
    "Highest",
    "Not Started",
    "high ",
    "99",
    "-1",
    "Low,High",
    1.5,
    True,
    [],
    {},
]


def both(me: Mailbox, body: Json) -> list[Json]:
    """Write a body by POST and by PATCH of another task; return the four answers and reads."""
    made = me.create("tasks", body)
    other = f"tasks('{key(me.create('tasks', {'Subject': 'other'}))}')"
    response = me.patch(other, body)
    assert response.status_code == 200, response.text
    return [made, me.get(f"tasks('{key(made)}')").json(), response.json(), me.get(other).json()]


@pytest.mark.observed("entity.enum-case", "entity.enum-members")
@pytest.mark.once
@pytest.mark.parametrize(("name", "members"), MEMBERS.items())
def test_members_in_any_case(shared: Mailbox, name: str, members: list[str]) -> None:
    for member in members:
        for spelling in (member, member.lower(), member.upper(), member.swapcase()):
            assert {task[name] for task in both(shared, {name: spelling})} == {member}


@pytest.mark.observed("entity.enum-members", "error.body-literal", "error.unchanged")
@pytest.mark.once
@pytest.mark.parametrize("name", MEMBERS)
def test_no_member(me: Mailbox, name: str) -> None:
    address = f"tasks('{key(me.create('tasks', {}))}')"
    before = everything(me)

    for value in NO_MEMBER:
        for method, where in (("POST", "tasks"), ("PATCH", address)):
            response = me.send(method, where, {name: value})
            expect_refusal(response, 400, "RequestBodyRead", "Microsoft.OutlookServices.")

    assert everything(me) == before


@pytest.mark.observed("entity.boolean-text")
@pytest.mark.once
@pytest.mark.parametrize(("text", "value"), [("True", True), ("false", False), ("TRUE", True)])
def test_boolean_as_text(shared: Mailbox, text: str, value: bool) -> None:
    for task in both(shared, {"IsReminderOn": text}):
        assert task["IsReminderOn"] is value

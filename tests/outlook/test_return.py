"""Prefer: return=minimal and return=representation."""

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import expect_refusal, values
from tests.support.wire import Mailbox


@pytest.mark.inferred("prefer.return", "header.no-content")
@pytest.mark.parametrize(
    "spelling", ["return=minimal", 'RETURN = "minimal"', "wait=1,return=Minimal"]
)
def test_minimal(filled: Filled, spelling: str) -> None:
    task = filled.at("tasks('{task}')")
    for method, address, body in [
        ("POST", "tasks", {"Subject": "new"}),
        ("POST", "taskfolders", {"Name": "new"}),
        ("POST", "taskgroups", {"Name": "new"}),
        ("PATCH", task, {"Subject": "changed"}),
        ("PATCH", filled.at("taskfolders('{folder}')"), {"Name": "changed"}),
        ("PATCH", filled.at("taskgroups('{group}')"), {"Name": "changed"}),
        ("POST", f"{task}/complete", None),
    ]:
        response = filled.me.send(method, address, body, Prefer=spelling)
        assert (response.status_code, response.content) == (204, b""), address
        assert response.headers["Preference-Applied"] == "return=minimal"

    changed = filled.me.get(task).json()
    assert (changed["Subject"], changed["Status"]) == ("changed", "Completed")
    assert [task["Subject"] for task in values(filled.me.get("tasks"))] == ["changed", "new"]


@pytest.mark.inferred("prefer.return")
def test_representation(me: Mailbox) -> None:
    response = me.post("tasks", {"Subject": "new"}, Prefer="return=representation")

    assert (response.status_code, response.json()["Subject"]) == (201, "new")


@pytest.mark.inferred("prefer.return", "error.unchanged")
def test_minimal_refusals_have_a_body(me: Mailbox) -> None:
    response = me.post("tasks", {"Subjekt": "new"}, Prefer="return=minimal")

    expect_refusal(response, 400, "RequestBodyRead", "'Subjekt'")
    assert "Preference-Applied" not in response.headers

"""Tokens, completion, and a service that has no time or no mailbox."""

import pytest

from tests.support.todo import DEFAULT, LISTS, Todo, error_of


@pytest.mark.spec("graph.complaint.19")
@pytest.mark.in_process
def test_19_sync_token_past(todo: Todo) -> None:
    """Clients begin anew on this code."""
    link = todo.get(f"{DEFAULT}/tasks/delta").json()["@odata.deltaLink"]
    assert todo.get(link).json()["value"] == []
    stranger = Todo(todo.wire)
    error = error_of(stranger.get(link), 410)
    assert error["code"] == "syncStateNotFound"


@pytest.mark.inferred("graph.complaint.20")
@pytest.mark.once
def test_20_completed_task_stays_in_view(todo: Todo) -> None:
    """It was said to vanish, and nobody knows why: here it is read, listed and told by delta."""
    old = todo.create("tasks", {"Subject": "Rent"})
    link = todo.get(f"{DEFAULT}/tasks/delta").json()["@odata.deltaLink"]
    assert todo.post(f"tasks('{old['Id']}')/complete").status_code == 200
    address = todo.address({"id": old["Id"]})
    shown = [todo.get(address).json()]
    shown += todo.get(f"{DEFAULT}/tasks").json()["value"]
    shown += todo.get(link).json()["value"]
    assert [(one["id"], one["status"]) for one in shown] == [(old["Id"], "completed")] * 3


@pytest.mark.observed("graph.complaint.21")
@pytest.mark.once
def test_21_un_completing_clears_the_date(todo: Todo) -> None:
    address = todo.address(todo.new_task())
    assert "completedDateTime" in todo.patch(address, {"status": "completed"}).json()
    assert "completedDateTime" not in todo.patch(address, {"status": "inProgress"}).json()


@pytest.mark.observed("graph.complaint.22")
@pytest.mark.once
def test_22_throttled_at_the_fifth_call(todo: Todo) -> None:
    """The service refused the fifth call at once, now and then; here it is refused on demand."""
    fault = {"X-Afterlook-Fault": "status=429; retry-after=7"}
    answers = [todo.get(LISTS) for _ in range(4)]
    assert {answer.status_code for answer in answers} == {200}
    fifth = todo.get(LISTS, **fault)
    error = error_of(fifth, 429)
    assert error["code"] == "ApplicationThrottled"
    assert error["message"].endswith("over its MailboxConcurrency limit.")
    assert fifth.headers["Retry-After"] == "7"


@pytest.mark.observed("graph.complaint.24")
@pytest.mark.once
def test_24_mailbox_without_rest(todo: Todo) -> None:
    """It cannot be had by REST, by whichever face."""
    code = "MailboxNotEnabledForRESTAPI"
    fault = {"X-Afterlook-Fault": f"status=404; code={code}"}
    for address in (LISTS, "/beta/me/outlook/tasks"):
        assert error_of(todo.get(address, **fault), 404)["code"] == code
    old = todo.get("tasks", **fault)
    assert (old.status_code, old.json()["error"]["code"]) == (404, code)

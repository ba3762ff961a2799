"""Lists that are protected, names that are taken, and addresses of lists."""

import pytest

from tests.graph.todo import ROOT, expect_refusal, make_list, make_task, titles
from tests.support.wire import Mailbox

INNER = "ErrorInvalidRequest"


@pytest.mark.observed("graph.default-renamed")
@pytest.mark.once
def test_default_renamed(me: Mailbox) -> None:
    """The default list keeps its name."""
    response = me.patch(f"{ROOT}/tasks", {"displayName": "Other"})
    assert expect_refusal(response, 400, "invalidRequest", INNER) == (
        "Your request can't be completed. A default task folder can't be renamed."
    )
    assert me.patch(f"{ROOT}/tasks", {"displayName": "Tasks"}).status_code == 200


@pytest.mark.inferred("graph.default-deleted")
@pytest.mark.once
def test_default_deleted(me: Mailbox) -> None:
    """The default list stays."""
    response = me.delete(f"{ROOT}/Tasks")
    assert expect_refusal(response, 400, "invalidRequest", INNER) == (
        "Your request can't be completed. A default task folder can't be deleted."
    )


@pytest.mark.observed("graph.list-numbered")
@pytest.mark.in_process
def test_numbered(me: Mailbox) -> None:
    """However often a name is taken, a list is made."""
    names = [me.create(ROOT, {"displayName": "Home"})["displayName"] for _ in range(6)]
    assert names == ["Home", *(f"Home ({number})" for number in range(1, 6))]
    assert me.create(ROOT, {"displayName": "TASKS"})["displayName"] == "TASKS (1)"


@pytest.mark.observed("graph.list-alias")
@pytest.mark.once
def test_alias(me: Mailbox) -> None:
    """The well-known name counts for the id, but to get one task."""
    for alias in ("Tasks", "tasks"):
        task = make_task(me, alias, "made")
        at = f"{ROOT}/{alias}/tasks"
        assert me.get(f"{ROOT}/{alias}").json()["wellknownListName"] == "defaultList"
        assert titles(me.get(at)) == ["made"]
        message = expect_refusal(me.get(f"{at}/{task['id']}"), 400, "invalidRequest")
        assert message == "Parent folder specified does not contain a Task with given Id"
        assert me.patch(f"{at}/{task['id']}", {"title": "other"}).status_code == 200
        assert me.delete(f"{at}/{task['id']}").status_code == 204


@pytest.mark.inferred("graph.wrong-parent")
@pytest.mark.once
def test_wrong_parent(me: Mailbox) -> None:
    """Below another list there is no such task."""
    home, task = make_list(me, "Home"), make_task(me, "tasks", "here")
    at = f"{ROOT}/{home}/tasks/{task['id']}"
    for response in (me.get(at), me.patch(at, {"title": "x"}), me.delete(at)):
        expect_refusal(response, 404, "ErrorItemNotFound")
    assert titles(me.get(f"{ROOT}/tasks/tasks")) == ["here"]

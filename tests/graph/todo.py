"""Ways to call To Do that several tests use."""

from typing import Any

from httpx2 import Response

from tests.support.wire import Mailbox

ROOT = "/v1.0/me/todo/lists"
NEXT, DELTA = "@odata.nextLink", "@odata.deltaLink"


def make_list(me: Mailbox, name: str, root: str = ROOT) -> str:
    """Create a list; return its id."""
    return str(me.create(root, {"displayName": name})["id"])


def make_task(me: Mailbox, list_id: str, title: str, **members: object) -> dict[str, Any]:
    """Create a task in a list; return it."""
    return me.create(f"{ROOT}/{list_id}/tasks", {"title": title, **members})


def expect_refusal(response: Response, status: int, code: str, inner: str = "") -> str:
    """Check that a request was refused in Graph's shape; return the message that explains it."""
    assert response.status_code == status, response.text
    error = response.json()["error"]
    assert error["code"] == code
    assert error["innerError"].get("code", "") == inner
    assert error["innerError"]["request-id"] == response.headers["request-id"]
    return str(error["innerError"].get("message", error["message"]))


def titles(response: Response) -> list[str]:
    """Return the titles of the tasks, or the names of the lists, of a page."""
    assert response.status_code == 200, response.text
    return [one.get("title", one.get("displayName")) for one in response.json()["value"]]


def follow(me: Mailbox, link: str, **headers: str) -> tuple[list[dict[str, Any]], str]:
    """Go on to the end of a round; return its entities and the link to the next."""
    found: list[dict[str, Any]] = []
    for _ in range(50):
        answer = me.get(link, **headers).json()
        found += answer["value"]
        assert (NEXT in answer) != (DELTA in answer)
        if DELTA in answer:
            return found, answer[DELTA]
        link = answer[NEXT]
    raise AssertionError("the round has no end")


def removed(key: object) -> dict[str, object]:
    """Return how a deleted entity is told."""
    return {"@removed": {"reason": "deleted"}, "id": key}

"""Batches of this wire."""

import base64
from typing import Any

import pytest

from tests.graph.todo import ROOT, expect_refusal, titles
from tests.support.wire import Mailbox

JSON = {"Content-Type": "application/json"}
HOME = "/me/todo/lists/tasks/tasks"


def send(me: Mailbox, *requests: dict[str, object], root: str = "/v1.0") -> dict[str, Any]:
    """Send a batch; return its answers by their ids."""
    numbered = [{"id": str(place), "method": "GET", **one} for place, one in enumerate(requests)]
    response = me.post(f"{root}/$batch", {"requests": numbered})
    assert response.status_code == 200, response.text
    return {answer["id"]: answer for answer in response.json()["responses"]}


def post(url: str, body: object, **members: object) -> dict[str, object]:
    """Return a request that has a JSON body."""
    return {"method": "POST", "url": url, "headers": JSON, "body": body, **members}


def statuses(answers: dict[str, Any]) -> list[int]:
    """Return how the requests went, in the order of their ids."""
    return [answers[name]["status"] for name in sorted(answers)]


@pytest.mark.spec("graph.batch", "graph.batch-depends")
def test_whole(me: Mailbox) -> None:
    """Each is answered, after those that it depends on, wherever they stand."""
    answers = send(
        me,
        {"url": HOME, "dependsOn": ["1"]},
        post(HOME, {"title": "made"}),
        {"url": "me/todo/lists/tasks/tasks/$count", "dependsOn": ["0"]},
        {"url": f"{HOME}/nothing"},
        {"url": "/me", "dependsOn": ["3"]},
    )
    assert statuses(answers) == [200, 201, 200, 400, 424]
    assert [one["title"] for one in answers["0"]["body"]["value"]] == ["made"]
    assert answers["2"]["body"] == "1"
    for name in "34":
        error = answers[name]["body"]["error"]
        assert set(error) == {"code", "message", "innerError"}
    made = answers["1"]
    assert made["headers"]["Location"].endswith(f"/v1.0{HOME}/{made['body']['id']}")


@pytest.mark.observed("graph.batch-absolute", "graph.batch-unknown-members")
@pytest.mark.once
def test_absolute(me: Mailbox) -> None:
    """URLs may name the host, and either version."""
    answers = send(
        me,
        {"url": f"{me.wire.url}/v1.0/users/me-token-to-replace/todo/lists?$top=1"},
        {"url": f"{me.wire.url}/beta/me", "depends_on": ["7"]},
        {"url": "https://graph.example/v1.0/me"},
        root="/beta",
    )
    assert statuses(answers) == [200, 200, 400]
    assert "/v1.0/$metadata#" in answers["0"]["body"]["@odata.context"]


@pytest.mark.spec("graph.batch-limit", "graph.batch-ids")
@pytest.mark.once
def test_limits(me: Mailbox) -> None:
    """Too many, and two of one name."""
    many = [{"id": str(number), "method": "GET", "url": "/me"} for number in range(21)]
    response = me.post("/v1.0/$batch", {"requests": many})
    message = expect_refusal(response, 400, "MaximumValueExceeded")
    assert message == "Number of batch request steps exceeds the maximum value of 20."
    assert me.post("/v1.0/$batch", {"requests": many[:20]}).status_code == 200
    same = [{**many[0], "id": name} for name in ("a", "A")]
    expect_refusal(
        me.post("/v1.0/$batch", {"requests": same}), 400, "invalidRequest", "InvalidModel"
    )


@pytest.mark.spec("graph.batch-bodies")
@pytest.mark.once
def test_bodies(me: Mailbox) -> None:
    """JSON says that it is, and what is not JSON is base64 in either alphabet."""
    raw = b'{"title":"\xc3\xbf\xc3\xbe??>"}'
    told = {"Content-Type": "application/octet-stream"}
    plain = base64.b64encode(raw).decode()
    safe = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    answers = send(
        me,
        {"method": "POST", "url": HOME, "body": {"title": "x"}},
        {"method": "POST", "url": HOME, "headers": told, "body": plain},
        {"method": "POST", "url": HOME, "headers": told, "body": safe},
    )
    # What was read comes to the route, which wants JSON.
    assert statuses(answers) == [415, 415, 415]
    broken = {"id": "1", "method": "POST", "url": HOME, "headers": told, "body": "*"}
    response = me.post("/v1.0/$batch", {"requests": [broken]})
    expect_refusal(response, 400, "invalidRequest", "InvalidModel")


@pytest.mark.inferred("graph.batch-bounds")
@pytest.mark.once
def test_bounds(me: Mailbox) -> None:
    """Other wires, batches in batches, circles and groups."""
    answers = send(
        me,
        {"url": "/api/v2.0/me/tasks"},
        {"url": f"{me.wire.url}/api/v2.0/me/tasks"},
        {"url": "/../api/v2.0/me/tasks"},
        {"url": f"{me.wire.url}/_afterlook/state"},
        post("/$batch", {"requests": []}),
    )
    assert statuses(answers) == [400] * 5
    circle = [{"id": a, "method": "GET", "url": "/me", "dependsOn": [b]} for a, b in ("ab", "ba")]
    group = [{"id": "1", "method": "GET", "url": "/me", "atomicityGroup": "g"}]
    for requests in (circle, group, [{"id": "1"}], ["x"], "x"):
        response = me.post("/v1.0/$batch", {"requests": requests})
        expect_refusal(response, 400, "invalidRequest", "InvalidModel")
    assert titles(me.get(f"{ROOT}/tasks/tasks")) == []

"""A file that comes in pieces is held to the rules of one that comes at once."""

from base64 import b64encode

import httpx2
import pytest

from afterlook.outlook.bodies.attachments import MAX_TEXT
from tests.support.todo import Entity, Todo, error_of

STALE = {"If-Match": 'W/"stale"'}
LONG = "x" * 900_000


def _at(todo: Todo, task: Entity) -> str:
    return f"{todo.address(task)}/attachments"


def _begin(todo: Todo, task: Entity, /, *, size: int = 4, **info: object) -> httpx2.Response:
    given = {"attachmentInfo": {"attachmentType": "file", "size": size, **info}}
    return todo.post(f"{_at(todo, task)}/createUploadSession", given)


def _attach(todo: Todo, task: Entity, **members: object) -> httpx2.Response:
    kind = "#microsoft.graph.taskFileAttachment"
    content = b64encode(b"milk").decode()
    body = {"@odata.type": kind, "contentBytes": content, **members}
    return todo.post(_at(todo, task), body)


def _put(todo: Todo, url: str, said: str = "bytes 0-3/4", **headers: str) -> httpx2.Response:
    return todo.wire.client.put(url, content=b"milk", headers={"Content-Range": said, **headers})


@pytest.mark.inferred("graph.upload-alike")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "members",
    [
        {},
        {"name": None},
        {"name": 7},
        {"name": " "},
        {"name": LONG},
        {"name": "n.txt", "contentType": LONG},
        {"name": "n.txt", "contentType": "x" * (MAX_TEXT + 1)},
        {"name": "n.txt", "contentType": 7},
    ],
)
def test_what_is_refused_alike(todo: Todo, members: Entity) -> None:
    task = todo.new_task()

    at_once = error_of(_attach(todo, task, **members), 400)
    in_pieces = error_of(_begin(todo, task, **members), 400)

    told = [(error["code"], error["message"]) for error in (at_once, in_pieces)]
    assert told[0] == told[1]
    assert len(told[0][1]) < 1000
    assert todo.get(todo.address(task)).json()["@odata.etag"] == task["@odata.etag"]


@pytest.mark.inferred("graph.upload-alike")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "members",
    [
        {"name": "n.txt"},
        {"name": "n.txt", "contentType": None},
        {"name": "n.txt", "contentType": ""},
        {"name": "n.unknown"},
        {"name": "n.txt", "contentType": "application/x-milk"},
        {"name": "n.txt", "contentType": "x" * MAX_TEXT},
    ],
)
def test_what_is_filled_in_alike(todo: Todo, members: Entity) -> None:
    task = todo.new_task()

    at_once = _attach(todo, task, **members)
    session = _begin(todo, task, **members)
    in_pieces = _put(todo, session.json()["uploadUrl"])

    assert (at_once.status_code, in_pieces.status_code) == (201, 201)
    first, second = todo.get(_at(todo, task)).json()["value"]
    given_anew = {"id", "lastModifiedDateTime"}
    assert {name: first[name] for name in first.keys() - given_anew} == {
        name: second[name] for name in second.keys() - given_anew
    }


@pytest.mark.inferred("graph.upload-if-match")
@pytest.mark.in_process
def test_a_state_that_is_past_begins_nothing(todo: Todo) -> None:
    task = todo.new_task()
    at, info = f"{_at(todo, task)}/createUploadSession", {"name": "n.txt", "size": 4}

    refused = todo.post(at, {"attachmentInfo": info}, **STALE)
    assert error_of(refused, 412)["code"] == "ErrorIrresolvableConflict"
    for tag in (task["@odata.etag"], "*"):
        assert todo.post(at, {"attachmentInfo": info}, **{"If-Match": tag}).status_code == 200
    fresh = todo.post(at, {"attachmentInfo": info}, **{"If-None-Match": "*"})
    assert fresh.status_code == 200


@pytest.mark.inferred("graph.upload-if-match")
@pytest.mark.in_process
@pytest.mark.parametrize("below", ["/content", ""])
def test_a_state_that_is_past_takes_and_ends_nothing(todo: Todo, below: str) -> None:
    task = todo.new_task()
    url = _begin(todo, task, name="n.txt").json()["uploadUrl"]

    error_of(_put(todo, url + below, **STALE), 412)
    error_of(todo.delete(url, **STALE), 412)
    assert todo.get(url).json()["nextExpectedRanges"] == ["0-"]
    assert todo.get(todo.address(task)).json()["@odata.etag"] == task["@odata.etag"]
    fitting = {"If-Match": task["@odata.etag"]}
    assert _put(todo, url + below, **fitting).status_code == 201
    error_of(_put(todo, url + below, **fitting), 404)


@pytest.mark.inferred("graph.upload-if-match")
@pytest.mark.in_process
def test_a_state_that_fits_ends_it(todo: Todo) -> None:
    task = todo.new_task()
    url = _begin(todo, task, name="n.txt").json()["uploadUrl"]

    assert todo.delete(url, **{"If-Match": task["@odata.etag"]}).status_code == 204
    error_of(todo.get(url), 404)

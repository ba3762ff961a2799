"""Files that are attached to tasks, at once or in pieces."""

from base64 import b64encode
from collections.abc import Iterator
from uuid import uuid4

import httpx2
import pytest

from afterlook.graph import quirks
from afterlook.mailbox.upload_sessions import MAX_PIECE
from tests.support.todo import Entity, Todo, error_of
from tests.support.wire import Wire, in_process

DATA = bytes(range(256)) * 1000
FILE = {
    "@odata.type": "#microsoft.graph.taskFileAttachment",
    "name": "menu.bin",
    "contentType": "application/x-menu",
    "contentBytes": b64encode(DATA).decode(),
}


def put(
    todo: Todo, url: str, start: int, data: bytes, total: int, **headers: str
) -> httpx2.Response:
    """PUT a piece of a file; by default without a token."""
    content_range = f"bytes {start}-{start + len(data) - 1}/{total}"
    given = {"Content-Range": content_range, "Content-Type": "application/octet-stream", **headers}
    return todo.wire.client.put(url, content=data, headers=given)


def begin(todo: Todo, task: Entity, size: int = len(DATA)) -> Entity:
    info = {"attachmentType": "file", "name": "menu.bin", "size": size}
    response = todo.post(
        f"{todo.address(task)}/attachments/createUploadSession", {"attachmentInfo": info}
    )
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.mark.spec("graph.attachments")
@pytest.mark.in_process
def test_way_of_a_file(todo: Todo) -> None:
    task = todo.new_task()
    every = f"{todo.address(task)}/attachments"

    made = todo.create(every, FILE)
    one = f"{every}/{made['id']}"
    assert list(made)[1:] == [
        "@odata.type",
        "id",
        "lastModifiedDateTime",
        "name",
        "contentType",
        "size",
    ]
    assert todo.get(one).json()["contentBytes"] == FILE["contentBytes"]
    assert todo.get(f"{one}/$value").content == DATA
    assert "contentBytes" not in todo.get(every).json()["value"][0]
    assert todo.get(todo.address(task)).json()["hasAttachments"] is True
    assert todo.get(f"tasks('{task['id']}')/attachments").json()["value"][0]["Id"] == made["id"]
    assert todo.patch(one, {"name": "x"}).status_code == 405
    assert todo.delete(one).status_code == 204
    assert todo.get(todo.address(task)).json()["hasAttachments"] is False


@pytest.mark.inferred("graph.attachments-of-others")
@pytest.mark.in_process
def test_links_of_the_old_faces(todo: Todo) -> None:
    task = todo.new_task()
    link = {
        "@odata.type": "#Microsoft.OutlookServices.ReferenceAttachment",
        "Name": "menu",
        "SourceUrl": "https://menu.example",
    }
    made = todo.create(f"tasks('{task['id']}')/attachments", link)

    assert todo.outlook(task)["HasAttachments"] is True
    assert todo.get(todo.address(task)).json()["hasAttachments"] is False
    every = f"{todo.address(task)}/attachments"
    assert todo.get(every).json()["value"] == []
    for method in ("GET", "DELETE"):
        error_of(todo.send(method, f"{every}/{made['Id']}"), 404)


@pytest.mark.spec("graph.upload")
@pytest.mark.parametrize("below", ["/content", ""])
def test_in_pieces(todo: Todo, below: str) -> None:
    task = todo.new_task()
    session = begin(todo, task)
    url, half = session["uploadUrl"] + below, len(DATA) // 2

    assert session["nextExpectedRanges"] == ["0-"]
    first = put(todo, url, 0, DATA[:half], len(DATA), **todo.authorization)
    assert first.status_code == 200, first.text
    assert first.json()["nextExpectedRanges"] == [str(half)]
    assert first.json()["expirationDateTime"] == session["expirationDateTime"]
    assert todo.get(session["uploadUrl"]).json()["nextExpectedRanges"] == [str(half)]
    last = put(todo, url, half, DATA[half:], len(DATA), **todo.authorization)
    assert (last.status_code, last.content) == (201, b"")
    assert todo.get(f"{last.headers['Location']}/$value").content == DATA
    error_of(todo.get(session["uploadUrl"]), 404)


@pytest.mark.observed("graph.upload-url")
@pytest.mark.in_process
def test_without_a_token(todo: Todo) -> None:
    session = begin(todo, todo.new_task())

    assert put(todo, session["uploadUrl"], 0, DATA, len(DATA)).status_code == 201
    guessed = session["uploadUrl"].rpartition("/")[0] + f"/{uuid4()}"
    assert put(todo, guessed, 0, DATA, len(DATA)).status_code == 404
    elsewhere = session["uploadUrl"].partition("/attachmentSessions")[0]
    assert todo.wire.client.get(elsewhere).status_code == 403


@pytest.mark.inferred("graph.upload-url-guessed")
@pytest.mark.in_process
def test_who_guesses_learns_nothing(todo: Todo) -> None:
    """Whether there is such a user, list or task: without a session's URL all is alike."""
    url = begin(todo, todo.new_task())["uploadUrl"]
    user = url.split("/users/")[1].partition("/")[0]
    guessed = url.rpartition("/")[0] + f"/{uuid4()}"
    ended = begin(todo, todo.new_task())["uploadUrl"]
    assert todo.delete(ended).status_code == 204
    answers = [
        todo.wire.client.get(at).json()["error"]
        for at in (
            guessed,
            ended,
            guessed.replace(user, f"{uuid4()}@{uuid4()}"),
            guessed.replace("/lists/", "/lists/x"),
            guessed.replace("/tasks/", "/tasks/x"),
        )
    ]
    assert {(error["code"], error["message"]) for error in answers} == {
        ("ErrorItemNotFound", answers[0]["message"])
    }
    assert todo.wire.client.get(url).status_code == 200


@pytest.mark.inferred("graph.upload-refused")
@pytest.mark.in_process
def test_refused_pieces(todo: Todo) -> None:
    url = begin(todo, todo.new_task(), 100)["uploadUrl"]

    for start, length, total, status in ((50, 50, 100, 416), (0, 50, 99, 400), (0, 101, 101, 400)):
        error_of(put(todo, url, start, b"x" * length, total), status)
    for bad in ("", "bytes 0-9", "bytes 0-98/100", "bytes a-b/c", "bytes 0-9999999999999/100"):
        given = {"Content-Range": bad} if bad else {}
        error = error_of(todo.wire.client.put(url, content=b"x" * 10, headers=given), 400)
        assert error["code"] == "invalidRange"
    error_of(put(todo, url, 0, b"x" * (MAX_PIECE + 1), 5 * 1024 * 1024), 413)
    assert todo.get(url).json()["nextExpectedRanges"] == ["0-"]
    assert todo.delete(url).status_code == 204
    error_of(todo.get(url), 404)


@pytest.mark.inferred("graph.upload-of-nothing")
@pytest.mark.in_process
@pytest.mark.parametrize("said", ["bytes */0", "bytes 0-0/0", "bytes 0--1/0"])
def test_empty_file(todo: Todo, said: str) -> None:
    """A session may be of 0 bytes, and so can be finished."""
    url = begin(todo, todo.new_task(), 0)["uploadUrl"]

    full = todo.wire.client.put(url, content=b"x", headers={"Content-Range": said})
    error_of(full, 400)
    last = todo.wire.client.put(url, content=b"", headers={"Content-Range": said})
    assert last.status_code == 201, last.text
    assert todo.get(f"{last.headers['Location']}/$value").content == b""


@pytest.mark.inferred("graph.upload-of-nothing")
@pytest.mark.once
def test_no_range_of_nothing_else(todo: Todo) -> None:
    url = begin(todo, todo.new_task(), 10)["uploadUrl"]

    for said in ("bytes */0", "bytes 0-0/0", "bytes */10", "bytes 0-0/10"):
        error_of(todo.wire.client.put(url, content=b"", headers={"Content-Range": said}), 400)
    assert todo.get(url).json()["nextExpectedRanges"] == ["0-"]


@pytest.mark.spec("graph.errors")
@pytest.mark.once
@pytest.mark.parametrize(("size", "told"), [(None, "null"), (True, "true"), ("10", "10")])
def test_sizes_that_are_none(todo: Todo, size: object, told: str) -> None:
    at = f"{todo.address(todo.new_task())}/attachments/createUploadSession"

    refused = todo.post(at, {"attachmentInfo": {"name": "x", "size": size}})
    assert f"'{told}'" in error_of(refused, 400)["message"]


@pytest.fixture(scope="module")
def quirky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return a service with the quirks of attachments on."""
    database = f"sqlite:///{tmp_path_factory.mktemp('quirky') / 'afterlook.db'}"
    names = f"{quirks.INLINE_LIMIT},{quirks.BARE_UPLOAD_URL}"
    with in_process(database, "sqlite", quirks=names) as wire:
        yield wire


@pytest.mark.observed("graph.inline-limit", "graph.upload-url")
def test_quirks(quirky: Wire) -> None:
    todo = Todo(quirky)
    task = todo.new_task()
    large = FILE | {"contentBytes": b64encode(bytes(3 * 1024 * 1024)).decode()}

    error_of(todo.post(f"{todo.address(task)}/attachments", large), 413)
    url = begin(todo, task)["uploadUrl"]
    error = error_of(put(todo, url, 0, DATA, len(DATA)), 404)
    assert (error["code"], error["message"]) == ("UnknownError", "")
    assert put(todo, f"{url}/content", 0, DATA, len(DATA)).status_code == 201

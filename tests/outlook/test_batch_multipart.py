"""Batches as `multipart/mixed`."""

import pytest

from tests.outlook.batches import (
    GOING_ON,
    Inner,
    by_json,
    by_parts,
    change_set,
    joined,
    part,
    send_parts,
)
from tests.support.mailboxes import Filled
from tests.support.outlook import call, expect_refusal, subjects
from tests.support.wire import Mailbox


def one(answer: Inner | list[Inner]) -> Inner:
    """Expect an answer that is no change set's."""
    assert isinstance(answer, Inner)
    return answer


def several(answer: Inner | list[Inner]) -> list[Inner]:
    """Expect the answers of a change set."""
    assert isinstance(answer, list)
    return answer


@pytest.mark.observed("batch.example", "batch.forms")
def test_the_documented_example(me: Mailbox) -> None:
    me.create("tasks", {"Subject": "there already"})
    body = (
        "\r\n\r\n--batch_myBatchId\r\n"
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        "GET /api/v2.0/me/tasks?$select=subject,status HTTP/1.1\r\n\r\n"
        "--batch_myBatchId\r\n"
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        "POST /api/v2.0/me/tasks HTTP/1.1\r\nContent-Type: application/json\r\n\r\n"
        '{\r\n  "Subject": "Meet for lunch?"\r\n}\r\n\r\n'
        "--batch_myBatchId--\r\n"
    )
    media_type = "multipart/mixed; boundary=batch_myBatchId"
    response = call(
        me, "POST", "/api/v2.0/me/$batch", body.encode(), [("Content-Type", media_type)]
    )
    listed, made = map(one, by_parts(response))
    assert (listed.status, made.status) == (200, 201)
    assert [task["Subject"] for task in listed.body["value"]] == ["there already"]
    assert made.body["Subject"] == "Meet for lunch?"
    assert subjects(me.get("tasks")) == ["there already", "Meet for lunch?"]


@pytest.mark.observed("batch.sentiment-client")
def test_a_stored_client(filled: Filled) -> None:
    me, host = filled.me, filled.me.wire.url
    boundary = "batch_q1w2e3"
    body = f"--{boundary}\n"
    for _ in range(2):
        body += "Content-Type:application/http\nContent-Transfer-Encoding:binary\n\n"
        body += filled.at(f"GET {host}/api/v2.0/me/tasks('{{task}}')/?$select=Subject, Status")
        body += f" HTTP/1.1\n\n--{boundary}\n"
    lines = [
        ("Content-Type", f"multipart/mixed; charset=utf-8; boundary={boundary}"),
        ("Accept", "application/json, text/javascript, */*; q=0.01"),
    ]
    response = call(me, "POST", "/api/v2.0/me/$batch", body.encode(), lines)
    answers = list(by_json(response).values())
    assert [answer.body["Subject"] for answer in answers] == ["Shop for dinner"] * 2


@pytest.mark.spec("batch.multipart")
def test_structure(filled: Filled) -> None:
    """Parts, and the parts of change sets, come back in order and with their Content-IDs."""
    me = filled.me
    response = send_parts(
        me,
        part(filled.at("GET tasks('{task}')"), content_id="first"),
        change_set(
            part("POST tasks", '{"Subject": "a"}', "1"),
            part(filled.at("DELETE tasks('{task}')"), content_id="2"),
        ),
        part("GET /me/tasks"),
        part("PATCH $1", '{"Subject": "b"}'),
    )
    first, changed, listed, patched = by_parts(response)
    alone = one(first)
    assert (alone.status, alone.name) == (200, "first")
    assert alone.headers["etag"] == alone.body["@odata.etag"]
    assert alone.headers["content-length"]
    made, deleted = several(changed)
    assert [(made.status, made.name), (deleted.status, deleted.name)] == [(201, "1"), (204, "2")]
    assert made.headers["location"] == made.body["@odata.id"]
    assert deleted.body == b""
    assert [task["Id"] for task in one(listed).body["value"]] == [made.body["Id"]]
    assert one(patched).body["Id"] == made.body["Id"]
    assert subjects(me.get("tasks")) == ["b"]


@pytest.mark.spec("batch.references")
def test_references(me: Mailbox) -> None:
    """Within a change set and after it, alone and with more behind."""
    response = send_parts(
        me,
        change_set(
            part("POST taskgroups", '{"Name": "House"}', "1"),
            part("POST $1/taskfolders", '{"Name": "Garden"}', "2"),
            part("POST $2/tasks", '{"Subject": "Plant"}', "3", Prefer="return=minimal"),
            part("PATCH $3", '{"Subject": "Plant the bulbs"}', "4"),
        ),
        part("GET $2/tasks?$select=Subject"),
        part("GET $1"),
    )
    changed, listed, group = by_parts(response)
    assert [each.status for each in several(changed)] == [201, 201, 204, 200]
    assert [task["Subject"] for task in one(listed).body["value"]] == ["Plant the bulbs"]
    assert one(group).body["Name"] == "House"


@pytest.mark.spec("batch.stops", "batch.multipart")
def test_after_an_error(me: Mailbox) -> None:
    """What comes after the first error is not there, unless the client prefers it to be."""
    parts = [
        part("GET tasks"),
        part("GET tasks/nothing"),
        change_set(part("POST tasks", "{}", "1")),
        part("POST tasks", "{}"),
    ]
    response = send_parts(me, *parts)
    assert [one(answer).status for answer in by_parts(response)] == [200, 400]
    assert "preference-applied" not in response.headers
    assert subjects(me.get("tasks")) == []

    response = send_parts(me, *parts, **GOING_ON)
    _, failed, changed, made = by_parts(response)
    assert one(failed).status == 400
    assert [answer.status for answer in several(changed)] == [201]
    assert one(made).status == 201
    assert response.headers["preference-applied"] == "odata.continue-on-error"


@pytest.mark.observed("batch.most")
def test_most_requests(me: Mailbox) -> None:
    """Those in change sets count."""
    sets = [change_set(*[part("POST tasks", "{}", f"{n}-{m}") for m in range(7)]) for n in range(3)]
    expect_refusal(send_parts(me, *sets), 400, "ErrorInvalidRequest", "in a batch request is 20.")
    expect_refusal(send_parts(me, *[part("GET tasks")] * 21), 400, "ErrorInvalidRequest", "is 20.")
    assert len(by_parts(send_parts(me, *[part("GET tasks")] * 20))) == 20
    assert subjects(me.get("tasks")) == []


@pytest.mark.spec("batch.change-set-reads")
@pytest.mark.once
@pytest.mark.parametrize(
    "inner",
    [
        part("GET tasks", content_id="2"),
        part("HEAD tasks", content_id="2"),
        part("POST tasks", "{}"),
        change_set(part("POST tasks", "{}", "2")).replace("set_1", "set_2"),
    ],
)
def test_what_a_change_set_cannot_hold(me: Mailbox, inner: str) -> None:
    response = send_parts(me, change_set(part("POST tasks", "{}", "1"), inner))
    assert response.status_code == 400, response.text
    assert subjects(me.get("tasks")) == []


MALFORMED = {
    "nothing": b"",
    "no boundary": b"GET tasks HTTP/1.1",
    "another boundary": joined("batch_2", [part("GET tasks")]).encode(),
    "no parts": b"--batch_1--\r\n",
    "no end": b"--batch_1\r\n" + part("POST tasks", "{}").encode(),
    "no headers": b"--batch_1\r\n\r\nGET tasks HTTP/1.1\r\n\r\n--batch_1--",
    "no type": joined(
        "batch_1", [part("GET tasks").replace("application/http", "text/x")]
    ).encode(),
    "encoded": joined("batch_1", [part("GET tasks").replace("binary", "base64")]).encode(),
    "no request line": joined("batch_1", [part("tasks")]).encode(),
    "no version": joined("batch_1", [part("GET tasks").replace(" HTTP/1.1", "")]).encode(),
    "no header": joined(
        "batch_1", [part("GET tasks", "{}").replace("/json", "/json\r\nx")]
    ).encode(),
    "same ids": joined("batch_1", [part("GET tasks", content_id="1")] * 2).encode(),
    "no inner boundary": joined("batch_1", ["Content-Type: multipart/mixed\r\n\r\n"]).encode(),
    "not UTF-8": joined("batch_1", [part("GET tasks?x=\xff")]).encode("latin-1"),
}


@pytest.mark.spec("batch.malformed")
@pytest.mark.once
@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_malformed(me: Mailbox, body: bytes) -> None:
    """Nothing is carried out: not even a first request that is right."""
    first = f"--batch_1\r\n{part('POST tasks', '{}')}\r\n".encode()
    lines = [("Content-Type", "multipart/mixed; boundary=batch_1")]
    for raw in (body, first + body) if body.startswith(b"--batch_1\r\n") else (body,):
        expect_refusal(call(me, "POST", "$batch", raw, lines), 400, "UnableToDeserializePostBody")
    assert subjects(me.get("tasks")) == []


@pytest.mark.spec("batch.malformed")
@pytest.mark.once
@pytest.mark.parametrize(
    "parameter", ["", "; boundary=", "; boundary=a b", '; boundary="a', "; x=y"]
)
def test_without_a_boundary(me: Mailbox, parameter: str) -> None:
    body = joined("a b", [part("POST tasks", "{}")]).encode()
    lines = [("Content-Type", f"multipart/mixed{parameter}")]
    expect_refusal(call(me, "POST", "$batch", body, lines), 400, "UnableToDeserializePostBody")
    assert subjects(me.get("tasks")) == []


@pytest.mark.inferred("batch.elsewhere")
def test_another_batch_within(me: Mailbox) -> None:
    inner = '{"requests": []}'
    answer, listed = by_parts(
        send_parts(me, part("POST $batch", inner), part("GET tasks"), **GOING_ON)
    )
    assert (one(answer).status, one(listed).status) == (400, 200)
    assert "batch" in one(answer).body["error"]["message"]

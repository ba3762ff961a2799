"""An object that names a member twice: nobody could tell which is meant."""

import pytest

from tests.support.outlook import JSON, call, everything, expect_refusal
from tests.support.wire import Mailbox

UNREADABLE = (400, "UnableToDeserializePostBody", "twice")


@pytest.mark.inferred("body.member-twice", "error.unchanged")
@pytest.mark.once
@pytest.mark.parametrize(
    "body",
    [
        '{"Subject":"a","Subject":"b"}',
        '{"Subject":"a","Subject":"a"}',
        '{"Subject":"a","\\u0053ubject":"b"}',
        '{"Subject":"a","Body":{"ContentType":"Text","Content":"a","Content":"b"}}',
        '{"Subject":"a:\\":","Categories":[],"Categories":["x"]}',
    ],
)
def test_twice(me: Mailbox, body: str) -> None:
    task = me.create("tasks", {"Subject": "before"})
    before = everything(me)

    for method, address in (("POST", "tasks"), ("PATCH", f"tasks('{task['Id']}')")):
        answer = call(me, method, address, body.encode(), [("Content-Type", JSON)])
        expect_refusal(answer, *UNREADABLE)

    assert everything(me) == before


@pytest.mark.inferred("body.member-twice")
def test_batch(me: Mailbox) -> None:
    body = b'{"requests":[{"id":"1","method":"GET","url":"tasks"}],"requests":[]}'

    expect_refusal(
        call(me, "POST", "/api/beta/$batch", body, [("Content-Type", JSON)]), *UNREADABLE
    )


@pytest.mark.inferred("body.member-twice")
def test_members_of_different_objects(me: Mailbox) -> None:
    date = '{"DateTime":"2016-05-02T00:00:00","TimeZone":"UTC"}'
    body = f'{{"Subject":"a:\\":","StartDateTime":{date},"DueDateTime":{date}}}'

    answer = call(me, "POST", "tasks", body.encode(), [("Content-Type", JSON)])

    assert answer.status_code == 201, answer.text
    assert answer.json()["Subject"] == 'a:":'

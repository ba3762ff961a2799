"""What cannot be read: bodies, media types, hosts, sizes. The mailbox is the same afterwards."""

import pytest

from tests.support.mailboxes import Filled
from tests.support.outlook import WRITES, call, envelope, everything, expect_refusal, write
from tests.support.wire import Mailbox

pytestmark = pytest.mark.once

UNREADABLE = [
    b"",
    b" ",
    b"{",
    b"}",
    b"{}{}",
    b"{} x",
    b"{'Subject': 'x'}",
    b'{"Subject": "x",}',
    b'{"Subject": "x"',
    b'{"Subject": x}',
    b'{"Subject": undefined}',
    b'{"Importance": NaN}',
    b'{"Importance": Infinity}',
    b'{"Subject": 01}',
    b'{Subject: "x"}',
    b'{"Subject": "x" /* comment */}',
    b'{"Subject": "\x00"}',
    b'{"Subject": "\n"}',
    b'{"Subject": "\xff"}',
    b'{"Subject": "\xed\xa0\x80"}',
    b"Subject=x",
    b"<Task/>",
    b"null",
    b"true",
    b"17",
    b'"{}"',
    b"[]",
    b'[{"Subject": "x"}]',
    '{"Subject": "x"}'.encode("utf-16"),
    b'{"Subject": "\\ud800"}',
    b'{"Subject": "\\udc00\\ud800"}',
    b'{"\\ud800": "x"}',
    b'{"Categories": ["\\ud800"]}',
    b'{"Subject": "\\u0000"}',
    b'{"Subject": "a\\u0000b"}',
    b'{"Body": {"Content": "\\u0000"}}',
    b'{"Categories": ["x", "\\u0000"]}',
    b'{"Recurrence": {"Pattern": {"\\u0000": 1}}}',
    b'{"@odata.type": "\\u0000"}',
    b'{"Recurrence": ' + b'{"a": ' * 100 + b"1" + b"}" * 101,
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"Subject": ' + b"[" * 2000 + b"]" * 2000 + b"}",
]
# What each property of a task cannot be.
WRONG: dict[str, list[object]] = {
    "Subject": [1, True, ["x"], {"x": 1}, 1.5],
    "Body": ["text", 1, True, ["x"], "", [], 0, False, {"Content": 1}, {"ContentType": "RTF"}],
    "Categories": ["Red", 1, True, {}, [1], [None], [["x"]], "", 0, False, {"a": "b"}],
    "IsReminderOn": ["yes", "", 1, 0, [], {}, "1"],
    "Importance": [0, 1, 2.0, True, "Urgent", "", [], {}, ["High"]],
    "Recurrence": ["weekly", 1, True, [], "", 0, False, ["x"]],
    **{
        name: ["2016-04-26", 1, True, [], ["x"], "", 0, False, {"DateTime": 1}, {"DateTime": None}]
        for name in ("DueDateTime", "StartDateTime", "CompletedDateTime", "ReminderDateTime")
    },
}
MEDIA_TYPES = [
    "",
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded",
    "application/jsonx",
    "text/json",
    "application",
    "json",
    "*/*",
    "multipart/form-data; boundary=x",
    ";application/json",
]
JSON_TYPES = [
    "application/json",
    "Application/JSON",
    "application/json;charset=utf-8",
    "application/json; odata.metadata=minimal; IEEE754Compatible=false",
    " application/json ;x=y",
]


@pytest.mark.observed("error.body-json", "error.unchanged")
@pytest.mark.parametrize(("method", "address"), WRITES)
def test_unreadable_bodies(filled: Filled, method: str, address: str) -> None:
    before = everything(filled.me)

    for body in UNREADABLE:
        response = write(filled.me, method, filled.at(address), body)
        expect_refusal(response, 400, "UnableToDeserializePostBody")

    assert everything(filled.me) == before


@pytest.mark.inferred("error.body-bounds", "error.unchanged")
def test_action_takes_no_other_body(filled: Filled) -> None:
    before = everything(filled.me)

    for body in UNREADABLE:
        if body.strip() not in (b"", b"null"):
            response = write(filled.me, "POST", filled.at("tasks('{task}')/complete"), body)
            expect_refusal(response, 400, "UnableToDeserializePostBody")

    assert everything(filled.me) == before
    for good in (b"", b" \n", b"null", b"{}", b" { } "):
        for media_type in ("application/json", "text/plain", ""):
            where = filled.at("tasks('{task}')/complete")
            assert write(filled.me, "POST", where, good, media_type).status_code == 200


@pytest.mark.observed("error.body-literal", "error.unchanged")
@pytest.mark.parametrize("name", WRONG)
def test_wrong_types(filled: Filled, name: str) -> None:
    """Nothing that is not of the type is taken for null."""
    before = everything(filled.me)
    taken = []

    for value in WRONG[name]:
        for method, address in WRITES[:2]:
            response = filled.me.send(method, filled.at(address), {name: value})
            if response.status_code == 400:
                assert envelope(response)["code"] in ("RequestBodyRead", "ErrorInvalidRequest")
            else:
                taken.append((method, value, response.status_code))

    assert taken == []
    assert everything(filled.me) == before


@pytest.mark.observed("error.media-type", "error.unchanged")
@pytest.mark.parametrize(("method", "address"), WRITES)
def test_media_types(filled: Filled, method: str, address: str) -> None:
    before = everything(filled.me)

    for media_type in MEDIA_TYPES:
        response = write(filled.me, method, filled.at(address), b'{"Subject": "x"}', media_type)
        expect_refusal(response, 415, "ErrorUnsupportedMediaType")
    missing = call(filled.me, method, filled.at(address), b'{"Subject": "x"}')
    expect_refusal(missing, 415, "ErrorUnsupportedMediaType")

    assert everything(filled.me) == before


@pytest.mark.inferred("error.media-type")
@pytest.mark.parametrize("media_type", JSON_TYPES)
def test_media_types_of_json(me: Mailbox, media_type: str) -> None:
    response = write(me, "POST", "tasks", b'{"Subject": "x"}', media_type.strip())

    assert response.status_code == 201
    assert write(me, "POST", "tasks", b'\xef\xbb\xbf{"Subject": "x"}').status_code == 201

"""Requests with too many of anything: refused before anything walks along it."""

import json
from typing import Any

import pytest

from afterlook.mailbox.extended_properties import MAX_PROPERTIES
from tests.support.outlook import call, everything, expect_refusal
from tests.support.wire import Mailbox

UNREADABLE = (400, "UnableToDeserializePostBody")
QUERY = (400, "ErrorInvalidUrlQuery")
UNKNOWN = (400, "RequestBodyRead")


def properties(first: int, count: int) -> dict[str, Any]:
    numbers = range(first, first + count)
    return {
        "SingleValueExtendedProperties": [
            {"PropertyId": f"String 0x{number:x}", "Value": "x"} for number in numbers
        ]
    }


@pytest.mark.inferred("bomb.values", "error.unchanged")
@pytest.mark.once
@pytest.mark.parametrize(
    "raw",
    [
        json.dumps({f"x{number}": 1 for number in range(30_000)}),
        json.dumps({"Categories": ["a"] * 30_000}),
        '{"Subject":[' + "[]," * 30_000 + "[]]}",
    ],
)
def test_values(me: Mailbox, raw: str) -> None:
    before = everything(me)
    json_ = [("Content-Type", "application/json")]

    for address in ("tasks", "taskfolders", "/api/beta/$batch"):
        expect_refusal(call(me, "POST", address, raw.encode(), json_), *UNREADABLE, "20000 values")

    assert everything(me) == before


@pytest.mark.inferred("bomb.values")
@pytest.mark.once
@pytest.mark.parametrize("text", [",", "[", '"', "\\", '",'])
def test_separators_within_texts(me: Mailbox, text: str) -> None:
    task = me.create("tasks", {"Subject": text * 100_000})

    assert task["Subject"] == text * 100_000


@pytest.mark.inferred("bomb.members")
@pytest.mark.once
def test_unknown_members(me: Mailbox) -> None:
    many = {f"x{number}": 1 for number in range(19_000)}

    for body in (many, {"Body": many}, {"DueDateTime": many}, {"Recurrence": {"Pattern": many}}):
        expect_refusal(me.post("tasks", body), *UNKNOWN, "x0")


@pytest.mark.inferred("bomb.extended", "error.unchanged")
@pytest.mark.once
def test_extended_properties(me: Mailbox) -> None:
    most = f"{MAX_PROPERTIES} extended properties"
    expect_refusal(
        me.post("tasks", properties(1, MAX_PROPERTIES + 1)), 400, "ErrorInvalidRequest", most
    )
    task = me.create("tasks", properties(1, MAX_PROPERTIES))
    address = f"tasks('{task['Id']}')"
    before = everything(me)

    expect_refusal(me.patch(address, properties(1000, 1)), 400, "ErrorInvalidRequest", most)

    assert everything(me) == before
    assert me.patch(address, properties(1, 5)).status_code == 200


@pytest.mark.inferred("bomb.extended", "error.unchanged")
@pytest.mark.once
@pytest.mark.parametrize("type_", ["Double", "Float", "Currency", "ApplicationTime", "Integer"])
@pytest.mark.parametrize("value", ["9" * 401, "9" * 20_000 + "e", "." + "0" * 20_000])
def test_long_numbers(me: Mailbox, type_: str, value: str) -> None:
    given = {"SingleValueExtendedProperties": [{"PropertyId": f"{type_} 0x1", "Value": value}]}

    expect_refusal(me.post("tasks", given), 400, "ErrorInvalidRequest", type_)


@pytest.mark.inferred("bomb.options")
@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("&".join(f"a{number}" for number in range(101)), "a100"),
        ("$select=" + ",".join(["Id"] * 101), "$select"),
        ("$orderby=" + ",".join(["Id"] * 101), "$orderby"),
        ("$expand=" + ",".join(["Attachments"] * 9), "$expand"),
    ],
)
def test_options(me: Mailbox, query: str, word: str) -> None:
    expect_refusal(me.get(f"tasks?{query}"), *QUERY, word)


@pytest.mark.inferred("bomb.options")
def test_as_many_options_as_there_may_be(me: Mailbox) -> None:
    names = ",".join(["Id"] * 100)
    custom = "&".join(f"a{number}" for number in range(98))

    assert me.get(f"tasks?$select={names}&$orderby={names}&{custom}").status_code == 200


@pytest.mark.inferred("bomb.options")
@pytest.mark.once
def test_slashes(me: Mailbox) -> None:
    expect_refusal(me.get(f"tasks{'/x' * 260}"), 414, "ErrorUriTooLong")


@pytest.mark.inferred("bomb.headers")
@pytest.mark.parametrize("name", ["Prefer", "Accept", "If-Match", "X-Other"])
def test_headers(me: Mailbox, name: str) -> None:
    half = [(name, "a," * 2_100)]

    expect_refusal(call(me, "GET", "tasks", headers=[*half, *half]), 431, "ErrorHeadersTooLarge")
    assert call(me, "GET", "tasks", headers=half).status_code == 200


@pytest.mark.inferred("bomb.headers")
def test_header_lines(me: Mailbox) -> None:
    lines = [(f"X-{number}", "a") for number in range(101)]

    response = call(me, "GET", "tasks", headers=lines)
    assert response.status_code == 431
    if me.wire.mode == "in-process":
        # A real server refuses it as it reads the head, before it knows which wire is meant.
        expect_refusal(response, 431, "ErrorHeadersTooLarge")


@pytest.mark.inferred("bomb.headers")
def test_long_cookies(me: Mailbox) -> None:
    assert me.get("tasks", Cookie="a=b;" * 10_000).status_code == 200


@pytest.mark.inferred("bomb.batch")
@pytest.mark.once
@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"url": "tasks?a=" + "x" * 17_000}, 414),
        ({"url": "tasks?a=" + "é" * 100_000}, 414),
        ({"headers": {"X-Other": "a" * 70_000}}, 431),
        ({"headers": {"Prefer": "a," * 5_000}}, 431),
    ],
)
def test_requests_of_a_batch(me: Mailbox, changed: dict[str, Any], status: int) -> None:
    request = {"id": "1", "method": "GET", "url": "tasks"} | changed

    response = me.post("/api/beta/me/$batch", {"requests": [request]})

    assert [answer["status"] for answer in response.json()["responses"]] == [status]


@pytest.mark.inferred("bomb.batch")
@pytest.mark.once
@pytest.mark.parametrize(
    "changed",
    [
        {"id": "x" * 1_025},
        {"method": "x" * 1_025},
        {"headers": {f"x-{number}": "a" for number in range(101)}},
    ],
)
def test_batches_as_a_whole(me: Mailbox, changed: dict[str, Any]) -> None:
    request = {"id": "1", "method": "GET", "url": "tasks"} | changed

    expect_refusal(me.post("/api/beta/me/$batch", {"requests": [request]}), *UNREADABLE)

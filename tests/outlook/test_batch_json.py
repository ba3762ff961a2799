"""Batches as JSON."""

import base64

import orjson
import pytest

from tests.outlook.batches import GOING_ON, by_json, get, post, send_json
from tests.support.mailboxes import Filled, Person
from tests.support.outlook import everything, expect_refusal, prefer, subjects, write
from tests.support.wire import Mailbox


@pytest.mark.spec("batch.forms", "batch.json")
def test_answers_are_those_of_requests_alone(filled: Filled) -> None:
    """Same status, same headers, same body."""
    me = filled.me
    addresses = ["tasks", filled.at("tasks('{task}')"), "taskfolders", "taskgroups?$select=Name"]

    answers = by_json(send_json(me, [get(str(n), address) for n, address in enumerate(addresses)]))

    for number, address in enumerate(addresses):
        alone = me.get(address)
        inner = answers[str(number)]
        assert (inner.status, inner.body) == (alone.status_code, alone.json())
        for name in ("content-type", "odata-version", "etag", "cache-control"):
            assert inner.headers.get(name) == alone.headers.get(name), name


@pytest.mark.spec("batch.forms", "batch.json")
def test_requests_that_write(me: Mailbox) -> None:
    """In their order: the last one reads what the others wrote."""
    requests = [
        post("1", "tasks", {"Subject": "one"}),
        post("2", "tasks", {"Subject": "two"}, headers={"Prefer": "return=minimal"}),
        {"id": "3", "method": "patch", "url": "$1", "body": {"Subject": "uno"}},
        {"id": "4", "method": "DELETE", "url": "$2"},
        get("5", "tasks"),
    ]
    answers = by_json(send_json(me, requests))

    assert [answers[name].status for name in "12345"] == [201, 204, 200, 204, 200]
    assert answers["1"].headers["location"] == answers["1"].body["@odata.id"]
    assert answers["2"].headers["preference-applied"] == "return=minimal"
    assert answers["2"].body is None
    assert answers["3"].headers["etag"] != answers["1"].headers["etag"]
    assert [task["Subject"] for task in answers["5"].body["value"]] == ["uno"]
    assert subjects(me.get("tasks")) == ["uno"]


@pytest.mark.observed("batch.most")
def test_most_requests(me: Mailbox) -> None:
    requests = [post(str(number), "tasks", {"Subject": "x"}) for number in range(21)]
    expect_refusal(
        send_json(me, requests),
        400,
        "ErrorInvalidRequest",
        "The maximum number of operations in a batch request is 20.",
    )
    assert subjects(me.get("tasks?$top=50")) == []
    assert len(by_json(send_json(me, requests[:20]))) == 20
    assert by_json(send_json(me, [])) == {}


@pytest.mark.spec("batch.addresses")
@pytest.mark.once
@pytest.mark.parametrize(
    "batch", ["/api/beta/$batch", "/api/v2.0/me/$batch", "/API/beta/Me/%24Batch/"]
)
def test_addresses(me: Mailbox, batch: str) -> None:
    me.create("tasks", {"Subject": "a b"})
    host = me.wire.url
    relative = "me/tasks" if batch == "/api/beta/$batch" else "tasks"
    addresses = [
        relative,
        f"{relative}?$select=Subject&$orderby=Subject desc",
        f"{host}/api/beta/me/tasks",
        f"{host.upper()}/API/v2.0/Me/Tasks/",
        "/api/beta/me/tasks",
        "/me/tasks",
    ]
    answers = by_json(send_json(me, [get(str(n), a) for n, a in enumerate(addresses)], batch))

    for number in range(len(addresses)):
        inner = answers[str(number)]
        assert inner.status == 200, inner
        assert [task["Subject"] for task in inner.body["value"]] == ["a b"]


@pytest.mark.spec("batch.addresses")
def test_below_a_named_user(person: Person) -> None:
    batch = f"/api/beta/users('{person.upn}')/$batch"
    answers = by_json(send_json(person, [get("1", "tasks")], batch))
    assert answers["1"].status == 200
    assert "Users('" in answers["1"].body["@odata.context"]
    expect_refusal(
        send_json(person, [], "/api/beta/users('a@b.c')/$batch"), 403, "ErrorAccessDenied"
    )


@pytest.mark.inferred("batch.elsewhere")
@pytest.mark.once
@pytest.mark.parametrize(
    ("url", "method", "status"),
    [
        ("https://example.org/api/beta/me/tasks", "GET", 400),
        ("//example.org/api/beta/me/tasks", "GET", 400),
        ("/livez", "GET", 400),
        ("/openapi.json", "GET", 400),
        ("/apis/beta/me/tasks", "GET", 400),
        ("../../livez", "GET", 400),
        ("$batch", "POST", 400),
        ("nothing", "GET", 400),
        ("$9/tasks", "GET", 400),
        ("tasks", "TRACE", 405),
        ("tasks", "PUT", 405),
        ("tasks" + "?x=y" * 5000, "GET", 414),
    ],
)
def test_where_no_request_leads(me: Mailbox, url: str, method: str, status: int) -> None:
    """One refusal of its own; the others are carried out."""
    requests = [{"id": "1", "method": method, "url": url}, get("2", "tasks")]
    answers = by_json(send_json(me, requests, **GOING_ON))
    assert [answers[name].status for name in "12"] == [status, 200]
    assert answers["1"].body["error"]["code"]


@pytest.mark.inferred("batch.elsewhere", "batch.inherits")
def test_own_host(me: Mailbox) -> None:
    own = me.wire.url.partition("://")[2]
    requests = [
        get("1", "tasks", headers={"Host": "example.org"}),
        get("2", "tasks", headers={"host": own.upper()}),
    ]
    answers = by_json(send_json(me, requests, **GOING_ON))
    assert [answers[name].status for name in "12"] == [400, 200]


@pytest.mark.spec("batch.malformed")
@pytest.mark.once
@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"requests": {}},
        {"requests": ["GET tasks"]},
        {"requests": [{"method": "GET", "url": "tasks"}]},
        {"requests": [{"id": 1, "method": "GET", "url": "tasks"}]},
        {"requests": [{"id": "", "method": "GET", "url": "tasks"}]},
        {"requests": [{"id": "1", "url": "tasks"}]},
        {"requests": [{"id": "1", "method": "GET"}]},
        {"requests": [get("1", "tasks", iff="x")]},
        {"requests": [get("1", "tasks"), get("1", "tasks")]},
        {"requests": [get("1", "tasks", dependsOn=["2"]), get("2", "tasks")]},
        {"requests": [get("1", "tasks", dependsOn=["1"])]},
        {"requests": [get("1", "tasks", dependsOn="1")]},
        {"requests": [get("1", "tasks", atomicityGroup="g", dependsOn=["g"])]},
        {"requests": [get("1", "tasks", atomicityGroup=7)]},
        {"requests": [get("g", "tasks", atomicityGroup="g")]},
        {
            "requests": [
                get("1", "t", atomicityGroup="g"),
                get("2", "t"),
                get("3", "t", atomicityGroup="g"),
            ]
        },
        {"requests": [get("1", "tasks", headers=[])]},
        {"requests": [get("1", "tasks", headers={"Prefer": 1})]},
        {"requests": [get("1", "tasks", headers={"Pre fer": "x"})]},
        {"requests": [get("1", "tasks", headers={"Prefer": "x\r\nAuthorization: Bearer y"})]},
        {"requests": [post("1", "tasks", {}, headers={"Content-Type": "image/png"})]},
        {"requests": [post("1", "tasks", "%", headers={"Content-Type": "image/png"})]},
    ],
)
def test_malformed(me: Mailbox, body: object) -> None:
    """Nothing is carried out: not even the first request, which is right."""
    first = post("0", "tasks", {"Subject": "lost"})
    if isinstance(body, dict) and isinstance(body.get("requests"), list):
        body = {"requests": [first, *body["requests"]]}
    expect_refusal(
        write(me, "POST", "$batch", orjson.dumps(body)), 400, "UnableToDeserializePostBody"
    )
    assert subjects(me.get("tasks")) == []


@pytest.mark.inferred("batch.json")
def test_the_batch_itself(me: Mailbox) -> None:
    """Its own media type, options and method are minded."""
    expect_refusal(
        write(me, "POST", "$batch", "{}", "text/plain"), 415, "ErrorUnsupportedMediaType"
    )
    expect_refusal(write(me, "POST", "$batch", "{"), 400, "UnableToDeserializePostBody")
    expect_refusal(send_json(me, [], "$batch?$top=1"), 400, "ErrorInvalidUrlQuery", "$top")
    response = me.get("$batch")
    expect_refusal(response, 405, "ErrorMethodNotAllowed")
    assert response.headers["allow"] == "POST"


@pytest.mark.inferred("batch.json")
@pytest.mark.once
def test_bodies(me: Mailbox) -> None:
    """JSON as it is, with or without a header; text and anything else by its type."""
    task = {"Subject": "x"}
    encoded = base64.urlsafe_b64encode(orjson.dumps(task)).decode().rstrip("=")
    requests = [
        post("1", "tasks", task),
        post("2", "tasks", task, headers={"content-type": "application/json; charset=utf-8"}),
        post("3", "tasks", "{}", headers={"Content-Type": "text/plain"}),
        post("4", "tasks", encoded, headers={"Content-Type": "application/octet-stream"}),
        post("5", "tasks", None),
        get("6", "$1/Subject/$value"),
    ]
    answers = by_json(send_json(me, requests, **GOING_ON))
    assert [answers[name].status for name in "123456"] == [201, 201, 415, 415, 415, 200]
    assert answers["6"].body == "x"


@pytest.mark.spec("batch.depends")
@pytest.mark.once
def test_dependencies(me: Mailbox) -> None:
    requests = [
        get("a", "tasks/nothing"),
        get("b", "tasks", dependsOn=["a"]),
        get("c", "tasks", dependsOn=["b"]),
        get("d", "$a/Subject"),
        get("e", "tasks"),
        get("f", "tasks", dependsOn=["e"]),
    ]
    answers = by_json(send_json(me, requests, **GOING_ON))
    assert [answers[name].status for name in "abcdef"] == [400, 424, 424, 424, 200, 200]
    assert answers["b"].body["error"]["code"] == "ErrorFailedDependency"


@pytest.mark.inferred("batch.not-modified")
@pytest.mark.in_process
@pytest.mark.parametrize("group", [{}, {"atomicityGroup": "g"}])
def test_not_modified_is_no_failure(me: Mailbox, group: dict[str, str]) -> None:
    """What depends on it, or comes after it, is carried out."""
    made = me.post("/api/beta/me/tasks", {"Subject": "known"})
    known = {"If-None-Match": made.headers["etag"]}
    requests = [
        get("1", f"tasks/{made.json()['Id']}", headers=known, **group),
        post("2", "tasks", {"Subject": "next"}, **group),
        get("3", "tasks/$count", dependsOn=[group.get("atomicityGroup", "1")]),
    ]
    answers = by_json(send_json(me, requests))
    assert [answers[name].status for name in "123"] == [304, 201, 200]


@pytest.mark.inferred("batch.unprocessed-json", "batch.stops")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("preference", "applied", "statuses"),
    [
        (None, None, [200, 400, 424, 424]),
        ("odata.continue-on-error=false", "odata.continue-on-error=false", [200, 400, 424, 424]),
        ("odata.continue-on-error", "odata.continue-on-error", [200, 400, 201, 201]),
        ("odata.continue-on-error=true", "odata.continue-on-error", [200, 400, 201, 201]),
        ("Continue-On-Error; x=y", "odata.continue-on-error", [200, 400, 201, 201]),
        ("odata.continue-on-error=maybe", None, [200, 400, 424, 424]),
    ],
)
def test_after_an_error(
    me: Mailbox, preference: str | None, applied: str | None, statuses: list[int]
) -> None:
    requests = [
        get("1", "tasks"),
        get("2", "tasks/nothing"),
        post("3", "tasks", {"Subject": "x"}),
        post("4", "tasks", {"Subject": "y"}, atomicityGroup="g"),
    ]
    headers = {} if preference is None else {"Prefer": preference}
    response = send_json(me, requests, **headers)
    answers = by_json(response)
    assert [answers[name].status for name in "1234"] == statuses
    assert response.headers.get("preference-applied") == applied
    assert len(subjects(me.get("tasks"))) == statuses.count(201)


@pytest.mark.spec("batch.inherits")
def test_what_is_inherited(me: Mailbox, person: Person) -> None:
    """The token, unless a request has one of its own; no preference."""
    person.create("tasks", {"Subject": "theirs", "DueDateTime": {"DateTime": "2026-01-02"}})
    me.create("tasks", {"Subject": "mine", "DueDateTime": {"DateTime": "2026-01-02"}})
    requests = [
        get("1", "tasks"),
        get("2", "tasks", headers=person.authorization),
        get("3", "tasks", headers={"Prefer": prefer("Tokyo Standard Time")}),
    ]
    answers = by_json(send_json(me, requests, Prefer=prefer("Pacific Standard Time")))
    shown = [answers[name].body["value"][0] for name in "123"]
    assert [task["Subject"] for task in shown] == ["mine", "theirs", "mine"]
    zones = [task["DueDateTime"]["TimeZone"] for task in shown]
    assert zones == ["UTC", "UTC", "Tokyo Standard Time"]
    assert everything(person)[0][0]["Subject"] == "theirs"


@pytest.mark.inferred("batch.inherits")
@pytest.mark.parametrize("nothing", ["None None", "Bearer", ""])
def test_no_credentials_within_are_those_of_the_batch(me: Mailbox, nothing: str) -> None:
    task = me.create("tasks", {"Subject": "mine"})
    request = {"id": "1", "method": "GET", "url": "tasks", "headers": {"Authorization": nothing}}
    (answer,) = me.post("$batch", {"requests": [request]}).json()["responses"]
    assert [one["Id"] for one in answer["body"]["value"]] == [task["Id"]]

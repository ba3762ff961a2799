"""Any batch at all: never a 5xx, neither the batch's nor one within it."""

from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.outlook.batches import Inner, by_json, by_parts, change_set, part, send_parts
from tests.outlook.fuzzing import BODIES, FUZZ, HEADERS, QUERIES, RAW, SEGMENTS, TEXT, VALUES
from tests.support.mailboxes import Filled, fill
from tests.support.outlook import call, envelope, write
from tests.support.wire import Mailbox, Wire

NAMES = st.sampled_from(["1", "2", "g", "é"])
URLS = st.sampled_from(
    [
        "tasks",
        "$1",
        "$2/tasks",
        "{task}",
        "{folder}/tasks",
        "/me/tasks?$top=1",
        "$batch",
        "http://[",
    ]
) | st.lists(SEGMENTS | TEXT, max_size=4).map("/".join)
METHODS = st.sampled_from(["GET", "POST", "PATCH", "DELETE", "PUT", "get", "HEAD", ""])
REQUESTS = st.fixed_dictionaries(
    {"id": st.uuids().map(str) | NAMES, "method": METHODS, "url": URLS},
    optional={
        "headers": st.dictionaries(
            st.sampled_from(["Prefer", "If-Match", "Content-Type", "Host", "Authorization", "x"]),
            HEADERS | TEXT,
        ),
        "body": BODIES | VALUES,
        "dependsOn": st.lists(NAMES, max_size=2),
        "atomicityGroup": NAMES,
    },
)
LINES = st.tuples(METHODS, URLS, QUERIES.map(lambda pairs: "".join(f"?{n}={v}" for n, v in pairs)))


@pytest.fixture(scope="module")
def fuzzed(embedded: Wire) -> Filled:
    """Return a mailbox that the examples share."""
    return fill(Mailbox(embedded, uuid4().hex))


def at(filled: Filled, url: str) -> str:
    """Fill an address in, where it names something."""
    named = {"{task}": f"tasks/{filled.task}", "{folder}": f"taskfolders/{filled.folder}"}
    for name, address in named.items():
        url = url.replace(name, address)
    return url


@pytest.mark.inferred("error.never-5xx", "error.shape", "batch.json")
def test_json(fuzzed: Filled) -> None:
    @FUZZ
    @given(requests=st.lists(REQUESTS, max_size=6), going_on=st.booleans())
    def run(requests: list[dict[str, Any]], going_on: bool) -> None:
        for request in requests:
            request["url"] = at(fuzzed, request["url"])
        headers = [("Content-Type", "application/json")]
        headers += [("Prefer", "odata.continue-on-error")] if going_on else []
        raw = orjson.dumps({"requests": requests})
        response = call(fuzzed.me, "POST", "$batch", raw, headers)
        if response.status_code != 200:
            assert response.status_code == 400
            envelope(response)
            return
        answers = by_json(response)
        assert list(answers) == [request["id"] for request in requests]
        for answer in answers.values():
            assert 200 <= answer.status < 500, answer

    run()


@pytest.mark.inferred("error.never-5xx", "error.shape", "batch.multipart")
def test_multipart(fuzzed: Filled) -> None:
    @FUZZ
    @given(
        lines=st.lists(LINES, min_size=1, max_size=4), body=st.just("") | TEXT, atomic=st.booleans()
    )
    def run(lines: list[tuple[str, str, str]], body: str, atomic: bool) -> None:
        parts = [
            part(f"{method} {at(fuzzed, url)}{query}", body, str(number))
            for number, (method, url, query) in enumerate(lines, 1)
        ]
        sent = [change_set(*parts)] if atomic else parts
        response = send_parts(fuzzed.me, *sent, Prefer="odata.continue-on-error")
        if response.status_code != 200:
            assert response.status_code == 400
            envelope(response)
            return
        for each in by_parts(response):
            for answer in [each] if isinstance(each, Inner) else each:
                assert 200 <= answer.status < 500, answer

    run()


@pytest.mark.inferred("error.never-5xx", "error.shape", "batch.malformed")
def test_any_body(fuzzed: Filled) -> None:
    @FUZZ
    @given(raw=RAW | VALUES.map(lambda value: _dumped({"requests": value})))
    def run(raw: bytes) -> None:
        for media_type in ("application/json", "multipart/mixed; boundary=b"):
            response = write(fuzzed.me, "POST", "$batch", raw, media_type)
            assert response.status_code in (200, 400)
            assert "ErrorInternalServer" not in response.text

    run()


def _dumped(value: object) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:
        return b""

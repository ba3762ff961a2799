"""Anything at all, thrown at the service: never a 5xx, always a proper answer."""

import json
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterlook.outlook import edm, response_models
from tests.outlook.fuzzing import (
    DATES,
    FUZZ,
    HEADERS,
    METHODS,
    PREFERENCES,
    QUERIES,
    RAW,
    SEGMENTS,
    TEXT,
    VALUES,
    proper,
)
from tests.support.mailboxes import Filled, fill
from tests.support.outlook import call, write
from tests.support.wire import Mailbox, Wire

MODELS = {
    "tasks": response_models.Task,
    "taskfolders": response_models.TaskFolder,
    "taskgroups": response_models.TaskGroup,
}


@pytest.fixture(scope="module")
def fuzzed(embedded: Wire) -> Filled:
    """Return a mailbox that the examples share."""
    return fill(Mailbox(embedded, uuid4().hex))


@pytest.mark.inferred("error.never-5xx", "error.shape", "entity.conforms")
@pytest.mark.parametrize("collection", MODELS)
def test_bodies(fuzzed: Filled, collection: str) -> None:
    own = {"tasks": "{task}", "taskfolders": "{folder}", "taskgroups": "{group}"}[collection]
    model = MODELS[collection]

    @FUZZ
    @given(raw=RAW)
    def run(raw: bytes) -> None:
        made = write(fuzzed.me, "POST", collection, raw)
        proper(made, model)
        changed = write(fuzzed.me, "PATCH", fuzzed.at(f"{collection}('{own}')"), raw)
        proper(changed, model)
        for response in (made, changed):
            if response.status_code < 300:
                proper(fuzzed.me.get(response.json()["@odata.id"]), model)

    run()


@pytest.mark.inferred("error.never-5xx", "error.shape", "entity.conforms")
def test_likely_tasks(fuzzed: Filled) -> None:
    """Bodies that are right in most respects."""
    dates = st.none() | DATES | st.fixed_dictionaries({"DateTime": st.datetimes().map(str)})
    optional: dict[str, st.SearchStrategy[Any]] = dict.fromkeys(
        ("DueDateTime", "StartDateTime", "CompletedDateTime", "ReminderDateTime"), dates
    )
    optional |= {
        "Subject": st.none() | st.text(),
        "Categories": st.lists(st.text(max_size=5), max_size=3),
        "Status": st.sampled_from(edm.STATUS.members),
        "Body": st.fixed_dictionaries({}, optional={"Content": st.text()}),
        "Recurrence": st.none() | st.dictionaries(st.text(max_size=5), VALUES, max_size=3),
    }
    zones = st.sampled_from(["UTC", "Pacific Standard Time", "Line Islands Standard Time"])

    @FUZZ
    @given(body=st.fixed_dictionaries({}, optional=optional), zone=zones)
    def run(body: dict[str, Any], zone: str) -> None:
        headers = [("Prefer", f'outlook.timezone="{zone}"'), ("Content-Type", "application/json")]
        raw = json.dumps(body).encode()
        for method, address in (("POST", "tasks"), ("PATCH", fuzzed.at("tasks('{task}')"))):
            proper(call(fuzzed.me, method, address, raw, headers), response_models.Task)

    run()


@pytest.mark.inferred("error.never-5xx", "error.shape")
def test_paths(fuzzed: Filled) -> None:
    @FUZZ
    @given(parts=st.lists(SEGMENTS | TEXT, max_size=6), encoded=st.booleans(), method=METHODS)
    def run(parts: list[str], encoded: bool, method: str) -> None:
        path = "/".join(quote(part, safe="" if encoded else "/()'%") for part in parts)
        proper(fuzzed.me.send(method, f"/api/beta/me/{path}"))
        proper(fuzzed.me.send(method, f"/api/beta/{path}/tasks"))
        proper(fuzzed.me.send(method, f"tasks('{path}')"))

    run()


@pytest.mark.inferred("error.never-5xx", "error.shape", "entity.conforms")
def test_queries(fuzzed: Filled) -> None:
    @FUZZ
    @given(pairs=QUERIES, extra=TEXT)
    def run(pairs: list[tuple[str, str]], extra: str) -> None:
        query = "&".join(f"{quote(name, safe='$')}={quote(value)}" for name, value in pairs)
        for collection in MODELS:
            proper(fuzzed.me.get(f"{collection}?{query}"))
        proper(fuzzed.me.get(fuzzed.at("tasks('{task}')?") + query))
        proper(fuzzed.me.get(f"tasks?{quote(extra, safe='&=$%')}"))

    run()


@pytest.mark.inferred("error.never-5xx", "error.shape", "entity.conforms")
@pytest.mark.parametrize(
    ("name", "texts"), [("Prefer", PREFERENCES), ("If-Match", HEADERS), ("Authorization", HEADERS)]
)
def test_headers(fuzzed: Filled, name: str, texts: st.SearchStrategy[str]) -> None:
    @FUZZ
    @given(text=texts)
    def run(text: str) -> None:
        for value in (text, f"Bearer {text}") if name == "Authorization" else (text,):
            lines = [(name, value), ("Content-Type", "application/json")]
            proper(call(fuzzed.me, "GET", "tasks", headers=lines), response_models.TaskCollection)
            one = fuzzed.at("tasks('{task}')")
            proper(call(fuzzed.me, "PATCH", one, b'{"Subject": "x"}', lines), response_models.Task)
            proper(call(fuzzed.me, "POST", "tasks", b"{}", lines), response_models.Task)

    run()

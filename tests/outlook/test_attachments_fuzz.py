"""Any bytes, any item, any body, any options: kept, or refused, and never a 5xx."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.outlook.attaching import at, attach, attached, listed, new_task
from tests.outlook.fuzzing import RAW, VALUES
from tests.support.attachments import EVENT, FILE, ITEM, ITEMS, REFERENCE, file, item
from tests.support.outlook import Json, envelope, write
from tests.support.wire import Mailbox, Wire

FUZZ = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.inferred("attached.bytes")
@FUZZ
@given(content=st.binary(max_size=400), name=st.text("aé.\\/'\"\u2028 ", min_size=1, max_size=9))
def test_any_bytes(embedded: Wire, content: bytes, name: str) -> None:
    """Come back as they were, on every way."""
    alone = Mailbox(embedded, uuid4().hex)
    task, body = new_task(alone), file(f"x{name}", content)
    added = attach(alone, task, body)
    address = at(task, added)
    expanded = alone.get(f"{task}?$expand=Attachments").json()["Attachments"]

    for shown in (added, alone.get(address).json(), listed(alone, task)[0], expanded[0]):
        assert (shown["Name"], shown["ContentBytes"]) == (body["Name"], body["ContentBytes"])
    assert alone.get(f"{address}/$value").content == content


@pytest.mark.inferred("attached.item", "attached.text")
@FUZZ
@given(content=st.dictionaries(st.text(max_size=8), VALUES, max_size=4))
def test_any_item(embedded: Wire, content: dict[str, Any]) -> None:
    """Comes back as it was read, or was refused."""
    alone = Mailbox(embedded, uuid4().hex)
    body = item()
    body["Item"] |= {name: value for name, value in content.items() if name != "@odata.type"}
    task = new_task(alone)
    response = alone.post(f"{task}/attachments", jsonable(body))
    if response.status_code != 201:
        envelope(response)
        assert response.status_code == 400
        return
    shown = alone.get(f"{at(task, response.json())}?$expand={ITEMS}").json()["Item"]
    assert list(shown) == list(body["Item"])


def jsonable(value: Any) -> Any:
    """Leave out what JSON cannot say."""
    if isinstance(value, dict):
        return {jsonable(name): jsonable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    is_number = isinstance(value, float) and (value != value or abs(value) == float("inf"))  # noqa: PLR0124
    return None if is_number else value


BODIES = st.fixed_dictionaries(
    {"@odata.type": st.sampled_from([FILE, ITEM, REFERENCE]) | st.text(max_size=5)},
    optional={
        "Name": st.text(max_size=5) | VALUES,
        "ContentBytes": st.text("bWFj=-_+ ", max_size=9) | VALUES,
        "ContentType": st.text(max_size=12) | VALUES,
        "IsInline": st.sampled_from([True, "true", "x"]) | VALUES,
        "Item": st.just(EVENT["Item"]) | VALUES,
        "SourceUrl": st.text(max_size=5) | VALUES,
        "ProviderType": st.sampled_from(["Dropbox", "9"]) | VALUES,
        "Permission": st.text(max_size=5) | VALUES,
        "IsFolder": VALUES,
    },
).map(jsonable)


@pytest.mark.inferred("attached.fuzz")
@FUZZ
@given(body=BODIES)
def test_any_body(embedded: Wire, body: Json) -> None:
    """Is attached or refused, and what is attached can be read."""
    alone = Mailbox(embedded, uuid4().hex)
    task = new_task(alone)
    response = alone.post(f"{task}/attachments", body)

    assert response.status_code in (201, 400), response.text
    if response.status_code == 201:
        address = at(task, response.json())
        assert alone.get(address).json()["Name"] == body["Name"]
        assert alone.get(f"{address}/$value").status_code in (200, 400)
    else:
        envelope(response)
        assert listed(alone, task) == []


@pytest.mark.inferred("attached.fuzz")
@FUZZ
@given(raw=RAW)
def test_any_bytes_for_a_body(embedded: Wire, raw: bytes) -> None:
    """Never a 5xx."""
    alone = Mailbox(embedded, uuid4().hex)
    response = write(alone, "POST", f"{new_task(alone)}/attachments", raw)

    assert response.status_code in (201, 400), response.text


@pytest.mark.inferred("attached.fuzz")
@FUZZ
@given(query=st.lists(
    st.sampled_from(["$expand=", "$select=", "$filter=", "Attachments", "(", ")", ";", ",", "&"])
    | st.sampled_from([ITEMS, "Name", "ContentBytes", " eq ", "'x'", "ProviderType", "null", "*"]),
    max_size=8,
).map("".join))  # fmt: skip
def test_any_options(embedded: Wire, query: str) -> None:
    """On a collection, on one, on tasks that have some."""
    alone = Mailbox(embedded, uuid4().hex)
    task = new_task(alone)
    address = attached(alone, task, EVENT)

    for place in (f"{task}/attachments", address, f"{task}", "tasks"):
        response = alone.get(f"{place}?{query}&$top=1" if place == "tasks" else f"{place}?{query}")
        assert response.status_code in (200, 400), response.text

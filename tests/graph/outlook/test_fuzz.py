"""Anything that a client may send: it is answered, and in Graph's shape."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.graph.outlook.faces import FACE, in_graph, made
from tests.outlook.fuzzing import BODIES, FUZZ
from tests.support.outlook import write
from tests.support.wire import Mailbox

ADDRESSES = [
    ("POST", "tasks"),
    ("PATCH", "tasks('{task}')"),
    ("POST", "tasks('{task}')/attachments"),
    ("POST", "tasks('{task}')/complete"),
    ("POST", "taskFolders"),
    ("POST", "taskGroups"),
]
TYPES = ["microsoft.graph.fileAttachment", "#microsoft.graph.itemAttachment"]
TYPES += ["#microsoft.graph.message", "microsoft.graph.outlookTask", "#Edm.String", ""]
NAMES = ["item", "contentBytes", "name", "attachments", "singleValueExtendedProperties", "id"]
TYPED = st.recursive(
    st.sampled_from(["x", None, 1, True, "aGk=", *TYPES]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*NAMES, "body", "flag", "toRecipients"]), inner, max_size=3
        )
        | st.builds(lambda type_, rest: {"@odata.type": type_, "item": rest}, inner, inner)
    ),
    max_leaves=6,
)
GIVEN = BODIES.map(in_graph) | st.dictionaries(st.sampled_from([*NAMES, "@odata.type"]), TYPED)

_OFTEN = settings(
    FUZZ, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.mark.inferred("graph-outlook.fuzz")
@_OFTEN
@given(body=GIVEN, to=st.sampled_from(ADDRESSES))
def test_bodies(alone: Mailbox, body: dict[str, Any], to: tuple[str, str]) -> None:
    method, address = to
    task = made(alone, "tasks", {})["id"]
    response = write(alone, method, f"{FACE}/{address.format(task=task)}", json.dumps(body))
    assert response.status_code < 500, response.text
    if response.status_code >= 400:
        error = response.json()["error"]
        assert list(error) == ["code", "message", "innerError"]
        assert error["code"]
        assert error["message"]
    else:
        assert alone.get(f"{FACE}/tasks?$expand=attachments").status_code == 200

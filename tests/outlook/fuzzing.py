"""What the fuzzer throws."""

import json
from typing import Any

import httpx2
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from afterlook.outlook import edm
from tests.support.outlook import envelope

PROPERTIES = sorted(
    {part.name for part in (*edm.TASK, *edm.TASK_FOLDER)}
    | {"DateTime", "TimeZone", "ContentType", "Content", "Pattern", "Range", "@odata.type"}
)
WORDS = [
    *edm.STATUS.members,
    *edm.IMPORTANCE.members,
    "2016-04-26T10:00:00",
    "0001-01-01T00:00:00",
    "9999-12-31T23:59:59",
    "Pacific Standard Time",
    "Tokyo Standard Time",
    "UTC",
    "HTML",
    "",
]
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(WORDS)
)
NAMES = st.sampled_from(PROPERTIES) | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
DATES = st.fixed_dictionaries(
    {}, optional={"DateTime": st.sampled_from(WORDS) | SCALARS, "TimeZone": st.sampled_from(WORDS)}
)
BODIES = st.dictionaries(NAMES, VALUES | DATES, max_size=5)
RAW = BODIES.map(lambda body: json.dumps(body).encode()) | st.binary()
TEXT = st.text(max_size=60)
HEADERS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80).map(str.strip)
SEGMENTS = st.sampled_from(
    ["tasks", "TaskFolders", "taskgroups", "complete", "me", "users", "('", "')", "''", "%", "%ff"]
)
METHODS = st.sampled_from(["GET", "POST", "PATCH", "DELETE", "PUT"])
QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["$top", "$skip", "$select", "$orderby", "$filter", "top", "", "x"]) | TEXT,
        st.sampled_from(["1", "0", "Subject", "Id desc", "*", ","]) | TEXT,
    ),
    max_size=4,
)
PREFERENCES = st.lists(
    st.sampled_from(
        [
            "outlook.timezone",
            "return",
            "odata.maxpagesize",
            "=",
            '"',
            "'",
            ",",
            ";",
            "UTC",
            "minimal",
        ]
    )
    | HEADERS,
    max_size=6,
).map("".join)
FUZZ = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def proper(response: httpx2.Response, *models: type[Any]) -> None:
    """Expect an answer of the service: an entity of the shape, a refusal, or nothing."""
    assert response.status_code < 500, response.text
    assert response.headers["request-id"]
    if response.status_code == 401:
        assert response.headers["WWW-Authenticate"]
        assert response.content == b""
    elif response.status_code >= 400:
        envelope(response)
    elif response.status_code == 204:
        assert response.content == b""
    else:
        assert response.status_code in (200, 201)
        for model in models:
            model.model_validate(response.json())

"""Anything at all for `$filter` and `$orderby`: an answer or a refusal, never a failure."""

from urllib.parse import quote
from uuid import uuid4

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.odata.filter.expressions import WORDS, filters
from tests.support.outlook import envelope
from tests.support.wire import Mailbox, Wire

FUZZ = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
PIECES = [
    *("Subject", "Categories/any(c:", "c", "DueDateTime/DateTime", "Status", "Id", "Body/Content"),
    *(" eq ", " and ", " or ", "not ", " in (", "contains(", "substring(", "year(", " div ", "-"),
    *("(", ")", ",", "/", "'", "'a'", "null", "0", "1e9", "1e-300", "2016-04-26", " desc", " asc"),
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TEXTS = st.lists(st.sampled_from([*PIECES, *WORDS]) | TEXT, max_size=12).map("".join)


@pytest.fixture(scope="module")
def fuzzed(embedded: Wire) -> Mailbox:
    """Return a mailbox with two tasks."""
    me = Mailbox(embedded, uuid4().hex)
    me.create("tasks", {"Subject": "a", "Categories": ["b"]})
    me.create("tasks", {"Subject": None})
    return me


def proper(response: httpx2.Response) -> None:
    """Expect an answer or a refusal."""
    assert response.status_code in (200, 400), response.text
    if response.status_code == 400:
        envelope(response)


@pytest.mark.inferred("error.never-5xx", "error.shape")
def test_any_filter(fuzzed: Mailbox) -> None:
    @FUZZ
    @given(text=TEXTS | filters())
    def run(text: str) -> None:
        for collection in ("tasks", "taskfolders", "taskgroups", "tasks/$count"):
            proper(fuzzed.get(f"{collection}?$filter={quote(text)}"))

    run()


@pytest.mark.inferred("error.never-5xx", "error.shape")
def test_any_order(fuzzed: Mailbox) -> None:
    @FUZZ
    @given(text=TEXTS, condition=filters())
    def run(text: str, condition: str) -> None:
        proper(fuzzed.get(f"tasks?$orderby={quote(text)}"))
        proper(fuzzed.get(f"tasks?$orderby={quote(text)}&$filter={quote(condition)}&$count=true"))
        proper(fuzzed.get(f"tasks?$orderby=Subject,Status desc&$filter={quote(condition)}"))

    run()


@pytest.mark.inferred("error.never-5xx", "error.shape")
@pytest.mark.in_process
def test_any_filter_on_every_engine(shared: Mailbox) -> None:
    """Fewer, for they go over the network."""

    @settings(FUZZ, max_examples=25)
    @given(text=filters())
    def run(text: str) -> None:
        proper(shared.get(f"tasks?$filter={quote(text)}&$top=2&$count=true"))

    run()

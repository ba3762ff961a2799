"""Whatever a client sends to `_api`, the server has an answer that is not its own failure."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sharepoint.rest.helpers import GIVEN_BY_NAME, SESSION, ask, content_of, new_list
from tests.support.wire import Mailbox

TEXT = st.text(max_size=12)
LITERAL = st.one_of(
    st.integers(-(2**70), 2**70).map(str),
    st.floats().map(str),
    TEXT.map(lambda text: f"'{text}'"),
    TEXT,
    st.sampled_from(["null", "true", "guid'x'", "taskKey=1", "field=21", "a=", ",", "'", "@a"]),
)
SEGMENT = st.sampled_from(
    [
        *("web", "lists", "items", "getbytitle", "getbyid", "currentuser", "Result", "Nothing"),
        *("SP.WorkManagement.OM.UserOrderedSessionManager", "CreateSession", "$metadata", ""),
        *("RegionalSettings", "TimeZone", "$value", "title", "AssignedTo", "getlist"),
        *("CreateTask", "DeleteTask", "GetRefreshStatus", "GetRefreshHistory", "ReorderTask"),
    ]
)
STEP = st.builds(
    lambda name, given: name if given is None else f"{name}({','.join(given)})",
    st.one_of(SEGMENT, TEXT),
    st.none() | st.lists(LITERAL, max_size=4),
)
VALUE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | st.sampled_from(["2011-11-23", "9999-12-31T23:59:59Z", "Completed", "0x010801"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
OPTIONS = ["$filter", "$orderby", "$select", "$expand", "$top", "$skip", "$skiptoken", "p_ID"]
WORD = st.one_of(
    LITERAL,
    st.sampled_from(
        [
            *("Title", "Id", "DueDate", "AssignedToId", "AssignedTo/Id", "Hidden", "Checkmark"),
            *("eq", "gt", "and", "or", "not", "desc", ",", "(", ")", "-", "substringof(", "mul"),
            *("AssignedTo/Title", "AssignedTo", "Author/EMail", "AuthorId", "GUID", "guid'x'"),
            *("Paged=TRUE&", "PagedPrev=TRUE&", "p_ID=1", "&p_Title=", "&p_DueDate=", "%41"),
            *("datetime'2026-01-01'", "startswith(Title,'a')", "substringof('a',Id)", "year("),
        ]
    ),
)
BODY = st.dictionaries(st.sampled_from(GIVEN_BY_NAME) | TEXT, VALUE, max_size=5)
HIDDEN = "/personal/x/_api/web/lists/getbytitle('WmaAggregatorList_User')/items"
METHOD = st.sampled_from(["GET", "POST", "MERGE", "PATCH", "DELETE"])
QUIET = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.inferred("rest.bad-input")
@pytest.mark.in_process
@QUIET
@given(steps=st.lists(STEP, max_size=6), method=METHOD, body=BODY)
def test_addresses(me: Mailbox, steps: list[str], method: str, body: dict[str, object]) -> None:
    address = quote("/".join(steps), safe="/()=',$")
    assert ask(me, method, f"/sites/a/_api/{address}", body).status_code < 500


@pytest.mark.inferred("rest.bad-input")
@pytest.mark.in_process
def test_options(me: Mailbox) -> None:
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task", "AssignedToId": [1]}), 201)

    @QUIET
    @given(words=st.lists(WORD, max_size=9), option=st.sampled_from(OPTIONS))
    def send(words: list[str], option: str) -> None:
        query = quote(" ".join(words))
        for address in (f"{tasks}/items", f"{tasks}/items(1)", "/sites/a/_api/web/lists", HIDDEN):
            response = ask(me, "GET", f"{address}?{quote(option)}={query}")
            assert response.status_code < 500, words

    send()


@pytest.mark.inferred("rest.bad-input")
@pytest.mark.in_process
def test_bodies(me: Mailbox) -> None:
    tasks = new_list(me)

    @QUIET
    @given(body=BODY, step=st.sampled_from(["UpdateTaskWithLocalizedValue", "CreateTask"]))
    def send(body: dict[str, object], step: str) -> None:
        for method, address in (
            ("POST", f"{tasks}/items"),
            ("POST", f"{tasks}/items"),
            ("PATCH", f"{tasks}/items(1)"),
            ("POST", f"{SESSION}/{step}"),
        ):
            given = {"Title": "Task", "AssignedToId": [1]} | body
            sent = given if "items" in address and method == "POST" else body
            assert ask(me, method, address, sent).status_code < 500, body

    send()
    assert ask(me, "POST", f"{SESSION}/BeginCacheRefresh").status_code == 200
    assert ask(me, "GET", f"{tasks}/items?$top=5000").status_code == 200

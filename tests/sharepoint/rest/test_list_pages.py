"""Pages of items go on by key: against a model, while others write, and by tokens of any making."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sharepoint.rest.helpers import ask, content_of, error_of, new_list
from tests.support.wire import Mailbox

QUIET = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SORTED = [
    *("Id", "Title", "StartDate", "DueDate", "PercentComplete", "Status", "Checkmark", "Priority"),
    *("AssignedToId", "AssignedTo", "AssignedTo/Id", "AssignedTo/Title", "AssignedTo/EMail"),
    *("ParentIDId", "PredecessorsId", "Created", "Modified", "GUID", "ContentTypeId"),
    *("AuthorId", "Author/Title", "Editor/EMail", "Author", "EditorId"),
]
ITEM = st.fixed_dictionaries(
    {"Title": st.sampled_from(["a", "B", "b", "Ä", "ä&b=c", "1+1", "it's", "%41", "\U0001f600"])},
    optional={
        "DueDate": st.sampled_from([None, "2026-05-01T10:00:00.5Z", "2026-05-01T10:00:00Z"]),
        "StartDate": st.sampled_from([None, "1950-01-01T00:00:00Z"]),
        "PercentComplete": st.sampled_from([0, 0.1, 0.3, 1]),
        "Priority": st.sampled_from(["(1) High", "(3) Low"]),
        "AssignedToId": st.sampled_from([[], [1], [7], [7, 1], [11]]),
        "ParentIDId": st.sampled_from([None, 1, 2]),
        "PredecessorsId": st.sampled_from([[], [1], [2, 1]]),
    },
)
ORDER = st.lists(
    st.tuples(st.sampled_from(SORTED), st.sampled_from(["", " asc", " desc"])), max_size=3
)


def put(me: Mailbox, items: str, item: Any) -> int:
    """Create an item; return its id."""
    return int(content_of(ask(me, "POST", items, item), 201)["Id"])


def page(me: Mailbox, address: str) -> tuple[list[int], str | None]:
    """Return the ids of a page, and the address of the next."""
    told_ = content_of(ask(me, "GET", address))
    return [item["Id"] for item in told_["value"]], told_.get("odata.nextLink")


@pytest.mark.inferred("items.keyed")
def test_pages_while_others_write(me: Mailbox) -> None:
    """What is there all the time is seen once, and in its order."""
    lists = iter(range(1000))

    @QUIET
    @given(
        before=st.lists(ITEM, min_size=3, max_size=9),
        meanwhile=st.lists(st.tuples(st.integers(0, 8), ITEM | st.none()), max_size=5),
        order=ORDER,
        top=st.integers(1, 3),
    )
    def run(before: Any, meanwhile: Any, order: Any, top: int) -> None:
        items = f"{new_list(me, f'L{next(lists)}')}/items"
        for title in ("parent", "other"):
            put(me, items, {"Title": title})
        there = {put(me, items, item) for item in before}
        sort = ",".join(path + direction for path, direction in order)
        sorting = f"$orderby={sort}&" if sort else ""
        whole, _ = page(me, f"{items}?{sorting}$top=99")
        following: str | None = f"{items}?{sorting}$top={top}"
        collected: list[int] = []
        changes = list(meanwhile)
        while following:
            result, following = page(me, following)
            collected += result
            if changes:
                number, item = changes.pop()
                if item is not None:
                    put(me, items, item)
                elif number + 3 in there:
                    there.remove(number + 3)
                    ask(me, "DELETE", f"{items}({number + 3})")
        assert [number for number in collected if number in there] == [
            number for number in whole if number in there
        ]
        assert len(set(collected)) == len(collected)

    run()


@pytest.fixture
def tasks(me: Mailbox) -> str:
    """Return the items of a list: ids 1 to 6."""
    items = f"{new_list(me)}/items"
    for number, title in enumerate(["c", "A b", "a b", "e&f=g", "D", "ß+%41"]):
        due = None if number % 2 else f"2026-05-0{number + 1}T08:00:00Z"
        put(me, items, {"Title": title, "DueDate": due, "AssignedToId": [number + 1]})
    return items


def token_of(link: str) -> str:
    """Return the $skiptoken of a link."""
    return parse_qs(urlsplit(link).query)["$skiptoken"][0]


@pytest.mark.observed("items.tokens")
@pytest.mark.in_process
@pytest.mark.parametrize("order", ["", "Id desc", "Title", "Title desc", "DueDate", "DueDate desc"])
@pytest.mark.parametrize("filter_", ["", "$filter=Id ne 4&"])
def test_pages_backwards(me: Mailbox, tasks: str, order: str, filter_: str) -> None:
    sort = filter_ + (f"$orderby={order}&" if order else "")
    whole, _ = page(me, f"{tasks}?{sort}")
    for place in range(1, len(whole)):
        _, link = page(me, f"{tasks}?{sort}$top={place}")
        assert link is not None
        for token in (f"PagedPrev=TRUE&{token_of(link)}", f"{token_of(link)}&PagedPrev=true"):
            for top in (2, 9):
                address = f"{tasks}?{sort}$top={top}&$skiptoken={quote(token)}"
                result, onwards = page(me, address)
                assert result == whole[max(0, place - 1 - top) : place - 1]
                if result:
                    assert onwards is not None
                    assert page(me, onwards)[0][0] == whole[place - 1]
                else:
                    assert onwards is None


@pytest.mark.observed("items.tokens")
def test_tokens_of_the_service(me: Mailbox, tasks: str) -> None:
    for order, token in (
        ("", "Paged=TRUE&p_ID=1"),
        ("Title", "Paged=TRUE&p_Title=A%20b&p_ID=2"),
        ("DueDate desc", "Paged=TRUE&p_DueDate=20260505%2008:00:00&p_ID=5"),
        ("Checkmark,Id desc", "Paged=TRUE&p_Checkmark=0&p_ID=6"),
        ("AssignedTo", "Paged=TRUE&p_AssignedTo=Administrator&p_ID=1"),
        ("AssignedTo/Id", "Paged=TRUE&p_AssignedTo/Id=1&p_ID=1"),
    ):
        sort = f"$orderby={order}&" if order else ""
        _, link = page(me, f"{tasks}?{sort}$top=1")
        assert link is not None
        assert token_of(link) == token


@pytest.mark.observed("items.tokens")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("$skiptoken=Paged=TRUE&p_ID=2", [3, 4, 5, 6]),
        ("$skiptoken=p_ID=2", [3, 4, 5, 6]),
        ("%24skiptoken=Paged%3dTRUE%26p_ID=2", [3, 4, 5, 6]),
        ("$skiptoken=Paged%3DTRUE%26p_SortBehavior%3D0%26p_ID%3D2", [3, 4, 5, 6]),
        ("$skiptoken=Paged=TRUE&PageFirstRow=3&p_FSObjType=0&p_ID=2&$top=2", [3, 4]),
        ("Paged=TRUE&p_ID=4", [5, 6]),
        ("$skiptoken=Paged=TRUE&PagedPrev=TRUE&p_ID=3", [1, 2]),
        ("$skiptoken=Paged%3dTRUE%26PagedPrev%3dTRUE%26p_ID%3d99&$top=1", [6]),
        ("$skiptoken=Paged=TRUE&p_ID=99", []),
        ("$orderby=Title&$skiptoken=Paged=TRUE&p_ID=2", [3, 1, 5, 4, 6]),
        ("$orderby=Title&$skiptoken=Paged=TRUE&p_Title=C&p_ID=1", [5, 4, 6]),
        ("$orderby=Title&$skiptoken=Paged=TRUE&p_title=e%26f=g&p_ID=4", [6]),
        ("$orderby=Title&$skiptoken=Paged%3DTRUE%26p_Title%3De%2526f%253Dg%26p_ID%3D4", [6]),
        ("$orderby=Title&$skiptoken=Paged=TRUE&p_Title=cc&p_ID=77", [5, 4, 6]),
        ("$orderby=DueDate&$skiptoken=Paged=TRUE&p_DueDate=&p_ID=4", [6, 1, 3, 5]),
        ("$orderby=DueDate desc&$skiptoken=Paged=TRUE&p_DueDate=&p_ID=2", [4, 6]),
        ("$orderby=DueDate&$skiptoken=Paged=TRUE&p_DueDate=2026-05-03T08:00:00.000Z&p_ID=3", [5]),
        ("$orderby=DueDate&$skiptoken=Paged=TRUE&p_DueDate=20260503%2008:00:00&p_ID=3", [5]),
        ("$orderby=DueDate,Title&$skiptoken=Paged=TRUE&p_DueDate=&p_ID=2", [4, 6, 1, 3, 5]),
    ],
)
def test_tokens_of_others(me: Mailbox, tasks: str, query: str, expected: list[int]) -> None:
    assert page(me, f"{tasks}?{query}")[0] == expected


@pytest.mark.inferred("items.tokens-refused")
@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        *("$skiptoken=", "$skiptoken=5", "$skiptoken=Paged=TRUE", "$skiptoken=Paged=FALSE&p_ID=1"),
        *("$skiptoken=Paged=TRUE&p_ID=x", "$skiptoken=Paged=TRUE&p_ID=-1", "Paged=TRUE"),
        *("$skiptoken=Paged=TRUE&p_ID=99999999999", "$skiptoken=Paged=TRUE&p_ID=2147483648"),
        "$skiptoken=Paged=TRUE&p_ID=1&PagedPrev=maybe",
        "$skiptoken=Paged=TRUE%26p_ID=2&p_ID=3",
        "$skiptoken=Paged%253dTRUE%2526p_ID%253d2",
        "$skiptoken=Paged=TRUE%26p_Skip=2",
        "$skiptoken=Paged=TRUE&p_Title=a&p_ID=2",
        "$skiptoken=Paged=TRUE&p_Nothing=a&p_ID=2",
        "$orderby=Title&$skiptoken=Paged=TRUE&p_Title=a",
        "$orderby=Title&$skiptoken=Paged=TRUE&p_ID=99",
        "$orderby=Title&$skiptoken=Paged=TRUE&p_DueDate=&p_ID=2",
        "$orderby=DueDate&$skiptoken=Paged=TRUE&p_DueDate=tomorrow&p_ID=2",
        "$orderby=Created&$skiptoken=Paged=TRUE&p_Created=&p_ID=2",
        "$orderby=PercentComplete&$skiptoken=Paged=TRUE&p_PercentComplete=nan&p_ID=2",
        "$orderby=Title&$skiptoken=" + quote("Paged=TRUE&p_Title=%00&p_ID=2"),
        "$skiptoken=" + quote("&".join(f"p_{number}=1" for number in range(99))),
    ],
)
def test_tokens_that_name_no_place(me: Mailbox, tasks: str, query: str) -> None:
    code, text = error_of(ask(me, "GET", f"{tasks}?{query}"), 400)
    assert code == "-1, Microsoft.SharePoint.Client.InvalidClientQueryException"
    assert text.startswith("The $skiptoken '")


@pytest.mark.inferred("items.keyed")
def test_links_are_never_too_long(me: Mailbox) -> None:
    """Neither for the longest titles, nor beside the longest filters."""
    items = f"{new_list(me)}/items"
    for _ in range(3):
        put(me, items, {"Title": "\U0001f600" * 255})
    for filter_ in ("Id gt 0", f"Title ne '{'%26' * 3900}'"):
        address = f"{items}?$top=1&$orderby=Title&$filter={filter_}"
        result, link = page(me, address)
        for expected in ([2], [3]):
            assert link is not None
            result, link = page(me, link)
            assert result == expected
        assert link is None


PERSONS = {
    "AssignedTo eq 1": [1],
    "AssignedTo ne 1": [2, 3, 4, 5, 6],
    "AssignedTo/Title eq 'administrator'": [1],
    "AssignedTo/Title eq 'User 3'": [3],
    "AssignedTo/Title ne 'User 3'": [1, 2, 4, 5, 6],
    "AssignedTo/Title eq 'User 1'": [],
    "AssignedTo/Title eq 'User '": [],
    "AssignedTo/Title eq null": [],
    "startswith(AssignedTo/Title,'User')": [2, 3, 4, 5, 6],
    "startswith(AssignedTo/Title,'')": [1, 2, 3, 4, 5, 6],
    "startswith(AssignedTo/Title,'adm') eq true": [1],
    "substringof('R 4',AssignedTo/Title)": [4],
    "AssignedTo/EMail eq null": [2, 3, 4, 5, 6],
    "AssignedTo/EMail ne null": [1],
    "substringof('@',AssignedTo/EMail) or AssignedTo/Id eq 5": [1, 5],
    "Author eq 1 and Editor/Id eq 1 and AuthorId eq 1": [1, 2, 3, 4, 5, 6],
    "AuthorId eq 2": [],
    "EditorId ne 1": [],
    "Author/Title eq 'ADMINISTRATOR'": [1, 2, 3, 4, 5, 6],
    "startswith(Author/Title,'U')": [],
    "substringof('@',Author/EMail)": [1, 2, 3, 4, 5, 6],
    "Author/EMail eq null": [],
    "startswith(ContentTypeId,'0x0108')": [1, 2, 3, 4, 5, 6],
    "ContentTypeId eq '0x010801'": [],
}


@pytest.mark.inferred("items.persons")
def test_persons_in_filters(me: Mailbox, tasks: str) -> None:
    owner = content_of(ask(me, "GET", f"{tasks}(1)?$expand=Author"))["Author"]
    mail = quote(owner["EMail"])
    exact = {f"AssignedTo/EMail eq '{mail}'": [1], f"Author/Name ne '{mail}'": []}
    for filter_, expected in (PERSONS | exact).items():
        result, link = page(me, f"{tasks}?$filter={filter_}")
        assert (result, link) == (expected, None), filter_
    put(me, tasks, {"Title": "nobody"})
    put(me, tasks, {"Title": "all", "AssignedToId": [12, 1, 7]})
    for filter_, expected in (
        ("AssignedTo/Title eq null", [7]),
        ("startswith(AssignedTo/Title,'')", [1, 2, 3, 4, 5, 6, 8]),
        ("AssignedTo/Title eq 'user 7'", [8]),
        ("AssignedTo/Title eq 'Administrator'", [1, 8]),
        ("substringof('user 1',AssignedTo/Title)", [8]),
        ("AssignedTo/EMail eq null", [2, 3, 4, 5, 6, 7]),
    ):
        assert page(me, f"{tasks}?$filter={filter_}")[0] == expected, filter_


@pytest.mark.inferred("items.persons")
def test_persons_in_orders(me: Mailbox, tasks: str) -> None:
    put(me, tasks, {"Title": "nobody"})
    put(me, tasks, {"Title": "two", "AssignedToId": [12, 1]})
    for order, expected in (
        ("AssignedTo", [7, 1, 8, 2, 3, 4, 5, 6]),
        ("AssignedTo/Title desc", [6, 5, 4, 3, 2, 8, 1, 7]),
        ("AssignedToId desc", [8, 6, 5, 4, 3, 2, 1, 7]),
        ("AssignedTo/EMail desc", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("Author/Title,AuthorId desc", [1, 2, 3, 4, 5, 6, 7, 8]),
    ):
        collected, following = [], f"{tasks}?$orderby={order}&$top=3"
        while following:
            result, link = page(me, following)
            collected += result
            following = link or ""
        assert collected == expected, order


@pytest.mark.inferred("items.persons")
@pytest.mark.once
@pytest.mark.parametrize(
    "filter_", ["AssignedTo/Title gt 'a'", "AssignedTo/Nothing eq 1", "AssignedTo/Title eq '%01'"]
)
def test_persons_that_cannot_be_asked_for(me: Mailbox, tasks: str, filter_: str) -> None:
    error_of(ask(me, "GET", f"{tasks}?$filter={filter_}"), 400)

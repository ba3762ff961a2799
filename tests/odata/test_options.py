"""System query options: OData URL Conventions 4.0, §5."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import InvalidUrlQuery
from afterlook.odata import options
from afterlook.odata.options import MAX_PAGE_SIZE, NO_OPTIONS, OrderKey, QueryOptions

ALL = frozenset({"top", "skip", "select", "orderby"})


def parse(query: str) -> QueryOptions:
    """Read a query string where every option is supported."""
    return options.parse(query, ALL)


@pytest.mark.parametrize("query", ["$top=5", "top=5", "$TOP=5", "Top=5", "%24top=5", "$top=+5+"])
def test_spellings_of_top(query: str) -> None:
    """The `$`, its encoding and the case do not matter."""
    assert parse(query).top == 5


@pytest.mark.parametrize(
    ("query", "top"),
    [("", None), ("$top=0", 0), ("$top=1000", 1000), ("$top=1001", MAX_PAGE_SIZE),
     ("$top=2147483647", MAX_PAGE_SIZE), ("$skip=3", None)],
)  # fmt: skip
def test_top(query: str, top: int | None) -> None:
    """More than the largest page is clamped; none is not zero."""
    assert parse(query).top == top


@pytest.mark.parametrize("option", ["$top", "$skip"])
@pytest.mark.parametrize(
    "value",
    ["", "-1", "1.5", "abc", "1e3", "0x10", "2147483648", "9" * 5000, "%D9%A1", "²", "1,2", "1_0"],
)  # fmt: skip
def test_absurd_counts(option: str, value: str) -> None:
    """What is no number of 32 bits is refused by the option's name."""
    with pytest.raises(InvalidUrlQuery, match=rf"'\{option}'"):
        parse(f"{option}={value}")


@pytest.mark.parametrize(
    ("value", "select"),
    [("Subject", ("Subject",)), ("Subject,Id", ("Subject", "Id")), ("*", ("*",)),
     ("Subject%2c+Id", ("Subject", "Id")), ("%20Subject , Id", ("Subject", "Id"))],
)  # fmt: skip
def test_select(value: str, select: tuple[str, ...]) -> None:
    """Names are parted by commas, encoded or not, with or without spaces."""
    assert parse(f"$select={value}").select == select


@pytest.mark.parametrize("value", ["", ",", "a,", ",a", "a,,b"])
def test_empty_names(value: str) -> None:
    """An empty name is no property."""
    with pytest.raises(InvalidUrlQuery, match="select"):
        parse(f"$select={value}")


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ("Subject", [OrderKey("Subject", descending=False)]),
        ("Subject+asc", [OrderKey("Subject", descending=False)]),
        ("Subject%20DESC", [OrderKey("Subject", descending=True)]),
        (
            "DueDateTime/DateTime+desc,Subject",
            [OrderKey("DueDateTime/DateTime", descending=True),
             OrderKey("Subject", descending=False)],
        ),
    ],
)  # fmt: skip
def test_orderby(value: str, keys: list[OrderKey]) -> None:
    """Keys ascend unless they say otherwise, in any case."""
    assert list(parse(f"$orderby={value}").orderby) == keys


@pytest.mark.parametrize("value", ["", ",", "a,", "a down", "a desc b", "a asc desc"])
def test_broken_orderby(value: str) -> None:
    """A key has one path and at most one direction."""
    with pytest.raises(InvalidUrlQuery, match="orderby"):
        parse(f"$orderby={value}")


@pytest.mark.parametrize(
    "query",
    ["$filter=x", "filter=x", "$search=x", "$count=true", "$expand=x", "$format=json", "$nothing=1",
     "$=1", "$top=1&top=2", "$top=1&%24TOP=1", "$skip=0&$skip=0", "$top", "$top=%FF", "%FF=1"],
)  # fmt: skip
def test_refused(query: str) -> None:
    """Unsupported, unknown, repeated and undecodable options are never passed over."""
    with pytest.raises(InvalidUrlQuery):
        parse(query)


def test_an_unsupported_option_is_named_as_spelt() -> None:
    """The message shows the client's own spelling."""
    with pytest.raises(InvalidUrlQuery, match="'Filter'"):
        parse("Filter=a eq b")


@pytest.mark.parametrize("query", ["api-version=1", "a=1&a=2", "x", "=1", "&&", "a=%zz"])
def test_custom_options_are_left_alone(query: str) -> None:
    """A name without `$` that OData does not know belongs to somebody else (§5.2)."""
    read = parse(query)

    assert (read.top, read.skip, read.select, read.orderby) == (None, 0, (), ())


def test_no_query() -> None:
    """No query is no options."""
    assert parse("") == NO_OPTIONS


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("$top=2", "$top=2&%24skip=2"),
        ("$top=2&$skip=4&x=1", "$top=2&x=1&%24skip=2"),
        ("SKIP=4&%24top=2", "%24top=2&%24skip=2"),
        ("$select=Id%2cSubject", "$select=Id%2cSubject&%24skip=2"),
    ],
)
def test_paging_links_keep_the_other_options(query: str, link: str) -> None:
    """Only `$skip` is written anew."""
    assert parse(query).write_next(2, None) == link


@settings(deadline=None)
@given(
    st.text("$&=+%,0123456789topskielcrdby ", max_size=60) | st.text(),
    st.sets(st.sampled_from(sorted(ALL))),
)
def test_any_query_is_read_or_refused(query: str, supported: set[str]) -> None:
    """Nothing but `InvalidUrlQuery`, and never a page above the largest."""
    try:
        read = options.parse(query, frozenset(supported))
    except InvalidUrlQuery:
        return
    assert read.top is None or 0 <= read.top <= MAX_PAGE_SIZE
    assert 0 <= read.skip < 2**31

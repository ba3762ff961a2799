"""`any` and `all` are charged for what they cost: by their number, and by that of the entities."""

import pytest

from afterlook.errors import InvalidFilter
from afterlook.store.costs import MAX_COLLECTIONS, expect_cheap
from tests.odata.filter.scopes import parse

ONE = "Categories/any(c:contains(c,'a'))"
NESTED = "Categories/any(c:Categories/all(d:d eq c))"


@pytest.mark.parametrize("operator", ["and", "or"])
@pytest.mark.parametrize("part", [ONE, NESTED, f"not {ONE}", "Categories/all(c:c ne 'b')"])
def test_many_times_many(part: str, operator: str) -> None:
    number = 60
    text = f" {operator} ".join([part] * number)
    weight = number * (5 if part == NESTED else 1)
    most = MAX_COLLECTIONS // weight
    expect_cheap(parse(text), lambda: most)
    with pytest.raises(InvalidFilter):
        expect_cheap(parse(text), lambda: most + 1)


def test_few_are_not_counted() -> None:
    """Nobody pays for counting who asks for what is usual."""

    def count() -> int:
        raise AssertionError

    expect_cheap(parse(" and ".join([ONE, "Subject eq 'a'"] * 4)), count)

"""Where the documents are silent (docs/decisions.md): how a listing is cut and ordered."""

import pytest

from tests.spec.exchanges import every_kind, named
from tests.support.frozen import Frozen
from tests.support.outlook import ids, key
from tests.support.wire import Mailbox


@pytest.mark.inferred("house.page-size")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("query", "headers", "size"),
    [
        ("", {}, 10),
        ("?$top=3", {}, 3),
        ("?$top=12", {}, 12),
        ("", {"Prefer": "odata.maxpagesize=4"}, 4),
        ("?$top=12", {"Prefer": "odata.maxpagesize=11"}, 11),
    ],
)
@every_kind
def test_the_size_of_a_page(
    me: Mailbox, collection: str, query: str, headers: dict[str, str], size: int
) -> None:
    """Ten entities by default; more and fewer on demand; the link leads on to the rest."""
    for number in range(13):
        me.create(collection, named(collection, f"number {number:02}"))

    page = me.get(f"{collection}{query}", **headers).json()

    assert len(page["value"]) == size
    rest = ids(me.get(page["@odata.nextLink"]))
    assert rest
    assert not set(rest) & {entity["Id"] for entity in page["value"]}


@pytest.mark.inferred("house.page-size")
def test_the_largest_page(frozen: Frozen) -> None:
    """A thousand and no more, however many are asked for."""
    for number in range(1002):
        frozen.me.create("tasks", {"Subject": str(number)})

    for query, headers in (
        ("?$top=1001", {}),
        ("?$top=2147483647", {}),
        ("", {"Prefer": "odata.maxpagesize=5000"}),
    ):
        page = frozen.me.get(f"tasks{query}", **headers).json()
        assert len(page["value"]) == 1000
        assert "@odata.nextLink" in page


@pytest.mark.inferred("house.list-order")
def test_the_order_of_a_plain_list(me: Mailbox) -> None:
    """Oldest created first, changes notwithstanding, across pages and in a folder."""
    made = [key(me.create("tasks", {"Subject": str(number)})) for number in range(12)]
    me.patch(f"tasks('{made[0]}')", {"Subject": "changed"})
    for address in ("tasks", "taskfolders('tasks')/tasks"):
        first = me.get(address).json()
        rest = ids(me.get(first["@odata.nextLink"]))
        assert [task["Id"] for task in first["value"]] + rest == made

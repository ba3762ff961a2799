"""`$expand` of extended properties with the other options, and what it refuses."""

from typing import Any

import pytest

from tests.support.extended import (
    COLOR,
    KINDS,
    MULTI,
    PALETTE,
    SINGLE,
    both,
    create_entity,
    expansion,
    query,
)
from tests.support.outlook import Json, expect_refusal, key, values, walk
from tests.support.wire import Mailbox

GREEN = [{"PropertyId": COLOR, "Value": "Green"}]
BY_COLOR = expansion(COLOR)
REFUSED = [
    SINGLE,
    MULTI,
    f"{SINGLE}()",
    f"{SINGLE}($filter=)",
    f"{SINGLE}($filter=Value eq 'Green')",
    f"{SINGLE}($filter=PropertyId ne '{COLOR}')",
    f"{SINGLE}($filter=PropertyId eq null)",
    f"{SINGLE}($filter=PropertyId eq '{COLOR}' and Value eq 'Green')",
    f"{SINGLE}($filter=not (PropertyId eq '{COLOR}'))",
    f"{SINGLE}($filter=startswith(Value,'G'))",
    f"{SINGLE}($top=1)",
    f"{SINGLE}($select=Value;$filter=PropertyId eq '{COLOR}')",
    f"{SINGLE}($filter=PropertyId eq '{COLOR}'",
    f"{BY_COLOR},",
    f"{BY_COLOR},{SINGLE}",
    "Nonsense",
    f"Nonsense($filter=PropertyId eq '{COLOR}')",
    "Subject",
    "Tasks",
    "*",
    "",
]


def members(entities: list[Json], title: str) -> dict[str, Any]:
    """Return what each entity carries of single-valued properties, by its title."""
    return {each[title]: each.get(SINGLE) for each in entities}


@pytest.mark.inferred("extended.with-options")
@both
def test_with_the_other_options(me: Mailbox, kind: str) -> None:
    """`$select` does not hide the member, and the rest choose among the entities as ever."""
    title = KINDS[kind]
    for number in range(4):
        create_entity(me, kind, f"{number}", {COLOR: "Green"} if number % 2 else {})
    options = {
        "expand": BY_COLOR,
        "select": title,
        "filter": f"{title} gt '0' and {title} lt '9'",
        "orderby": f"{title} desc",
        "top": "2",
    }
    response = me.get(query(kind, **options))

    assert members(values(response), title) == {"3": GREEN, "2": None}
    assert response.json()["@odata.context"].endswith(f"({title})")
    assert not values(response)[0].keys() & {"ChangeKey", "Status", "IsDefaultFolder"}


@pytest.mark.inferred("extended.with-options")
def test_pages(me: Mailbox) -> None:
    """Every page has what was asked for."""
    for number in range(5):
        create_entity(me, "tasks", f"{number}", {COLOR: f"{number}"})
    pages = walk(me, query("tasks", expand=BY_COLOR, top="2"))

    assert [len(page) for page in pages] == [2, 2, 1]
    for page in pages:
        assert all(each[SINGLE][0]["Value"] == each["Subject"] for each in page)


@pytest.mark.inferred("extended.with-options")
@pytest.mark.in_process
@pytest.mark.parametrize("level", ["none", "minimal", "full"])
def test_levels_of_metadata(me: Mailbox, level: str) -> None:
    """`none` leaves the context out, and nothing else."""
    address = create_entity(me, "tasks", "x", {COLOR: "Green"})
    accept = f"application/json;odata.metadata={level}"
    found = me.get(query(address, expand=BY_COLOR), Accept=accept).json()

    assert [dict(each) for each in found[SINGLE]] == GREEN
    assert (f"{SINGLE}@odata.context" in found) == (level != "none")


@pytest.mark.observed("extended.multi-alone", "later.extended-multi")
@pytest.mark.once
@pytest.mark.parametrize("address", ["tasks", "taskfolders", "taskfolders('tasks')/tasks"])
def test_no_lists_of_several_values(me: Mailbox, address: str) -> None:
    """Not even an empty list, nor beside single-valued ones."""
    by_palette = expansion(PALETTE, of=MULTI)
    for option in (by_palette, f"{BY_COLOR},{by_palette}"):
        expect_refusal(
            me.get(query(address, expand=option)), 400, "ErrorInvalidUrlQuery", "$expand"
        )


@pytest.mark.inferred("extended.refused")
@pytest.mark.once
@pytest.mark.parametrize("option", REFUSED)
def test_what_does_not_expand(me: Mailbox, option: str) -> None:
    """On one entity and on a list; a condition that cannot be read tells where."""
    address = create_entity(me, "tasks", "x", {COLOR: "Green"})
    for place in (address, "tasks"):
        response = me.get(query(place, expand=option))
        code = "RequestBroker-ParseUri" if option.endswith("=)") else "ErrorInvalidUrlQuery"
        expect_refusal(response, 400, code)


@pytest.mark.inferred("extended.refused")
@pytest.mark.once
@pytest.mark.parametrize("option", [BY_COLOR, "Nonsense"])
def test_groups_have_none(me: Mailbox, option: str) -> None:
    """A group is not an item: there is nothing to expand."""
    [group] = values(me.get("taskgroups?$top=1"))
    for place in ("taskgroups", f"taskgroups('{key(group)}')"):
        expect_refusal(me.get(query(place, expand=option)), 400, "ErrorInvalidUrlQuery")

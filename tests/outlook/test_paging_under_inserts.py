"""Paging to the end of a list while others create in it: nothing lost, nothing twice."""

import pytest

from tests.support.outlook import key, values
from tests.support.wire import Mailbox

EXISTING = 23


def fill(me: Mailbox) -> list[str]:
    """Create tasks, every third of them not wanted; return the wanted ones' ids."""
    ids = []
    for number in range(EXISTING):
        status = "Completed" if number % 3 == 0 else "NotStarted"
        created = me.create("tasks", {"Subject": f"{number * 7 % 10}", "Status": status})
        if number % 3:
            ids.append(key(created))
    return ids


@pytest.mark.inferred("filter.stable-pages")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "order", ["", "&$orderby=Subject", "&$orderby=Subject desc,Status", "&$orderby=DueDateTime"]
)
@pytest.mark.parametrize("size", [1, 4])
def test_while_tasks_are_created(me: Mailbox, order: str, size: int) -> None:
    wanted = fill(me)
    seen: list[str] = []
    following: str | None = f"tasks?$filter=Status eq 'NotStarted'{order}&$top={size}&$count=true"
    while following is not None and len(seen) <= 2 * EXISTING:
        page = me.get(following)
        seen += [key(task) for task in values(page)]
        # Wherever it is sorted: before what was seen, after it, or not let through at all.
        for subject, status in (("", "NotStarted"), ("99", "NotStarted"), ("", "Completed")):
            me.create("tasks", {"Subject": subject, "Status": status})
        following = page.json().get("@odata.nextLink")
        if not order and len(seen) >= len(wanted):
            break  # a list in order of creation goes on to what is new

    assert len(set(seen)) == len(seen)
    assert set(wanted) <= set(seen)
    if order:
        assert set(wanted) == set(seen)


@pytest.mark.inferred("filter.stable-pages")
@pytest.mark.in_process
@pytest.mark.parametrize("collection", ["taskfolders", "taskgroups"])
def test_while_folders_and_groups_are_created(me: Mailbox, collection: str) -> None:
    for number in range(7):
        me.create(collection, {"Name": f"m{number}"})
    before = [key(one) for one in values(me.get(f"{collection}?$filter=startswith(Name,'m')"))]
    seen: list[str] = []
    following: str | None = f"{collection}?$filter=startswith(Name,'m')&$orderby=Name&$top=2"
    while following is not None and len(seen) < 50:
        page = me.get(following)
        seen += [key(one) for one in values(page)]
        for name in ("m0", "mz"):
            me.create(collection, {"Name": f"{name}{len(seen)}"})
        following = page.json().get("@odata.nextLink")

    default = [one for one in seen if one not in before]
    assert len(default) == 0
    assert sorted(set(seen)) == sorted(before) == sorted(seen)

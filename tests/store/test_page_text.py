"""A page ends with its text, not only with its number of rows; nothing is lost between pages."""

import asyncio
from itertools import pairwise

import pytest

from afterlook.mailbox import sync, tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.result_pages import ResultPage
from afterlook.mailbox.timezones import UTC
from afterlook.store import pages
from afterlook.store.pages import Order, Page
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.store import Store
from tests.support.stores import NOW

ROOM = 1000
LENGTHS = (10, 600, 600, 5, 5, 5000, 0, 999, 1, 400, 400, 400, 5000, 5000, 3)


@pytest.fixture(autouse=True)
def _little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PAGE_TEXT", ROOM)


@pytest.fixture
def ids(store: Store, mailbox: MailboxRow) -> list[int]:
    """Return the ids of tasks with bodies of all lengths."""

    async def create() -> list[int]:
        made = []
        for number, length in enumerate(LENGTHS):
            values = {"subject": f"{number:02}", "body": "x" * length}
            row = await store.write(
                mailbox,
                lambda session, values=values: tasks.create_task(  # type: ignore[misc]
                    session, DEFAULT_FOLDER, values, UTC
                ),
            )
            made.append(row.id)
        return made

    return asyncio.run(create())


@pytest.mark.parametrize("order", [(), (("subject", False),), (("subject", True),)])
@pytest.mark.parametrize("size", [1, 3, 10, 100])
def test_listings(
    store: Store, mailbox: MailboxRow, ids: list[int], size: int, order: Order
) -> None:
    found: list[int] = []
    more = True
    while more:
        page = Page(size, len(found), order)
        with store.read_session(mailbox) as session:
            result: ResultPage[TaskRow] = tasks.list_tasks(session, page)
        assert 0 < len(result.rows) <= size
        assert sum(map(pages.text_of, result.rows[:-1])) < ROOM
        if len(result.rows) < size and result.more:
            assert sum(map(pages.text_of, result.rows)) >= ROOM
        found += [row.id for row in result.rows]
        more = result.more

    assert found == (ids[::-1] if order and order[0][1] else ids)


@pytest.mark.parametrize("size", [1, 3, 10, 100])
def test_synchronisations(store: Store, mailbox: MailboxRow, ids: list[int], size: int) -> None:
    """Both ways: what lives, newest first, then what changed, oldest first."""
    collection = sync.tasks_in(DEFAULT_FOLDER)
    portions = []
    with store.read_session(mailbox) as session:
        page = sync.begin(session, collection, size, NOW, "")
        portions.append(page)
        while page.more:
            page = sync.go_on(session, collection, page.state, size, NOW, 1)
            portions.append(page)
        since = sync.SyncState(0, 0, NOW // 10_000_000)
        again = sync.go_on(session, collection, since, size, NOW, 1)
        changed = [again]
        while again.more:
            again = sync.go_on(session, collection, again.state, size, NOW, 1)
            changed.append(again)

    for each in (*portions, *changed):
        rows = [entry.row for entry in each.entries]
        assert sum(pages.text_of(row) for row in rows[:-1] if row) < ROOM
    assert [entry.entity for one in portions for entry in one.entries] == ids[::-1]
    assert [entry.entity for one in changed for entry in one.entries] == ids
    numbers = [entry.change_number for one in changed for entry in one.entries]
    assert all(one < other for one, other in pairwise(numbers))

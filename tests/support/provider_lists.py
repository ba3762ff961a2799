"""Lists of providers, and what a user sees of them."""

from typing import Any

from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.workmanagement import provider_lists, queries, refreshes
from afterlook.store.workmanagement.rows import (
    ProviderItemRow,
    ProviderListRow,
    WorkRefreshRow,
    WorkTaskRow,
)
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement.providers import items
from afterlook.workmanagement.providers.lists import ME, TIMELINE, create_list, set_down
from afterlook.workmanagement.refresh import history as refresh_history
from afterlook.workmanagement.refresh import job as refresh_job
from tests.support.stores import when_free

SITE, PROJECTS = "/sites/a", "/sites/pwa"


class ProviderFixture:
    """A user with a mailbox, and the sites where others assign tasks."""

    def __init__(self, store: Store, mailbox: MailboxRow) -> None:
        self.store = store
        self.mailbox = mailbox

    def make(self, title: str = "Tasks", web: str = SITE) -> int:
        """Create a list; return its number."""
        with when_free(self.store.write_session, self.mailbox) as session:
            return create_list(session, web, title, TIMELINE).id

    def get(self, number: int) -> ProviderListRow:
        """Return a list."""
        with self.store.read_session(self.mailbox) as session:
            found = provider_lists.get(session, number)
        assert found is not None
        return found

    def take_down(self, number: int, *, down: bool = True) -> None:
        """Make a list one that cannot be read, or one that can."""
        with when_free(self.store.write_session, self.mailbox) as session:
            set_down(session, self.get(number), down=down)

    def put(self, number: int, title: str, **values: Any) -> ProviderItemRow:
        """Create a task in a list, assigned to the user where nobody else is named."""
        given: Any = {"title": title, "assigned": [ME], **values}
        with when_free(self.store.write_session, self.mailbox) as session:
            return items.create_item(session, self.get(number), given)

    def change(self, number: int, item: int, **values: Any) -> ProviderItemRow:
        """Write over a task in a list."""
        given: Any = values
        with when_free(self.store.write_session, self.mailbox) as session:
            return items.update_item(session, self.get(number), item, given)

    def delete(self, number: int, item: int) -> None:
        """Delete a task in a list."""
        with when_free(self.store.write_session, self.mailbox) as session:
            items.delete_item(session, self.get(number), item)

    def begin(self) -> refresh_job.RefreshStart:
        """Ask for a refresh."""
        with when_free(self.store.write_session, self.mailbox) as session:
            return refresh_job.begin_refresh(session)

    def go_on(self, key: int) -> WorkRefreshRow | None:
        """Ask how far a refresh is."""
        with when_free(self.store.write_session, self.mailbox) as session:
            return refresh_job.continue_refresh(session, key)

    def health(self) -> refresh_history.Health:
        """Ask how the last one went."""
        with self.store.read_session(self.mailbox) as session:
            return refresh_history.get_health(session)

    def latest(self) -> WorkRefreshRow:
        """Return the last one."""
        with self.store.read_session(self.mailbox) as session:
            found = refreshes.get_latest(session)
        assert found is not None
        return found

    def tasks(self) -> list[WorkTaskRow]:
        """Return the user's list."""
        with self.store.read_session(self.mailbox) as session:
            return list(queries.find_tasks(session, TaskQuery()))

    def names(self) -> list[str]:
        """Return the names on the user's list."""
        return [task.name for task in self.tasks()]

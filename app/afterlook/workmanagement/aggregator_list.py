"""The list of all tasks as a list of a site: `WmaAggregatorList_User`, hidden in the personal site.

Owns reading it; it is written by the use cases on tasks alone.
"""

from __future__ import annotations

from typing import NamedTuple

from afterlook.runtime.instants import Instant
from afterlook.store.keyset import Key, KeysetPage
from afterlook.store.pages import Order
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement import aggregator_list
from afterlook.workmanagement.list_pages import ListPage, read_page
from afterlook.workmanagement.records import with_pin_age
from afterlook.workmanagement.results import TaskWithPinAge
from afterlook.workmanagement.settings import get_settings

TITLE = "WmaAggregatorList_User"
TEMPLATE = 100
"""That of a custom list."""

_PERSONAL = "/personal/"


class AggregatorList(NamedTuple):
    """How many tasks are on the list; when the first came, and the last changed."""

    items: int
    created: Instant
    modified: Instant


def has_list(web: str) -> bool:
    """Tell whether the list is in a web: a personal site, not one below it."""
    return web.lower().startswith(_PERSONAL) and "/" not in web[len(_PERSONAL) :]


def get_list(session: ReadSession, now: Instant) -> AggregatorList:
    """Return the list; one of which nobody has made use is as new as can be."""
    tasks, first, last = aggregator_list.get_extent(session)
    created = now if first is None else Instant(first)
    return AggregatorList(tasks, created, created if last is None else Instant(last))


def list_page(session: ReadSession, page: KeysetPage, now: Instant) -> ListPage[TaskWithPinAge]:
    """Return a page of the tasks."""
    stale_before = get_settings(session).stale_before(now)

    def read(part: KeysetPage) -> list[tuple[TaskWithPinAge, Key]]:
        rows = aggregator_list.list_page(session, part)
        return [(with_pin_age(task, stale_before), key) for task, key in rows]

    return read_page(read, lambda task: len(task.row.description or ""), page)


def get_sort_key(session: ReadSession, order: Order, task: int) -> Key | None:
    """Return what a task is sorted by, if it is there."""
    return aggregator_list.get_sort_key(session, order, task)

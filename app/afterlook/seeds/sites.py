"""The SharePoint part of a seed: sites with lists of tasks, Project Web App among them.

An item is the body that a client would POST to a list's items. It goes through the same readers and
use cases as a request does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator

from afterlook.http.webs import is_web
from afterlook.seeds.parts import Part, body, entry
from afterlook.sharepoint.rest import item_bodies
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction, WriteSession
from afterlook.store.workmanagement.rows import ProviderListRow
from afterlook.workmanagement.providers import items, lists
from afterlook.workmanagement.providers.lists import TIMELINE


def _web(address: str) -> str:
    if not is_web(address):
        raise ValueError("a site is named from the root of the host on: '/sites/team'")
    return address


class SeedList(Part):
    """A list of tasks. One that `is_down` cannot be read or written: its provider has failed."""

    title: str
    base_template: int = TIMELINE
    description: str = ""
    items: list[dict[str, Any]] = []
    is_down: bool = False


class SeedSite(Part):
    """A site, by its address from the root of the host on."""

    url: Annotated[str, AfterValidator(_web)]
    lists: list[SeedList] = []


def load(transaction: Transaction, mailbox: MailboxRow, given: Iterable[SeedSite]) -> None:
    """Make lists for a mailbox. Raises `InvalidEntryError`."""
    for number, site in enumerate(given):
        for index, one in enumerate(site.lists):
            with entry("Sites", number), entry("Lists", index):
                _load_list(transaction, mailbox, site.url, one)


def _load_list(transaction: Transaction, mailbox: MailboxRow, web: str, seed: SeedList) -> None:
    session = transaction.begin_write(mailbox)
    source = lists.create_list(
        session, web, seed.title, seed.base_template, description=seed.description
    )
    for index, item in enumerate(seed.items):
        with entry("Items", index), body(item, partial(item_bodies.read_item, source)):
            session = transaction.begin_write(mailbox)
            items.create_item(session, _now(session, source), item_bodies.read_item(source, item))
    if seed.is_down:
        session = transaction.begin_write(mailbox)
        lists.set_down(session, _now(session, source), down=True)


def _now(session: WriteSession, source: ProviderListRow) -> ProviderListRow:
    """Return a list as it is now: each item counts in the list's own row."""
    found = lists.get_list(session, source.id)
    assert found is not None  # noqa: S101
    return found

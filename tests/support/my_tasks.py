"""The My Tasks page as a browser meets it: a site whose clock can be set, people, and browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx2
from fastapi import FastAPI

from afterlook import main, settings
from afterlook.mailbox import identities
from afterlook.mailbox.identities import Identity
from afterlook.mailbox.slugs import slug_of
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.workmanagement import tasks as task_rows
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement.queries import read_tasks
from afterlook.workmanagement.records import insert
from tests.support.client import Client
from tests.support.frozen import instant
from tests.support.stores import when_free

START = instant("2016-04-22T10:00:00Z")
ORIGIN = "http://localhost"
_numbers = count(1)


@dataclass
class Owner:
    """A user with a mailbox on a site."""

    store: Store
    mailbox: MailboxRow

    @property
    def slug(self) -> str:
        """What the mailbox is called in addresses."""
        return slug_of(self.mailbox)

    def at(self, page: str) -> str:
        """Return the address of a page."""
        return f"/personal/{self.slug}/{page}"

    def add(self, *names: str, due_in: int | None = None, **values: Any) -> list[int]:
        """Put tasks onto the list, the first on top; `due_in` counts days. Return their numbers."""
        made = []
        with when_free(self.store.write_session, self.mailbox) as session:
            if due_in is not None:
                today = session.now - session.now % TICKS_PER_DAY
                values["due"] = today + due_in * TICKS_PER_DAY
            made = [insert(session, name=name, **values).id for name in reversed(names)]
        return made[::-1]

    def remove(self, key: int) -> None:
        """Take a task off the list."""
        with when_free(self.store.write_session, self.mailbox) as session:
            task_rows.remove(session, key)


def stored_names(owner: Owner) -> list[str]:
    """Return the names of all tasks as programs read them."""
    with owner.store.read_session(owner.mailbox) as session:
        found = read_tasks(session, TaskQuery(), Instant(0))
        return [task.row.name for task in found]


@dataclass
class Site:
    """A running service in this process, its clock and its store."""

    store: Store
    clock: FrozenClock
    client: Client

    def owner(self, upn: str | None = None, name: str = "Alice", **ids: str) -> Owner:
        """Make a mailbox; its user is known by name alone, unless ids are given."""
        identity = Identity(upn or f"u{next(_numbers)}@afterlook.example", name, **ids)
        with when_free(self.store.new_mailbox_session) as transaction:
            identities.create_mailbox(transaction, identity)
        with self.store.session() as session:
            mailbox = identities.find(session, identity)
        assert mailbox is not None
        return Owner(self.store, mailbox)

    def browser(self) -> "Visitor":
        """Return a browser that has been nowhere."""
        return Visitor(self.client)


class Visitor:
    """A browser: it keeps cookies by their paths, and sends what browsers send."""

    def __init__(self, client: httpx2.Client) -> None:
        self._client = client
        self.cookies: dict[str, str] = {}
        """Cookies by the path that they are bound to."""

    def get(self, address: str, **headers: str) -> httpx2.Response:
        """Follow a link within the site, or type an address."""
        return self.send("GET", address, **headers)

    def choose(self, mailbox: str, page: str = "", **headers: str) -> httpx2.Response:
        """Press the button of a mailbox."""
        sent = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"} | _named(headers)
        data = {"mailbox": mailbox, "page": page}
        answer = self._client.post("/mytasks", data=data, headers=sent)
        self._client.cookies.clear()
        given = answer.headers.get("set-cookie")
        if given is not None:
            value, *attributes = (part.strip() for part in given.split(";"))
            paths = [one[5:] for one in attributes if one.lower().startswith("path=")]
            self.cookies[paths[0]] = value
        return answer

    def send(self, method: str, address: str, content: str = "", **headers: str) -> httpx2.Response:
        """Send a request with the cookies that belong to its address."""
        fitting = [value for path, value in self.cookies.items() if address.startswith(path)]
        sent = {"Sec-Fetch-Site": "same-origin"} | _named(headers)
        if fitting and "Cookie" not in sent:
            sent["Cookie"] = "; ".join(fitting)
        if method == "POST":
            sent.setdefault("Origin", ORIGIN)
        answer = self._client.request(method, address, content=content.encode(), headers=sent)
        self._client.cookies.clear()
        return answer


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def put_together(database: str, **flags: object) -> tuple[Store, FrozenClock, FastAPI]:
    """Return a service whose clock stands still, with its store and that clock."""
    clock = FrozenClock(Instant(START))
    loaded = settings.load(database=database, seed="empty", durability="normal", **flags)
    store = main.open_store(loaded, clock)
    return store, clock, main.create_app(loaded, store)


@contextmanager
def run_site(database: str, **flags: object) -> Iterator[Site]:
    """Run a site whose clock stands still."""
    store, clock, app = put_together(database, **flags)
    with Client(
        app, base_url=ORIGIN, raise_server_exceptions=False, follow_redirects=False
    ) as client:
        yield Site(store, clock, client)

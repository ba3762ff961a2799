"""The console in Chromium: a service that listens, and somebody who has a page of it open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx2
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from afterlook.control.operation import API, CONTROL_ROOT
from tests.support.browser import NewContext
from tests.support.my_tasks import Site
from tests.support.my_tasks_browser import DESK, HEARD, serve_site

NOON = "2016-04-22T12:00:00Z"
_numbers = count(1)


@dataclass
class Emulator:
    """A running service, and its control surface as a program calls it."""

    site: Site
    url: str
    client: httpx2.Client

    def perform(self, name: str, /, **parameters: object) -> dict[str, Any]:
        """Do an operation."""
        answer = self.client.post(f"{API}/{name.replace(' ', '/')}", json=parameters)
        assert answer.status_code == httpx2.codes.OK, answer.text
        return dict(answer.json())

    def look(self, name: str, /, **parameters: Any) -> dict[str, Any]:
        """Return what a view shows."""
        answer = self.client.get(f"{API}/{name.replace(' ', '/')}", params=parameters)
        assert answer.status_code == httpx2.codes.OK, answer.text
        return dict(answer.json())

    def new_mailbox(self) -> tuple[str, dict[str, str]]:
        """Make a mailbox; return its name, and the headers that open it."""
        made = self.perform("mailbox create", upn=f"tester{next(_numbers)}")
        return str(made["name"]), {"Authorization": f"Bearer {made['token']}"}


@contextmanager
def serve_emulator(database: str, **flags: object) -> Iterator[Emulator]:
    """Run a service whose clock stands still, on a port of its own."""
    with (
        serve_site(database, **flags) as (site, url),
        httpx2.Client(base_url=url, timeout=30) as client,
    ):
        yield Emulator(site, url, client)


@dataclass
class Desk:
    """A page of the console that somebody has open."""

    page: Page
    emulator: Emulator
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str = "") -> None:
        """Go to a page, and wait until it hears of what happens."""
        self.page.goto(f"{self.emulator.url}{CONTROL_ROOT}/{address}")
        expect(self.page.locator("#state-live")).to_contain_text("Live")

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def rows(self) -> Locator:
        """Return the rows of requests, the newest first."""
        return self.page.locator("table.requests tbody tr")

    def button(self, name: str) -> Locator:
        """Return a button, by its name or the beginning of it."""
        return self.page.get_by_role("button", name=name).first

    def expect_toast(self, words: str) -> Locator:
        """Wait for a message; return it."""
        toast = self.page.locator(".toast", has_text=words).last
        expect(toast).to_be_visible()
        return toast

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so on the server, while the page goes on."""
        for _ in range(100):
            if is_so():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(is_so)

    def undo(self, words: str) -> None:
        """Take back what a message says was done."""
        self.expect_toast(words).get_by_role("button", name="Undo").click()

    def hear(self, said: ConsoleMessage) -> None:
        """Keep what breaks the policy of the page."""
        if said.text.startswith("policy:") or "Content Security Policy" in said.text:
            self.complaints.append(said.text)


class Desks:
    """Opens the console, each time in a browser of its own."""

    def __init__(self, emulator: Emulator, new_context: NewContext) -> None:
        self._emulator = emulator
        self._new_context = new_context
        self.opened: list[Desk] = []

    def open(self, address: str = "", **options: object) -> Desk:
        """Open a page, and wait until it is live."""
        desk = self.arrive(**options)
        desk.go(address)
        return desk

    def arrive(self, **options: object) -> Desk:
        """Open a browser that has gone nowhere."""
        context = self._new_context(**{"viewport": DESK, **options})
        context.add_init_script(HEARD)
        desk = Desk(context.new_page(), self._emulator)
        desk.page.on("pageerror", lambda error: desk.complaints.append(f"{error.stack}"))
        desk.page.on("console", desk.hear)
        self.opened.append(desk)
        return desk

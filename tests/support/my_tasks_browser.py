"""The My Tasks page in Chromium: a site that listens, and people who open their tasks on it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Thread

import uvicorn
from playwright.sync_api import ConsoleMessage, Page, Request, ViewportSize, expect

from tests.support.browser import NewContext
from tests.support.client import Client
from tests.support.my_tasks import Owner, Site, put_together

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}

_START_SECONDS = 30
_PATIENCE = 20
_NOON = datetime(2016, 4, 22, 12, tzinfo=UTC)
HEARD = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
UNDER_WAY = """
globalThis.underWay = 0;
{
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (...body) {
    underWay++;
    this.addEventListener("loadend", () => underWay--);
    return send.apply(this, body);
  };
}
"""
"""Counts what is asked for until the page has read its answer, which is later than it arrives."""

_LOOKS = 3
"""How often in a row a page that has begun is seen to ask for nothing."""


@contextmanager
def serve_site(database: str, **flags: object) -> Iterator[tuple[Site, str]]:
    """Run a site whose clock stands still, on a port of its own; yield it and its URL."""
    store, clock, app = put_together(database, **flags)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", log_config=None))
    thread = Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not server.started:
            assert time.monotonic() < deadline, "the site did not start"
            time.sleep(0.02)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        yield Site(store, clock, Client(app, base_url=url)), url
    finally:
        server.should_exit = True
        thread.join()


@dataclass
class Opened:
    """A page that somebody has open, and what it did: what it complained of, what it asked for."""

    page: Page
    owner: Owner
    url: str
    complaints: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def note(self, request: Request) -> None:
        """Keep a request that the page sends."""
        self.requests.append(request)

    def hear(self, said: ConsoleMessage) -> None:
        """Keep what breaks the policy of the page."""
        if said.text.startswith("policy:"):
            self.complaints.append(said.text)

    def go(self, page: str) -> None:
        """Go to a page of the owner's, and wait until its script has begun."""
        self.page.goto(f"{self.url}{self.owner.at(page)}")
        deadline, quiet = time.monotonic() + _PATIENCE, 0
        while quiet < _LOOKS:
            assert time.monotonic() < deadline, "the page asks and asks"
            quiet = 0 if self.page.evaluate("() => underWay") else quiet + 1
            self.page.wait_for_timeout(20)

    def stop_clock(self) -> None:
        """From the next page on, let timers run when `page.clock` is told to, and not before.

        Once installed, Playwright's clock goes on by itself until it is paused: on a slow machine
        what is to happen after three seconds would, in the midst of a test. It is paused at a
        moment that it has not come to by then, however slow that machine is.
        """
        self.page.clock.install(time=_NOON)
        self.page.clock.pause_at(_NOON + timedelta(minutes=1))

    def settle(self) -> None:
        """Wait until the page asks for nothing more."""
        self.page.wait_for_load_state("networkidle")

    def names(self, list_: str = "active") -> list[str]:
        """Return the names of a list's tasks, in their order."""
        links = self.page.locator(f"#list-{list_} tr[data-id] .c-name > a")
        return links.all_text_contents()

    def focus(self, name: str) -> None:
        """Put the focus onto a task's row."""
        self.page.get_by_role("link", name=name, exact=True).first.focus()

    def focused(self) -> str:
        """Return what has the focus, by its text or else its id."""
        script = """() => {
          const one = document.activeElement;
          return one.closest("tr[data-id]")?.querySelector(".c-name > a").textContent
            ?? (one.id || one.textContent.trim() || one.tagName);
        }"""
        return str(self.page.evaluate(script))

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def expect_names(self, *names: str, list_: str = "active") -> None:
        """Wait until a list has these tasks, in this order."""
        links = self.page.locator(f"#list-{list_} tr[data-id] .c-name > a")
        expect(links).to_have_text(list(names))

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so on the server, while the page goes on."""
        deadline = time.monotonic() + _PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, is_so
            self.page.wait_for_timeout(50)

    def expect_toast(self, words: str) -> None:
        """Wait for a message."""
        expect(self.page.locator("#toasts")).to_contain_text(words)

    def expect_status(self, words: str) -> None:
        """Wait until screen readers are told."""
        expect(self.page.locator("#status")).to_contain_text(words)


class Browsers:
    """Opens tasks in browsers, each person's in one of their own."""

    def __init__(self, url: str, new_context: NewContext) -> None:
        self._url = url
        self._new_context = new_context
        self.opened: list[Opened] = []

    def open(
        self,
        owner: Owner,
        page: str = "AllTasks.aspx",
        *,
        is_clock_stopped: bool = False,
        **options: object,
    ) -> Opened:
        """Open a page of somebody's tasks."""
        context = self._new_context(**{"viewport": DESK, **options})
        context.add_init_script(HEARD + UNDER_WAY)
        opened = self._watch(Opened(context.new_page(), owner, self._url))
        if is_clock_stopped:
            opened.stop_clock()
        # As the button of `/mytasks` does, but without its page.
        choice = {"Origin": self._url, "Sec-Fetch-Site": "same-origin"}
        context.request.post(f"{self._url}/mytasks", form={"mailbox": owner.slug}, headers=choice)
        opened.go(page)
        return opened

    def second_tab(self, first: Opened, page: str = "AllTasks.aspx") -> Opened:
        """Open another tab of the same browser."""
        opened = self._watch(Opened(first.page.context.new_page(), first.owner, self._url))
        opened.go(page)
        return opened

    def _watch(self, opened: Opened) -> Opened:
        """Keep what a tab does and complains of."""
        opened.page.on("pageerror", lambda error: opened.complaints.append(error.message))
        opened.page.on("console", opened.hear)
        opened.page.on("request", opened.note)
        self.opened.append(opened)
        return opened

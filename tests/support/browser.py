"""Chromium, driven by Playwright: fixtures for the conftests that import them.

Debian's own Chromium is used, and none is downloaded. Where there is none the tests are skipped;
where `CI` is set they must run. A page may speak to this machine alone: a request for any other
host is not sent, and fails its test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

NewContext = Callable[..., BrowserContext]

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_HERE = ("127.0.0.1", "localhost")
FLAGS = (
    "--no-sandbox",  # as root in a container there is none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def locate_chromium() -> str | None:
    """Return the path of a Chromium, or None where there is none."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def find_chromium() -> str:
    """Return the path of a Chromium, or skip the test; where `CI` is set, fail it."""
    path = locate_chromium()
    if path:
        return path
    message = "there is no Chromium here: apt-get install chromium"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


# Of a module, not of the session: as long as Playwright is open its event loop counts as the one
# that runs, and no other test of this process could run one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running Chromium without a window."""
    path = find_chromium()
    with (
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=path, args=list(FLAGS))) as running,
    ):
        yield running


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Return what opens a person's browser: cookies of its own, options as Playwright's."""
    strangers: list[str] = []

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).hostname in _HERE:
            route.fallback()
        else:
            strangers.append(route.request.url)
            route.abort()

    with ExitStack() as stack:

        def open_context(**options: object) -> BrowserContext:
            make: NewContext = browser.new_context
            context = stack.enter_context(closing(make(**options)))
            context.set_default_timeout(15_000)
            context.route("**/*", guard)
            return context

        yield open_context
    assert strangers == [], "a page asked another host"


@pytest.fixture
def page(new_context: NewContext) -> Iterator[Page]:
    """Return a page in a browser of its own; what its scripts throw fails the test."""
    thrown: list[str] = []
    opened = new_context().new_page()
    opened.on("pageerror", lambda error: thrown.append(f"{error.message}\n{error.stack}"))
    yield opened
    assert thrown == [], "a script threw"

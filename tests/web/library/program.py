"""Programs on a page: what they say, what they send, and what their owner has on the server."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import ConsoleMessage, Page, Request

SAMPLES = Path(__file__).parents[2] / "js" / "samples"

SCRIPTS = ("init.js", "MicrosoftAjax.js", "sp.runtime.js", "sp.js")
"""What each page of SharePoint has loaded before a program begins."""

_SESSION = "/_api/SP.WorkManagement.OM.UserOrderedSessionManager/CreateSession"


@dataclass
class Program:
    """A program that runs: its page, the lines that it has written, the requests that it sent."""

    page: Page
    console: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Keep a line that the program writes."""
        self.console.append(message.text)

    def note(self, request: Request) -> None:
        """Keep a request that the page sends."""
        self.requests.append(request)

    def expect(self, *lines: str) -> None:
        """Wait until the program has written these lines, in their order, among others."""
        for _ in range(100):
            rest = iter(self.console)
            if all(any(line in written for written in rest) for line in lines):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(self.console)

    def queries(self) -> list[Request]:
        """Return the requests of CSOM that were sent."""
        return [each for each in self.requests if each.url.endswith("/ProcessQuery")]


Run = Callable[..., Program]
"""Opens a program, from its text, as the page of a site."""


@dataclass
class Person:
    """Somebody with a list of tasks."""

    client: httpx2.Client

    @property
    def authorization(self) -> str:
        """The header by which the server knows them."""
        return self.client.headers["Authorization"]

    def post(self, address: str, **content: Any) -> Any:
        """Send a POST to the REST face; return what it answers."""
        response = self.client.post(address, json=content)
        assert response.is_success, response.text
        return response.json() if response.content else None

    def create(self, *names: str) -> None:
        """Create personal tasks; the last one is first on the list."""
        for name in names:
            self.post(f"{_SESSION}/CreateTask", taskName=name)

    def join(self, site: str, title: str, *tasks: str) -> None:
        """Get tasks assigned in a list of a site, and have them read."""
        self.post(f"{site}/_api/web/lists", Title=title, BaseTemplate=171)
        for task in tasks:
            items = f"{site}/_api/web/lists/getbytitle('{title}')/items"
            self.post(items, Title=task, AssignedToId=[1])
        self.post(f"{_SESSION}/BeginCacheRefresh")
        self.post(f"{_SESSION}/GetRefreshStatus(1)")

    def read(self, name: str) -> Any:
        """Return the one personal or shared task of a name, from the list that keeps them all."""
        lists = "/personal/me/_api/web/lists/getbytitle('WmaAggregatorList_User')/items"
        response = self.client.get(lists)
        assert response.is_success, response.text
        found = [each for each in response.json()["value"] if each["Title"] == name]
        assert len(found) <= 1, found
        return found[0] if found else None


def sample(name: str) -> str:
    """Return a program of tests/js/samples."""
    return (SAMPLES / name).read_text("utf-8")


def page_of(program: str, scripts: Sequence[str]) -> str:
    """Return a page as SharePoint's are: its scripts, and the program in its middle."""
    tags = "\n".join(f'<script src="/_layouts/15/{name}"></script>' for name in scripts)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<title>Sample</title>\n{tags}\n</head>\n'
        f"<body>\n{program}\n</body>\n</html>\n"
    )

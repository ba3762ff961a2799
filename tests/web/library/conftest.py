"""A server with the library, and programs that run on a page of it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from uuid import uuid4

import httpx2
import pytest
from playwright.sync_api import Page, Route

from tests.support import wire as wires
from tests.support.browser import NewContext
from tests.support.node import read_module
from tests.web.library.program import SCRIPTS, Person, Program, Run, page_of


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a server as a user starts it."""
    scratch = tmp_path_factory.mktemp("served")
    with wires.live(f"sqlite:///{scratch / 'afterlook.db'}", "sqlite", scratch) as wire:
        yield wire.url


@pytest.fixture
def person(served: str) -> Iterator[Person]:
    """Return somebody with a mailbox of their own, by a token that their browser adds."""
    headers = {"Authorization": f"Bearer {uuid4().hex}", "Accept": "application/json"}
    with httpx2.Client(base_url=served, headers=headers, timeout=30) as client:
        yield Person(client)


@pytest.fixture
def run(served: str, person: Person, new_context: NewContext) -> Iterator[Run]:
    """Return what opens a program as the page of a site; `is_known` tells who opens it."""
    thrown: list[str] = []

    def open_program(
        content: str, *, is_known: bool = True, scripts: Sequence[str] = SCRIPTS
    ) -> Program:
        headers = {"Authorization": person.authorization} if is_known else {}
        page = new_context(extra_http_headers=headers).new_page()
        page.on("pageerror", lambda error: thrown.append(f"{error.message}\n{error.stack}"))
        program = Program(page)
        page.on("console", program.hear)
        page.on("request", program.note)
        _serve(page, "**/sites/try/sample.aspx", page_of(content, scripts))
        for name in ("jquery/dist/jquery.js", "knockout/build/output/knockout-latest.js"):
            library = name.partition("/")[0]
            _serve(page, f"**/SiteAssets/{library}.js", partial(read_module, name))
        page.goto(f"{served}/sites/try/sample.aspx")
        return program

    yield open_program
    assert thrown == [], "a script threw"


def _serve(page: Page, address: str, content: str | Callable[[], str]) -> None:
    def answer(route: Route) -> None:
        body = content if isinstance(content, str) else content()
        kind = "text/javascript" if address.endswith(".js") else "text/html; charset=utf-8"
        route.fulfill(body=body, content_type=kind)

    page.route(address, answer)

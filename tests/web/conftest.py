"""A browser for the tests of what browsers see, and a site for those of what they are sent."""

from collections.abc import Iterator

import pytest

from tests.support.browser import browser, new_context, page
from tests.support.databases import new_database
from tests.support.my_tasks import START, Owner, Site, Visitor, run_site
from tests.support.wire import Engine

__all__ = ["browser", "new_context", "page"]


@pytest.fixture(scope="module")
def running(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Return a site: the test runs on both engines."""
    with run_site(new_database(request, engine, tmp_path_factory.mktemp("site"))) as site:
        yield site


@pytest.fixture
def site(running: Site) -> Site:
    """Return a site whose clock is where it always begins."""
    running.clock.instant = START
    return running


@pytest.fixture
def alice(site: Site) -> Owner:
    """Return a user of the site."""
    return site.owner()


@pytest.fixture
def visitor(site: Site, alice: Owner) -> Visitor:
    """Return a browser that has opened the user's tasks."""
    visitor = site.browser()
    assert visitor.choose(alice.slug).status_code == 303
    return visitor

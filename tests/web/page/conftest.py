"""A site with the page, once for a module, and people with browsers on it."""

from collections.abc import Iterator

import pytest

from tests.support.browser import NewContext
from tests.support.my_tasks import START, Owner, Site
from tests.support.my_tasks_browser import Browsers, serve_site


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """Return a site that listens, and its URL."""
    scratch = tmp_path_factory.mktemp("site")
    with serve_site(f"sqlite:///{scratch / 'afterlook.db'}") as found:
        yield found


@pytest.fixture
def site(heard: tuple[Site, str]) -> Site:
    """Return the site, its clock where it always begins."""
    heard[0].clock.instant = START
    return heard[0]


@pytest.fixture
def alice(site: Site) -> Owner:
    """Return a new user."""
    return site.owner()


@pytest.fixture
def browsers(heard: tuple[Site, str], new_context: NewContext) -> Iterator[Browsers]:
    """Return what opens tasks. A page that throws, or breaks its policy, fails its test."""
    opened = Browsers(heard[1], new_context)
    yield opened
    assert [one.complaints for one in opened.opened if one.complaints] == []

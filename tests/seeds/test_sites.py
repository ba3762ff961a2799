"""Seeds with sites: what a refresh finds there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from afterlook.mailbox import identities
from afterlook.mailbox.identities import DEMO
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.seeds import files
from afterlook.store.store import Store
from tests.support.databases import new_database
from tests.support.provider_lists import ProviderFixture
from tests.support.stores import NOW
from tests.support.wire import Engine


@pytest.fixture
def store(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Iterator[Store]:
    """Return a new store."""
    made = Store(new_database(request, engine, tmp_path), "normal", FrozenClock(NOW), RandomIds())
    yield made
    made.close()


def seeded(store: Store, seed: files.Seed) -> ProviderFixture:
    """Load a seed; return the providers of the one who calls without a token."""
    assert files.load(store, seed)
    with store.read_session() as session:
        mailbox = identities.find(session, DEMO)
    assert mailbox is not None
    return ProviderFixture(store, mailbox)


def site(*lists: dict[str, Any]) -> files.Seed:
    """Return a seed with a site."""
    sites = [{"Url": "/sites/a", "Lists": lists}]
    return files.Seed.model_validate({"Mailboxes": [{"Sites": sites}]})


def test_the_demo(store: Store) -> None:
    """Of a site and of a project, what is assigned to the user joins their own on the list."""
    seed = files.read("demo")
    providers = seeded(store, seed)
    own = [task.name for task in seed.mailboxes[0].my_tasks]
    assert providers.names() == own
    own_done = [task.name for task in providers.tasks() if task.is_completed]
    providers.begin()
    names = ["Rent the tables", "Print the posters", "Clean up", "Order the soil"]
    assert sorted(providers.names()) == sorted([*names, *own])
    assert providers.health().succeeded
    done = [task.name for task in providers.tasks() if task.is_completed]
    assert sorted(done) == sorted(["Clean up", *own_done])


def test_a_list_that_is_down(store: Store) -> None:
    """Is reported by the refresh, with the others read."""
    mine = [{"Title": "Mine", "AssignedToId": [1]}]
    broken = {"Title": "Broken", "Items": mine, "IsDown": True}
    providers = seeded(store, site(broken, {"Title": "Sound", "Items": mine * 2}))
    providers.begin()
    assert providers.names() == ["Mine"] * 2
    assert not providers.health().succeeded

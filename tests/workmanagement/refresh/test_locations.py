"""How provider lists become locations."""

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant
from afterlook.workmanagement import locations
from tests.support.provider_lists import ProviderFixture


def later(clock: FrozenClock, minutes: int = 5) -> None:
    clock.instant = Instant(clock.instant + minutes * 60 * TICKS_PER_SECOND)


def test_locations(providers: ProviderFixture, clock: FrozenClock) -> None:
    """A list becomes one with the user's first task there; it expires, and comes back."""

    def listed() -> dict[str, locations.Location]:
        with providers.store.read_session(providers.mailbox) as session:
            found = locations.list_locations(session, clock.instant)
        return {location.row.name: location for location in found}

    number = providers.make("To do")
    providers.put(number, "Theirs", assigned=[2])
    providers.begin()
    assert list(listed()) == ["Personal"]

    later(clock)
    providers.put(number, "Mine")
    providers.begin()
    found = listed()
    assert list(found) == ["Personal", "a", "a: To do"]
    site, place = found["a"], found["a: To do"]
    assert (site.row.parent, place.row.parent) == (-1, site.row.id)
    assert (site.important, place.important) == (False, True)
    assert (place.provider_key, site.row.url) == ("SharePoint", "/sites/a")
    assert place.row.url == "/sites/a/Lists/To%20do/AllItems.aspx"
    assert place.row.color

    clock.instant = Instant(clock.instant + 200 * TICKS_PER_DAY)
    assert list(listed()) == ["Personal"]
    providers.change(number, 2, title="Still mine")
    providers.begin()
    assert list(listed()) == ["Personal", "a", "a: To do"]

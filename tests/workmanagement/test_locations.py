"""Places that tasks come from: until when they are listed, and which of them are one."""

from calendar import monthrange
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import Instant, from_datetime
from afterlook.store.workmanagement import locations as rows
from afterlook.store.workmanagement import settings as counters
from afterlook.store.workmanagement.rows import WorkLocationRow
from afterlook.workmanagement import locations
from afterlook.workmanagement.refresh import locations as refresh_locations
from afterlook.workmanagement.settings import SettingsUpdate, UserSettings, set_settings
from tests.support.provider_lists import PROJECTS, ProviderFixture


def listed(providers: ProviderFixture, now: Instant) -> list[locations.Location]:
    """Return the places that are listed, but for the personal one."""
    with providers.store.read_session(providers.mailbox) as session:
        return locations.list_locations(session, now)[1:]


@pytest.mark.parametrize(
    ("now", "months", "oldest"),
    [
        ("2016-08-15T12:00:00Z", 6, "2016-02-15T12:00:00Z"),
        ("2016-06-30T12:00:00Z", 6, "2015-12-30T12:00:00Z"),
        ("2016-08-31T12:00:00Z", 6, "2016-02-29T12:00:00Z"),
        ("2015-08-31T12:00:00Z", 6, "2015-02-28T12:00:00Z"),
        ("2016-08-31T12:00:00Z", 12, "2015-08-31T12:00:00Z"),
        ("2016-01-31T00:00:00Z", 1, "2015-12-31T00:00:00Z"),
    ],
)
def test_until_the_same_day_some_months_later(
    providers: ProviderFixture, now: str, months: int, oldest: str
) -> None:
    """A place that was active then is listed; one that was so a tick before is not."""
    first = from_datetime(datetime.fromisoformat(oldest))
    chosen = UserSettings(inactive_months_before_location_expiration=months)
    with providers.store.write_session(providers.mailbox) as session:
        set_settings(session, SettingsUpdate(chosen))
        for name, active in (("there", first), ("gone", Instant(first - 1))):
            number = counters.advance_counter(session, "next_location")
            rows.add(session, WorkLocationRow(number, name, -1, 1, None, None, active))
    found = listed(providers, from_datetime(datetime.fromisoformat(now)))

    assert [place.row.name for place in found] == ["there"]


@given(
    moment=st.datetimes(timezones=st.just(UTC)),
    months=st.integers(-(2**31), 2**31 - 1) | st.integers(0, 12 * 10_000),
)
@example(datetime(1, 1, 31, tzinfo=UTC), 1)
@example(datetime(1, 2, 28, tzinfo=UTC), 1)
@example(datetime(9999, 12, 31, tzinfo=UTC), 12 * 9999)
@example(datetime(2016, 2, 29, tzinfo=UTC), 12)
def test_some_months_before(moment: datetime, months: int) -> None:
    """It is that many months of the calendar earlier, on the same day, or else the month's last."""
    year, month = divmod(12 * moment.year + moment.month - 1 - months, 12)
    expected = Instant(0)
    if months > 0 and year >= 1:
        day = min(moment.day, monthrange(year, month + 1)[1])
        expected = from_datetime(moment.replace(year=year, month=month + 1, day=day))

    assert locations._months_before(from_datetime(moment), months) == expected


def test_lists_of_one_site(providers: ProviderFixture, clock: FrozenClock) -> None:
    """Are below one place, in whatever case its address is written; projects are elsewhere."""
    for title, web in (("One", "/sites/a"), ("Two", "/sites/A"), ("Project", PROJECTS.upper())):
        providers.put(providers.make(title, web), "Task")
    providers.begin()
    found = [
        (place.row.name, place.row.parent, place.row.provider)
        for place in listed(providers, clock.instant)
    ]

    assert found == [
        *(("a", -1, 1), ("a: One", 1, 1), ("A: Two", 1, 1)),
        *(("PWA", -1, 2), ("PWA: Project", 4, 2)),
    ]


def test_as_many_important_ones_as_there_may_be(
    providers: ProviderFixture, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place that is one too many is there, only not offered for new tasks."""
    monkeypatch.setattr(refresh_locations, "MAX_LOCATIONS", 1)
    for title in ("One", "Two"):
        providers.put(providers.make(title), "Task")
    providers.begin()
    found = listed(providers, clock.instant)

    assert [(place.row.name, place.important) for place in found] == [
        *(("a", False), ("a: One", True), ("a: Two", False)),
    ]

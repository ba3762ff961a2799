"""Refreshing, hints, going from view to view, and the timeline."""

import pytest
from playwright.sync_api import expect

from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.workmanagement.settings import get_persisted
from tests.support.my_tasks import START, Owner, Site
from tests.support.my_tasks_browser import Browsers
from tests.support.provider_lists import ProviderFixture

pytestmark = pytest.mark.inferred("page.refresh")


def test_refreshing(site: Site, alice: Owner, browsers: Browsers) -> None:
    alice.add("mine")
    providers = ProviderFixture(alice.store, alice.mailbox)
    fair = providers.make("Fair")
    providers.put(fair, "theirs")
    opened = browsers.open(alice)
    page = opened.page
    opened.expect_toast("1 new task.")
    opened.expect_names("theirs", "mine")
    expect(page.locator("tr[data-id]").first).to_contain_text("a: Fair")
    expect(page.locator("#updated")).to_have_text("Updated at 10:00 UTC")
    providers.put(fair, "later")
    site.clock.instant = Instant(START + 120 * TICKS_PER_SECOND)
    opened.go("AllTasks.aspx")
    page.get_by_role("button", name="Refresh").click()
    opened.expect_toast("Read again in 3 min.")
    opened.expect_names("theirs", "mine")
    providers.take_down(fair)
    site.clock.instant = Instant(START + 400 * TICKS_PER_SECOND)
    opened.focus("mine")
    opened.press("r")
    warning = page.locator(".notice.warning")
    expect(warning).to_contain_text("SharePoint could not be read.", timeout=10_000)
    warning.get_by_text("See why").click()
    expect(warning).to_contain_text("Last read: 10:00 UTC")
    expect(warning).to_contain_text("Correlation id: ")
    assert opened.focused() == "See why"
    providers.take_down(fair, down=False)
    # Tasks of one's own are not new to oneself.
    page.locator("#new-task").fill("my own")
    opened.press("Enter")
    opened.expect_names("my own", "theirs", "mine")
    site.clock.instant = Instant(START + 800 * TICKS_PER_SECOND)
    page.get_by_role("button", name="Refresh").click()
    opened.expect_names("later", "my own", "theirs", "mine")
    expect(warning).to_have_count(0)
    expect(page.locator(".toast").last).to_contain_text("1 new task.")
    page.get_by_role("button", name="Show").last.click()
    page.wait_for_url("**/RecentlyAssigned.aspx")


def test_hints_and_views(alice: Owner, browsers: Browsers) -> None:
    alice.add(*(f"task {number}" for number in range(51)))
    opened = browsers.open(alice)
    page = opened.page
    opened.expect_toast("Long list? Important and upcoming shows what is near.")
    opened.focus("task 3")
    opened.press("i")
    opened.expect_toast("What is important stands on top of Important and upcoming.")
    opened.settle()
    page.reload()
    opened.settle()
    assert "Long list" not in page.locator("#toasts").inner_text()
    opened.press("g", "h")
    page.wait_for_url("**/Highlights.aspx")
    opened.settle()
    with alice.store.read_session(alice.mailbox) as session:
        persisted = get_persisted(session)
    assert persisted.quick_launch_landing_page == "Highlights.aspx"
    assert persisted.has_shown_mark_as_important_callout
    assert persisted.has_shown_task_list_too_long_notification
    opened.go("")
    assert page.url.endswith("/Highlights.aspx")
    for letter, file in (("c", "Completed"), ("r", "Recently"), ("a", "All")):
        opened.press("g", letter)
        page.wait_for_url(f"**/{file}*.aspx")


def test_the_timeline(alice: Owner, browsers: Browsers) -> None:
    alice.add("first", due_in=-1)
    alice.add("second", due_in=1)
    alice.add("third", due_in=4)
    opened = browsers.open(alice, "Highlights.aspx")
    page = opened.page
    bars = page.locator("#timeline a")
    bars.first.focus()
    for key, index in (("ArrowRight", 1), ("End", 2), ("ArrowLeft", 1), ("Home", 0)):
        opened.press(key)
        expect(bars.nth(index)).to_be_focused()
    expect(page.locator('#timeline a[tabindex="0"]')).to_have_count(1)
    page.get_by_text("Show as table").click()
    page.reload()
    expect(page.get_by_role("cell", name="third")).to_be_visible()
    # It follows what is saved.
    opened.focus("second")
    page.locator("#list-upcoming").get_by_role("link", name="second", exact=True).focus()
    opened.press("t")
    expect(bars).to_have_count(2)
    expect(page.get_by_role("cell", name="second")).to_have_count(0)
    bars.first.focus()
    opened.press("Enter")
    expect(page.get_by_role("dialog", name="Edit task")).to_be_visible()
    opened.press("Escape")
    expect(bars.first).to_be_focused()

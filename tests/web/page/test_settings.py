"""Settings, and Sync to Outlook."""

import pytest
from playwright.sync_api import expect

from afterlook.workmanagement.exchange_sync.state import get_state
from afterlook.workmanagement.settings import get_settings
from tests.support.my_tasks import Owner
from tests.support.my_tasks_browser import PHONE, Browsers
from tests.support.provider_lists import ProviderFixture

pytestmark = pytest.mark.inferred("page.settings")


def test_settings(alice: Owner, browsers: Browsers) -> None:
    providers = ProviderFixture(alice.store, alice.mailbox)
    providers.put(providers.make("Fair"), "theirs")
    opened = browsers.open(alice)
    opened.expect_names("theirs")
    opened.go("Settings.aspx")
    page = opened.page
    late = page.get_by_label("Show late tasks for")
    late.fill("0")
    opened.press("Enter")
    expect(page.locator("#settings-error")).to_contain_text("A limit is a whole number")
    assert opened.focused() == "LateTasksLimit"
    late.fill("12")
    page.locator("[data-no-limit=UpcomingTasksLimit]").check()
    expect(page.locator("#UpcomingTasksLimit")).to_be_disabled()
    page.locator("[data-no-limit=OldTasksLimit]").uncheck()
    assert opened.focused() == "OldTasksLimit"
    opened.press("3")
    page.get_by_label("a: Fair", exact=True).uncheck()
    page.get_by_label("Colour of a: Fair").fill("#00ff88")
    late.press("Escape")
    page.get_by_role("dialog").get_by_role("button", name="Stay").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/AllTasks.aspx")
    opened.expect_toast("Saved.")
    with alice.store.read_session(alice.mailbox) as session:
        saved = get_settings(session)
    limits = saved.late_tasks_limit, saved.upcoming_tasks_limit, saved.old_tasks_limit
    assert limits == (12, -1, 3)
    assert saved.days_a_task_is_considered_new_task == 7
    opened.go("Settings.aspx")
    expect(page.get_by_label("a: Fair", exact=True)).not_to_be_checked()
    assert page.get_by_label("Colour of a: Fair").input_value() == "#00ff88"


def test_what_this_browser_keeps(alice: Owner, browsers: Browsers) -> None:
    alice.add("one")
    opened = browsers.open(alice, "Settings.aspx")
    page = opened.page
    page.get_by_label("Dark").check()
    page.get_by_label("Letters as keyboard shortcuts").uncheck()
    page.get_by_label("Keep messages until I close them").check()
    # It is kept already: nothing asks whether to leave it.
    opened.press("Escape")
    page.wait_for_url("**/AllTasks.aspx")
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    opened.focus("one")
    opened.press("i", "?")
    assert page.locator("dialog").count() == 0
    assert page.locator("tr[data-pinned]").count() == 0
    opened.press("F6")
    opened.go("Settings.aspx")
    expect(page.get_by_label("Dark")).to_be_checked()
    expect(page.get_by_label("Letters as keyboard shortcuts")).not_to_be_checked()
    expect(page.get_by_label("Keep messages until I close them")).to_be_checked()


def test_sync(alice: Owner, browsers: Browsers) -> None:
    alice.add("one")
    opened = browsers.open(alice, "_layouts/15/ExchangeSyncSettings.aspx")
    page = opened.page
    state = page.locator("#sync-state")
    expect(state).to_have_text("Your tasks are not synchronised with Outlook.")
    page.get_by_role("button", name="Synchronise").press("Enter")
    expect(state).to_have_text("Your tasks are synchronised with Outlook.", timeout=15_000)
    expect(page.locator("#sync-last")).to_contain_text("10:00 UTC")
    with alice.store.read_session(alice.mailbox) as session:
        assert get_state(session).is_opted_in
    assert opened.focused() == "sync-button"
    page.get_by_role("button", name="Stop synchronising").click()
    expect(state).to_have_text("Your tasks are not synchronised with Outlook.")
    with alice.store.read_session(alice.mailbox) as session:
        assert not get_state(session).is_opted_in


def test_where_there_is_nothing_to_sync_with(alice: Owner, browsers: Browsers) -> None:
    opened = browsers.open(alice, "_layouts/15/ExchangeSyncSettings.aspx")
    page = opened.page
    # The answer of a server without Exchange, in the place of our own.
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          SP.WorkManagement.OM.UserSettingsManager.prototype.optIntoExchangeSync =
            () => ({ get_value: () => 7 });
        });"""
    )
    page.reload()
    page.get_by_role("button", name="Synchronise").click()
    expect(page.locator("#sync-state")).to_have_text("Synchronising is not available here.")
    expect(page.locator("#sync-button")).to_have_attribute("aria-disabled", "true")


def test_in_dialogs_where_there_is_room(alice: Owner, browsers: Browsers) -> None:
    alice.add("near", due_in=2)
    alice.add("far", due_in=20)
    opened = browsers.open(alice, "Highlights.aspx")
    page = opened.page
    opened.expect_names("near", list_="upcoming")
    link = page.get_by_role("link", name="Settings")
    link.press("Enter")
    dialog = page.get_by_role("dialog", name="Settings")
    dialog.get_by_label("Dark").check()
    dialog.get_by_label("System").check()
    dialog.locator("#UpcomingTasksLimit").fill("30")
    opened.press("Escape")
    page.get_by_role("button", name="Stay").click()
    dialog.get_by_role("button", name="Save").click()
    # The page stays, and follows: its lists, its timeline and its counts.
    opened.expect_toast("Saved.")
    opened.expect_names("near", "far", list_="upcoming")
    expect(page.locator('.views [data-count="highlights"]')).to_have_text("2")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()
    link.click()
    expect(dialog.locator("#UpcomingTasksLimit")).to_have_value("30")
    opened.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()
    sync = page.get_by_role("link", name="Sync to Outlook")
    sync.click()
    dialog = page.get_by_role("dialog", name="Sync to Outlook")
    dialog.get_by_role("button", name="Synchronise").click()
    state = dialog.locator("#sync-state")
    expect(state).to_have_text("Your tasks are synchronised with Outlook.", timeout=15_000)
    dialog.get_by_role("link", name="Close").click()
    expect(dialog).to_have_count(0)
    expect(sync).to_be_focused()
    assert page.url.endswith("/Highlights.aspx")
    page.set_viewport_size(PHONE)
    link.click()
    page.wait_for_url("**/Settings.aspx")

"""The form of a task: as a page and as a dialog, new and edited, kept, refused, promoted."""

import re

import pytest
from playwright.sync_api import Route, expect

from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.web.texts import TEXTS
from tests.support.my_tasks import START, Owner, Site, stored_names
from tests.support.my_tasks_browser import PHONE, Browsers, Opened
from tests.support.provider_lists import ProviderFixture

pytestmark = pytest.mark.inferred("page.forms")


def fill(opened: Opened, **values: str) -> None:
    """Fill fields of a form."""
    for name, value in values.items():
        opened.page.locator(f"#task-{name}").fill(value)


def test_a_new_task_on_a_page(alice: Owner, browsers: Browsers) -> None:
    opened = browsers.open(alice, viewport=PHONE)
    opened.go("EditTask.aspx")
    page = opened.page
    assert opened.focused() == "task-name"
    opened.press("Enter")
    expect(page.locator("#task-name-error")).to_have_text("Give the task a name.")
    expect(page.locator("#task-name")).to_have_attribute("aria-invalid", "true")
    fill(opened, name="Buy bulbs", start="2016-04-20", due="2016-04-25", description="Tulips")
    opened.press("Control+Enter")
    page.wait_for_url("**/AllTasks.aspx")
    opened.expect_toast("Saved.")
    expect(page.locator("tr[data-id] time")).to_have_attribute("datetime", "2016-04-25")
    assert opened.focused() == "Buy bulbs"
    opened.press("Enter")
    page.wait_for_url("**/EditTask.aspx?taskId=*")
    assert page.locator("#task-start").input_value() == "2016-04-20"
    assert page.locator("#task-description").input_value() == "Tulips"
    fill(opened, due="", name="Buy bulbs and soil")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/AllTasks.aspx")
    assert opened.names() == ["Buy bulbs and soil"]
    assert page.locator("tr[data-id] time").count() == 0
    opened.press("Enter")
    page.get_by_role("button", name="Delete").click()
    page.wait_for_url("**/AllTasks.aspx")
    opened.expect_toast("Deleting “Buy bulbs and soil”.")
    expect(page.locator("tr[data-id]")).to_have_count(0)
    assert stored_names(alice) == ["Buy bulbs and soil"]
    opened.press("Control+z")
    opened.expect_names("Buy bulbs and soil")


def test_what_was_typed_is_kept(site: Site, alice: Owner, browsers: Browsers) -> None:
    opened = browsers.open(alice, "EditTask.aspx")
    page = opened.page
    opened.press("Escape")
    page.wait_for_url("**/AllTasks.aspx")
    opened.go("EditTask.aspx")
    fill(opened, name="Half a thought", description="and more")
    opened.press("Escape")
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Leave without saving?")
    opened.press("Escape")
    expect(question).to_have_count(0)
    assert opened.focused() == "task-description"
    page.reload()
    assert page.locator("#task-name").input_value() == "Half a thought"
    expect(page.get_by_text("What you typed before is back.")).to_be_visible()
    # A page that is too old is told so, and loses nothing by being loaded again.
    site.clock.instant = Instant(START + 3600 * TICKS_PER_SECOND)
    page.route("**/_api/contextinfo", lambda route: route.abort())
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#task-form-error")).not_to_be_empty()
    page.unroute("**/_api/contextinfo")
    page.reload()
    assert page.locator("#task-description").input_value() == "and more"
    page.get_by_role("button", name="Discard it").click()
    assert page.locator("#task-name").input_value() == ""
    fill(opened, name="Given up")
    page.get_by_role("link", name="Cancel").click()
    question.get_by_role("button", name="Leave").click()
    page.wait_for_url("**/AllTasks.aspx")
    opened.go("EditTask.aspx")
    assert page.locator("#task-name").input_value() == ""
    assert stored_names(alice) == []


def test_projects_and_promotion(alice: Owner, browsers: Browsers) -> None:
    [key] = alice.add("Rent the tables")
    providers = ProviderFixture(alice.store, alice.mailbox)
    fair = providers.make("Fair")
    providers.put(fair, "theirs")
    opened = browsers.open(alice)
    opened.expect_names("theirs", "Rent the tables")
    opened.go(f"EditTask.aspx?taskId={key}")
    page = opened.page
    public = page.get_by_label(TEXTS["make_public"])
    expect(public).to_be_disabled()
    page.get_by_label("Project", exact=True).select_option("a: Fair")
    public.check()
    page.get_by_label("Project", exact=True).select_option("Personal")
    expect(public).to_be_disabled()
    expect(public).not_to_be_checked()
    page.get_by_label("Project", exact=True).select_option("a: Fair")
    public.check()
    providers.take_down(fair)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#task-form-error")).to_contain_text("a: Fair did not take it")
    providers.take_down(fair, down=False)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/AllTasks.aspx")
    opened.expect_toast("“Rent the tables” is now in a: Fair.")
    # One that is made and cannot be promoted is there, and once only.
    opened.go("EditTask.aspx")
    fill(opened, name="Print")
    page.get_by_label("Project", exact=True).select_option("a: Fair")
    public.check()
    providers.take_down(fair)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#task-form-error")).to_contain_text("only you see it")
    expect(page).to_have_url(re.compile(r"taskId=\d+"))
    providers.take_down(fair, down=False)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/AllTasks.aspx")
    assert stored_names(alice).count("Print") == 1


def test_in_a_dialog(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two")
    opened = browsers.open(alice)
    page = opened.page
    dialog = page.get_by_role("dialog", name="Edit task")
    opened.focus("two")
    opened.press("Enter")
    expect(dialog).to_be_visible()
    assert opened.focused() == "task-name"
    opened.press("Escape")
    expect(dialog).to_have_count(0)
    assert opened.focused() == "two"
    page.get_by_role("link", name="two", exact=True).click()
    fill(opened, name="two and a half", description="x" * 40)
    page.route("**/ProcessQuery", lambda route: route.abort(), times=1)
    opened.press("Control+Enter")
    expect(dialog).to_have_count(0)
    opened.expect_names("one", "two and a half")
    assert opened.focused() == "two and a half"
    page.get_by_label("New task", exact=True).fill("half typed")
    page.get_by_role("link", name="New task with all details").click()
    made = page.get_by_role("dialog", name="New task")
    assert page.locator("#task-name").input_value() == "half typed"
    fill(opened, due="2016-04-22")
    made.get_by_role("button", name="Save").click()
    opened.expect_names("half typed", "one", "two and a half")
    assert opened.focused() == "half typed"
    opened.press("Enter")
    dialog.get_by_role("button", name="Delete").click()
    opened.expect_names("one", "two and a half")
    assert opened.focused() == "one"


def test_what_the_server_refuses(alice: Owner, browsers: Browsers) -> None:
    [key] = alice.add("gone soon")
    opened = browsers.open(alice, "EditTask.aspx")
    page = opened.page
    save = page.get_by_role("button", name="Save")
    fill(opened, name="Long", description="x" * 64_000)
    save.click()
    error = page.locator("#task-description-error")
    expect(error).to_have_text("Not saved: the description is too long.")
    assert opened.focused() == "task-description"
    fill(opened, description="short")
    page.route("**/ProcessQuery", lambda route: route.abort(), times=1)
    save.click()
    said = page.locator("#task-form-error")
    expect(said).to_have_text("The server does not answer. What you typed is kept.")
    expect(error).to_be_empty()
    save.click()
    page.wait_for_url("**/AllTasks.aspx")
    opened.expect_names("Long", "gone soon")
    opened.go(f"EditTask.aspx?taskId={key}")
    alice.remove(key)
    fill(opened, name="Too late")
    save.click()
    expect(said).to_have_text("This task no longer exists.")
    assert page.locator("#task-name").input_value() == "Too late"
    assert stored_names(alice) == ["Long"]


@pytest.mark.parametrize("is_dialog", [False, True], ids=["page", "dialog"])
def test_a_digest_that_is_refused(alice: Owner, browsers: Browsers, is_dialog: bool) -> None:
    alice.add("one")
    opened = browsers.open(alice)
    page = opened.page
    if not is_dialog:
        page.set_viewport_size(PHONE)
    opened.focus("one")
    opened.press("Enter")
    expect(page.locator("#task-name")).to_have_value("one")

    def refuse(route: Route) -> None:
        # However often it is fetched anew, the server does not take it.
        route.continue_(headers={**route.request.headers, "x-requestdigest": "0x0,never"})

    page.route("**/ProcessQuery", refuse)
    fill(opened, name="first")
    page.get_by_role("button", name="Save").click()
    alert = page.locator("#task-form [role=alert]")
    expect(alert).to_contain_text("This page is too old to save.")
    expect(page.locator("#task-name")).to_have_value("first")
    page.unroute("**/ProcessQuery")
    assert stored_names(alice) == ["one"]
    alert.get_by_role("button", name="Reload").click()
    if is_dialog:
        opened.focus("one")
        opened.press("Enter")
    expect(page.get_by_text("What you typed before is back.")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    opened.expect_names("first")

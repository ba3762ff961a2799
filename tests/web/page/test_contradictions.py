"""What two tabs write at once, and what comes out of it: nothing is lost that nobody gave up."""

import pytest
from playwright.sync_api import Dialog, Route, expect

from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement.queries import count_tasks
from afterlook.workmanagement.settings import SettingsUpdate, UserSettings, set_settings
from afterlook.workmanagement.tasks import get_task
from tests.support.my_tasks import Owner, stored_names
from tests.support.my_tasks_browser import Browsers
from tests.support.stores import when_free

pytestmark = pytest.mark.inferred("page.forms")


def test_a_form_writes_what_was_changed_in_it(alice: Owner, browsers: Browsers) -> None:
    [key] = alice.add("Bulbs", due_in=1, description="\n\nTulips")
    form = browsers.open(alice, f"EditTask.aspx?taskId={key}")
    description = form.page.locator("#task-description")
    assert description.input_value() == "\n\nTulips"
    lists = browsers.second_tab(form)
    lists.focus("Bulbs")
    lists.press("F2")
    lists.page.get_by_role("textbox", name="Name", exact=True).fill("Bulbs and soil")
    lists.press("Enter")
    lists.settle()
    form.page.locator("#task-due").fill("")
    form.page.get_by_role("button", name="Save").click()
    form.page.wait_for_url("**/AllTasks.aspx")
    form.expect_names("Bulbs and soil")
    with alice.store.read_session(alice.mailbox) as session:
        task = get_task(session, key, alice.store.now())
    assert task is not None
    assert (task.row.name, task.row.due) == ("Bulbs and soil", None)
    assert task.row.description == "\n\nTulips"


def test_a_field_that_was_saved_beside_a_refused_one_can_be_set_back(
    alice: Owner, browsers: Browsers
) -> None:
    [key] = alice.add("Bulbs")
    form = browsers.open(alice, f"EditTask.aspx?taskId={key}")
    name = form.page.locator("#task-name")
    name.fill("Soil")
    form.page.locator("#task-start").fill("9999-12-31")
    form.page.get_by_role("button", name="Save").click()
    expect(form.page.locator("#task-start-error")).not_to_be_empty()
    name.fill("Bulbs")
    form.page.locator("#task-start").fill("")
    form.page.get_by_role("button", name="Save").click()
    form.page.wait_for_url("**/AllTasks.aspx")
    form.expect_names("Bulbs")


def test_a_menu_is_as_wide_as_its_items(alice: Owner, browsers: Browsers) -> None:
    alice.add("Bulbs")
    opened = browsers.open(alice)
    opened.page.get_by_role("button", name="More", exact=True).first.click()
    box = opened.page.get_by_role("menu").bounding_box()
    assert box is not None
    assert box["width"] < 480


def test_limits_that_no_date_can_be_made_of(alice: Owner, browsers: Browsers) -> None:
    most = 2**31 - 1
    with when_free(alice.store.write_session, alice.mailbox) as session:
        limits = UserSettings(
            late_tasks_limit=most, upcoming_tasks_limit=most, old_tasks_limit=most
        )
        set_settings(session, SettingsUpdate(limits))
    alice.add("Bulbs", "Soil", due_in=1)
    opened = browsers.open(alice, "Highlights.aspx")
    opened.page.locator("#search").fill("soil")
    opened.expect_names("Soil", list_="upcoming")


def test_a_server_that_is_away_costs_no_page(alice: Owner, browsers: Browsers) -> None:
    alice.add("Bulbs")
    opened = browsers.open(alice)
    page = opened.page
    page.route("**/EditTask.aspx*", lambda route: route.abort())
    opened.focus("Bulbs")
    opened.press("Enter")
    opened.expect_toast("The server does not answer.")
    assert page.url.endswith("AllTasks.aspx")
    page.unroute("**/EditTask.aspx*")
    opened.press("Enter")
    form = page.get_by_role("dialog")
    form.get_by_label("Name").fill("Soil")
    page.route("**/ProcessQuery", lambda route: route.abort())
    form.get_by_role("button", name="Save").click()
    again = form.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    page.unroute("**/ProcessQuery")
    again.click()
    opened.expect_names("Soil")


def test_more_tasks_than_a_request_takes(alice: Owner, browsers: Browsers) -> None:
    alice.add(*(f"Bulb {number}" for number in range(600)))
    opened = browsers.open(alice)
    page = opened.page
    opened.focus("Bulb 0")
    opened.wait_until(lambda: page.locator("#list-active tr[data-id]").count() == 200)
    opened.press("Control+a", "i")
    opened.wait_until(lambda: count_pinned(alice) == 600)
    expect(page.locator(".failure")).to_have_count(0)
    opened.press("Delete")
    opened.expect_toast("Deleting 600 tasks.")
    opened.expect_names()
    # More than can be sent as the page goes: the browser asks whether to leave.
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("void location.reload()")
    opened.wait_until(lambda: stored_names(alice) == [])
    assert asked == ["beforeunload"]


def test_the_last_task_comes_back_by_a_key(alice: Owner, browsers: Browsers) -> None:
    alice.add("Bulbs")
    opened = browsers.open(alice)
    opened.focus("Bulbs")
    opened.press("Delete")
    opened.expect_toast("Deleting")
    assert opened.focused() == "new-task"
    opened.press("Control+z")
    opened.expect_names("Bulbs")


def count_pinned(owner: Owner) -> int:
    """Count the tasks that are important."""
    with owner.store.read_session(owner.mailbox) as session:
        query = TaskQuery(pinned=True)
        return count_tasks(session, query, owner.store.now())


def test_a_refused_task_is_kept_while_the_next_is_typed(alice: Owner, browsers: Browsers) -> None:
    opened = browsers.open(alice)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    opened.page.route("**/ProcessQuery", hold)
    field, draft = opened.page.locator("#new-task"), opened.page.locator("tr.draft")
    opened.press("n")
    field.fill("Buy bulbs tomorrow")
    opened.press("Enter")
    # It is there at once, and marked until it is saved.
    expect(draft).to_contain_text("Buy bulbs")
    expect(draft.locator("time")).to_have_text("Tomorrow")
    expect(draft).to_have_attribute("aria-busy", "true")
    expect(draft.locator(".saving")).to_have_text("Saving…")
    expect(opened.page.locator(".empty")).to_be_hidden()
    field.fill("Buy soil")
    opened.wait_until(lambda: bool(held))
    # What the server refuses: a name longer than any.
    sent = held[0].request.post_data or ""
    held[0].continue_(post_data=sent.replace("Buy bulbs", "x" * 300))
    expect(draft).to_contain_text("Not saved: a name has 1 to 255 characters.")
    expect(opened.page.locator("#alert")).to_contain_text("Not saved")
    expect(field).to_have_value("Buy soil")
    opened.page.unroute("**/ProcessQuery")
    # It stays where lists are grouped.
    opened.page.locator("#group-button").click()
    expect(opened.page.locator('tbody[data-location="-1"] .draft')).to_have_count(1)
    draft.get_by_role("button", name="Edit").click()
    expect(draft).to_have_count(0)
    expect(field).to_have_value("Buy bulbs tomorrow")
    opened.press("Enter")
    opened.expect_names("Buy bulbs")
    # What was typed meanwhile has its turn.
    expect(field).to_have_value("Buy soil")
    expect(field).to_be_focused()


def test_a_name_that_is_too_long_is_kept_when_the_focus_goes(
    alice: Owner, browsers: Browsers
) -> None:
    alice.add("one", "two")
    opened = browsers.open(alice)
    opened.focus("one")
    opened.press("F2")
    field = opened.page.locator(".rename input")
    field.fill("x" * 256)
    opened.page.locator("#new-task").click()
    expect(field).to_have_value("x" * 256)
    expect(opened.page.locator(".rename .error")).to_contain_text("at most 255")

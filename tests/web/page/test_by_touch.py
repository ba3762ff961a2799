"""What else a finger does: beside what tests of lists, of order and of selection do by touch."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement.exchange_sync.state import get_state
from afterlook.workmanagement.queries import read_tasks
from afterlook.workmanagement.settings import get_persisted, get_settings
from tests.support.my_tasks import Owner, stored_names
from tests.support.my_tasks_browser import PHONE, Browsers, Opened
from tests.support.provider_lists import ProviderFixture

pytestmark = pytest.mark.inferred("page.touch")

TABLET = {"width": 800, "height": 1100}

OpenByTouch = Callable[..., Opened]


@pytest.fixture
def touched(alice: Owner, browsers: Browsers) -> OpenByTouch:
    """Return what opens a page of the user's on a screen that is touched."""

    def open_page(page: str = "AllTasks.aspx", size: dict[str, int] | None = None) -> Opened:
        return browsers.open(alice, page, viewport=size or PHONE, has_touch=True, is_mobile=True)

    return open_page


def tool(opened: Opened, name: str) -> Locator:
    """Return a button of a page."""
    return opened.page.get_by_role("button", name=name, exact=True)


def hold(opened: Opened, name: str) -> None:
    """Press a task for long, so that it is selected."""
    page = opened.page
    box = page.get_by_role("link", name=name, exact=True).bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    point = {"x": box["x"] + 8, "y": box["y"] + 8}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(page.locator('tr[aria-selected="true"]')).to_have_count(1)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def choose(opened: Opened, name: str, item: str) -> None:
    """Choose from the menu of a task."""
    row = opened.page.locator("tr[data-id]").filter(has_text=name)
    row.locator(".c-more button").tap()
    opened.page.get_by_role("menuitem", name=item).tap()


def fair(alice: Owner) -> None:
    """Give the user a task in a project, which the first refresh brings."""
    providers = ProviderFixture(alice.store, alice.mailbox)
    providers.put(providers.make("Fair"), "theirs")


def stored(alice: Owner) -> dict[str, WorkTaskRow]:
    """Return all tasks by their names."""
    with alice.store.read_session(alice.mailbox) as session:
        found = read_tasks(session, TaskQuery(), alice.store.now())
        return {task.row.name: task.row for task in found}


def test_views_refresh_and_help(alice: Owner, touched: OpenByTouch) -> None:
    alice.add("one")
    opened = touched()
    page = opened.page
    tool(opened, "Refresh").tap()
    opened.expect_toast("Read again in 5 min.")
    page.locator("#toasts .close").tap()
    expect(page.locator(".toast")).to_have_count(0)
    tool(opened, "Keyboard shortcuts").tap()
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_have_count(0)
    views = page.get_by_role("navigation", name="Views")
    for name, file in (
        ("Completed", "CompletedTasks"),
        ("Recently added", "RecentlyAssigned"),
        ("Important and upcoming", "Highlights"),
    ):
        views.get_by_role("link", name=name).tap()
        page.wait_for_url(f"**/{file}.aspx")
    opened.settle()
    with alice.store.read_session(alice.mailbox) as session:
        assert get_persisted(session).quick_launch_landing_page == "Highlights.aspx"


def test_search_sort_filter_and_groups(alice: Owner, touched: OpenByTouch) -> None:
    fair(alice)
    alice.add("beta", due_in=1)
    alice.add("alpha")
    opened = touched()
    page = opened.page
    opened.expect_names("theirs", "alpha", "beta")
    sort = page.locator("#sort-menu summary")
    sort.tap()
    page.locator("#sort-menu").get_by_role("link", name="Name").tap()
    opened.expect_names("alpha", "beta", "theirs")
    sort.tap()
    page.locator("#sort-menu").get_by_role("link", name="My order").tap()
    opened.expect_names("theirs", "alpha", "beta")
    tool(opened, "Group by project").tap()
    expect(page.locator("tr.group")).to_have_text(["Personal", "a: Fair"])
    tool(opened, "Group by project").tap()
    expect(page.locator("tr.group")).to_have_count(0)
    tool(opened, "Filter").tap()
    page.get_by_role("menuitemcheckbox", name="a: Fair").tap()
    opened.expect_names("theirs")
    page.get_by_role("menuitem", name="Show all projects").tap()
    opened.expect_names("theirs", "alpha", "beta")
    expect(page.get_by_role("menu")).to_have_count(0)
    page.get_by_role("searchbox").tap()
    page.keyboard.type("bet")
    opened.expect_names("beta")
    page.get_by_role("searchbox").fill("none")
    page.get_by_role("button", name="Clear the search").tap()
    opened.expect_names("theirs", "alpha", "beta")


def test_on_a_selection(alice: Owner, touched: OpenByTouch) -> None:
    fair(alice)
    alice.add("one", "two", "three")
    opened = touched()
    page = opened.page
    opened.expect_names("theirs", "one", "two", "three")
    bar = page.get_by_role("toolbar", name="Selected tasks")
    hold(opened, "one")
    page.get_by_role("link", name="two", exact=True).tap()
    bar.get_by_role("button", name="Important").tap()
    expect(page.locator("tr[data-pinned]")).to_have_count(2)
    expect(bar).to_have_count(0)
    hold(opened, "one")
    # Messages are above the bar wherever the page is scrolled to.
    opened.expect_toast("What is important stands on top")
    for place in (0, 10_000):
        page.evaluate("(place) => scrollTo(0, place)", place)
        toasts, over = page.locator("#toasts").bounding_box(), bar.bounding_box()
        assert toasts is not None
        assert over is not None
        assert toasts["y"] + toasts["height"] <= over["y"]
    bar.get_by_role("button", name="Select nothing").tap()
    expect(page.locator('tr[aria-selected="true"]')).to_have_count(0)
    hold(opened, "two")
    page.get_by_role("link", name="three", exact=True).tap()
    bar.get_by_role("button", name="Move").tap()
    page.get_by_role("menuitem", name="a: Fair").tap()
    opened.expect_toast("2 tasks are in a: Fair now.")
    bar.get_by_role("button", name="Select nothing").tap()
    hold(opened, "one")
    bar.get_by_role("button", name="Complete").tap()
    expect(page.locator("tr[data-completed]")).to_have_count(1)
    expect(bar).to_have_count(0)
    opened.wait_until(lambda: stored(alice)["one"].is_completed)
    assert {name for name, row in stored(alice).items() if row.pinned} == {"one", "two"}
    places = {row.location for name, row in stored(alice).items() if name != "one"}
    assert len(places) == 1


def test_one_task(alice: Owner, touched: OpenByTouch) -> None:
    fair(alice)
    alice.add("one", "two", "three", due_in=1)
    opened = touched()
    page = opened.page
    opened.expect_names("theirs", "one", "two", "three")
    choose(opened, "one", "Move to project")
    page.get_by_role("menuitem", name="a: Fair").tap()
    opened.expect_toast("“one” is in a: Fair now.")
    choose(opened, "one", "Details")
    details = page.get_by_role("dialog", name="Details of “one”")
    expect(details).to_contain_text("a: Fair")
    # A tap elsewhere closes it.
    page.locator("h1").tap()
    expect(details).to_have_count(0)
    choose(opened, "two", "Move to the top")
    opened.expect_names("two", "theirs", "one", "three")
    choose(opened, "two", "Move down")
    opened.expect_names("theirs", "two", "one", "three")
    choose(opened, "two", "Move to the bottom")
    opened.wait_until(lambda: stored_names(alice) == ["theirs", "one", "three", "two"])


def test_add(alice: Owner, touched: OpenByTouch) -> None:
    opened = touched()
    page, note = opened.page, opened.page.locator("#new-task-note")
    page.locator("#new-task").tap()
    page.keyboard.type("Call Bob today")
    expect(note.locator(".chip")).to_contain_text("Due Today")
    note.get_by_role("button", name="Keep the date in the name").tap()
    expect(note.locator(".chip")).to_have_count(0)
    tool(opened, "Add").tap()
    opened.expect_names("Call Bob today")
    page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", "one\\ntwo\\n");
          const field = document.querySelector("#new-task");
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
        }"""
    )
    page.get_by_role("button", name="Add 2 tasks?").tap()
    opened.expect_names("two", "one", "Call Bob today")
    page.get_by_role("link", name="New task with all details").tap()
    page.wait_for_url("**/EditTask.aspx*")
    page.get_by_label("Name").fill("three")
    page.get_by_role("button", name="Save").tap()
    page.wait_for_url("**/AllTasks.aspx")
    opened.expect_names("three", "two", "one", "Call Bob today")


def test_the_timeline(alice: Owner, touched: OpenByTouch) -> None:
    (first,) = alice.add("first", due_in=-1)
    alice.add("second", due_in=4)
    opened = touched("Highlights.aspx")
    page = opened.page
    page.get_by_text("Show as table").tap()
    expect(page.get_by_role("cell", name="second")).to_be_visible()
    choose(opened, "second", "Take off the timeline")
    expect(page.locator("#timeline a")).to_have_count(1)
    page.locator("#timeline a").tap()
    page.wait_for_url(f"**/EditTask.aspx?taskId={first}*")


def test_settings_and_sync(alice: Owner, touched: OpenByTouch) -> None:
    fair(alice)
    opened = touched()
    page = opened.page
    opened.expect_names("theirs")
    page.get_by_role("link", name="Settings").tap()
    page.wait_for_url("**/Settings.aspx")
    opened.settle()
    page.get_by_label("Dark").tap()
    page.locator("[data-no-limit=UpcomingTasksLimit]").tap()
    expect(page.locator("#UpcomingTasksLimit")).to_be_disabled()
    page.get_by_label("a: Fair", exact=True).tap()
    page.get_by_role("button", name="Save").tap()
    page.wait_for_url("**/AllTasks.aspx")
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    with alice.store.read_session(alice.mailbox) as session:
        saved = get_settings(session)
    assert saved.upcoming_tasks_limit == -1
    assert saved.important_location_ids == ()
    opened.settle()
    page.get_by_role("link", name="Sync to Outlook").tap()
    page.wait_for_url("**/ExchangeSyncSettings.aspx")
    opened.settle()
    page.get_by_role("button", name="Synchronise").tap()
    expect(page.locator("#sync-state")).to_have_text("Your tasks are synchronised with Outlook.")
    with alice.store.read_session(alice.mailbox) as session:
        assert get_state(session).is_opted_in
    page.get_by_role("link", name="Switch").tap()
    page.wait_for_url("**/mytasks")


def test_reorder_on_a_tablet(alice: Owner, touched: OpenByTouch) -> None:
    alice.add("one", "two", "three")
    opened = touched(size=TABLET)
    page, grips = opened.page, opened.page.locator(".grip")
    expect(grips).to_have_count(0)
    tool(opened, "Reorder").tap()
    expect(grips).to_have_count(3)
    start, end = grips.last.bounding_box(), grips.first.bounding_box()
    assert start is not None
    assert end is not None
    session = page.context.new_cdp_session(page)
    x, y = start["x"] + 10, start["y"] + 10

    def touch(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 5):
        touch("touchMove", {"x": x, "y": y + (end["y"] - 2 - y) * step / 4})
    touch("touchEnd")
    opened.expect_names("three", "one", "two")
    opened.wait_until(lambda: stored_names(alice) == ["three", "one", "two"])
    # A form is a dialog where there is room, and closes by a finger.
    tool(opened, "Reorder").tap()
    expect(grips).to_have_count(0)
    page.get_by_role("link", name="one", exact=True).tap()
    form = page.get_by_role("dialog", name="Edit task")
    expect(form).to_be_visible()
    form.get_by_role("link", name="Cancel").tap()
    expect(form).to_have_count(0)

"""The user's own order: by mouse, by keys, by menu, by finger; groups and projects."""

import pytest
from playwright.sync_api import expect

from tests.support.my_tasks import Owner, stored_names
from tests.support.my_tasks_browser import PHONE, Browsers, Opened
from tests.support.provider_lists import ProviderFixture

pytestmark = pytest.mark.inferred("page.order")


def expect_stored_names(opened: Opened, *names: str) -> None:
    """Expect an order in the page, and then on the server."""
    opened.expect_names(*names)
    opened.wait_until(lambda: stored_names(opened.owner) == list(names))


def drag(opened: Opened, name: str, below: str, *, drop: bool = True) -> None:
    """Drag a row below another."""
    rows = opened.page.locator("tr[data-id]")
    start = rows.filter(has_text=name).bounding_box()
    end = rows.filter(has_text=below).bounding_box()
    assert start is not None
    assert end is not None
    mouse = opened.page.mouse
    mouse.move(start["x"] + 400, start["y"] + 20)
    mouse.down()
    mouse.move(start["x"] + 402, start["y"] + 21)
    assert opened.page.locator(".held").count() == 0
    mouse.move(end["x"] + 400, end["y"] + end["height"] - 4, steps=4)
    expect(opened.page.locator(".drop-line")).to_be_visible()
    if drop:
        mouse.up()


def test_by_keys(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two", "three", "four")
    opened = browsers.open(alice)
    opened.focus("two")
    opened.press("Shift+Alt+ArrowUp")
    opened.expect_status("“two” is now 1 of 4.")
    expect_stored_names(opened, "two", "one", "three", "four")
    opened.press("Shift+Alt+ArrowUp")
    expect_stored_names(opened, "two", "one", "three", "four")
    opened.press("Shift+Alt+End")
    expect_stored_names(opened, "one", "three", "four", "two")
    opened.press("Shift+Alt+ArrowUp", "Shift+Alt+ArrowUp", "Shift+Alt+Home")
    expect_stored_names(opened, "two", "one", "three", "four")
    assert opened.focused() == "two"
    opened.press("Control+z")
    expect_stored_names(opened, "one", "two", "three", "four")
    assert opened.focused() == "two"


def test_by_dragging_and_by_menu(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two", "three", "four")
    opened = browsers.open(alice)
    drag(opened, "one", "three", drop=False)
    opened.press("Escape")
    opened.page.mouse.up()
    assert opened.page.locator(".held, .drop-line").count() == 0
    expect_stored_names(opened, "one", "two", "three", "four")
    assert opened.page.locator("dialog").count() == 0
    drag(opened, "one", "three")
    expect_stored_names(opened, "two", "three", "one", "four")
    assert opened.focused() == "one"
    # A click after a drag is a click again.
    opened.page.get_by_role("row", name="four").get_by_role("button").last.click()
    opened.page.get_by_role("menuitem", name="Move to the top").click()
    expect_stored_names(opened, "four", "two", "three", "one")
    assert opened.focused() == "four"
    opened.page.get_by_role("link", name="Name", exact=True).click()
    opened.expect_names("four", "one", "three", "two")
    opened.focus("one")
    opened.press("Shift+Alt+ArrowDown")
    opened.settle()
    assert stored_names(alice) == ["four", "two", "three", "one"]


def test_a_selection_moves_together(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two", "three", "four", "five")
    opened = browsers.open(alice)
    opened.focus("two")
    opened.press("Space", "ArrowDown", "ArrowDown", "Space", "Shift+Alt+ArrowUp")
    opened.expect_status("2 tasks are now 1 to 2 of 5.")
    expect_stored_names(opened, "two", "four", "one", "three", "five")
    assert opened.focused() == "four"
    opened.press("Control+z")
    expect_stored_names(opened, "one", "two", "three", "four", "five")
    drag(opened, "four", "five", drop=False)
    expect(opened.page.locator(".held")).to_have_count(2)
    opened.page.mouse.up()
    expect_stored_names(opened, "one", "three", "five", "two", "four")
    opened.page.get_by_role("row", name="two").get_by_role("button").last.click()
    opened.page.get_by_role("menuitem", name="Move to the top").click()
    expect_stored_names(opened, "two", "four", "one", "three", "five")
    # What is not selected moves alone.
    opened.focus("five")
    opened.press("Shift+Alt+Home")
    expect_stored_names(opened, "five", "two", "four", "one", "three")


def test_by_finger(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two", "three")
    opened = browsers.open(alice, viewport=PHONE, has_touch=True, is_mobile=True)
    page = opened.page
    page.get_by_role("button", name="Reorder").tap()
    grip = page.locator(".grip").first.bounding_box()
    end = page.locator("tr[data-id]").nth(1).bounding_box()
    assert grip is not None
    assert end is not None
    session = page.context.new_cdp_session(page)
    x, y = grip["x"] + 20, grip["y"] + 20

    def touch(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 5):
        way = (end["y"] + end["height"] - 4 - y) * step / 4
        touch("touchMove", {"x": x, "y": y + way})
    touch("touchEnd")
    expect_stored_names(opened, "two", "one", "three")
    page.get_by_role("button", name="Reorder").tap()
    page.get_by_role("row", name="three").get_by_role("button").last.tap()
    page.get_by_role("menuitem", name="Move up").tap()
    expect_stored_names(opened, "two", "three", "one")


def test_groups_and_projects(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two", "three")
    providers = ProviderFixture(alice.store, alice.mailbox)
    providers.put(providers.make("Fair"), "theirs")
    opened = browsers.open(alice)
    opened.expect_names("theirs", "one", "two", "three")
    opened.focus("one")
    opened.press("p")
    heads = opened.page.locator("tr.group")
    expect(heads).to_have_text(["Personal", "a: Fair"])
    expect(opened.page.locator("#group-button")).to_have_attribute("aria-pressed", "true")
    opened.expect_names("one", "two", "three", "theirs")
    opened.press("m")
    opened.page.get_by_role("menuitem", name="a: Fair").click()
    opened.expect_toast("“one” is in a: Fair now.")
    opened.expect_names("two", "three", "theirs", "one")
    assert opened.focused() == "one"
    opened.press("Control+z")
    opened.expect_names("one", "two", "three", "theirs")
    # By dragging onto the head of a group.
    row = opened.page.locator("tr[data-id]").filter(has_text="two").bounding_box()
    head = heads.nth(1).bounding_box()
    assert row is not None
    assert head is not None
    opened.page.mouse.move(row["x"] + 400, row["y"] + 20)
    opened.page.mouse.down()
    opened.page.mouse.move(head["x"] + 400, head["y"] + 10, steps=4)
    expect(opened.page.locator(".drop-here")).to_have_count(1)
    opened.page.mouse.up()
    opened.expect_names("one", "three", "theirs", "two")
    # In its own group alone a task has a place.
    opened.focus("three")
    opened.press("Shift+Alt+ArrowDown")
    opened.expect_status("“three” is now 2 of 2.")
    opened.page.get_by_role("button", name="Group by project").click()
    expect(heads).to_have_count(0)
    opened.go("AllTasks.aspx")
    expect(heads).to_have_count(0)


def test_in_two_tabs(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two", "three")
    first = browsers.open(alice)
    second = browsers.second_tab(first)
    first.focus("three")
    first.press("Shift+Alt+Home")
    expect_stored_names(first, "three", "one", "two")
    second.page.bring_to_front()
    second.expect_names("three", "one", "two")
    second.focus("two")
    second.press("Shift+Alt+ArrowUp")
    first.page.bring_to_front()
    expect_stored_names(first, "three", "two", "one")


def test_a_list_of_several_bodies_is_one(alice: Owner, browsers: Browsers) -> None:
    names = [f"{number:03}" for number in range(103)]
    alice.add(*names)
    opened = browsers.open(alice)
    page = opened.page
    page.evaluate("() => document.querySelector('.show-more')?.click()")
    bodies = page.locator("#list-active tbody")
    expect(bodies).to_have_count(2)
    # Above the first row of the second body: below the last one of the first.
    rows = page.locator("tr[data-id]")
    rows.filter(has_text="102").scroll_into_view_if_needed()
    start, end = (rows.filter(has_text=name).bounding_box() for name in ("102", "100"))
    assert start is not None
    assert end is not None
    # Beside the message that hints at the list's length.
    page.mouse.move(start["x"] + 590, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 590, end["y"] + 6, steps=3)
    page.mouse.up()
    names.insert(100, names.pop())
    expect_stored_names(opened, *names)
    opened.focus("100")
    opened.press("Shift+Alt+Home")
    names.insert(0, names.pop(101))
    expect_stored_names(opened, *names)
    expect(rows.last).to_have_attribute("aria-rowindex", "104")
    # In groups there is one head of each project, however many bodies it has.
    opened.press("p")
    expect(page.locator(".group")).to_have_count(1)
    expect(bodies.first).to_have_attribute("data-location", "-1")
    opened.expect_names(*names)
    assert opened.focused() == "100"

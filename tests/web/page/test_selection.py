"""Rows that are selected, by mouse, keys and finger, and what is done to all of them."""

import pytest
from playwright.sync_api import expect

from tests.support.my_tasks import Owner, stored_names
from tests.support.my_tasks_browser import PHONE, Browsers, Opened

pytestmark = pytest.mark.inferred("page.selection")


def selected(opened: Opened) -> list[str]:
    """Return the names of the rows that are selected."""
    rows = opened.page.locator('tr[aria-selected="true"] .c-name > a')
    return rows.all_text_contents()


def test_by_mouse_and_bar(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two", "three", "four", "five")
    opened = browsers.open(alice)
    page = opened.page
    row = page.get_by_role("row")
    row.filter(has_text="two").locator(".c-name").click(modifiers=["ControlOrMeta"])
    page.get_by_role("link", name="four", exact=True).click(modifiers=["Shift"])
    assert selected(opened) == ["two", "three", "four"]
    page.get_by_role("link", name="three", exact=True).click(modifiers=["ControlOrMeta"])
    assert selected(opened) == ["two", "four"]
    bar = page.get_by_role("toolbar", name="Selected tasks")
    expect(bar).to_contain_text("2 tasks selected")
    before = len(opened.requests)
    bar.get_by_role("button", name="Important").click()
    opened.settle()
    assert len([one for one in opened.requests[before:] if "PinTask" in (one.post_data or "")]) == 1
    expect(page.locator("tr[data-pinned]")).to_have_count(2)
    expect(bar).to_have_count(0)
    assert opened.focused() == "three"
    opened.press("Control+a")
    assert len(selected(opened)) == 5
    bar.get_by_role("button", name="Select nothing").click()
    assert selected(opened) == []
    assert opened.focused() == "three"


@pytest.mark.parametrize("width", [320, 1920])
def test_focus_is_never_under_the_bar(alice: Owner, browsers: Browsers, width: int) -> None:
    names = [f"task {number}" for number in range(20)]
    alice.add(*names)
    opened = browsers.open(alice, viewport={"width": width, "height": 480})
    opened.focus(names[0])
    opened.press("Space")
    bar = opened.page.get_by_role("toolbar", name="Selected tasks")
    for name in names[1:]:
        opened.press("Shift+ArrowDown")
        assert opened.focused() == name
        row = opened.page.get_by_role("link", name=name, exact=True).bounding_box()
        over = bar.bounding_box()
        assert row is not None
        assert over is not None
        assert row["y"] + row["height"] <= over["y"]


def test_by_keys(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two", "three", "four")
    opened = browsers.open(alice)
    opened.focus("two")
    opened.press("Space", "Shift+ArrowDown")
    assert selected(opened) == ["two", "three"]
    opened.expect_status("2 tasks selected")
    opened.press("Shift+ArrowDown", "Shift+ArrowUp", "Shift+ArrowUp", "Shift+ArrowUp")
    assert selected(opened) == ["one", "two"]
    opened.press("Escape")
    assert selected(opened) == []
    assert opened.focused() == "one"
    # Space on a control of the row presses that.
    opened.press("ArrowLeft", "Space")
    assert selected(opened) == []
    expect(opened.page.get_by_role("checkbox", name="Reopen “one”")).to_be_checked()
    opened.press("Space")
    expect(opened.page.get_by_role("checkbox", name="Complete “one”")).not_to_be_checked()
    opened.press("ArrowRight", "Space", "Shift+ArrowDown", "Delete")
    opened.expect_names("three", "four")
    opened.expect_toast("Deleting 2 tasks.")
    assert opened.page.get_by_role("toolbar").count() == 0
    assert opened.focused() == "three"
    opened.press("Control+z")
    opened.expect_names("one", "two", "three", "four")
    assert stored_names(alice) == ["one", "two", "three", "four"]


def test_by_finger(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two", "three")
    opened = browsers.open(alice, viewport=PHONE, has_touch=True, is_mobile=True)
    page = opened.page
    session = page.context.new_cdp_session(page)
    box = page.get_by_role("link", name="one", exact=True).bounding_box()
    assert box is not None
    point = {"x": box["x"] + 8, "y": box["y"] + 8}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(page.locator('tr[aria-selected="true"]')).to_have_count(1)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.get_by_role("link", name="three", exact=True).tap()
    assert selected(opened) == ["one", "three"]
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320
    page.get_by_role("toolbar").get_by_role("button", name="Delete").tap()
    opened.expect_names("two")
    page.get_by_role("link", name="two", exact=True).tap()
    page.wait_for_url("**/EditTask.aspx?taskId=*")

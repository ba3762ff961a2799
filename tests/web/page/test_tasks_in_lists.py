"""What can be done to a task in its list: by mouse, by keys, by finger; and how it is undone."""

import time
from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Request, expect

from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement.queries import read_tasks
from afterlook.workmanagement.results import TaskWithPinAge
from tests.support.my_tasks import Owner
from tests.support.my_tasks_browser import PHONE, Browsers

pytestmark = pytest.mark.inferred("page.tasks")

Way = Literal["mouse", "keys", "finger"]
every_way = pytest.mark.parametrize("way", ["mouse", "keys", "finger"])

GRACE = 3_100
TOAST = 10_100
SEEN_SOON = 350
SEEN_LATER = 1_050
SECONDS = 10


def stored(owner: Owner) -> dict[str, TaskWithPinAge]:
    """Return all tasks by their names."""
    with owner.store.read_session(owner.mailbox) as session:
        found = read_tasks(session, TaskQuery(), owner.store.now())
        return {task.row.name: task for task in found}


class Hands:
    """Somebody who uses a page in one way only. Its timers run when they are told to."""

    def __init__(self, browsers: Browsers, owner: Owner, way: Way, page: str = "") -> None:
        touch: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
        options: dict[str, Any] = touch if way == "finger" else {}
        self.way = way
        start = page or "AllTasks.aspx"
        self.opened = browsers.open(owner, start, is_clock_stopped=True, **options)
        self.page = self.opened.page
        self.asked = self.answered = 0
        self.page.on("request", self._ask)
        for ended in ("requestfinished", "requestfailed"):
            self.page.on(ended, self._answer)

    def _ask(self, _: Request) -> None:
        self.asked += 1

    def _answer(self, _: Request) -> None:
        self.answered += 1

    def settle(self) -> None:
        """Wait until each request has been answered, and the page has read each answer."""
        deadline = time.monotonic() + SECONDS
        while self.page.evaluate("() => underWay") or self.asked > self.answered:
            assert time.monotonic() < deadline, "a request is not answered"

    def wait(self, milliseconds: int) -> None:
        """Let time pass, and requests end."""
        self.page.clock.run_for(milliseconds)
        self.settle()

    def press(self, target: Locator) -> None:
        """Press a control, by finger or by mouse."""
        if self.way == "finger":
            target.tap()
        else:
            target.click()

    def row(self, name: str) -> Locator:
        """Return the row of a task."""
        return self.page.locator("tr[data-id]").filter(has_text=name)

    def use(self, name: str, key: str, control: str) -> None:
        """Press a key on a task, or the control of its row."""
        if self.way == "keys":
            self.opened.focus(name)
            self.opened.press(key)
        else:
            self.press(self.row(name).locator(control))

    def choose(self, name: str, key: str, item: str) -> None:
        """Press a key on a task, or choose from its menu."""
        if self.way == "keys":
            self.opened.focus(name)
            self.opened.press(key)
        else:
            self.press(self.row(name).locator(".c-more button"))
            self.press(self.page.get_by_role("menuitem", name=item))

    def undo(self) -> None:
        """Undo what was done last."""
        if self.way == "keys":
            self.opened.press("Control+z")
        else:
            self.press(self.page.locator("#toasts").get_by_role("button", name="Undo"))
        self.wait(200)


NewHands = Callable[..., Hands]


@pytest.fixture
def hands(browsers: Browsers, alice: Owner) -> NewHands:
    """Return what opens the page for a way to use it."""

    def make(way: Way, page: str = "") -> Hands:
        return Hands(browsers, alice, way, page)

    return make


@every_way
def test_complete_and_undo(alice: Owner, hands: NewHands, way: Way) -> None:
    alice.add("one", "two", "three")
    hand = hands(way)
    # Within the grace nothing has happened.
    hand.use("two", "c", "input")
    expect(hand.row("two")).to_have_attribute("data-completed", "")
    hand.use("two", "c", "input")
    expect(hand.row("two")).not_to_have_attribute("data-completed", "")
    hand.wait(GRACE)
    assert not stored(alice)["two"].row.is_completed
    # After it, two are written together.
    hand.use("one", "c", "input")
    hand.use("two", "c", "input")
    asked = hand.asked
    hand.wait(GRACE)
    hand.opened.expect_names("three")
    assert hand.asked == asked + 1
    assert {name: task.row.is_completed for name, task in stored(alice).items()} == {
        "one": True,
        "two": True,
        "three": False,
    }
    hand.opened.expect_toast("2 tasks completed.")
    hand.opened.expect_status("2 tasks completed.")
    expect(hand.page.locator("#view-total")).to_have_text("1 task")
    expect(hand.page.locator('[data-count="completed"]')).to_have_text("2")
    if way == "keys":
        assert hand.opened.focused() == "three"
    hand.undo()
    hand.opened.expect_names("one", "two", "three")
    assert not any(task.row.is_completed for task in stored(alice).values())
    assert hand.page.locator("#toasts > *").count() == 0


def test_complete_by_space_and_leave(alice: Owner, hands: NewHands) -> None:
    alice.add("one", "two")
    hand = hands("keys")
    hand.opened.focus("one")
    hand.opened.press("ArrowLeft", "Space")
    expect(hand.row("one")).to_have_attribute("data-completed", "")
    hand.opened.focus("two")
    hand.opened.press("Delete")
    hand.opened.expect_names("one")
    # What a person did is done, though the page goes before its time.
    hand.opened.go("CompletedTasks.aspx")
    # It is one request, which may come after the next page was asked for.
    hand.opened.wait_until(lambda: list(stored(alice)) == ["one"])
    assert stored(alice)["one"].row.is_completed
    hand.wait(SEEN_SOON)
    hand.opened.expect_names("one", list_="completed")
    # There it is opened again.
    hand.opened.focus("one")
    hand.opened.press("c")
    hand.wait(GRACE)
    expect(hand.page.locator(".empty")).to_contain_text("No completed tasks yet.")
    hand.opened.expect_toast("“one” is active again.")
    assert hand.opened.focused() == "main"
    assert not stored(alice)["one"].row.is_completed


def test_look_for_what_the_page_before_sent(alice: Owner, hands: NewHands) -> None:
    one, _ = alice.add("one", "two")
    hand = hands("keys")
    key = f"afterlook.sent:/personal/{alice.slug}"
    hand.page.evaluate(
        "([key, sent]) => sessionStorage.setItem(key, sent)", [key, f'[[{one},"gone"]]']
    )
    hand.opened.go("AllTasks.aspx")
    hand.wait(SEEN_SOON)
    hand.opened.expect_names("one", "two")
    alice.remove(one)
    hand.wait(SEEN_LATER)
    hand.opened.expect_names("two")
    # By then it has been seen, and nothing more is asked for; counts were, once.
    asked = hand.asked
    hand.wait(TOAST)
    assert hand.asked == asked + 1
    expect(hand.page.locator('.views [data-count="active"]')).to_have_text("1")


@every_way
def test_delete_and_undo(alice: Owner, hands: NewHands, way: Way) -> None:
    alice.add("one", "two")
    hand = hands(way)
    hand.choose("one", "Delete", "Delete")
    hand.opened.expect_names("two")
    hand.opened.expect_toast("Deleting “one”.")
    if way == "keys":
        assert hand.opened.focused() == "two"
    hand.undo()
    hand.opened.expect_names("one", "two")
    hand.wait(TOAST)
    assert len(stored(alice)) == 2
    hand.choose("one", "Delete", "Delete")
    if way == "mouse":
        hand.page.mouse.move(0, 0)
    if way == "keys":
        # A message stays while it has the focus.
        hand.opened.press("F6")
        assert hand.opened.focused() == "Undo"
        hand.wait(2 * TOAST)
        hand.opened.expect_toast("Deleting “one”.")
        hand.opened.press("F6")
        assert hand.opened.focused() == "two"
    hand.wait(TOAST)
    assert list(stored(alice)) == ["two"]
    expect(hand.page.locator("#toasts > *")).to_have_count(0)
    expect(hand.page.locator("#view-total")).to_have_text("1 task")


@every_way
def test_rename(alice: Owner, hands: NewHands, way: Way) -> None:
    alice.add("one", "two")
    hand = hands(way)
    field = hand.page.locator(".rename input")

    def edit(name: str) -> None:
        hand.choose(name, "F2", "Rename")
        expect(field).to_be_focused()

    edit("one")
    field.fill("lost")
    hand.opened.press("Escape")
    hand.opened.expect_names("one", "two")
    assert hand.opened.focused() == "one"
    edit("one")
    field.fill("x" * 256)
    hand.opened.press("Enter")
    expect(hand.page.locator(".rename .error")).to_have_text("A name has at most 255 characters.")
    field.fill(" <b>first</b> ")
    hand.opened.press("Enter")
    hand.opened.expect_names("<b>first</b>", "two")
    assert hand.opened.focused() == "<b>first</b>"
    hand.wait(100)
    assert set(stored(alice)) == {"<b>first</b>", "two"}
    hand.opened.press("Control+z")
    hand.opened.expect_names("one", "two")
    hand.wait(100)
    assert set(stored(alice)) == {"one", "two"}


@every_way
def test_due_date(alice: Owner, hands: NewHands, way: Way) -> None:
    alice.add("one", due_in=3)
    hand = hands(way)
    cell = hand.row("one").locator("time")

    def edit() -> None:
        hand.use("one", "d", ".c-due")
        expect(hand.page.get_by_role("dialog", name="Due")).to_be_visible()

    for choice, words in (("Today", "Today"), ("Tomorrow", "Tomorrow"), ("Next week", "Monday")):
        edit()
        hand.press(hand.page.get_by_role("dialog").get_by_role("button", name=choice))
        expect(cell).to_have_text(words)
        hand.wait(100)
    edit()
    hand.page.locator(".due-panel input").fill("2016-04-18")
    hand.opened.press("Enter")
    expect(cell).to_have_text("4 days late")
    expect(cell).to_have_class("late")
    if way == "keys":
        assert hand.opened.focused() == "one"
    hand.wait(100)
    edit()
    hand.opened.press("Escape")
    expect(hand.page.locator(".due-panel")).to_have_count(0)
    edit()
    hand.press(hand.page.get_by_role("dialog").get_by_role("button", name="None"))
    expect(cell).to_have_count(0)
    hand.wait(100)
    assert stored(alice)["one"].row.due is None


@every_way
def test_important_and_timeline(alice: Owner, hands: NewHands, way: Way) -> None:
    alice.add("one")
    hand = hands(way)
    star = hand.row("one").locator(".c-star button")
    hand.choose("one", "t", "Take off the timeline")
    hand.wait(100)
    assert stored(alice)["one"].attributes == ["AWIOP_RemoveFromTimeline"]
    hand.use("one", "i", ".c-star button")
    expect(star).to_have_attribute("aria-pressed", "true")
    hand.wait(100)
    # What is important is on the timeline, too.
    assert stored(alice)["one"].attributes == []
    assert stored(alice)["one"].row.pinned is not None
    hand.use("one", "i", ".c-star button")
    expect(star).to_have_attribute("aria-pressed", "false")
    hand.wait(100)
    assert stored(alice)["one"].row.pinned is None


def test_important_moves_between_lists(alice: Owner, hands: NewHands) -> None:
    alice.add("one", "two", due_in=1)
    hand = hands("keys", "Highlights.aspx")
    hand.opened.focus("two")
    hand.opened.press("i")
    hand.opened.expect_names("two", list_="important")
    hand.opened.expect_names("one", list_="upcoming")
    assert hand.opened.focused() == "two"
    hand.wait(100)
    hand.opened.press("i")
    hand.opened.expect_names("one", "two", list_="upcoming")
    expect(hand.page.locator('[data-empty="important"]')).to_be_visible()
    expect(hand.page.locator('.views [data-count="highlights"]')).to_have_text("2")


def test_move_about(alice: Owner, hands: NewHands) -> None:
    alice.add(*"abcde")
    hand = hands("keys")
    for keys, name in (
        (["j"], "b"),
        (["ArrowDown", "ArrowDown", "ArrowDown", "j"], "e"),
        (["k"], "d"),
        (["Home"], "a"),
        (["ArrowUp"], "a"),
        (["End"], "e"),
    ):
        if name == "b":
            hand.opened.focus("a")
        hand.opened.press(*keys)
        assert hand.opened.focused() == name
    hand.opened.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    expect(hand.row("e").locator(".c-more button")).to_be_focused()
    # There is one tab stop, and it is where one left.
    hand.opened.press("Tab")
    assert hand.row("e").locator(":focus").count() == 0
    hand.opened.press("Shift+Tab")
    expect(hand.row("e").locator(".c-more button")).to_be_focused()
    hand.opened.press(".", "ArrowUp")
    expect(hand.page.get_by_role("menuitem", name="Delete")).to_be_focused()
    hand.opened.press("Escape")
    expect(hand.row("e").locator(".c-more button")).to_be_focused()
    hand.opened.press("?")
    expect(hand.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    hand.opened.press("Escape")
    expect(hand.row("e").locator(".c-more button")).to_be_focused()
    hand.page.evaluate("localStorage.setItem('afterlook.shortcuts', 'off')")
    hand.opened.press("c", "?", "n")
    assert hand.page.locator("dialog, [data-completed]").count() == 0
    expect(hand.row("e").locator(".c-more button")).to_be_focused()


def test_details(alice: Owner, hands: NewHands) -> None:
    alice.add("one", due_in=1)
    hand = hands("mouse")
    hand.choose("one", "", "Details")
    panel = hand.page.get_by_role("dialog", name="Details of “one”")
    expect(panel).to_contain_text("Saturday, Apr 23, 2016 (Tomorrow)")
    hand.settle()
    hand.opened.press("Escape")
    expect(panel).to_have_count(0)
    expect(hand.row("one").locator(".c-more button")).to_be_focused()


def test_click_and_double_click_on_a_name(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two")
    opened = browsers.open(alice)
    page, field = opened.page, opened.page.locator(".rename input")
    name = page.get_by_role("link", name="one", exact=True)
    name.dblclick()
    expect(field).to_be_focused()
    field.fill("first")
    opened.press("Enter")
    opened.expect_names("first", "two")
    page.wait_for_timeout(400)
    assert page.locator("dialog").count() == 0
    page.get_by_role("link", name="two", exact=True).click()
    expect(page.get_by_role("dialog", name="Edit task")).to_be_visible()
    opened.press("Escape")
    # Where forms are pages of their own, too.
    page.set_viewport_size(PHONE)
    name = page.get_by_role("link", name="first", exact=True)
    name.dblclick()
    expect(field).to_be_focused()
    opened.press("Escape")
    name.click()
    page.wait_for_url("**/EditTask.aspx?taskId=*")


def test_names_do_not_turn_what_is_around_them(alice: Owner, browsers: Browsers) -> None:
    name = "left \u202eopen \u2069"
    alice.add(name)
    opened = browsers.open(alice)
    isolated = "“\u2068left \u202eopen \u2069”"
    box = opened.page.locator(".c-check input")
    expect(box).to_have_attribute("aria-label", f"Complete {isolated}")
    opened.page.locator("tr[data-id] .c-name a").focus()
    opened.press("i")
    expect(box).to_have_attribute("aria-label", f"Complete {isolated}")
    opened.press("Delete")
    opened.expect_toast(f"Deleting {isolated}.")
    opened.expect_status(f"Deleting {isolated}.")


def test_two_tabs(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two")
    first = browsers.open(alice)
    second = browsers.second_tab(first)
    second.focus("one")
    second.press("F2")
    second.page.keyboard.type("first")
    second.press("Enter")
    second.expect_names("first", "two")
    first.page.bring_to_front()
    first.expect_names("first", "two")
    # How many tasks the other views have is told in each.
    completed = first.page.locator('.views [data-count="completed"]')
    expect(completed).to_have_text("0")
    second.page.bring_to_front()
    second.focus("two")
    second.press("c")
    expect(second.page.locator("#toasts")).to_contain_text("completed.", timeout=10_000)
    first.page.bring_to_front()
    first.expect_names("first")
    expect(completed).to_have_text("1")


@pytest.mark.parametrize("typed", ["other", "one"])
def test_what_is_renamed_goes_meanwhile(alice: Owner, browsers: Browsers, typed: str) -> None:
    one, _ = alice.add("one", "two")
    opened = browsers.open(alice)
    opened.focus("one")
    opened.press("F2")
    opened.page.locator(".rename input").fill(typed)
    alice.remove(one)
    opened.page.evaluate(
        """(name) => new BroadcastChannel(name).postMessage("saved")""",
        f"afterlook:/personal/{alice.slug}",
    )
    opened.expect_names("two")
    opened.press("Enter")
    words = "“one” is not in this list any more."
    rest = "" if typed == "one" else " Its new name “other” is not saved."
    expect(opened.page.locator("#toasts span")).to_have_text(words + rest)
    assert opened.focused() == "main"
    assert opened.page.locator("dialog, .failure").count() == 0

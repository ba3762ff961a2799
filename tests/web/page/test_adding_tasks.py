"""The field for new tasks: names, dates at their end, many lines; the search, sorting, filters."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from afterlook.runtime.instants import TICKS_PER_DAY
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement.queries import read_tasks
from tests.support.my_tasks import Owner
from tests.support.my_tasks_browser import PHONE, Browsers, Opened

pytestmark = pytest.mark.inferred("page.tasks")


def due_days(owner: Owner) -> dict[str, int | None]:
    """Return in how many days each task is due."""
    now = owner.store.now()
    with owner.store.read_session(owner.mailbox) as session:
        rows = [task.row for task in read_tasks(session, TaskQuery(), now)]
    today = now - now % TICKS_PER_DAY
    return {
        row.name: None if row.due is None else (row.due - today) // TICKS_PER_DAY for row in rows
    }


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
def test_add(alice: Owner, browsers: Browsers, is_phone: bool) -> None:
    touch: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    opened = browsers.open(alice, **(touch if is_phone else {}))
    page, field = opened.page, opened.page.locator("#new-task")
    note, chip = page.locator("#new-task-note"), page.locator("#new-task-note .chip")

    def send() -> None:
        if is_phone:
            page.get_by_role("button", name="Add", exact=True).tap()
        else:
            opened.press("Enter")

    expect(page.locator(".empty")).to_contain_text("Nothing to do.")
    page.get_by_role("button", name="Add a task").click()
    expect(field).to_be_focused()
    page.keyboard.type("Buy <i>bulbs</i> tomorrow")
    expect(chip).to_contain_text("Due Tomorrow")
    send()
    opened.expect_names("Buy <i>bulbs</i>")
    opened.expect_status("“Buy <i>bulbs</i>” added.")
    # The field stays open for the next one.
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("Read on Monday")
    expect(chip).to_contain_text("Due Monday")
    opened.press("Escape")
    expect(chip).to_have_count(0)
    expect(field).to_have_value("Read on Monday")
    send()
    opened.expect_names("Read on Monday", "Buy <i>bulbs</i>")
    page.keyboard.type("Call Ann today")
    opened.press("Backspace")
    expect(chip).to_have_count(0)
    expect(field).to_have_value("Call Ann today")
    field.fill("")
    page.keyboard.type("Call Bob today")
    page.get_by_role("button", name="Keep the date in the name").click()
    expect(field).to_be_focused()
    send()
    opened.expect_names("Call Bob today", "Read on Monday", "Buy <i>bulbs</i>")
    # What is too long is said, and kept.
    field.fill("x" * 256)
    send()
    expect(note).to_have_text("A name has at most 255 characters.")
    expect(field).to_have_value("x" * 256)
    field.fill("   ")
    send()
    opened.press("Escape", "Escape")
    assert opened.focused() == "Call Bob today"
    opened.press("n")
    expect(field).to_be_focused()
    opened.settle()
    assert due_days(alice) == {
        "Call Bob today": None,
        "Read on Monday": None,
        "Buy <i>bulbs</i>": 1,
    }
    expect(page.locator("#view-total")).to_have_text("3 tasks")
    expect(page.locator('[data-count="recent"]')).to_have_text("3")
    page.reload()
    opened.expect_names("Call Bob today", "Read on Monday", "Buy <i>bulbs</i>")


def test_many_lines(alice: Owner, browsers: Browsers) -> None:
    opened = browsers.open(alice)
    page, field = opened.page, opened.page.locator("#new-task")

    def paste(text: str) -> None:
        page.evaluate(
            """(text) => {
              const data = new DataTransfer();
              data.setData("text", text);
              const event = new ClipboardEvent("paste",
                { clipboardData: data, cancelable: true, bubbles: true });
              document.querySelector("#new-task").dispatchEvent(event);
            }""",
            text,
        )

    paste("- one tomorrow\r\n\n* [ ] two\n3. three\n")
    expect(page.get_by_role("button", name="Add 3 tasks?")).to_be_focused()
    before = len(opened.requests)
    opened.press("Enter")
    opened.expect_names("three", "two", "one")
    assert len(opened.requests) == before + 1
    opened.expect_status("3 tasks added.")
    assert due_days(alice) == {"one": 1, "two": None, "three": None}
    expect(field).to_be_focused()
    paste("four\nfive")
    page.get_by_role("button", name="Keep as one line").click()
    expect(field).to_have_value("four five")
    paste("\n".join(f"line {number}" for number in range(201)))
    expect(page.locator("#new-task-note")).to_contain_text("These are 201 lines.")
    paste("short\n" + "x" * 256)
    expect(page.locator("#new-task-note")).to_contain_text("at most 255 characters")
    assert len(due_days(alice)) == 3


def test_important_view_adds_important_tasks(alice: Owner, browsers: Browsers) -> None:
    opened = browsers.open(alice, "Highlights.aspx")
    opened.press("n")
    opened.page.keyboard.type("Buy bulbs")
    opened.press("Enter")
    opened.expect_names("Buy bulbs", list_="important")
    expect(opened.page.locator('[data-empty="important"]')).to_be_hidden()


def test_search_sort_and_filter(alice: Owner, browsers: Browsers) -> None:
    alice.add("beta", due_in=1)
    alice.add("alpha", "gamma")
    opened = browsers.open(alice)
    page, search = opened.page, opened.page.locator("#search")
    opened.press("/")
    expect(search).to_be_focused()
    page.keyboard.type("a")
    page.keyboard.type("lph")
    opened.expect_names("alpha")
    opened.expect_status("1 task")
    assert page.url.endswith("?q=alph")
    page.keyboard.type("zz")
    expect(page.locator(".empty")).to_contain_text("No task matches “alphzz”.")
    page.get_by_role("button", name="Clear the search").click()
    opened.expect_names("alpha", "gamma", "beta")
    expect(search).to_be_focused()
    name = page.get_by_role("link", name="Name", exact=True)
    name.click()
    opened.expect_names("alpha", "beta", "gamma")
    expect(page.locator('th[data-sort="title"]')).to_have_attribute("aria-sort", "ascending")
    assert page.url.endswith("?sort=title&dir=asc")
    name.click()
    opened.expect_names("gamma", "beta", "alpha")
    name.click()
    opened.expect_names("alpha", "gamma", "beta")
    expect(page.locator("th[aria-sort]")).to_have_count(0)
    opened.focus("gamma")
    opened.press("s", "ArrowDown", "ArrowDown", "Enter")
    due = page.locator('th[data-sort="due"]')
    expect(due).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#sort-menu summary")).to_be_focused()
    opened.focus("gamma")
    opened.press("s", "ArrowUp", "ArrowUp", "ArrowUp", "Enter")
    expect(due).to_have_attribute("aria-sort", "descending")
    expect(page.locator("tr[data-id]").first).to_contain_text("beta")
    opened.focus("gamma")
    opened.press("f", "ArrowDown", "Space")
    expect(page.get_by_role("menuitemcheckbox", name="Personal")).to_be_checked()
    opened.press("Escape")
    assert opened.focused() == "gamma"
    expect(page.locator("#filter-button")).to_have_attribute("data-on", "")
    page.reload()
    expect(page.locator("#filter-button")).to_have_attribute("data-on", "")


def test_back_goes_from_search_to_search(alice: Owner, browsers: Browsers) -> None:
    alice.add("alpha", "beta", "gamma")
    opened = browsers.open(alice, "CompletedTasks.aspx")
    opened.go("AllTasks.aspx")
    page, search = opened.page, opened.page.locator("#search")
    search.press_sequentially("al", delay=300)
    opened.expect_names("alpha")
    search.press("Enter")
    search.fill("bet")
    opened.expect_names("beta")
    assert page.url.endswith("?q=bet")
    page.go_back()
    opened.expect_names("alpha")
    expect(search).to_have_value("al")
    page.go_back()
    opened.expect_names("alpha", "beta", "gamma")
    expect(search).to_have_value("")
    page.go_forward()
    opened.expect_names("alpha")
    page.go_back()
    page.go_back()
    page.wait_for_url("**/CompletedTasks.aspx")


def _expect_bodies(page: Page) -> None:
    """Expect rows in bodies of some fifty, which a browser passes over where they are not seen."""
    sizes = page.evaluate(
        "() => [...document.querySelector('table.tasks').tBodies].map((one) => one.rows.length)"
    )
    assert max(sizes) <= 100
    assert min(sizes[:-1]) >= 25
    last = page.locator("#list-active tbody").last
    expect(last).to_have_css("content-visibility", "auto")


def _written_rows(opened: Opened, name: str, *keys: str) -> set[str]:
    """Return the names of rows that anything is written on while keys are pressed on one."""
    opened.focus(name)
    opened.page.evaluate(
        """() => {
          window.written = new Set();
          const what = { attributes: true, childList: true, characterData: true, subtree: true };
          new MutationObserver((all) => {
            for (const { target } of all) {
              const row = (target.parentElement ?? target).closest("tr") ?? target.closest("tr");
              window.written.add(row?.querySelector(".c-name > a")?.textContent ?? target.tagName);
            }
          }).observe(document.querySelector("#list-active"), what);
        }"""
    )
    opened.press(*keys)
    opened.settle()
    return set(opened.page.evaluate("() => [...window.written]"))


def test_more_rows_twice_at_once(alice: Owner, browsers: Browsers) -> None:
    alice.add(*(f"task {number}" for number in range(850)))
    opened = browsers.open(alice)
    rows, more = opened.page.locator("tr[data-id]"), opened.page.locator(".show-more")
    written = rows.count()
    # As on a quick machine, which has drawn what is wanted before it hears of the second click.
    more.evaluate("(more) => { performance.now = () => 0; more.click(); }")
    expect(rows).not_to_have_count(written)
    opened.settle()
    first = rows.count()
    assert first < 450, "two slices more are not all"
    script = "(more) => { more.click(); more.click(); }"
    more.evaluate(script)
    expect(rows).to_have_count(first + 400)
    more.evaluate(script)
    expect(rows).to_have_count(850)
    expect(more).to_have_count(0)


def test_more_rows(alice: Owner, browsers: Browsers) -> None:
    alice.add(*(f"task {number}" for number in range(450)))
    opened = browsers.open(alice)
    rows, more = opened.page.locator("tr[data-id]"), opened.page.locator(".show-more")
    first = rows.count()
    assert first in (100, 200), "what the server wrote, or a slice if it was read again"
    expect(opened.page.locator("#list-active")).to_have_attribute("aria-rowcount", "451")
    more.focus()
    opened.press("Enter")
    expect(rows).not_to_have_count(first)
    for _ in range(3):
        opened.page.mouse.wheel(0, 60_000)
        opened.page.wait_for_timeout(200)
    expect(rows).to_have_count(450)
    expect(more).to_have_count(0)
    assert opened.names() == [f"task {number}" for number in range(450)]
    expect(rows.last).to_have_attribute("aria-rowindex", "451")
    _expect_bodies(opened.page)
    assert _written_rows(opened, "task 7", "i", "c", "c", "t") == {"task 7"}
    opened.focus("task 0")
    opened.press("Delete")
    expect(rows.last).to_have_attribute("aria-rowindex", "450")
    expect(rows.first).to_have_attribute("aria-rowindex", "2")
    opened.press("Control+z")
    expect(rows).to_have_count(450)
    expect(rows.last).to_have_attribute("aria-rowindex", "451")
    # A new one changes its own row alone, however many there are.
    opened.page.evaluate(
        """() => {
          window.changes = 0;
          const what = { attributes: true, childList: true, subtree: true };
          new MutationObserver((all) => { window.changes += all.length; })
            .observe(document.querySelector("#list-active"), what);
        }"""
    )
    opened.page.route("**/ProcessQuery", lambda _: None)
    opened.page.locator("#new-task").fill("new")
    opened.press("Enter")
    expect(opened.page.locator(".draft")).to_have_count(1)
    assert opened.page.evaluate("() => window.changes") <= 5
    expect(opened.page.locator("#list-active.long")).to_have_count(1)

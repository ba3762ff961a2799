"""What goes wrong, and what is said: bad values, tasks that are gone, a server that is away."""

import pytest
from playwright.sync_api import Route, expect

from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.web.texts import WRITE_ERRORS
from tests.support.my_tasks import Owner, Site
from tests.support.my_tasks_browser import Browsers, Opened

pytestmark = pytest.mark.inferred("page.failures")

QUERY = "**/_vti_bin/client.svc/ProcessQuery"


def rename(opened: Opened, name: str, new: str) -> None:
    """Rename a task by keys."""
    opened.focus(name)
    opened.press("F2")
    opened.page.keyboard.type(new)
    opened.press("Enter")


def test_a_task_that_is_gone(alice: Owner, browsers: Browsers) -> None:
    key, _ = alice.add("one", "two")
    opened = browsers.open(alice)
    alice.remove(key)
    rename(opened, "one", "first")
    failure = opened.page.locator(".failure")
    expect(failure).to_contain_text("This task no longer exists.")
    expect(opened.page.locator("#alert")).to_have_text("This task no longer exists.")
    opened.expect_names("one", "two")
    opened.page.get_by_role("button", name="Remove from the list").click()
    opened.expect_names("two")
    assert opened.focused() == "two"


def test_each_refusal_has_its_sentence(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", "two")
    opened = browsers.open(alice)
    failure = opened.page.locator(".failure")
    code = 0

    def refuse(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace('"Error":0', f'"Error":{code}')
        route.fulfill(response=answer, body=text)

    opened.page.route(QUERY, refuse)
    for code, sentence in WRITE_ERRORS.items():
        rename(opened, "one", "first")
        is_gone = code in (1, 3)
        words = "This task no longer exists." if is_gone else f"Not saved: {sentence}"
        expect(failure).to_contain_text(words)
        opened.expect_names("one", "two")
        if is_gone:
            expect(failure.get_by_role("button")).to_have_text(["Remove from the list"])
        else:
            expect(failure.get_by_role("button")).to_have_text(["Edit", "Give up"])
    # What was typed is there again.
    opened.page.get_by_role("button", name="Edit", exact=True).click()
    expect(opened.page.locator(".rename input")).to_have_value("first")
    opened.press("Escape")
    opened.focus("two")
    opened.press("c")
    expect(failure).to_contain_text("Not saved")
    opened.expect_names("one", "two")
    expect(opened.page.locator("[data-completed]")).to_have_count(0)
    opened.page.get_by_role("button", name="Give up").click()
    expect(failure).to_have_count(0)
    assert opened.focused() == "two"


def test_the_server_is_away(alice: Owner, browsers: Browsers) -> None:
    opened = browsers.open(alice, is_clock_stopped=True)
    page = opened.page
    away, tries = page.locator("#away"), 0

    def refuse(route: Route) -> None:
        nonlocal tries
        # The page reads its lists, too, by the way.
        sent = route.request.post_data or ""
        tries += "CreateTask" in sent or "RangeStartValue" in sent
        route.abort("connectionrefused")

    page.route(QUERY, refuse)
    opened.press("n")
    page.keyboard.type("Buy bulbs")
    opened.press("Enter")
    expect(away).to_contain_text("The server does not answer. What you typed is kept.")
    for seconds in (1, 2, 5):
        before = tries
        page.clock.run_for(1000 * seconds - 100)
        assert tries == before
        page.clock.run_for(200)
        page.wait_for_timeout(50)
        assert tries > before
    # Before it is sent again it is looked for: the first time it may have been taken.
    page.unroute(QUERY)
    away.get_by_role("button", name="Try again").click()
    opened.expect_names("Buy bulbs")
    expect(away).to_have_count(0)


def test_nothing_is_made_twice(alice: Owner, browsers: Browsers) -> None:
    opened = browsers.open(alice)
    page = opened.page
    lost = 0

    def lose_answer(route: Route) -> None:
        nonlocal lost
        if "CreateTask" in (route.request.post_data or "") and not lost:
            lost += 1
            route.fetch()
            route.abort("connectionreset")
        else:
            route.fallback()

    page.route(QUERY, lose_answer)
    opened.press("n")
    page.keyboard.type("Buy bulbs")
    opened.press("Enter")
    opened.expect_names("Buy bulbs")
    assert lost == 1
    page.reload()
    opened.expect_names("Buy bulbs")


def test_a_slow_server(alice: Owner, browsers: Browsers) -> None:
    alice.add("one")
    opened = browsers.open(alice, is_clock_stopped=True)
    page = opened.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(QUERY, hold)
    opened.focus("one")
    opened.press("i")
    # What was done is shown at once.
    expect(page.locator(".c-star button")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#waiting")).to_have_count(0)
    page.clock.run_for(500)
    expect(page.locator("#waiting")).to_have_count(1)
    page.clock.run_for(10_000)
    expect(page.locator("#waiting")).to_have_text("Still waiting for the server.")
    # What is asked for after that is not held any more.
    page.unroute(QUERY)
    for route in held:
        route.fallback()
    expect(page.locator("#waiting")).to_have_count(0)


def test_an_old_page(alice: Owner, browsers: Browsers, site: Site) -> None:
    alice.add("one")
    opened = browsers.open(alice)
    site.clock.instant = Instant(site.clock.instant + TICKS_PER_DAY)
    # A digest that is too old is fetched anew.
    rename(opened, "one", "first")
    opened.expect_names("first")
    expect(opened.page.locator(".failure")).to_have_count(0)
    # Where none is given, this browser has the tasks open no more.
    opened.page.context.clear_cookies()
    site.clock.instant = Instant(site.clock.instant + TICKS_PER_DAY)
    opened.press("n")
    opened.page.keyboard.type("Buy bulbs")
    opened.press("Enter")
    draft = opened.page.locator("tr.draft").filter(has_text="Buy bulbs")
    expect(draft).to_contain_text("This browser no longer has these tasks open.")
    expect(opened.page.locator("#new-task")).to_have_value("")
    draft.get_by_role("button", name="Reload").click()
    opened.page.get_by_role("button").first.click()
    expect(opened.page.locator("#new-task")).to_have_value("Buy bulbs")


def test_a_task_that_cannot_be_changed(alice: Owner, browsers: Browsers) -> None:
    alice.add("one", is_read_only=True)
    opened = browsers.open(alice)
    expect(opened.page.locator(".c-check input")).to_be_disabled()
    before = len(opened.requests)
    for key in ("c", "F2", "d", "Delete"):
        opened.focus("one")
        opened.press(key)
        opened.expect_toast("This task can only be changed where it comes from.")
        assert opened.focused() == "one"
    opened.press(".")
    expect(opened.page.get_by_role("menuitem", name="Rename")).to_have_count(0)
    expect(opened.page.get_by_role("menuitem", name="Important")).to_have_count(1)
    assert len(opened.requests) == before

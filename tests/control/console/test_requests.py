"""Requests: as they come, whole, filtered, paused, cleared; by mouse and by keyboard."""

import json
import re

import pytest
from playwright.sync_api import Route, expect

from tests.support.console import Desks, Emulator

HOSTILE = '<img src=x onerror="throw 1"></script><script>throw 2</script>'
TASKS = "/api/v2.0/me/tasks"
Headers = dict[str, str]


@pytest.fixture
def mine(emulator: Emulator) -> Headers:
    """Return the headers of a mailbox."""
    return emulator.new_mailbox()[1]


def test_what_a_client_sends_is_seen_as_it_comes(
    desks: Desks, emulator: Emulator, mine: Headers
) -> None:
    desk = desks.open()
    page = desk.page
    expect(page.locator(".empty")).to_contain_text("No requests yet")
    expect(page.locator(".empty code").first).to_have_text(emulator.url)
    emulator.client.get(TASKS, headers=mine)
    expect(desk.rows()).to_have_count(1)
    wrong = {"Subject": HOSTILE, "DueDateTime": 5}
    emulator.client.post(f"{TASKS}?{HOSTILE}", json=wrong, headers=mine)
    expect(desk.rows()).to_have_count(2)
    newest = desk.rows().first
    expect(newest).to_contain_text("400 Bad Request")
    expect(newest.locator("time")).to_have_text("12:00:00.000")
    expect(page.locator("#state-rate")).to_contain_text("requests a minute")

    newest.click()
    details = page.locator("#details article")
    headings = details.locator("h3")
    expect(headings.first).to_have_text("What differs from the contract")
    expect(headings).to_have_text(["What differs from the contract", "Request", "Response"])
    expect(details.locator("pre").first).to_contain_text(f'"Subject": {json.dumps(HOSTILE)}')
    details.locator("summary", has_text="In Microsoft Graph To Do").click()
    expect(details.locator(".successor")).to_contain_text("the default list is the one whose")
    details.locator("summary", has_text="Headers").first.click()
    expect(details.locator("table.headers").first).to_contain_text("Bearer")
    assert mine["Authorization"].split()[1] not in page.content()
    assert page.locator("img, main script, article script").count() == 0

    details.get_by_role("button", name="Keep open").click()
    desk.rows().nth(1).click()
    expect(page.locator("#details article")).to_have_count(2)
    desk.press("Escape", "Escape")
    expect(page.locator("#details")).to_be_hidden()
    assert page.url.endswith("/_emulator/")


def test_the_filter_is_the_address(desks: Desks, emulator: Emulator, mine: Headers) -> None:
    emulator.client.get(TASKS, headers=mine)
    emulator.client.get(f"{TASKS}('nothing')", headers=mine)
    desk = desks.open("?q=status:4xx")
    page = desk.page
    expect(desk.rows()).to_have_count(1)
    expect(page.get_by_label("Filter")).to_have_value("status:4xx")
    emulator.client.get(TASKS, headers=mine)
    emulator.client.get(f"{TASKS}('none')", headers=mine)
    expect(desk.rows()).to_have_count(2)
    desk.press("/")
    page.keyboard.type(" colour:red")
    options = page.locator("#completions option")
    page.get_by_label("Filter").fill("meth")
    assert [option.get_attribute("value") for option in options.all()] == ["method:"]
    page.get_by_label("Filter").fill("colour:red")
    desk.press("Enter")
    expect(page.locator("#filter-problem")).to_contain_text("there is no colour:")
    page.get_by_label("Filter").fill("method:PATCH")
    desk.press("Enter")
    expect(page.locator(".empty")).to_contain_text("No request matches")
    assert page.url.endswith("?q=method%3APATCH")
    desk.button("Show all").click()
    expect(desk.rows()).to_have_count(4)
    page.go_back()
    expect(page.get_by_label("Filter")).to_have_value("method:PATCH")


def test_every_key(desks: Desks, emulator: Emulator, mine: Headers) -> None:
    other = emulator.new_mailbox()[1]
    for number, headers in enumerate((mine, other, mine)):
        emulator.client.get(f"{TASKS}?$top={number + 1}", headers=headers)
    desk = desks.open(permissions=["clipboard-read", "clipboard-write"])
    page = desk.page
    expect(desk.rows()).to_have_count(3)
    desk.press("j", "j", "k", "k")
    focused = page.locator("tr:focus-within")
    expect(focused).to_contain_text("$top=3")
    desk.press("[")
    expect(focused).to_contain_text("$top=1")
    desk.press("]", "Enter")
    title = page.locator("#details h2")
    expect(title).to_contain_text("$top=3")
    expect(title).to_be_focused()
    desk.press("[")
    expect(title).to_contain_text("$top=1")
    desk.press("c")
    desk.expect_toast("Copied: curl")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(f"curl -X GET '{emulator.url}{TASKS}?$top=1'")
    assert '"authorization: Bearer $TOKEN"' in copied.lower().replace(
        "bearer $token", "Bearer $TOKEN"
    )
    desk.press("Escape")
    expect(focused).to_contain_text("$top=1")

    desk.press("p")
    expect(page.locator("#state-live")).to_contain_text("Paused, 0 waiting")
    emulator.client.get(TASKS, headers=mine)
    pill = page.locator(".pill")
    expect(pill).to_have_text("1 new")
    expect(page.locator("#state-live")).to_contain_text("Paused, 1 waiting")
    expect(desk.rows()).to_have_count(3)
    pill.click()
    expect(desk.rows()).to_have_count(4)
    desk.press("p", "x")
    expect(desk.rows()).to_have_count(0)
    desk.undo("Cleared 4 requests.")
    expect(desk.rows()).to_have_count(4)
    desk.press("x")
    desk.expect_toast("Cleared 4").get_by_role("button", name="Close").click()
    expect(page.locator(".empty")).to_contain_text("No requests yet")
    desk.wait_until(lambda: emulator.look("journal")["kept"] == 0)
    desk.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Earlier request")
    page.get_by_label("Letters are keys").uncheck()
    desk.press("Escape", "p")
    expect(page.locator("#state-live")).to_contain_text("Live")


def test_what_cannot_be_drawn_is_shown_raw(desks: Desks, emulator: Emulator, mine: Headers) -> None:
    emulator.client.get(TASKS, headers=mine)
    desk = desks.arrive()

    def spoil(route: Route) -> None:
        answer = route.fetch()
        found = answer.json()
        found["entries"][0]["marks"] = None
        route.fulfill(response=answer, json=found)

    desk.page.route(re.compile(r"/_emulator/api/journal\?"), spoil)
    desk.go()
    expect(desk.rows()).to_have_count(1)
    expect(desk.rows().locator(".raw")).to_contain_text('"marks":null')


def test_a_lost_connection_is_said_and_found_again(desks: Desks, emulator: Emulator) -> None:
    emulator.client.get(TASKS)
    desk = desks.arrive()
    desk.page.route("**/_emulator/api/events*", lambda route: route.abort())
    desk.page.goto(f"{emulator.url}/_emulator/")
    banner = desk.page.locator("#disconnected")
    expect(banner).to_contain_text("The server does not answer. What is shown stays")
    expect(desk.page.locator("#state-live")).to_contain_text("Not connected")
    expect(desk.rows()).to_have_count(1)
    expect(banner.get_by_role("button", name="Try again")).to_be_visible()
    emulator.client.get(TASKS)
    desk.page.unroute("**/_emulator/api/events*")
    expect(banner).to_be_hidden(timeout=15_000)
    expect(desk.rows()).to_have_count(2)


def test_of_many_requests_few_are_drawn_at_once(desks: Desks, emulator: Emulator) -> None:
    desk = desks.open()
    for _ in range(60):
        emulator.client.get("/api/v2.0/me/taskfolders")
    assert desk.rows().count() <= 60
    expect(desk.rows()).to_have_count(60)
    ids = desk.page.eval_on_selector_all("tr[data-id]", "all => all.map(one => +one.dataset.id)")
    assert ids == sorted(ids, reverse=True)

"""What axe finds on pages, details and dialogs: nothing, at any width, in light and dark."""

from itertools import cycle
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.support.axe import find_violations
from tests.support.console import Desk, Desks, Emulator

TASKS = "/api/v2.0/me/tasks"
WIDTHS = (320, 768, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture
def desk(desks: Desks, emulator: Emulator) -> Desk:
    """Return a browser on a service where something has happened."""
    name, mine = emulator.new_mailbox()
    emulator.client.post(TASKS, json={"Subject": "A long name " * 20}, headers=mine)
    emulator.client.post(TASKS, json={"Subject": "Shop", "DueDateTime": 5}, headers=mine)
    emulator.perform("fault add", preset="throttled", mailbox=name)
    emulator.client.get(f"{TASKS}?$filter={'a' * 300}", headers=mine)
    emulator.perform("snapshot save", name="before")
    return desks.open(f"mailboxes?mailbox={name}")


def test_axe_finds_nothing(desk: Desk) -> None:
    page = desk.page
    found: list[str] = []
    schemes = cycle(SCHEMES)

    def see(where: str, *widths: int) -> None:
        # Colours are those of the scheme at any width: each place is seen in both.
        for width in widths or WIDTHS:
            scheme = next(schemes)
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found.extend(f"{where} {width} {scheme}: {one}" for one in find_violations(page))

    expect(page.locator("tr[data-task]")).to_have_count(1)
    page.get_by_role("button", name="JSON").first.click()
    see("mailbox")
    for where in ("mailboxes", "clock", "faults", "snapshots", "tokens"):
        desk.go(where)
        expect(page.locator("table.data tbody tr, form.operation").first).to_be_visible()
        if where == "faults":
            page.locator("form.operation summary").click()
            desk.button("Set this fault").click()
        if where == "snapshots":
            desk.button("Restore").click()
            expect(page.locator("tr.asked")).to_be_visible()
        if where == "tokens":
            desk.button("Make a token").click()
            expect(page.locator(".copyable").first).to_be_visible()
        if where == "clock":
            page.locator(".spellings > summary").click()
        see(where)
    desk.go()
    expect(desk.rows()).to_have_count(3)
    see("requests")
    desk.rows().nth(1).click()
    expect(page.locator("#details h2")).to_be_focused()
    see("details", 320, 1440)
    desk.press("Escape", "x")
    desk.expect_toast("Cleared")
    see("empty, with a message", 320, 1440)
    desk.press("?")
    see("keys", 320)
    page.goto(f"{desk.emulator.url}/")
    see("root")
    assert not found, "\n".join(found)


def test_one_host_few_requests_and_small_files(desks: Desks, emulator: Emulator) -> None:
    desk = desks.arrive()
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.go()
    assert {url.split("/_")[0] for url in asked} == {emulator.url}
    files = [url for url in asked if "/_emulator/api/" not in url]
    assert len(files) <= 5, files

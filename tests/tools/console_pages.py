"""What the pictures of docs/console.md show: a service that has seen something, page by page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.console import NOON, Emulator

_ROOT = "/_emulator"
_TASKS = "/api/v2.0/me/tasks"


def furnish(emulator: Emulator) -> None:
    """Let there be mailboxes, requests, faults and a snapshot."""
    emulator.perform("seed", seed="demo")
    emulator.perform("clock freeze", at=NOON)
    made = emulator.perform("mailbox create", upn="alice", owner="Alice")
    alice = {"Authorization": f"Bearer {made['token']}"}
    emulator.perform("snapshot save", name="before-the-storm")
    client = emulator.client
    client.get("/api/v2.0/me/taskfolders")
    client.get(f"{_TASKS}?$orderby=DueDateTime/DateTime&$top=5")
    task = client.post(_TASKS, json={"Subject": "Buy bulbs"}, headers=alice).json()
    client.patch(f"{_TASKS}('{task['Id']}')", json={"Status": "Completed"}, headers=alice)
    batch = {"requests": [{"id": "1", "method": "GET", "url": "/me/tasks"}]}
    client.post("/api/beta/$batch", json=batch, headers=alice)
    client.get("/_api/web", headers=alice)
    client.get(f"{_TASKS}?$filter=Status eq 'NotStarted'", headers=alice)
    emulator.perform("fault add", status=429, retry_after=5, mailbox="alice", times=3)
    client.get(_TASKS, headers=alice)
    client.get(_TASKS, headers=alice)
    emulator.perform("fault add", preset="slow", path="$batch")
    wrong = {"Subject": "Plant the bulbs", "DueDateTime": "2016-04-25"}
    client.post(_TASKS, json=wrong)
    client.delete(f"{_TASKS}('{task['Id']}')")
    client.get("/mytasks")


def _see_live(page: Page) -> None:
    expect(page.locator("#state-live")).to_contain_text("Live")
    page.wait_for_load_state("load")
    page.wait_for_timeout(400)


def _open_refused(page: Page) -> None:
    _see_live(page)
    page.locator("tr[data-id]", has_text="POST").locator("a").first.click()
    expect(page.locator("#details h2")).to_be_focused()


def _make_token(page: Page) -> None:
    _see_live(page)
    page.get_by_role("button", name="Make a token").click()
    expect(page.locator("section[aria-label='The token'] code")).to_have_count(2)


def _ask_to_restore(page: Page) -> None:
    _see_live(page)
    page.get_by_role("button", name="Restore: before-the-storm").click()
    expect(page.locator("tr.asked")).to_be_visible()


PAGES: tuple[tuple[str, str, Callable[[Page], None]], ...] = (
    ("requests", f"{_ROOT}/", _see_live),
    ("request", f"{_ROOT}/?q=status:4xx", _open_refused),
    ("mailboxes", f"{_ROOT}/mailboxes", _see_live),
    ("mailbox", f"{_ROOT}/mailboxes?mailbox=demo", _see_live),
    ("clock", f"{_ROOT}/clock", _see_live),
    ("faults", f"{_ROOT}/faults", _see_live),
    ("snapshots", f"{_ROOT}/snapshots", _ask_to_restore),
    ("tokens", f"{_ROOT}/tokens", _make_token),
    ("root", "/", lambda page: page.wait_for_load_state("networkidle")),
)
"""The name of each picture, the address, and what is done there first."""

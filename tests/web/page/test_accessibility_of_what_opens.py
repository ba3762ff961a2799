"""What axe finds in the dark at 768, and in forced colours: on pages, and on all that opens."""

import pytest
from playwright.sync_api import expect

from tests.support.axe import look, look_in_forced_colours, resize
from tests.support.my_tasks import Owner, Site
from tests.support.my_tasks_browser import Browsers, Opened
from tests.support.provider_lists import ProviderFixture

pytestmark = pytest.mark.inferred("page.accessible")

WIDTH = 768
PAGES = (
    *("AllTasks.aspx", "Highlights.aspx", "CompletedTasks.aspx", "RecentlyAssigned.aspx"),
    *("EditTask.aspx", "Settings.aspx", "_layouts/15/ExchangeSyncSettings.aspx"),
    *("EditTask.aspx?taskId=99", "Nope.aspx"),
)


@pytest.fixture
def full(site: Site, alice: Owner) -> Owner:
    """Return a user with a few tasks, one of them in a project."""
    alice.add("Near", "Starred", due_in=1, pinned=site.clock.instant)
    alice.add("Late", due_in=-2)
    alice.add("Done", is_completed=True)
    providers = ProviderFixture(alice.store, alice.mailbox)
    providers.put(providers.make("Fair"), "theirs")
    return alice


class Watch:
    """Looks at a page whenever it is told to, and keeps what is wrong."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.wrong: list[str] = []
        resize(opened, WIDTH, "dark")

    def see(self, where: str) -> None:
        """Look at the page as it is."""
        self.wrong += look(self.opened, f"{where}, dark")
        self.wrong += look_in_forced_colours(self.opened, where)

    def expect_nothing(self) -> None:
        """Fail for what was wrong."""
        assert not self.wrong, "\n".join(self.wrong)


def test_pages(full: Owner, browsers: Browsers) -> None:
    opened = browsers.open(full)
    watch = Watch(opened)
    for page in PAGES:
        opened.go(page)
        watch.see(page)
    opened.page.goto(f"{opened.url}/mytasks")
    watch.see("mailboxes")
    opened.page.context.clear_cookies()
    opened.page.goto(f"{opened.url}{full.at('AllTasks.aspx')}")
    watch.see("question whose tasks")
    watch.expect_nothing()


def test_menus_and_editors(full: Owner, browsers: Browsers) -> None:
    opened = browsers.open(full)
    opened.expect_names("theirs", "Late", "Near", "Starred")
    watch = Watch(opened)
    page = opened.page

    def see_menu(where: str, *keys: str) -> None:
        opened.press(*keys)
        expect(page.get_by_role("menu")).to_be_visible()
        watch.see(where)
        opened.press("Escape")
        expect(page.get_by_role("menu")).to_have_count(0)

    opened.focus("Near")
    see_menu("menu of a row", ".")
    see_menu("projects", "m")
    see_menu("filter", "f")
    opened.press("s")
    expect(page.locator("#sort-menu ul")).to_be_visible()
    watch.see("sort")
    opened.press("Escape")
    opened.focus("Near")
    opened.press("d")
    watch.see("due")
    opened.press("Escape", "F2")
    page.keyboard.type("x" * 256)
    opened.press("Enter")
    expect(page.locator(".rename .error")).not_to_be_empty()
    watch.see("a name that is too long")
    opened.press("Escape", "Space")
    expect(page.get_by_role("toolbar")).to_be_visible()
    watch.see("selection")
    opened.press("Escape", "n")
    page.keyboard.type("Call Bob today")
    expect(page.locator(".chip")).to_be_visible()
    watch.see("chip")
    watch.expect_nothing()


def test_dialogs_and_sheets(full: Owner, browsers: Browsers) -> None:
    opened = browsers.open(full)
    opened.expect_names("theirs", "Late", "Near", "Starred")
    watch = Watch(opened)
    page = opened.page
    opened.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    watch.see("help")
    opened.press("Escape")
    page.locator("tr[data-id]").first.locator(".c-more button").click()
    page.get_by_role("menuitem", name="Details").click()
    expect(page.get_by_role("dialog", name="Details of “theirs”")).to_contain_text("Open in")
    watch.see("details")
    opened.press("Escape")
    opened.focus("Near")
    opened.press("Enter")
    expect(page.get_by_role("dialog", name="Edit task")).to_be_visible()
    watch.see("form")
    page.locator("#task-name").fill("")
    opened.press("Enter")
    expect(page.locator("#task-name-error")).not_to_be_empty()
    watch.see("form, refused")
    opened.press("Escape")
    expect(page.get_by_text("Leave without saving?")).to_be_visible()
    watch.see("question")
    watch.expect_nothing()


def test_messages(full: Owner, browsers: Browsers) -> None:
    opened = browsers.open(full)
    opened.expect_toast("1 new task.")
    watch = Watch(opened)
    page = opened.page
    watch.see("new tasks")
    opened.focus("Late")
    opened.press("i")
    opened.expect_toast("What is important stands on top")
    watch.see("hint")
    opened.press("Delete")
    opened.expect_toast("Deleting “Late”.")
    watch.see("three messages")
    opened.press("F6")
    expect(page.locator(".toast button").last).to_be_visible()
    watch.see("a message with the focus")
    while page.locator(".toast").count():
        page.locator(".toast .close").last.click()
    opened.focus("Near")
    key = page.locator("tr[data-id]").filter(has_text="Near").get_attribute("data-id")
    full.remove(int(key or 0))
    opened.press("F2")
    page.keyboard.type("gone")
    opened.press("Enter")
    expect(page.locator(".failure")).to_contain_text("This task no longer exists.")
    watch.see("not saved")
    page.route("**/_vti_bin/client.svc/ProcessQuery", lambda route: route.abort())
    opened.focus("Starred")
    opened.press("i")
    expect(page.locator("#away")).to_be_visible()
    watch.see("server away")
    watch.expect_nothing()

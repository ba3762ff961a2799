"""What axe finds on views, forms, menus and dialogs: nothing, at any width, in light and dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.axe import Scheme, look, look_in_forced_colours, resize
from tests.support.my_tasks import Owner, Site
from tests.support.my_tasks_browser import Browsers
from tests.support.provider_lists import ProviderFixture

pytestmark = pytest.mark.inferred("page.accessible")

SYNC = "_layouts/15/ExchangeSyncSettings.aspx"
VIEWS = ("AllTasks.aspx", "Highlights.aspx", "CompletedTasks.aspx", "RecentlyAssigned.aspx")
FORMS = ("EditTask.aspx", "Settings.aspx", SYNC)
WIDTHS = (320, 768, 1440)
# Dates below the names that they belong to, and words that are whole.
_BROKEN = """() => {
  const end = (row) => row.querySelector(".c-name").getBoundingClientRect().bottom;
  const begin = (row) => row.querySelector(".c-due").getBoundingClientRect().top;
  const all = [...document.querySelectorAll("tr[data-due]")];
  const rows = all.filter((row) => begin(row) < end(row) - 1);
  const lines = (one) => one.getClientRects().length;
  const words = [...document.querySelectorAll(".none, .amount")].filter((one) => {
    const range = document.createRange();
    range.selectNodeContents(one.lastChild);
    return lines(range) > 1;
  });
  return [...rows, ...words].map((one) => `broken or covered: ${one.textContent.trim()}`);
}"""


@pytest.fixture
def full(site: Site, alice: Owner) -> Owner:
    """Return a user with tasks of every kind, one of them with a long name."""
    alice.add("Late", due_in=-2)
    alice.add("Starred", due_in=0, start=site.clock.instant, pinned=site.clock.instant)
    alice.add("Near", "A name that is long " * 8, due_in=3)
    alice.add("Done", is_completed=True)
    providers = ProviderFixture(alice.store, alice.mailbox)
    providers.put(providers.make("Fair"), "theirs")
    providers.take_down(providers.make("Down", "/sites/down"))
    return alice


def settings_of() -> Iterator[tuple[int, Scheme]]:
    """Yield widths, with light and dark: both at the widest and the narrowest."""
    for width in WIDTHS:
        yield width, "light"
        if width != WIDTHS[1]:
            yield width, "dark"


@pytest.mark.parametrize("page", [*VIEWS, *FORMS])
def test_pages(page: str, full: Owner, browsers: Browsers) -> None:
    opened = browsers.open(full, page)
    wrong = []
    for width, scheme in settings_of():
        resize(opened, width, scheme)
        wrong += look(opened, f"{width} {scheme}")
    wrong += look_in_forced_colours(opened, "1440")
    # Text of twice the size, as a browser's own setting makes it.
    opened.page.evaluate("() => { document.documentElement.style.fontSize = '32px'; }")
    wrong += look(opened, "200 %")
    resize(opened, WIDTHS[0], "light")
    wrong += look(opened, "200 % at 320")
    wrong += opened.page.evaluate(_BROKEN)
    assert not wrong, "\n".join(wrong)
    hosts = {request.url.split("/")[2] for request in opened.requests}
    assert hosts == {opened.url.split("/")[2]}


def test_empty_views(alice: Owner, browsers: Browsers) -> None:
    opened = browsers.open(alice)
    wrong = []
    for view in VIEWS:
        opened.go(view)
        for width in (WIDTHS[0], WIDTHS[2]):
            resize(opened, width, "light")
            wrong += look(opened, f"{view} {width}")
    opened.go("AllTasks.aspx?q=nothing")
    wrong += look(opened, "search")
    assert not wrong, "\n".join(wrong)


def test_what_opens(full: Owner, browsers: Browsers) -> None:
    opened = browsers.open(full)
    page = opened.page
    opened.expect_names("theirs", "Near", "A name that is long " * 8, "Starred", "Late")
    wrong = []

    def see(where: str) -> None:
        looks: tuple[tuple[int, Scheme], ...] = ((320, "light"), (1440, "dark"))
        for width, scheme in looks:
            resize(opened, width, scheme)
            wrong.extend(look(opened, f"{where} {width} {scheme}"))
        resize(opened, 1440, "light")

    opened.focus("Near")
    opened.press(".")
    expect(page.get_by_role("menu")).to_be_visible()
    see("menu")
    opened.press("Escape", "d")
    see("due")
    opened.press("Escape", "F2")
    see("rename")
    opened.press("Escape", "Space")
    expect(page.get_by_role("toolbar")).to_be_visible()
    see("selection")
    opened.press("Escape", "?")
    see("help")
    opened.press("Escape", "p")
    expect(page.locator("tr.group")).to_have_count(2)
    see("groups")
    opened.press("f")
    see("filter")
    opened.press("Escape", "Enter")
    expect(page.get_by_role("dialog", name="Edit task")).to_be_visible()
    see("edit")
    page.locator("#task-name").fill("")
    opened.press("Enter")
    see("refused")
    opened.press("Escape")
    expect(page.get_by_text("Leave without saving?")).to_be_visible()
    see("question")
    page.get_by_role("button", name="Leave").click()
    page.route("**/ProcessQuery", lambda _: None)
    page.locator("#new-task").fill("New tomorrow")
    opened.press("Enter")
    expect(page.locator(".draft")).to_be_visible()
    see("new")
    assert not wrong, "\n".join(wrong)

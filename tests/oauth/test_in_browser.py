"""Signing in as a person does: in Chromium, by a click, at any width, in light and dark."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.support.browser import NewContext, browser, new_context
from tests.support.node import read_module
from tests.support.sign_in import told
from tests.support.wire import live

_BACK = re.compile(r"/nativeclient[?#]")

__all__ = ["browser", "new_context"]

_AXE = """async () => {
  const { violations } = await axe.run(document, {});
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server that verifies tokens."""
    scratch = tmp_path_factory.mktemp("site")
    database = f"sqlite:///{scratch / 'afterlook.db'}"
    with live(database, "sqlite", scratch, "--auth", "signed") as wire:
        yield wire.url


def sign_in(page: Page, site: str, **parameters: str) -> None:
    """Open the page of a sign-in."""
    asked = {
        "client_id": "an-app",
        "response_type": "code",
        "redirect_uri": f"{site}/common/oauth2/nativeclient",
        **parameters,
    }
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    page.goto(f"{site}/common/oauth2/v2.0/authorize?{query}")


def check(page: Page) -> None:
    """Hold a page to what axe knows, and to its width."""
    page.evaluate(read_module("axe-core/axe.min.js"))
    assert page.evaluate(_AXE) == []
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0


@pytest.mark.inferred("oauth.page")
def test_pages(new_context: NewContext, site: str) -> None:
    page = new_context(viewport={"width": 320, "height": 700}).new_page()
    sign_in(page, site)
    check(page)
    page.set_viewport_size({"width": 1440, "height": 700})
    page.emulate_media(color_scheme="dark")
    check(page)
    page.goto(f"{site}/common/oauth2/deviceauth?user_code=BCDFGHJKL")
    page.get_by_role("button", name="Next").click()
    page.get_by_text("No device waits").wait_for()
    check(page)
    sign_in(page, site, redirect_uri="javascript:x")
    page.get_by_text("You cannot sign in this way").wait_for()
    check(page)


@pytest.mark.inferred("oauth.page")
def test_one_click(new_context: NewContext, site: str) -> None:
    """A listed user by a click, another by the keyboard; a form posts itself."""
    page = new_context().new_page()
    for mode in ("query", "fragment"):
        sign_in(page, site, response_mode=mode, state="kept")
        page.get_by_role("button", name="Demo User").click()
        page.wait_for_url(_BACK)
        assert told(page.url)["state"] == "kept"
    sign_in(page, site)
    page.get_by_label("Another name").fill("gil@contoso.example")
    page.keyboard.press("Enter")
    page.wait_for_url(_BACK)
    assert told(page.url)["code"]
    page.route(
        re.compile(r"/nativeclient\Z"), lambda route: route.fulfill(body="taken", status=200)
    )
    sign_in(page, site, response_mode="form_post")
    with page.expect_request(re.compile(r"/nativeclient\Z")) as sent:
        page.get_by_role("button", name="Demo User").click()
    assert sent.value.method == "POST"
    assert (sent.value.post_data or "").startswith("code=0.")


@pytest.mark.inferred("oauth.my-tasks")
def test_my_tasks(new_context: NewContext, site: str) -> None:
    """The page's own scripts call with what the sign-in left behind: a task is added, and stays."""
    page = new_context().new_page()
    page.goto(f"{site}/personal/hal/AllTasks.aspx")
    page.get_by_label("Another name").fill("hal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/personal/hal/AllTasks.aspx")
    box = page.get_by_placeholder("Add a task").first
    box.fill("From a browser")
    # The page reads its lists as well, and a reload ends what is under way.
    with page.expect_response(lambda it: "CreateTask" in (it.request.post_data or "")) as answered:
        box.press("Enter")
    assert answered.value.status == 200
    page.reload()
    page.get_by_text("From a browser").first.wait_for()

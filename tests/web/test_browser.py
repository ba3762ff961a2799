"""The browser of the tests: it runs what is served here, and asks nobody else."""

from playwright.sync_api import Page, Route

from tests.support.browser import NewContext


def _answer(route: Route) -> None:
    route.fulfill(body="<p>a</p><script>document.title = 'ran'</script>", content_type="text/html")


def test_a_page_runs_its_script(page: Page) -> None:
    page.route("http://localhost/", _answer)
    page.goto("http://localhost/")
    assert page.title() == "ran"


def test_two_people_have_cookies_of_their_own(new_context: NewContext) -> None:
    first, second = new_context(), new_context()
    first.add_cookies([{"name": "a", "value": "1", "url": "http://localhost/"}])
    assert second.cookies() == []

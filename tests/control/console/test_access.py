"""What browsers may do with the console, who may call what it calls, and the page at the root."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from afterlook.control.console.rendering import FILES
from afterlook.control.console.sections import SECTIONS
from afterlook.control.operations import OPERATIONS
from tests.support import wire as wires
from tests.support.browser import NewContext
from tests.support.console import Desks, serve_emulator
from tests.support.wire import Wire

ADMIN = "let me in"
HTML = {"Accept": "text/html,*/*;q=0.8"}
ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return a service in this process."""
    scratch = tmp_path_factory.mktemp("service")
    with wires.in_process(f"sqlite:///{scratch / 'a.db'}", "sqlite") as running:
        yield running


@pytest.mark.parametrize("path", [section.path for section in SECTIONS] + ["/"])
def test_a_page_is_fenced_in(service: Wire, path: str) -> None:
    answer = service.client.get(path, headers=HTML)
    assert answer.status_code == 200
    headers = answer.headers
    policy = headers["content-security-policy"]
    nonce = policy.partition("script-src 'nonce-")[2].partition("'")[0]
    assert len(nonce) >= 32
    for part in ("default-src 'none'", "frame-ancestors 'none'", "trusted-types 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    text = answer.text
    data = text.count('type="application/json"')
    assert text.count("<script") == text.count(f'nonce="{nonce}"') + data
    assert " style=" not in text
    assert " onclick=" not in text
    assert nonce not in service.client.get(path, headers=HTML).text


def test_a_page_holds_no_data_and_acts_on_nothing(service: Wire) -> None:
    service.client.get("/api/v2.0/me/tasks?secret", headers={"Authorization": "Bearer mine"})
    for section in SECTIONS:
        assert "secret" not in service.client.get(section.path).text
        assert service.client.post(section.path).status_code == 405
    assert service.client.get("/_emulator").headers["location"] == "/_emulator/"
    for path in ("journal", "events", "clock/show"):
        answer = service.client.get(f"/_emulator/api/{path}", headers=ELSEWHERE)
        assert answer.status_code == 403


def test_a_page_can_be_read_without_scripts(service: Wire) -> None:
    text = service.client.get("/_emulator/faults").text
    assert "The console needs scripts" in text
    assert "afterlook fault add" in text
    assert "curl http://localhost/_emulator/api/fault/list" in text


@pytest.mark.inferred("error.root")
def test_the_root_says_what_is_where(service: Wire) -> None:
    plain = service.client.get("/", headers={"Accept": "*/*"})
    assert plain.headers["content-type"] == "text/plain; charset=utf-8"
    assert plain.headers["vary"] == "Accept"
    assert "\n  curl http://localhost/api/v2.0/me/tasks\n" in plain.text
    for path in ("/_api/web", "/_vti_bin/client.svc/ProcessQuery", "/mytasks", "/_emulator/"):
        assert f"http://localhost{path}\n" in plain.text
    html = service.client.get("/", headers=HTML)
    assert 'data-copy="curl http://localhost/api/v2.0/me/tasks"' in html.text
    assert service.client.head("/").status_code == 200


@pytest.mark.parametrize(
    ("flags", "said", "unsaid"),
    [
        ({"control": "off"}, "--control on", "/_emulator/"),
        ({"auth": "any"}, "Authorization: Bearer alice", "--control on"),
        ({"auth": "signed"}, "Bearer $(afterlook token --user alice --url http", "--control on"),
        ({"auth": "signed", "control": "off"}, "Bearer $TOKEN", "/_emulator/"),
    ],
)
def test_the_root_knows_the_settings(
    tmp_path: Path, flags: dict[str, str], said: str, unsaid: str
) -> None:
    with wires.in_process(f"sqlite:///{tmp_path / 'a.db'}", "sqlite", None, **flags) as running:
        text = (
            running.client.get("/", headers=HTML).text.replace("&#39;", "'").replace("&#34;", '"')
        )
        assert said in text
        assert unsaid not in text.replace(FILES.url("console.css"), "").replace(
            FILES.url("console/main.js"), ""
        )
        is_off = flags.get("control") == "off"
        assert (running.client.get("/_emulator/").status_code == 404) == is_off


def test_the_admin_token_is_asked_for_once(tmp_path: Path, new_context: NewContext) -> None:
    database = f"sqlite:///{tmp_path / 'a.db'}"
    headers = {"Authorization": f"Bearer {ADMIN}"}
    with serve_emulator(database, admin_token=ADMIN) as emulator:
        emulator.client.headers.update(headers)
        desks = Desks(emulator, new_context)
        desk = desks.arrive()
        desk.page.goto(f"{emulator.url}/_emulator/clock")
        asked = desk.page.get_by_role("dialog", name="Admin token")
        asked.get_by_label("Token", exact=True).fill("wrong")
        desk.press("Enter")
        expect(asked).to_contain_text("AFTERLOOK_ADMIN_TOKEN")
        asked.get_by_label("Token", exact=True).fill(ADMIN)
        desk.press("Enter")
        expect(asked).to_have_count(0)
        expect(desk.page.locator("#state-live")).to_contain_text("Live")
        desk.go("faults")
        desk.page.route(
            "**/_emulator/api/fault/add",
            lambda route: route.fulfill(
                status=403,
                json={"error": {"code": "AccessRefused", "message": "no page may do it"}},
            ),
        )
        desk.button("throttled").click()
        desk.expect_toast("No page may do it.")
        assert desk.complaints == []
        desk.page.context.close()


def test_each_operation_is_told_of_on_one_page() -> None:
    told = [noun for section in SECTIONS for noun in section.nouns]
    assert sorted(told) == sorted({operation.noun for operation in OPERATIONS})


def test_files_are_small() -> None:
    assert FILES.sizes("console.css")[1] <= 6_000
    assert FILES.sizes("console/main.js")[1] <= 25_000

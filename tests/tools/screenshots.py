"""The pictures of docs/my-tasks.md and docs/console.md: each page at three widths, side by side.

    python -m tests.tools.screenshots DIRECTORY [--only console]

Light and dark, below DIRECTORY in a folder for each. The clock stands still, and the mailbox is the
demo's: the same pages make the same pictures.
"""

import argparse
import base64
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from afterlook.seeds import files as seeds
from tests.support.browser import FLAGS, find_chromium
from tests.support.console import serve_emulator
from tests.support.my_tasks_browser import serve_site
from tests.tools import console_pages

Scheme = Literal["light", "dark"]

VIEWS = {
    "active": "AllTasks.aspx",
    "important-and-upcoming": "Highlights.aspx",
    "completed": "CompletedTasks.aspx",
    "recently-added": "RecentlyAssigned.aspx",
    "edit": "EditTask.aspx?taskId=10",
    "new": "EditTask.aspx",
    "settings": "Settings.aspx",
    "sync-to-outlook": "_layouts/15/ExchangeSyncSettings.aspx",
}
SIZES = ((1440, 900), (768, 900), (320, 900))
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

_GAP = 24
_GROUND = {"light": "#c9cfcc", "dark": "#000000"}


def take_my_tasks(browser: Browser, url: str) -> Iterator[tuple[str, bytes]]:
    """Yield each picture by its name."""
    for scheme in SCHEMES:
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{url}/mytasks")
        page.get_by_role("button").first.click()
        page.wait_for_url("**/personal/**")
        web = page.url.rpartition("/")[0]
        # What a refresh brings is to be there in each of them.
        page.wait_for_timeout(8000)
        for name, address in {"whose-tasks": "/mytasks", **VIEWS}.items():
            target = f"{url}{address}" if address.startswith("/") else f"{web}/{address}"
            yield f"{name}-{scheme}", _lay_side_by_side(context, _shoot(page, target), scheme)
        context.close()


def take_console(browser: Browser, url: str) -> Iterator[tuple[str, bytes]]:
    """Yield each picture of the console by its name."""
    for scheme in SCHEMES:
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        for name, address, prepare in console_pages.PAGES:
            shots = []
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(f"{url}{address}")
                prepare(page)
                shots.append(page.screenshot(animations="disabled"))
            yield f"{name}-{scheme}", _lay_side_by_side(context, shots, scheme)
        context.close()


def _shoot(page: Page, url: str) -> list[bytes]:
    shots = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(url)
        page.wait_for_load_state("networkidle")
        shots.append(page.screenshot(animations="disabled"))
    return shots


def _lay_side_by_side(context: BrowserContext, shots: list[bytes], scheme: str) -> bytes:
    sheet = context.new_page()
    width = sum(width for width, _ in SIZES) + _GAP * (len(SIZES) + 1)
    height = max(height for _, height in SIZES) + 2 * _GAP
    sheet.set_viewport_size({"width": width, "height": height})
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(shot).decode()}">' for shot in shots
    )
    style = f"margin:0;padding:{_GAP}px;display:flex;gap:{_GAP}px;background:{_GROUND[scheme]}"
    sheet.set_content(f'<body style="{style}">{images}</body>')
    picture = sheet.screenshot()
    sheet.close()
    return picture


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--only", choices=("my-tasks", "console"))
    given = parser.parse_args()
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        if given.only != "console":
            with serve_site(f"sqlite:///{scratch}/my-tasks.db") as (site, url):
                seeds.load(site.store, seeds.read("demo"))
                _write(given.directory / "my-tasks", take_my_tasks(browser, url))
        if given.only != "my-tasks":
            with serve_emulator(f"sqlite:///{scratch}/console.db") as emulator:
                console_pages.furnish(emulator)
                _write(given.directory / "console", take_console(browser, emulator.url))
        browser.close()


def _write(directory: Path, pictures: Iterator[tuple[str, bytes]]) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures:
        (directory / f"{name}.png").write_bytes(picture)
        print(f"{directory.name}/{name}.png  {len(picture):,} bytes")


if __name__ == "__main__":
    main()

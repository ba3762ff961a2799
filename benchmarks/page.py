"""The My Tasks page in Chromium: how soon it is painted, and how soon after what a user does.

Owns what is done there, and the budgets. Where there is no Chromium nothing is measured. The
server and the browser share the machine, as they do on a developer's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from afterlook.mailbox.identities import DEMO
from benchmarks import page_actions, servers
from benchmarks.load import LoadError
from benchmarks.page_actions import Times
from benchmarks.servers import Server
from benchmarks.workmanagement import Draft, WorkManagementFixture
from tests.support.browser import FLAGS, locate_chromium

ROWS = 100
SIZES = (1_000, 5_000)

THROTTLED = 4
"""How many times slower a processor may be, by Chromium's throttle."""

TARGET_PAINT = {1: 300, THROTTLED: 800}
TARGET_ACTION = {1_000: 50, 5_000: 100}
TARGET_READ = {5_000: 175}
"""Budgets in milliseconds, by throttle and by tasks."""

_TIMES = 5
_READS = 10
_SCRIPT = Path(__file__).with_name("page.js")
_FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


class Reading(NamedTuple):
    """What ReadTasks costs with what a row needs of each task, and its answer's length."""

    tasks: int
    times: Times
    bytes: int


class Actions(NamedTuple):
    """Milliseconds by action on a list of so many tasks, all of which have rows.

    The others are the tasks of the main thread that took over 50 ms: while the page began, while
    all rows were drawn, and in the actions.
    """

    tasks: int
    times: Mapping[str, Times]
    at_start: Sequence[float]
    in_drawing: Sequence[float]
    in_actions: Sequence[float]


@dataclass(frozen=True)
class PageTimes:
    """First paints in milliseconds by throttle, actions by size, and readings by size."""

    paints: Mapping[int, Times]
    actions: Sequence[Actions]
    readings: Sequence[Reading]


def measure(folder: Path) -> PageTimes | None:
    """Measure in a Chromium, if there is one."""
    path = locate_chromium()
    if path is None:
        return None
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        browser = stack.enter_context(closing(launched))
        with _run_server(folder, ROWS) as server:
            paints = {
                throttle: _time_paints(browser, server, throttle) for throttle in TARGET_PAINT
            }
            readings = [_time_reading(browser, server, ROWS)]
        actions = []
        for size in SIZES:
            with _run_server(folder, size) as server:
                readings.append(_time_reading(browser, server, size))
                actions.append(_time_actions(browser, server, size))
    return PageTimes(paints, actions, readings)


@contextmanager
def _run_server(folder: Path, count: int) -> Iterator[Server]:
    """Run a server whose demo user has so many tasks."""
    data = folder / f"page-{count}"
    data.mkdir()
    with closing(WorkManagementFixture(data / servers.FILE, DEMO)) as fixture:
        fixture.put([_draft(number) for number in range(count)])
    with servers.afterlook("--data", str(data)) as server:
        yield server


def _draft(number: int) -> Draft:
    word = page_actions.FOUND if number % 10 == 0 else "dinner"
    return Draft(f"Shop for {word} no. {number}", None, None, None, is_done=False, list=None)


@contextmanager
def _open_page(browser: Browser, server: Server, throttle: int = 1) -> Iterator[Page]:
    """Yield a page of a new browser that has chosen the demo user's tasks, and not opened them."""
    origin = f"http://127.0.0.1:{server.port}"
    with closing(browser.new_context(base_url=origin)) as context:
        context.add_init_script(path=_SCRIPT)
        form: dict[str, str | float | bool] = {"mailbox": "demo"}
        chosen = context.request.post("/mytasks", form=form, headers={"Origin": origin})
        if not chosen.ok:
            raise LoadError(f"/mytasks answered {chosen.status}")
        page = context.new_page()
        if throttle > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        yield page


def _open(page: Page) -> None:
    page.goto("/personal/demo/AllTasks.aspx")
    page.wait_for_load_state("networkidle")


def _time_paints(browser: Browser, server: Server, throttle: int) -> Times:
    """Time the first paint of a page that the browser has nothing of."""
    times = []
    for _ in range(_TIMES):
        with _open_page(browser, server, throttle) as page:
            _open(page)
            times.append(float(page.evaluate(_FIRST_PAINT)))
    return Times.of(times)


def _time_reading(browser: Browser, server: Server, count: int) -> Reading:
    """Time the request for all tasks, with what a row needs of each."""
    with _open_page(browser, server) as page:
        _open(page)
        with page.expect_request("**/ProcessQuery") as asked:
            page.evaluate("() => readTasks()")
        headers = asked.value.all_headers()
        body = asked.value.post_data_buffer or b""
    # What is of the connection is the next one's own.
    headers = {name: headers[name] for name in ("content-type", "cookie", "x-requestdigest")}
    times, length = [], 0
    for _ in range(_READS):
        began = time.perf_counter()
        answer = server.ask("POST", urlsplit(asked.value.url).path, body, headers)
        times.append((time.perf_counter() - began) * 1000)
        length = len(answer.body)
        if answer.body.count(b'"PinAge"') != count:
            raise LoadError(f"of {count} tasks came {answer.body[:300]!r}")
    return Reading(count, Times.of(times), length)


def _time_actions(browser: Browser, server: Server, count: int) -> Actions:
    """Time what a user does, with a row for each task."""
    with _open_page(browser, server) as page:
        _open(page)
        at_start = page_actions.take_long_tasks(page)
        page.evaluate("() => drawAll()")
        in_drawing = page_actions.take_long_tasks(page)
        if page.locator("tr[data-id]").count() != count:
            raise LoadError(f"of {count} tasks not all have rows")
        times = {
            name: Times.of([act(page, number) for number in range(_TIMES)])
            for name, act in page_actions.ACTIONS.items()
        }
        in_actions = page_actions.take_long_tasks(page)
    return Actions(count, times, at_start, in_drawing, in_actions)

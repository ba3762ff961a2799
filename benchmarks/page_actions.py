"""What a user does on the My Tasks page, and how long until it is seen.

Owns each action, what is then to be seen, and that the page is at rest before the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from types import MappingProxyType
from typing import NamedTuple

from playwright.sync_api import Page

FOUND = "zucchini"
"""The word of a tenth of all tasks."""

_IDLE_MILLISECONDS = 300
_FIRST_NAME = "(document.querySelector('tr[data-id] .c-name a')?.textContent ?? '')"
"""To look at all of thousands in each frame would take longer than what is measured."""


class Times(NamedTuple):
    """Milliseconds of some: the least, which others disturbed least, the median, the longest."""

    least: float
    median: float
    longest: float

    @classmethod
    def of(cls, times: Sequence[float]) -> Times:
        """Sum times up."""
        return cls(min(times), median(times), max(times))


Act = Callable[[Page, int], float]
"""Does something on a page for the n-th time, from 0; returns the milliseconds."""


def take_long_tasks(page: Page) -> list[float]:
    """Return the tasks of the main thread that took over 50 ms since this was last asked."""
    page.wait_for_timeout(_IDLE_MILLISECONDS)
    return [float(one) for one in page.evaluate("() => longTasks.splice(0)")]


def _time(page: Page, event: str, is_shown: str, act: Callable[[], None]) -> float:
    """Return the milliseconds from what `act` does to the paint in which JavaScript `is_shown`."""
    page.evaluate(f"() => {{ window.measured = measure('{event}', () => {is_shown}); }}")
    act()
    milliseconds = float(page.evaluate("() => window.measured"))
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(_IDLE_MILLISECONDS)
    return milliseconds


def _click_on(page: Page, selector: str) -> Callable[[], None]:
    """Return what clicks there: the input alone.

    Playwright's own looks for its target by a script, which takes long among thousands of rows.
    """
    x, y = page.evaluate(f"() => placeOf({selector!r})")
    page.mouse.move(x, y)
    page.wait_for_timeout(_IDLE_MILLISECONDS)
    return lambda: page.mouse.click(x, y)


def _focus(page: Page, selector: str, text: str = "") -> None:
    page.evaluate(f"() => document.querySelector({selector!r}).focus()")
    if text:
        page.keyboard.insert_text(text)


def _row(number: int) -> str:
    return f"#list-active tbody tr:nth-child({number + 1})"


def _complete(page: Page, number: int) -> float:
    row = f"#{page.evaluate(f'() => document.querySelector({_row(number)!r}).id')}"
    shown = f"document.querySelector('{row}').hasAttribute('data-completed')"
    taken = _time(page, "click", shown, _click_on(page, f"{row} .c-check input"))
    # After three seconds it is written, and leaves the list.
    page.wait_for_function(f"() => !document.querySelector('{row}')")
    page.wait_for_load_state("networkidle")
    return taken


def _star(page: Page, number: int) -> float:
    button = f"{_row(number)} .c-star button"
    shown = f"document.querySelector('{button}').ariaPressed === 'true'"
    return _time(page, "click", shown, _click_on(page, button))


def _rename(page: Page, number: int) -> float:
    name = f"Renamed {number}"
    _focus(page, f"{_row(number)} .c-name a")
    page.keyboard.press("F2")
    page.keyboard.insert_text(name)
    shown = f"document.querySelector('{_row(number)} .c-name a').textContent === '{name}'"
    return _time(page, "keydown", shown, lambda: page.keyboard.press("Enter"))


def _add(page: Page, number: int) -> float:
    _focus(page, "#new-task", f"Added {number}")
    shown = "document.querySelector('#new-task').value === ''"
    return _time(page, "keydown", shown, lambda: page.keyboard.press("Enter"))


def _see_added(page: Page, number: int) -> float:
    name = f"Seen {number}"
    _focus(page, "#new-task", name)
    # In the row that stands there until the server has answered, which is no link yet.
    shown = f"document.querySelector('#list-active tbody .c-name').textContent.includes('{name}')"
    return _time(page, "keydown", shown, lambda: page.keyboard.press("Enter"))


def _type_search(page: Page, _: int) -> float:
    _focus(page, "#search")
    shown = "document.querySelector('#search').value !== ''"
    taken = _time(page, "keydown", shown, lambda: page.keyboard.press("x"))
    _clear_search(page)
    return taken


def _see_found(page: Page, _: int) -> float:
    _focus(page, "#search")
    shown = f"{_FIRST_NAME}.includes('{FOUND}')"
    taken = _time(page, "input", shown, lambda: page.keyboard.insert_text(FOUND))
    _clear_search(page)
    return taken


def _clear_search(page: Page) -> None:
    page.wait_for_timeout(_IDLE_MILLISECONDS)
    _focus(page, "#search")
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => {_FIRST_NAME} && !{_FIRST_NAME}.includes('{FOUND}')")
    page.wait_for_timeout(_IDLE_MILLISECONDS)


ACTIONS: Mapping[str, Act] = MappingProxyType(
    {
        "complete": _complete,
        "star": _star,
        "rename": _rename,
        "quick add: the field is free": _add,
        "quick add: the row is there": _see_added,
        "search: the letter is there": _type_search,
        "search: what is found is there": _see_found,
    }
)

WITH_SERVER = frozenset({"quick add: the row is there", "search: what is found is there"})
"""Actions that wait for an answer, the search for a pause of 250 ms in typing as well."""

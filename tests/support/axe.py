"""What axe finds wrong with a page that is open."""

from typing import Any, Literal

from playwright.sync_api import Page

from tests.support.my_tasks_browser import Opened
from tests.support.node import read_module

Scheme = Literal["light", "dark"]

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async ([tags, leftOut]) => {
  const rules = Object.fromEntries(leftOut.map((rule) => [rule, { enabled: false }]));
  const runOnly = { type: "tag", values: tags };
  const { violations } = await axe.run(document, { runOnly, rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join(" | ")}`);
}"""


def find_violations(page: Page, *left_out: str) -> list[str]:
    """Return what is wrong with a page as it is now, by all rules but those `left_out`."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(read_module("axe-core/axe.min.js"))
    found: list[Any] = page.evaluate(_RUN, [_TAGS, left_out])
    wide = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    return [*found, *([] if wide[0] <= wide[1] else [f"scrolls sideways: {wide}"])]


def look(opened: Opened, where: str, *left_out: str) -> list[str]:
    """Return what is wrong with a page of My Tasks, and where."""
    return [f"{where}: {one}" for one in find_violations(opened.page, *left_out)]


def look_in_forced_colours(opened: Opened, where: str) -> list[str]:
    """Return what is wrong in the few colours that a user has chosen.

    Axe takes colours from the style, which are not those that are seen then.
    """
    opened.page.emulate_media(forced_colors="active")
    found = look(opened, f"{where}, forced colours", "color-contrast")
    opened.page.emulate_media(forced_colors="none")
    return found


def resize(opened: Opened, width: int, scheme: Scheme) -> None:
    """Make the window as wide, and light or dark."""
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

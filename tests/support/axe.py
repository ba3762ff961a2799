"""What axe finds wrong with a page as it is now, and whether it scrolls sideways."""

from typing import Any

from playwright.sync_api import Page

from tests.support.node import read_module

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async ([tags, leftOut]) => {
  const rules = Object.fromEntries(leftOut.map((rule) => [rule, { enabled: false }]));
  const runOnly = { type: "tag", values: tags };
  const { violations } = await axe.run(document, { runOnly, rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join(" | ")}`);
}"""


def find_violations(page: Page, *left_out: str) -> list[str]:
    """Return what is wrong, by all rules but those `left_out`."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(read_module("axe-core/axe.min.js"))
    found: list[Any] = page.evaluate(_RUN, [_TAGS, left_out])
    wide = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    return [*found, *([] if wide[0] <= wide[1] else [f"scrolls sideways: {wide}"])]

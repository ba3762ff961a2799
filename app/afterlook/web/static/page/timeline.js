// The timeline: arrows go from bar to bar in the order of time, and its table stays as it was left.

import { find } from "../../../assets/scripts/dom.js";
//
// The server lays it out, and is asked for it anew.
import { preference, setPreference } from "./data.js";

const TABLE = "timeline-table";

/** @typedef {HTMLElement & SVGElement} Bar */

/**
 * Let the bars be one stop of the Tab key, and remember whether their table is shown.
 * @param {ParentNode} root
 */
export function startTimeline(root = document) {
  const timeline = root.querySelector("#timeline");
  if (timeline) rove(timeline);
  const table = root.querySelector("#timeline-table");
  if (table instanceof HTMLDetailsElement) remember(table);
}

/** Show what the server makes of it now. @param {Document} page */
export function drawTimeline(page) {
  const fresh = find("section.timeline", page);
  const old = find("section.timeline");
  if (!fresh || !old) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const bar = focused?.getAttribute("data-id");
  const drawn = document.importNode(fresh, true);
  old.replaceWith(drawn);
  startTimeline(drawn);
  if (!focused) return;
  const same = find(bar ? `#timeline a[data-id="${bar}"]` : "summary", drawn);
  (same ?? find("#timeline a, summary", drawn) ?? find("#main"))?.focus();
}

/** @param {Element} timeline */
function rove(timeline) {
  const bars = /** @type {Bar[]} */ ([...timeline.querySelectorAll("a[data-id]")]);
  let stop = bars[0];
  for (const bar of bars) bar.setAttribute("tabindex", bar === stop ? "0" : "-1");
  timeline.addEventListener("focusin", (event) => {
    const bar = bars.find((one) => one === event.target);
    if (!bar || bar === stop) return;
    stop?.setAttribute("tabindex", "-1");
    bar.setAttribute("tabindex", "0");
    stop = bar;
  });
  timeline.addEventListener("keydown", (event) => {
    const key = /** @type {KeyboardEvent} */ (event);
    if (key.ctrlKey || key.metaKey || key.altKey || key.shiftKey) return;
    const next = barAfter(key.key, bars.indexOf(stop), bars.length - 1);
    if (next === null) return;
    key.preventDefault();
    bars[next].focus();
  });
}

/**
 * @param {string} key
 * @param {number} now
 * @param {number} last
 */
function barAfter(key, now, last) {
  switch (key) {
    case "ArrowLeft":
      return Math.max(now - 1, 0);
    case "ArrowRight":
      return Math.min(now + 1, last);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** @param {HTMLDetailsElement} table */
function remember(table) {
  table.open = preference(TABLE) === "open";
  table.addEventListener("toggle", () => setPreference(TABLE, table.open ? "open" : null));
}

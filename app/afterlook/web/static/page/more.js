// More rows at the end of a list: when it comes near, or by a button, a slice at a time.

import { button, findChild } from "../../../assets/scripts/dom.js";
import { data, text } from "./data.js";
import { drawWanted, SLICE } from "./draw.js";
import { reload } from "./list.js";
import { lists } from "./lists.js";

/** @typedef {import("./lists.js").List} List */

const NEAR = "600px";

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) showMore(/** @type {HTMLElement} */ (target).dataset.key ?? "");
  },
  { rootMargin: NEAR },
);

/** A button, as long as there is more. @param {List} list */
export function drawMore({ section, key, total, drawn }) {
  const known = findChild(".show-more", section);
  if (known) watcher.unobserve(known);
  if (Math.min(total, data.maxTasks) <= drawn) {
    known?.remove();
    return;
  }
  findChild(".pages", section)?.remove();
  const attributes = { class: "show-more", "data-key": key };
  const more = known ?? button(text("loading_more"), () => showMore(key), attributes);
  if (!known) section.append(more);
  watcher.observe(more);
}

/** @param {string} key */
async function showMore(key) {
  const list = lists.get(key);
  if (!list) return;
  if (!list.order) {
    await reload();
    return;
  }
  list.wanted = Math.min(list.wanted + SLICE, list.total, data.maxTasks);
  await drawWanted(list);
}

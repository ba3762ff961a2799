// Sorting, searching and filtering: what lists show, which the address tells as well.

import { find, findAll, make } from "../../../assets/scripts/dom.js";
import { announce } from "./announce.js";
import { countTasks, data, text } from "./data.js";
import { reload } from "./list.js";
import { lists, wish } from "./lists.js";

/** What each is sorted by at first: whether downwards. @type {Record<string, boolean>} */
const AT_FIRST = { title: false, due: false, added: true, modified: true };

/** The address that shows the same. @param {boolean} isStep whether Back leads to what was before */
function keepAddress(isStep) {
  const query = new URLSearchParams();
  if (wish.search) query.set("q", wish.search);
  if (wish.sort) {
    query.set("sort", wish.sort);
    query.set("dir", wish.descending ? "desc" : "asc");
  }
  const text = query.toString();
  const address = `${location.pathname}${text ? `?${text}` : ""}`;
  if (isStep) history.pushState(history.state, "", address);
  else history.replaceState(history.state, "", address);
}

/** Show what the address says, to which Back led. @param {() => void} changed told if that is something else */
export function followAddress(changed) {
  addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search);
    const [search = "", sort = ""] = [query.get("q"), query.get("sort")].map((one) => one ?? "");
    const descending = query.get("dir") === "desc";
    if (search === wish.search && sort === wish.sort && descending === wish.descending) return;
    Object.assign(wish, { search, sort, descending });
    drawOrder();
    changed();
    void showLists();
  });
}

/** Show what is wanted now. @param {boolean} [isStep] */
export function showWish(isStep = false) {
  keepAddress(isStep);
  return showLists();
}

/** Read lists as they are wanted now, and say how many tasks there are. */
async function showLists() {
  await reload(true);
  const count = [...lists.values()].reduce((sum, list) => sum + list.total, 0);
  announce(count ? countTasks(count) : (find(".empty:not([hidden])")?.textContent ?? ""));
}

/** The next order after one was chosen: the other way round, and then one's own. @param {string} key */
function turn(key) {
  const atFirst = AT_FIRST[key] ?? false;
  if (key === "own" || (wish.sort === key && wish.descending !== atFirst)) wish.sort = "";
  else if (wish.sort === key) wish.descending = !atFirst;
  else Object.assign(wish, { sort: key, descending: atFirst });
  if (!wish.sort) wish.descending = false;
}

function drawOrder() {
  const direction = wish.descending ? "descending" : "ascending";
  for (const head of findAll("th[data-sort]")) {
    if (head.dataset.sort === wish.sort) head.setAttribute("aria-sort", direction);
    else head.removeAttribute("aria-sort");
  }
  for (const link of findAll("#sort-menu a[data-sort]")) {
    const key = link.dataset.sort ?? "";
    const isCurrent = key === (wish.sort || "own");
    if (isCurrent) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    find(".muted", link)?.remove();
    if (isCurrent && wish.sort)
      link.append(" ", make("span", { class: "muted", text: text(direction) }));
  }
}

/** @param {MouseEvent} event */
function chooseOrder(event) {
  const target = /** @type {Element} */ (event.target);
  const link = /** @type {HTMLElement | null} */ (target.closest("a[data-sort], th[data-sort] a"));
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  turn(link.dataset.sort ?? link.closest("th")?.dataset.sort ?? "own");
  drawOrder();
  closeSortMenu();
  showWish();
}

function closeSortMenu() {
  const menu = /** @type {HTMLDetailsElement | null} */ (find("#sort-menu"));
  if (!menu?.open) return;
  const hadFocus = menu.contains(document.activeElement);
  menu.open = false;
  if (hadFocus) find("summary", menu)?.focus();
}

/** Open the menu of orders. */
export function openSortMenu() {
  const menu = /** @type {HTMLDetailsElement | null} */ (find("#sort-menu"));
  if (!menu) return;
  menu.open = true;
  find("a", menu)?.focus();
}

export function startSorting() {
  const menu = find("#sort-menu");
  if (!menu || !data.wish) return;
  document.addEventListener("click", (event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) closeSortMenu();
  });
  find("#main")?.addEventListener("click", chooseOrder);
  menu.addEventListener("keydown", (event) => {
    const links = findAll("a", menu);
    const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    if (event.key === "Escape") closeSortMenu();
    else if (way) links[(at + way + links.length) % links.length]?.focus();
    else return;
    event.preventDefault();
  });
}

// Drawing a list: its rows in its order, its counts, and its words where it has none.

import { button, find, findAll, findChild, make } from "../../../assets/scripts/dom.js";
import { setCount } from "./counts.js";
import { data, text } from "./data.js";
import { keepStop, planFocus } from "./grid.js";
import { isEmpty, isGrouped, wish } from "./lists.js";
import { drawMore } from "./more.js";
import { makeRow, rows } from "./row.js";
import { bodyOf, dropEmptyBodies } from "./row_groups.js";
import { tasks, tell } from "./store.js";

/** @typedef {import("./lists.js").List} List */

export const SLICE = 200;

/** Draw a list: as many rows as it had, and at least a slice. @param {List} list */
export function draw(list) {
  const order = list.order ?? [];
  list.total = order.length;
  const shown = order.slice(0, Math.min(Math.max(list.drawn, SLICE), data.maxTasks));
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const goOn = dropRows(list, new Set(shown));
  list.drawn = 0;
  drawRows(list, shown);
  dropEmptyBodies(list.table);
  finish(list);
  if (!focused?.isConnected) goOn();
  else if (focused !== document.activeElement) focused.focus();
}

/**
 * Take the rows out that are not wanted; returns what moves the focus, if it was in one.
 * @param {List} list
 * @param {Set<number>} wanted
 */
function dropRows(list, wanted) {
  let goOn = () => {};
  for (const row of /** @type {HTMLTableRowElement[]} */ (findAll("tr[data-id]", list.table))) {
    const id = Number(row.dataset.id);
    if (wanted.has(id)) continue;
    if (row.contains(document.activeElement)) goOn = planFocus(row);
    // It may be in another list of this view by now.
    if (rows.get(id) === row) rows.delete(id);
    row.remove();
  }
  return goOn;
}

/** Draw more rows at the end of those that are drawn. @param {List} list @param {number[]} ids */
export function drawRows(list, ids) {
  const { table } = list;
  const isInGroups = isGrouped(list);
  /** @type {Element | null} */
  let last = list.drawn ? find("tbody:last-of-type tr[data-id]:last-child", table) : null;
  for (const id of ids) {
    const task = tasks.get(id);
    if (!task) continue;
    const body = bodyOf(table, isInGroups ? task.location : null, last?.parentElement ?? null);
    const row = rows.get(id) ?? makeRow(task, table);
    const before = last?.parentElement === body ? last : aboveRows(body);
    const next = before ? before.nextElementSibling : body.firstElementChild;
    if (next !== row) body.insertBefore(row, next);
    row.setAttribute("aria-rowindex", `${++list.drawn + 1}`);
    last = row;
  }
}

/** What stands above the tasks of a body: its head, and rows that are no tasks yet. @param {HTMLElement} body */
function aboveRows(body) {
  let last = null;
  for (let one = body.firstElementChild; one && !one.matches("[data-id]"); ) {
    last = one;
    one = one.nextElementSibling;
  }
  return last;
}

/** What follows from a list's rows. @param {List} list */
export function finish(list) {
  const { section, table, total, key } = list;
  table.hidden = isEmpty(list);
  table.classList.toggle("long", list.drawn > SLICE);
  table.setAttribute("aria-rowcount", `${total + 1}`);
  setCount(list);
  keepStop(table);
  drawEmpty(list);
  drawMore(list);
  const words = text("too_many", { count: data.maxTasks });
  const notice = findChild(".too-many", section);
  if (total <= data.maxTasks) notice?.remove();
  else if (!notice) table.before(make("p", { class: "notice too-many", text: words }));
  tell("drawn", { list: key });
}

/** @param {List} list */
function drawEmpty(list) {
  const { section, key } = list;
  const empty = findChild(".empty", section);
  if (!empty) return;
  empty.hidden = !isEmpty(list);
  if (empty.hidden) return;
  const days = data.settings.DaysATaskIsConsideredNewTask ?? 0;
  const link = (/** @type {string} */ label, /** @type {() => void} */ run) => [
    " ",
    button(text(label), run, { class: "link" }),
  ];
  /** @type {(string | Node)[]} */
  let words = [text(`empty_${key}`)];
  if (wish.search) {
    const clear = link("clear_search", () => tell("search", { words: "" }));
    words = [text("empty_search", { query: wish.search }), ...clear];
  } else if (data.persisted.FilteredLocationIds.length) {
    words = [text("empty_filter"), ...link("clear_filter", () => tell("filter", { ids: [] }))];
  } else if (key === "recent" && days > 0) {
    words = [text("empty_recent_days", { days })];
  } else if (key === "active") {
    words.push(...link("empty_active_link", () => find("#new-task")?.focus()));
  }
  empty.replaceChildren(...words);
}

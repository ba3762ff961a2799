// Drawing a list: its rows in its order, its counts, and its words where it has none.

import { button, find, findChild, make } from "../../../assets/scripts/dom.js";
import { setCount } from "./counts.js";
import { data, text } from "./data.js";
import { keepStop, planFocus } from "./grid.js";
import { isEmpty, isGrouped, wish } from "./lists.js";
import { drawMore } from "./more.js";
import { makeRow, rowOf, rows } from "./row.js";
import { bodyOf, dropEmptyBodies, passOver, putOnTop, RowPlacer } from "./row_groups.js";
import { inSlices, whenIdle } from "./slices.js";
import { tasks, tell } from "./store.js";

/** @typedef {import("./lists.js").List} List */

export const SLICE = 200;

/** With more rows than the server writes, a browser passes over those that are out of sight. */
const MANY_ROWS = 100;

/** Rows that are drawn between two looks at the time. */
const FEW = 10;

/**
 * Draw a list: as many rows as it had, more if it had all, and at least a slice.
 * @param {List} list
 * @param {boolean} [isAnew] whether it begins at its first rows, and goes to the focus at most
 */
export function draw(list, isAnew = false) {
  const order = list.order ?? [];
  const had = list.drawn < list.total ? list.drawn : list.drawn + SLICE;
  list.total = order.length;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const least = isAnew ? order.indexOf(Number(rowOf(focused)?.dataset.id)) + 1 : had;
  list.wanted = Math.min(Math.max(least, SLICE), order.length, data.maxTasks);
  const shown = order.slice(0, list.wanted);
  const goOn = dropRows(list, new Set(shown));
  list.drawn = 0;
  drawRows(list, shown);
  dropEmptyBodies(list.table);
  finish(list);
  if (!focused?.isConnected) goOn();
  else if (focused !== document.activeElement) focused.focus({ preventScroll: true });
}

/**
 * Take the rows out that are not wanted; returns what moves the focus, if it was in one.
 * @param {List} list
 * @param {Set<number>} wanted
 */
function dropRows(list, wanted) {
  let goOn = () => {};
  for (const body of [...list.table.tBodies]) {
    const gone = Array.from(body.rows).filter(
      ({ dataset }) => dataset.id && !wanted.has(Number(dataset.id)),
    );
    const focused = gone.find((row) => row.contains(document.activeElement));
    if (focused) goOn = planFocus(focused);
    for (const row of gone) forgetRow(row);
    // To take out a body is quicker than its rows one by one.
    if (gone.length === body.rows.length) body.remove();
    else for (const row of gone) row.remove();
  }
  return goOn;
}

/**
 * Take the last rows of a long list out, a body at a time; those with the focus stay, and what is
 * before them. The list is as if they had not been drawn yet.
 * @param {List} list
 */
export async function shorten(list) {
  await inSlices(() => {
    const last = list.table.tBodies[list.table.tBodies.length - 1];
    const count = last?.querySelectorAll("tr[data-id]").length ?? 0;
    const isKept = !last || list.drawn - count < SLICE || last.contains(document.activeElement);
    if (isKept || list.isDrawing) return false;
    for (const row of last.rows) if (row.dataset.id) forgetRow(row);
    last.remove();
    list.drawn -= count;
    return true;
  });
  list.wanted = Math.min(list.wanted, list.drawn);
}

/** @param {HTMLTableRowElement} row */
function forgetRow(row) {
  const id = Number(row.dataset.id);
  // It may be in another list of this view by now.
  if (rows.get(id) === row) rows.delete(id);
}

/** Draw more rows at the end of those that are drawn. @param {List} list @param {number[]} ids */
function drawRows(list, ids) {
  const { table } = list;
  const isInGroups = isGrouped(list);
  const placer = new RowPlacer(table, list.drawn > 0);
  for (const id of ids) {
    const task = tasks.get(id);
    if (!task) continue;
    const row = rows.get(id) ?? makeRow(task, table);
    placer.put(row, isInGroups ? task.location : null);
    numberRow(row, ++list.drawn);
  }
}

/** Draw as many rows as are wanted by now, a few at a time. @param {List} list */
export async function drawWanted(list) {
  if (list.isDrawing) return;
  list.isDrawing = true;
  passOver(list.table, list.wanted > MANY_ROWS);
  await inSlices(() => {
    const { order, drawn, wanted } = list;
    const ids = order?.slice(drawn, Math.min(drawn + FEW, wanted)) ?? [];
    drawRows(list, ids);
    // A task that is unknown has no row. Nobody looks at `wanted` after the last of them: who raises
    // it then, be it in the same task, begins a drawing of its own.
    list.isDrawing = list.drawn > drawn && list.drawn < wanted;
    return list.isDrawing;
  });
  finish(list);
}

/** Draw rows of new tasks above all others. @param {List} list not in groups @param {number[]} ids */
export function drawOnTop(list, ids) {
  const body = bodyOf(list.table, null);
  for (const id of [...ids].reverse()) {
    const task = tasks.get(id);
    if (!task) continue;
    putOnTop(body, rows.get(id) ?? makeRow(task, list.table));
    list.drawn++;
    list.wanted++;
  }
  numberSoon(list);
  finish(list);
}

/** @param {HTMLTableRowElement} row @param {number} place from 1, below the head */
function numberRow(row, place) {
  const index = `${place + 1}`;
  if (row.getAttribute("aria-rowindex") !== index) row.setAttribute("aria-rowindex", index);
}

/** @type {Set<List>} lists of which rows came or went */
const unnumbered = new Set();

/** Let rows say anew which of all they are, once nobody waits. @param {List} list */
export function numberSoon(list) {
  if (!unnumbered.size) whenIdle(() => void numberLists());
  unnumbered.add(list);
}

async function numberLists() {
  for (const list of unnumbered) {
    unnumbered.delete(list);
    const bodies = [...list.table.tBodies];
    let place = 0;
    await inSlices(() => {
      const found = bodies.shift()?.rows ?? [];
      for (const row of found) if (row.dataset.id) numberRow(row, ++place);
      // If more came or went meanwhile, it begins anew.
      return bodies.length > 0 && !unnumbered.has(list);
    });
  }
}

/** What follows from a list's rows. @param {List} list */
export function finish(list) {
  const { section, table, total, key } = list;
  table.hidden = isEmpty(list);
  passOver(table, list.drawn > MANY_ROWS);
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

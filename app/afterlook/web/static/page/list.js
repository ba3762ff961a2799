// Reading lists again, and letting their rows follow what is known of the tasks.

import { find, findAll } from "../../../assets/scripts/dom.js";
import { addToCounts } from "./counts.js";
import { data } from "./data.js";
import { draw, finish, numberSoon, shorten } from "./draw.js";
import { planFocus, watchGrid } from "./grid.js";
import { held, isGrouped, listOf, lists, wish } from "./lists.js";
import { drawMore } from "./more.js";
import { readLists } from "./reads.js";
import { adoptRow, drawRow, rows } from "./row.js";
import { dropEmptyBodies } from "./row_groups.js";
import { on, tasks } from "./store.js";

/** Take over what the server wrote. */
export function adoptLists() {
  for (const { key, total, start } of data.lists) {
    const section = find(`section[data-list="${key}"]`);
    const table = /** @type {HTMLTableElement | null} */ (section && find("table.tasks", section));
    if (!section || !table) continue;
    const found = /** @type {HTMLTableRowElement[]} */ (findAll("tr[data-id]", table));
    found.forEach(adoptRow);
    const drawn = found.length;
    const list = { key, section, table, total, order: null, drawn, wanted: drawn };
    lists.set(key, list);
    watchGrid(table);
    if (start === 0) drawMore(list);
  }
  on("change", ({ task, before }) => {
    addToCounts(before, task);
    const row = rows.get(task.id);
    if (row) drawRow(row, task);
  });
  on("reload", () => reload());
}

let latest = 0;
let isAnew = false;

/**
 * Read all lists again. Nothing happens if something newer is asked for meanwhile.
 * @param {boolean} [isOther] whether they will be others, and so begin at their first rows
 */
export async function reload(isOther = false) {
  const turn = ++latest;
  isAnew ||= isOther;
  const shown = [...lists.values()];
  const keys = shown.map((list) => list.key);
  const answers = await readLists(keys, wish, shown.some(isGrouped));
  if (isAnew) for (const list of shown) await shorten(list);
  if (turn !== latest) return;
  for (const [place, found] of answers.entries()) {
    const list = shown[place];
    if (!list) continue;
    list.order = [];
    for (const task of found) {
      const values = held.get(task.id);
      if (values === "gone") continue;
      list.order.push(task.id);
      know({ ...task, ...values });
    }
  }
  for (const list of shown) draw(list, isAnew);
  isAnew = false;
}

/** Note what was read of a task, and write its row anew if that is something else. @param {Task} task */
export function know(task) {
  const before = tasks.get(task.id);
  tasks.set(task.id, task);
  const row = rows.get(task.id);
  if (row && !isSame(before, task)) drawRow(row, task);
}

/** @param {any} one @param {Task} other */
function isSame(one, other) {
  return one && Object.entries(other).every(([name, value]) => one[name] === value);
}

/** Take tasks out of their lists; the focus goes to a row that stays. @param {number[]} ids */
export function removeRows(ids) {
  const gone = new Set(ids);
  for (const list of lists.values()) {
    const drawn = ids.filter((id) => listOf(id) === list);
    // Of a long list most tasks have no row yet.
    const kept = list.order?.filter((id) => !gone.has(id)) ?? null;
    const count = list.order && kept ? list.order.length - kept.length : drawn.length;
    if (!count) continue;
    for (const id of drawn) removeRow(id);
    list.order = kept;
    list.total -= count;
    list.drawn -= drawn.length;
    list.wanted -= drawn.length;
    numberSoon(list);
    dropEmptyBodies(list.table);
    finish(list);
  }
}

/** @param {number} id */
function removeRow(id) {
  const row = rows.get(id);
  if (!row) return;
  const go = planFocus(row);
  row.remove();
  rows.delete(id);
  go();
}

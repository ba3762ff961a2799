// The user's own order: moved by dragging, by keys, by the menu; shown at once, then written.
import { addActions } from "./actions.js";
import { announce } from "./announce.js";
import { text } from "./data.js";
import { startDragging } from "./drag.js";
import { draw } from "./draw.js";
import { showFailure } from "./failures.js";
import { focusRow } from "./grid.js";
import { moveToProject } from "./groups.js";
import { reload } from "./list.js";
import { isGrouped, listOf, lists, wish } from "./lists.js";
import { moveBelow, placeAfterStep, TOP } from "./places.js";
import { rows, taskOf } from "./row.js";
import { on, tasks } from "./store.js";
import { keepUndo } from "./undo.js";
import { act } from "./writes.js";

/** @typedef {import("./lists.js").List} List */
/** @typedef {import("./places.js").Step} Step */

const OWN_ORDER = ["active", "important"];

/** A move depends on those before it, though they were of other tasks: it waits as if for a task. */
const ALL_MOVES = 0;

/** @param {List | null | undefined} list */
export function isInOwnOrder(list) {
  return list != null && OWN_ORDER.includes(list.key) && !wish.sort;
}

/** The tasks among which one has its place: those of its list, or of its project there. @param {number} id */
function neighbours(id) {
  const list = listOf(id);
  const all = list ? orderOf(list) : [];
  if (!list || !isGrouped(list)) return all;
  const location = tasks.get(id)?.location;
  return all.filter((one) => tasks.get(one)?.location === location);
}

/** @param {List} list @returns {number[]} */
export function orderOf(list) {
  return list.order ?? [...list.table.querySelectorAll("tr[data-id]")].map(idOf);
}

/** @param {Element} row */
function idOf(row) {
  return Number(/** @type {HTMLElement} */ (row).dataset.id);
}

/** Move a task by a step. @param {Task} task @param {Step} step */
async function stepTask({ id }, step) {
  const list = listOf(id);
  if (!list || !isInOwnOrder(list)) return;
  // What comes after the rows that are drawn is known once the list was read.
  if (!list.order && list.total > list.drawn) await reload();
  const after = placeAfterStep(neighbours(id), id, step);
  if (after === null) sayPlace(id);
  else await moveTask(id, after);
}

/**
 * Move a task below another of its list.
 * @param {number} id
 * @param {number} after
 * @param {boolean} [isUndo]
 */
export async function moveTask(id, after, isUndo = false) {
  const list = listOf(id);
  if (!list) return;
  const ids = neighbours(id);
  const before = ids[ids.indexOf(id) - 1] ?? TOP;
  if (before === after) return;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  list.order = moveBelow(orderOf(list), id, after);
  showMoved(list, id, after);
  if (focused?.isConnected) focused.focus();
  sayPlace(id);
  try {
    await act([ALL_MOVES, id], (session) => {
      session.reorderTask(id, after);
      return () => true;
    });
    if (!isUndo) keepUndo(() => moveTask(id, before, true));
  } catch (error) {
    await reload();
    showFailure(id, error);
  }
}

/**
 * Put one row into its new place.
 * @param {List} list
 * @param {number} id
 * @param {number} after
 */
function showMoved(list, id, after) {
  const row = rows.get(id);
  const above = after === TOP ? row?.parentElement?.querySelector(".group") : rows.get(after);
  if (!row || (after !== TOP && !above)) {
    draw(list);
    return;
  }
  if (above) above.after(row);
  else row.parentElement?.prepend(row);
  for (const [place, one] of [...list.table.querySelectorAll("tr[data-id]")].entries()) {
    one.setAttribute("aria-rowindex", `${place + 2}`);
  }
  row.scrollIntoView({ block: "nearest" });
}

/** @param {number} id */
function sayPlace(id) {
  const ids = neighbours(id);
  const { name = "" } = tasks.get(id) ?? {};
  announce(text("moved", { name, place: ids.indexOf(id) + 1, count: ids.length }));
}

/** @param {HTMLTableElement} table */
function letDrag(table) {
  startDragging(table, {
    canDrag: (row) => isInOwnOrder(listOf(idOf(row))),
    allows: (row, group) => group === row.parentElement || canLeave(taskOf(row)),
    drop(row, { group, index }) {
      const id = idOf(row);
      if (group !== row.parentElement) {
        const task = tasks.get(id);
        if (task) void moveToProject([task], Number(group.dataset.location));
        return;
      }
      const others = [...group.querySelectorAll("tr[data-id]")].filter((one) => one !== row);
      const above = others[index - 1];
      void moveTask(id, above ? idOf(above) : TOP);
      focusRow(row);
    },
  });
}

/** Only tasks of the user's own can go to another project. @param {Task | undefined} task */
function canLeave(task) {
  return task?.isPersonal === true;
}

/** @param {Step} step @param {string} key @param {number} order @param {string} symbol */
function makeStep(step, key, order, symbol) {
  return {
    name: `move_${step}`,
    order,
    words: () => text(`move_${step}`),
    symbol,
    keys: [`Shift+Alt+${key}`],
    can: (/** @type {Task} */ task) => isInOwnOrder(listOf(task.id)),
    run: (/** @type {Task[]} */ [task]) => {
      if (task) void stepTask(task, step);
    },
  };
}

export function startOrder() {
  addActions(
    makeStep("up", "ArrowUp", 80, "arrow-up"),
    makeStep("down", "ArrowDown", 81, "arrow-down"),
    makeStep("top", "Home", 82, "top"),
    makeStep("bottom", "End", 83, "bottom"),
  );
  for (const { table } of lists.values()) letDrag(table);
  markOwnOrder();
  on("drawn", markOwnOrder);
}

/** Rows that can be dragged look so. */
function markOwnOrder() {
  for (const list of lists.values()) {
    if (isInOwnOrder(list)) list.table.dataset.order = "own";
    else delete list.table.dataset.order;
  }
}

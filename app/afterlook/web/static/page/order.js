// The user's own order: moved by dragging, by keys, by the menu; shown at once, then written.
import { addActions } from "./actions.js";
import { announce } from "./announce.js";
import { countTasks, text } from "./data.js";
import { startDragging } from "./drag.js";
import { draw, numberSoon } from "./draw.js";
import { showFailure } from "./failures.js";
import { focusRow, rowBefore } from "./grid.js";
import { moveToProject } from "./groups.js";
import { reload } from "./list.js";
import { isGrouped, listOf, lists, wish } from "./lists.js";
import { moveBelow, placeAfterStep, TOP } from "./places.js";
import { rows, taskOf } from "./row.js";
import { dropEmptyBodies, firstBodyOf, isOwnGroup, putOnTop } from "./row_groups.js";
import { selectedTasks } from "./selection.js";
import { on, tasks } from "./store.js";
import { keepUndo } from "./undo.js";
import { act, MAX_AT_ONCE } from "./writes.js";

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

/** All that moves with a task: those that are selected, if it is one of them. @param {number} id */
function together(id) {
  const ids = new Set(selectedTasks().map((task) => task.id));
  return ids.has(id) ? neighbours(id).filter((one) => ids.has(one)) : [id];
}

/** Move a task by a step, and all that moves with it. @param {Task} task @param {Step} step */
async function stepTask({ id }, step) {
  const list = listOf(id);
  if (!list || !isInOwnOrder(list)) return;
  // What comes after the rows that are drawn is known once the list was read.
  if (!list.order && list.total > list.drawn) await reload();
  const ids = together(id);
  const after = placeAfterStep(neighbours(id), ids, step);
  if (after === null) sayPlace(ids);
  else await moveTasks(ids, after);
}

/**
 * Move tasks below another of their list, one after another.
 * @param {number[]} ids
 * @param {number} after
 */
export function moveTasks(ids, after) {
  return applyMoves(ids.map((id, place) => [id, ids[place - 1] ?? after]));
}

/** @typedef {[id: number, after: number]} Move */

/** @param {Move[]} moves @param {boolean} [isUndo] */
async function applyMoves(moves, isUndo = false) {
  const ids = moves.map(([id]) => id);
  const [first = 0] = ids;
  const list = listOf(first);
  if (!list) return;
  const all = new Set(ids);
  const before = neighbours(first);
  const back = before.flatMap((id, place) =>
    all.has(id) ? [/** @type {Move} */ ([id, before[place - 1] ?? TOP])] : [],
  );
  if (moves.join() === back.join()) return;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  let order = orderOf(list);
  for (const [id, after] of moves) order = moveBelow(order, [id], after);
  list.order = order;
  showMoved(list, moves);
  if (focused?.isConnected) focused.focus();
  sayPlace(ids);
  try {
    await sendMoves(moves);
    if (!isUndo) keepUndo(() => applyMoves(back, true));
  } catch (error) {
    await reload();
    showFailure(first, error);
  }
}

/** @param {Move[]} moves */
async function sendMoves(moves) {
  for (let begin = 0; begin < moves.length; begin += MAX_AT_ONCE) {
    const these = moves.slice(begin, begin + MAX_AT_ONCE);
    await act([ALL_MOVES, ...these.map(([id]) => id)], (session) => {
      for (const [id, after] of these) session.reorderTask(id, after);
      return () => true;
    });
  }
}

/**
 * Put rows into their new places.
 * @param {List} list
 * @param {Move[]} moves
 */
function showMoved(list, moves) {
  for (const [id, after] of moves) {
    const row = rows.get(id);
    const above = rows.get(after);
    if (!row || (after !== TOP && !above)) {
      draw(list);
      return;
    }
    if (above) above.after(row);
    else putOnTop(firstBodyOf(row), row);
  }
  dropEmptyBodies(list.table);
  numberSoon(list);
  rows.get(moves[0]?.[0] ?? 0)?.scrollIntoView({ block: "nearest" });
}

/** @param {number[]} moved */
function sayPlace(moved) {
  const [first = 0] = moved;
  const ids = neighbours(first);
  const { name = "" } = tasks.get(first) ?? {};
  const place = ids.indexOf(first) + 1;
  const where = { place, last: place + moved.length - 1, count: ids.length };
  const many = { tasks: countTasks(moved.length), ...where };
  announce(moved.length === 1 ? text("moved", { name, ...where }) : text("moved_many", many));
}

/** @param {HTMLTableElement} table */
function letDrag(table) {
  startDragging(table, {
    canDrag: (row) => isInOwnOrder(listOf(idOf(row))),
    allows: (row, group) => isOwnGroup(row, group) || canLeave(taskOf(row)),
    heldWith(row) {
      const these = selectedTasks().flatMap((task) => rows.get(task.id) ?? []);
      return these.includes(row) ? these : [row];
    },
    drop(row, drop) {
      const { group } = drop;
      if (isOwnGroup(row, group)) {
        const ids = together(idOf(row));
        void moveTasks(ids, placeOfDrop(drop, ids));
        focusRow(row);
      } else {
        const these = this.heldWith(row).flatMap((one) => taskOf(one) ?? []);
        void moveToProject(these.filter(canLeave), Number(group.dataset.location));
      }
    },
  });
}

/**
 * The task below which dragged ones come.
 * @param {import("./drag.js").Drop} drop
 * @param {number[]} moved
 */
function placeOfDrop({ group, index, others }, moved) {
  if (others[index - 1]) return idOf(/** @type {Element} */ (others[index - 1]));
  // A project, or a list, goes on over several bodies.
  const [first] = group.querySelectorAll("tr[data-id]");
  let above = first ? rowBefore(/** @type {any} */ (first)) : null;
  while (above && moved.includes(idOf(above))) above = rowBefore(above);
  return above && isOwnGroup(above, group) ? idOf(above) : TOP;
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

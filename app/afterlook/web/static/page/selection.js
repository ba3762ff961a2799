// Rows that are selected: by Ctrl and Shift, by Space, by a long press; what is done is done to all.
import { setTargets } from "./actions.js";
import { announce } from "./announce.js";
import { countTasks, text } from "./data.js";
import { focusedRow, focusRow, moveByRow } from "./grid.js";
import { addKeys } from "./keys.js";
import { lists } from "./lists.js";
import { orderOf } from "./order.js";
import { rowOf, rows, taskOf } from "./row.js";
import { drawSelectionBar } from "./selection_bar.js";
import { on, tasks } from "./store.js";
import { watchTouches } from "./touches.js";

/** @type {Set<number>} */
const selected = new Set();

/** Where a range begins. */
let origin = 0;

/** The tasks that are selected, in no order. @returns {Task[]} */
export function selectedTasks() {
  return [...selected].flatMap((id) => tasks.get(id) ?? []);
}

/** @param {Iterable<number>} ids */
function select(ids) {
  selected.clear();
  for (const id of ids) selected.add(id);
  showSelected();
  announce(text("n_selected", { tasks: countTasks(selected.size) }));
}

export function clearSelection() {
  if (selected.size) select([]);
}

function showSelected() {
  for (const [id, row] of rows) {
    if (selected.has(id)) row.setAttribute("aria-selected", "true");
    else row.removeAttribute("aria-selected");
  }
  drawSelectionBar(selectedTasks());
}

let isBarDue = false;

/** Draw the bar once, though thousands of tasks may change together. */
function drawBarSoon() {
  if (isBarDue) return;
  isBarDue = true;
  queueMicrotask(() => {
    isBarDue = false;
    drawSelectionBar(selectedTasks());
  });
}

/** What went from the lists is selected no more. */
function dropGone() {
  if (!selected.size) return;
  const known = new Set([...lists.values()].flatMap(orderOf));
  for (const id of selected) if (!known.has(id)) selected.delete(id);
  showSelected();
}

/** @param {HTMLTableRowElement | null} row */
export function toggleSelected(row) {
  const id = Number(row?.dataset.id ?? 0);
  if (!row || !id) return;
  // A selection is in one list: of another it begins anew.
  const isHere = selectedTasks().every(
    (task) => rows.get(task.id)?.closest("table") === row.closest("table"),
  );
  const ids = new Set(isHere ? selected : []);
  if (!ids.delete(id)) ids.add(id);
  origin = id;
  select(ids);
}

/** Select from where a range begins. @param {HTMLTableRowElement} row */
function selectTo(row) {
  const ids = [...(row.closest("table")?.querySelectorAll("tr[data-id]") ?? [])].map((one) =>
    Number(/** @type {HTMLElement} */ (one).dataset.id),
  );
  const from = Math.max(ids.indexOf(origin), 0);
  const to = ids.indexOf(Number(row.dataset.id));
  select(ids.slice(Math.min(from, to), Math.max(from, to) + 1));
}

/** @param {"up" | "down"} way */
function extend(way) {
  const row = focusedRow();
  if (!selected.size && row) origin = Number(row.dataset.id);
  moveByRow(way);
  const next = focusedRow();
  if (next) selectTo(next);
}

function selectAll() {
  const list = lists.get(focusedRow()?.closest("table")?.dataset.list ?? "");
  if (list) select(orderOf(list));
}

/** @param {MouseEvent} event */
function click(event) {
  const row = rowOf(event.target);
  if (!row || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.shiftKey && selected.size) selectTo(row);
  else toggleSelected(row);
  focusRow(row);
}

/** Space selects, but on a control of its own it presses that. @param {KeyboardEvent} event */
function pressSpace(event) {
  const target = /** @type {Element} */ (event.target);
  if (event.key === " " && target.closest("button, input")) event.stopPropagation();
}

/** @param {HTMLTableElement} table */
function letSelect(table) {
  table.addEventListener("click", click, { capture: true });
  table.addEventListener("keydown", pressSpace);
  // Shift marks text otherwise.
  table.addEventListener("mousedown", (event) => {
    if (event.shiftKey && rowOf(event.target)) event.preventDefault();
  });
  watchTouches(table, {
    hold: toggleSelected,
    tap: toggleSelected,
    isSelecting: () => selected.size > 0,
  });
}

export function startSelection() {
  for (const { table } of lists.values()) letSelect(table);
  setTargets(() => {
    const focused = taskOf(focusedRow());
    const all = selectedTasks();
    return all.length || !focused ? all : [focused];
  });
  on("drawn", dropGone);
  on("change", drawBarSoon);
  addKeys(
    { keys: ["Space"], words: "select", run: () => toggleSelected(focusedRow()) },
    { keys: ["Shift+ArrowDown"], words: "extend", run: () => extend("down") },
    { keys: ["Shift+ArrowUp"], words: "extend", run: () => extend("up") },
    { keys: ["Ctrl+a"], words: "select_all", run: selectAll },
    { keys: ["Escape"], words: "select_none", run: clearSelection },
  );
}

// Moving about in a list: one tab stop, arrows between cells and rows; focus is never lost.
import { find } from "../../../assets/scripts/dom.js";
import { leaveEditor } from "./rename.js";
import { rowOf } from "./row.js";

const CELLS = [".c-check input", ".c-name a", ".c-due", ".c-star button", ".c-more button"];
export const NAME = 1;

/** @typedef {HTMLTableRowElement} Row */

/** @param {Element | null} element @param {"nextElementSibling" | "previousElementSibling"} way */
function step(element, way) {
  let next = element?.[way] ?? null;
  while (next && !next.matches("tr[data-id]")) next = next[way];
  return /** @type {Row | null} */ (next);
}

/** The row below one, in the next group if need be. @param {Row} row */
export function rowAfter(row) {
  const found = step(row, "nextElementSibling");
  let body = found ? null : (row.closest("tbody")?.nextElementSibling ?? null);
  while (body && !find("tr[data-id]", body)) body = body.nextElementSibling;
  return found ?? /** @type {Row | null} */ (body && find("tr[data-id]", body));
}

/** @param {Row} row */
export function rowBefore(row) {
  const found = step(row, "previousElementSibling");
  let body = found ? null : (row.closest("tbody")?.previousElementSibling ?? null);
  while (body?.matches("tbody") && !find("tr[data-id]", body)) body = body.previousElementSibling;
  return found ?? /** @type {Row | null} */ (body && find("tr[data-id]:last-child", body));
}

/** In which of a row's cells an element is. @param {Element | null} element */
function columnOf(element) {
  const column = CELLS.findIndex((cell) => element?.closest(cell.split(" ")[0] ?? cell));
  return column < 0 ? NAME : column;
}

/** Focus a cell of a row. @param {Row | null} row @param {number} [column] */
export function focusRow(row, column = NAME) {
  if (!row) return false;
  const wanted = find(CELLS[column] ?? "a", row);
  const target = wanted?.matches(":disabled") ? find("a", row) : wanted;
  target?.focus();
  return target !== null;
}

/** The row that has the focus, if letters mean it and no text. */
export function focusedRow() {
  return rowOf(document.activeElement);
}

/** Before a row goes: where the focus is to go, if it was in it. @param {Row} row */
export function planFocus(row) {
  if (!row.contains(document.activeElement)) return () => {};
  // Enter was meant for the name, and must not open another task.
  if (leaveEditor(row)) return () => find("#main")?.focus();
  const column = columnOf(document.activeElement);
  const next = rowAfter(row) ?? rowBefore(row);
  return () => {
    if (next?.isConnected && focusRow(next, column)) return;
    (find("#new-task") ?? find("#main"))?.focus();
  };
}

/** @type {WeakMap<HTMLTableElement, HTMLElement>} the tab stop of each list */
const stops = new WeakMap();

/** Make an element the tab stop of its list. @param {HTMLTableElement} table @param {HTMLElement} element */
function setStop(table, element) {
  const before = stops.get(table);
  if (before === element) return;
  if (before) before.tabIndex = -1;
  element.tabIndex = 0;
  stops.set(table, element);
}

/** A list always has a tab stop, while it has rows. @param {HTMLTableElement} table */
export function keepStop(table) {
  if (table.contains(stops.get(table) ?? null)) return;
  const first = find("tr[data-id] .c-name a", table);
  if (first) setStop(table, first);
}

/** @param {HTMLTableElement} table */
export function watchGrid(table) {
  table.addEventListener("focusin", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.matches(CELLS.join(", "))) setStop(table, target);
  });
  keepStop(table);
}

/** Move by rows. @param {"up" | "down" | "first" | "last"} way */
export function moveByRow(way) {
  const row = focusedRow();
  const table = row?.closest("table");
  if (!row || !table) return;
  const column = columnOf(document.activeElement);
  const all = "tbody tr[data-id]";
  const ends = { first: () => table.querySelector(all), last: () => lastRow(table) };
  const next =
    way === "up"
      ? rowBefore(row)
      : way === "down"
        ? rowAfter(row)
        : /** @type {any} */ (ends[way]());
  if (next) focusRow(next, column);
  next?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLTableElement} table */
function lastRow(table) {
  const found = table.querySelectorAll("tbody tr[data-id]");
  return found[found.length - 1] ?? null;
}

/** Move between the cells of a row. @param {-1 | 1} way */
export function moveByCell(way) {
  const row = focusedRow();
  if (!row) return;
  for (let column = columnOf(document.activeElement) + way; CELLS[column]; column += way) {
    const target = find(CELLS[column] ?? "", row);
    // A date that is none has no place of its own on narrow screens.
    if (!target || target.matches(":disabled") || target.offsetWidth === 0) continue;
    target.focus();
    return;
  }
}

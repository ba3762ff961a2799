// The row of a task: what the server wrote is taken over; what changes is written anew.

import { find, findAll, icon, make } from "../../../assets/scripts/dom.js";
import { projectName, text } from "./data.js";
import { describeDue, writeFull } from "./days.js";
import { PERSONAL } from "./reads.js";
import { tasks } from "./store.js";

/** @type {Map<number, HTMLTableRowElement>} by the task's id */
export const rows = new Map();

/** The row that an element is in. @param {EventTarget | null} element */
export function rowOf(element) {
  const found = element instanceof Element ? element.closest("tr[data-id]") : null;
  return /** @type {HTMLTableRowElement | null} */ (found);
}

/** @param {Element | null} row */
export function taskOf(row) {
  return row ? tasks.get(Number(/** @type {HTMLElement} */ (row).dataset.id)) : undefined;
}

/** Take over a row that the server wrote. @param {HTMLTableRowElement} row */
export function adoptRow(row) {
  const { id, due, location, ...flags } = row.dataset;
  /** @type {Task} */
  const task = {
    id: Number(id),
    name: find(".c-name a", row)?.textContent ?? "",
    due: due ?? null,
    isCompleted: "completed" in flags,
    isPinned: "pinned" in flags,
    isPersonal: !("provider" in flags),
    isReadOnly: "readOnly" in flags,
    isOnTimeline: !("offTimeline" in flags),
    isNew: "new" in flags,
    location: Number(location ?? PERSONAL),
  };
  tasks.set(task.id, task);
  rows.set(task.id, row);
  prepare(row, task);
}

/** @type {HTMLTableRowElement | null} the template's, in this document and with controls as `prepare` has them */
let pattern = null;

function makePattern() {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("row"));
  const row = document.importNode(template.content, true).firstElementChild;
  pattern = /** @type {HTMLTableRowElement} */ (row);
  for (const control of controlsOf(pattern)) control.tabIndex = -1;
  // A browser would keep the state of thousands at each step of its history.
  find("input", pattern)?.setAttribute("autocomplete", "off");
  return pattern;
}

export function copyRow() {
  return /** @type {HTMLTableRowElement} */ ((pattern ?? makePattern()).cloneNode(true));
}

/** Make a row of a task. @param {Task} task @param {HTMLTableElement} table */
export function makeRow(task, table) {
  const row = copyRow();
  row.id = `t${task.id}`;
  row.dataset.id = `${task.id}`;
  rows.set(task.id, row);
  drawRow(row, task, table);
  return row;
}

/** @param {HTMLTableRowElement} row */
function controlsOf(row) {
  return findAll("a, button, input, .c-due", row);
}

/** Its controls work, and are reached by arrows. @param {HTMLTableRowElement} row @param {Task} task */
function prepare(row, task) {
  for (const control of controlsOf(row)) {
    control.tabIndex = -1;
    control.removeAttribute("disabled");
  }
  const box = /** @type {HTMLInputElement} */ (find("input", row));
  box.disabled = task.isReadOnly;
}

/** @param {Element} element @param {string} name @param {string | null} value null takes it away */
function mark(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/**
 * Write a row anew, where it is something else.
 * @param {HTMLTableRowElement} row
 * @param {Task} task
 * @param {HTMLTableElement | null} [table]
 */
export function drawRow(row, task, table = row.closest("table")) {
  mark(row, "data-due", task.due);
  mark(row, "data-pinned", task.isPinned ? "" : null);
  mark(row, "data-completed", task.isCompleted ? "" : null);
  mark(row, "data-location", task.location === PERSONAL ? null : `${task.location}`);
  mark(row, "data-read-only", task.isReadOnly ? "" : null);
  mark(row, "data-provider", task.isPersonal ? null : "");
  mark(row, "data-off-timeline", task.isOnTimeline ? null : "");
  const [check, name, due, star] = row.children;
  if (!check || !name || !due || !star) return;
  const box = /** @type {HTMLInputElement} */ (check.firstElementChild);
  box.checked = task.isCompleted;
  box.disabled = task.isReadOnly;
  const words = text(task.isCompleted ? "mark_not_done" : "mark_done", { name: task.name });
  mark(box, "aria-label", words);
  drawName(name, task, table);
  drawDue(due, task.due, task.isCompleted);
  const pressed = `${task.isPinned}`;
  const button = star.firstElementChild;
  if (button?.getAttribute("aria-pressed") === pressed) return;
  button?.setAttribute("aria-pressed", pressed);
  button?.replaceChildren(icon(task.isPinned ? "star-filled" : "star", ""));
}

/** @param {Element} cell @param {Task} task @param {HTMLTableElement | null} table */
function drawName(cell, task, table) {
  const link = /** @type {HTMLAnchorElement} */ (cell.firstElementChild);
  if (link.textContent !== task.name) link.textContent = task.name;
  mark(link, "href", `EditTask.aspx?taskId=${task.id}`);
  if (link.nextElementSibling)
    for (const old of findAll(".new, .lock, .project", cell)) old.remove();
  const isGrouped = table?.tBodies[0]?.dataset.location !== undefined;
  const isNamed = !isGrouped && task.location !== PERSONAL;
  const project = isNamed ? projectName(task.location) : null;
  if (task.isNew && table?.dataset.list === "recent")
    cell.append(make("span", { class: "new", text: text("is_new") }));
  if (task.isReadOnly)
    cell.append(make("span", { class: "lock", title: text("read_only") }, icon("lock", "")));
  if (project) cell.append(make("span", { class: "project", text: project }));
}

/** @param {Element} cell @param {Day | null} due @param {boolean} isCompleted */
export function drawDue(cell, due, isCompleted) {
  if (!due) {
    if (cell.firstChild) cell.replaceChildren();
    return;
  }
  const { words, kind } = describeDue(due, isCompleted);
  const attributes = { datetime: due, title: writeFull(due), class: kind || null };
  cell.replaceChildren(make("time", { ...attributes, text: words }));
}

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

/** @returns {HTMLTableRowElement} */
export function copyRow() {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("row"));
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  return /** @type {HTMLTableRowElement} */ (copy.firstElementChild);
}

/** Make a row of a task. @param {Task} task @param {HTMLTableElement} table */
export function makeRow(task, table) {
  const row = copyRow();
  row.id = `t${task.id}`;
  row.dataset.id = `${task.id}`;
  rows.set(task.id, row);
  prepare(row, task);
  drawRow(row, task, table);
  return row;
}

/** Its controls work, and are reached by arrows. @param {HTMLTableRowElement} row @param {Task} task */
function prepare(row, task) {
  for (const control of findAll("a, button, input, .c-due", row)) {
    control.tabIndex = -1;
    control.removeAttribute("disabled");
  }
  const box = /** @type {HTMLInputElement} */ (find("input", row));
  box.disabled = task.isReadOnly;
}

/**
 * Write a row anew.
 * @param {HTMLTableRowElement} row
 * @param {Task} task
 * @param {HTMLTableElement | null} [table]
 */
export function drawRow(row, task, table = row.closest("table")) {
  const marks = {
    "data-due": task.due,
    "data-pinned": task.isPinned ? "" : null,
    "data-completed": task.isCompleted ? "" : null,
    "data-location": task.location === PERSONAL ? null : task.location,
    "data-read-only": task.isReadOnly ? "" : null,
    "data-provider": task.isPersonal ? null : "",
    "data-off-timeline": task.isOnTimeline ? null : "",
  };
  for (const [name, value] of Object.entries(marks)) {
    if (value === null) row.removeAttribute(name);
    else row.setAttribute(name, `${value}`);
  }
  const box = /** @type {HTMLInputElement} */ (find(".c-check input", row));
  box.checked = task.isCompleted;
  box.setAttribute(
    "aria-label",
    text(task.isCompleted ? "mark_not_done" : "mark_done", { name: task.name }),
  );
  drawName(row, task, table);
  drawDue(row, task.due, task.isCompleted);
  const star = find(".c-star button", row);
  star?.setAttribute("aria-pressed", `${task.isPinned}`);
  star?.replaceChildren(icon(task.isPinned ? "star-filled" : "star", ""));
}

/** @param {HTMLTableRowElement} row @param {Task} task @param {HTMLTableElement | null} table */
function drawName(row, task, table) {
  const cell = find(".c-name", row);
  const link = /** @type {HTMLAnchorElement | null} */ (find("a", cell ?? row));
  if (!cell || !link) return;
  link.textContent = task.name;
  link.href = `EditTask.aspx?taskId=${task.id}`;
  for (const old of findAll(".new, .lock, .project", cell)) old.remove();
  const isGrouped = table?.tBodies[0]?.dataset.location !== undefined;
  const project = isGrouped ? null : projectName(task.location);
  if (task.isNew && table?.dataset.list === "recent")
    cell.append(make("span", { class: "new", text: text("is_new") }));
  if (task.isReadOnly)
    cell.append(make("span", { class: "lock", title: text("read_only") }, icon("lock", "")));
  if (project && task.location !== PERSONAL)
    cell.append(make("span", { class: "project", text: project }));
}

/** @param {HTMLTableRowElement} row @param {Day | null} due @param {boolean} isCompleted */
export function drawDue(row, due, isCompleted) {
  const cell = find(".c-due", row);
  if (!due) {
    cell?.replaceChildren();
    return;
  }
  const { words, kind } = describeDue(due, isCompleted);
  const attributes = { datetime: due, title: writeFull(due), class: kind || null };
  cell?.replaceChildren(make("time", { ...attributes, text: words }));
}

// The bodies of a list's table. Of a long list each has some fifty rows, so that a browser passes over
// whole bodies that are out of sight; where rows are grouped, each is of one project.

import { icon, make } from "../../../assets/scripts/dom.js";
import { projectName, text } from "./data.js";

/** How many rows a body gets, and how many it may have as rows come into it. */
const FILLED = 50;
const FULL = 100;

const ROW_HEIGHT = 49; // pixels, until a browser knows better

/** @typedef {HTMLTableSectionElement} Body */

/** @param {number | null} location null where rows are not grouped */
function locationKey(location) {
  return location === null ? undefined : `${location}`;
}

/** The first body for tasks of a project. @param {HTMLTableElement} table @param {number | null} location */
export function bodyOf(table, location) {
  const known = Array.from(table.tBodies).find(
    (one) => one.dataset.location === locationKey(location),
  );
  if (known) return known;
  const body = makeBody(locationKey(location));
  setHead(body, true);
  table.append(body);
  return body;
}

/** The first body of the group that a row is in. @param {Element} row */
export function firstBodyOf(row) {
  let body = /** @type {Body} */ (row.parentElement);
  for (let one = body; isOwnGroup(row, one); ) {
    body = one;
    one = /** @type {Body} */ (one.previousElementSibling);
  }
  return body;
}

/** Whether a body, if it is one, is of the group that a row is in. @param {Element} row @param {HTMLElement | null} body */
export function isOwnGroup(row, body) {
  return body?.tagName === "TBODY" && body.dataset.location === row.parentElement?.dataset.location;
}

/** @param {string | undefined} key */
function makeBody(key) {
  const body = make("tbody", { role: "rowgroup" });
  if (key === undefined) return body;
  body.dataset.location = key;
  body.setAttribute("aria-label", nameOfGroup(key));
  return body;
}

/** @param {string} key */
function nameOfGroup(key) {
  return projectName(Number(key)) ?? text("personal");
}

/** The first body of a project has its name as its head. @param {Body} body @param {boolean} isFirst */
function setHead(body, isFirst) {
  const key = body.dataset.location;
  const first = body.firstElementChild;
  const head = first?.matches(".group") ? first : null;
  if (!isFirst || key === undefined) head?.remove();
  else if (!head) {
    const words = [icon("project"), nameOfGroup(key)];
    const cell = make("th", { role: "rowheader", scope: "rowgroup" }, ...words);
    body.prepend(make("tr", { role: "row", class: "group" }, cell));
  }
}

/** What stands above the tasks of a body: its head, and rows that are no tasks yet. @param {Body} body */
function aboveTasks(body) {
  const above = [];
  for (const one of body.children) {
    if (one.matches("[data-id]")) break;
    above.push(one);
  }
  return above;
}

/** Put a row above the tasks of a body, below its head. @param {Body} body @param {Element} row */
export function putOnTop(body, row) {
  const last = aboveTasks(body).at(-1);
  if (last) last.after(row);
  else body.prepend(row);
}

/** Puts rows into a table in their order; what is where it belongs is not touched. */
export class RowPlacer {
  /** @type {Set<Element>} */
  #entered = new Set();
  /** @type {Set<string | undefined>} */
  #keys = new Set();
  /** @type {Body | null} */
  #body = null;
  /** @type {Element | null} */
  #last = null;
  #count = 0;

  /**
   * @param {HTMLTableElement} table
   * @param {boolean} isGoingOn whether rows come after those that are there
   */
  constructor(table, isGoingOn) {
    this.table = table;
    if (isGoingOn) for (const body of table.tBodies) this.#take(body);
    this.#last = this.#body?.lastElementChild ?? null;
    this.#count = this.#body?.rows.length ?? 0;
  }

  /** @param {HTMLTableRowElement} row @param {number | null} location null where rows are not grouped */
  put(row, location) {
    const key = locationKey(location);
    if (!this.#body || this.#body.dataset.location !== key || this.#isFull(row)) this.#enter(key);
    const body = /** @type {Body} */ (/** @type {unknown} */ (this.#body));
    const next = this.#last ? this.#last.nextElementSibling : body.firstElementChild;
    if (next !== row) body.insertBefore(row, next);
    this.#last = row;
    this.#count++;
  }

  /** Whether a row belongs into the next body; where it begins one, it stays there. @param {Element} row */
  #isFull(row) {
    const next = this.#last?.nextElementSibling ?? null;
    if (next === row) return false;
    if (next) return this.#count >= FULL;
    const { parentElement } = row;
    const isNext = parentElement !== null && parentElement === this.#body?.nextElementSibling;
    return this.#count >= (isNext && !isTask(row.previousElementSibling) ? FILLED / 2 : FILLED);
  }

  /** @param {string | undefined} key */
  #enter(key) {
    const isFirst = !this.#keys.has(key);
    const known = Array.from(this.table.tBodies).find(
      (one) => one.dataset.location === key && !this.#entered.has(one),
    );
    const body = known ?? makeBody(key);
    if (!known) setSize(body, FILLED);
    setHead(body, isFirst);
    const before = this.#body ?? this.table.tHead;
    if (!before) this.table.prepend(body);
    else if (before.nextElementSibling !== body) before.after(body);
    this.#take(body);
    this.#last = aboveTasks(body).at(-1) ?? null;
    this.#count = 0;
  }

  /** @param {Body} body */
  #take(body) {
    this.#entered.add(body);
    this.#keys.add(body.dataset.location);
    this.#body = body;
  }
}

/** @param {Element | null} row */
function isTask(row) {
  return row?.matches("[data-id]") ?? false;
}

/** What stands above the tasks of an empty body goes to the next one of its project. @param {HTMLTableElement} table */
export function dropEmptyBodies(table) {
  for (const body of [...table.tBodies]) {
    if (isTask(body.lastElementChild)) continue;
    const next = /** @type {HTMLElement | null} */ (body.nextElementSibling);
    const [first] = body.children;
    if (first && isOwnGroup(first, next)) next?.prepend(...body.children);
    body.remove();
  }
}

/** Say how high a body may be that was not seen yet. @param {Body} body @param {number} count of its rows */
function setSize(body, count) {
  body.style.containIntrinsicBlockSize = `auto ${count * ROW_HEIGHT}px`;
}

/** Let a browser pass over what is out of sight, if there is much. @param {HTMLTableElement} table @param {boolean} isLong */
export function passOver(table, isLong) {
  if (table.classList.contains("long") === isLong) return;
  table.classList.toggle("long", isLong);
  for (const body of table.tBodies) setSize(body, body.rows.length);
}
